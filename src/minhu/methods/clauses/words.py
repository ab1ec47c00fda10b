"""The words of official sentences: who acts, how an order is put, with which verbs a task opens."""

import re


def any_of(*words: str) -> str:
    """A pattern for any of the words; of two that begin alike, the longer stands first."""
    singles = " ".join(words).split()
    return "(?:" + "|".join(sorted(singles, key=len, reverse=True)) + ")"


BODIES = any_of(
    "部门 机关 单位 机构 政府 委员会 常务委员会 办公室 办公厅 改革办 专班 领导小组 中心 企业 组织 协会",
    "商会 联合会 法院 检察院 公安 街道 乡镇 镇 村 社区 党校 院校 学校 医院 银行 公司 媒体 经营者 市场主体",
    "经营主体 当事人 从业人员 人员 负责人 经理人 单位和个人 国家 本市 本省 我省 我市 各地 各地区 各级",
    "各区 区县 党委 厅 局 院 署 司法所 工商联 (?<!政法)委 政法委 (?<!举)办 (?<!社)会 council authority",
    "department office officer board committee mayor agency ministry clerk operator owner",
)
AFTER_BODY = any_of(
    "应当 应该 应(?![急用对]) 必须 须 需要 要 负责 牵头 会同 不得 严禁 禁止 于 在 对 向 按照 根据 依法",
    "持续 加快 进一步 每 组织 收到 建立 制定 开展 实施 推进 推动 加强 完善 健全 支持 鼓励 提供 公布",
    "编制 管理 可以 有权 将 把 为 配合 指导 统筹 及时 定期 加大 优化 深化 落实 明确 全面 保障 促进 保护",
    "依托 结合 发现 接到 依照",
    "坚持 构建 推行 实行 规范 \\d",
)
ASIDE = r"(?:[（(][^（）()]{1,60}[）)])?"
NAMED = rf"(?:[^，。；：、\s]{{1,14}}、){{0,6}}?[^，。；：、\s]{{0,30}}?{BODIES}{ASIDE}"
AND_NAMED = rf"(?:(?:、|和|或者|以及|及其|及|与|会同)[^，。；：\s]{{1,24}}?{BODIES}{ASIDE})*"
ENGLISH_ORDER = r"(?:shall|must|may not|(?:is|are) responsible for)"

WHO = re.compile(
    rf"(?P<who>{NAMED}{AND_NAMED})(?={AFTER_BODY}|\s+(?:{ENGLISH_ORDER}|will)\b)|"
    rf"(?P<the>the [\w ]{{2,60}}?)(?=\s+{ENGLISH_ORDER}\b)",
    re.IGNORECASE,
)
AGENT = re.compile(rf"由(?P<who>[^，。；：、的\s]{{0,20}}?{BODIES})")
LEAD = re.compile(rf"(?P<who>[^，。；：、\s]{{0,16}}?{BODIES}{AND_NAMED})(?![的、])", re.IGNORECASE)
# What no subject begins with.
OFFICE = re.compile(r"(发展和?改革|组织部|组织人事|建设(?:行政)?(?:主管)?(?:部门|单位))")
NO_SUBJECT = re.compile(
    r"(为|对|向|涉及|需要|是|与|以|在|从(?!业)|按|经[^信济营开]|凡|因|被|将|把|所|未|不|本[^，]{1,6}所称|没有|除|当|每)"
)
MUST = re.compile(
    r"(?<![相对适反感供响顺])应当?(?![用对急答变届收付运])|必须|(?<!必)须(?!知)|不得|严禁|禁止"
    rf"|负责(?!人|同志)|牵头(?!单位|部门|医院|责任|人)|会同|\b{ENGLISH_ORDER}\b",
    re.IGNORECASE,
)
MANNER = any_of(
    "要 着力 全力 大力 持续 加快 进一步 深入 全面 扎实 积极 稳步 切实 坚决 统筹 有序 精准 协同 高标准",
    "高水平 高质量 更加 不断 严格 尽快 分类 分层 千方百计 坚定不移 加紧 突出 全年 今年",
    "纵深 联动 强力 稳妥 紧密 深度 更",
)
TASK_VERBS = any_of(
    "推进 推动 推广 推行 深化 加强 加快 加大 加力 完善 健全 建立 建设 建成 新建 改建 打造 构建 实施",
    "落实 支持 培育 壮大 优化 提升 提高 提质 强化 做好 做强 做优 做深 办好 抓好 抓紧 开展 制定 出台",
    "编制 修订 组织 发展 扩大 拓展 促进 保障 确保 防范 化解 整治 治理 引进 引育 引导 鼓励 创建 创新",
    "改革 改造 更新 增强 增加 新增 巩固 规范 整合 统一 开工 完成 实现 争取 争创 启动 谋划 布局 落细",
    "严守 守牢 严控 严查 坚持 维护 保护 修复 畅通 简化 压缩 降低 减少 取消 公布 公开 探索 试点 迭代",
    "升级 用好 管好 聚焦 突出 贯彻 打好 打赢 狠抓 安排 发放 扶持 帮扶 放大 激发 盘活 补齐 筑牢 擦亮",
    "严打 严厉 破除 营造 明确 清理 梳理 归集 广泛 均衡 淘汰 举办 承办 组建 选送 部署 认定 新认定",
    "建强 抢抓 多措并举 拓宽 精准 推介 交付 开行 织牢 拓宽 打通 应对 抢占 紧扣 紧盯 抓住 融入 对接 发挥 唱好",
)
# A task whose sentence names nobody: the whole government speaks.
TASK = re.compile(rf"[—\-\s]*(?:{MANNER}*{TASK_VERBS}|为[^，。；]{{1,24}}?(?:提供|开展|进行|办理|发放|免费))")
# A chapter that says which year its tasks are for: 2026年重点工作.
YEAR_OF_TASKS = re.compile(r"(?P<words>(?P<year>20\d\d)年)[^，。；]{0,8}(?:工作|任务)(?!总结|回顾|报告)")
# A chapter that says for which five-year plan: “十五五”时期的主要目标任务.
PLAN_OF_TASKS = re.compile(
    r"(?P<words>[“\"]?(?P<plan>十[一二三四五六七八九])五[”\"]?(?:时期|期间)?)(?!.*(?:回顾|成就|成绩))"
)
REVIEW = re.compile(r"(回顾|工作总结|成就|主要成绩|过去[一五]年|review)", re.IGNORECASE)
PAST = re.compile(
    r"(过去[一五]年|[一五]年来|去年|已经?(?:完成|建成|实现)|取得(?:了|新|明显|积极)|顺利|成功|圆满)"
)
# What is threatened for a breach: its subject is whoever broke the rule, and owes nothing here.
SANCTION = re.compile(r"责令|罚款|追究|给予(?:警告|处分)|处分|吊销|没收")
# 由 names who acts: what stands before it is the matter.
ACTS_BY = re.compile(r"^.*(?<![自理缘])由")
NO_DUTY = re.compile(r"(可以|有权|是指|所称|自[^，。；]{4,20}起(?:施行|实施))")
SENTENCE = re.compile(r"[^。；！？!?\n;]+[。；！？!?;]?")
LABEL = re.compile(
    r"(?:#+\s*)?(?:第[^\s条]{1,9}条(?:之[一二三四五六七八九十]+)?\s*|[（(]?[一二三四五六七八九十百]+[）)、.．]\s*"
    r"|[（(]?\d{1,3}[）)、.．]\s*(?!\d)|[①-⑳]\s*|[一二三四五六七八九十]+是|Article \d+\.?\s*|\([a-z]+\)\s*)"
)
