"""Who must do what by when."""

from datetime import date

import pytest

from minhu.methods.clauses import cut, duties, duties_of
from minhu.methods.clauses.deadlines import deadline_in
from minhu.methods.clauses.numerals import ordinal, roman

ISSUED = date(2026, 1, 14)


@pytest.mark.parametrize(
    ("sentence", "who"),
    [
        ("经信部门牵头推进数字化改造。", "经信部门"),
        ("发展改革部门会同教育、卫生健康等部门建立配置机制。", "发展改革部门会同教育、卫生健康等部门"),
        ("各级人民政府及其有关部门应当公开政策。", "各级人民政府及其有关部门"),
        ("政务服务部门于2025年底前建成服务中心。", "政务服务部门"),
        ("企业不认可的，由中心提请会商。", "中心"),
        ("镇（街道）应当协助。", "镇（街道）"),
        ("除法律另有规定外，任何单位和个人不得强制企业参加评比。", "任何单位和个人"),
        ("The council shall mend holes within 10 working days.", "The council"),
        ("加快城市更新。", ""),
        ("为全省儿童免费筛查，应当注意安全。", ""),
    ],
)
def test_who(sentence: str, who: str) -> None:
    assert [duty.who for duty in duties(sentence)] == [who]


@pytest.mark.parametrize(
    "sentence",
    [
        "本办法所称企业，是指依法设立的企业。",
        "企业可以依法申请复核。",
        "本办法自2025年10月1日起施行。",
        "全省生产总值增长5.5%。",
        "过去一年，各部门成功举办多项活动。",
    ],
)
def test_what_is_no_duty(sentence: str) -> None:
    assert duties(sentence) == []


@pytest.mark.parametrize(
    ("words", "on"),
    [
        ("2026年6月底前", date(2026, 6, 30)),
        ("2027年2月底前", date(2027, 2, 28)),
        ("2026年3月5日前", date(2026, 3, 5)),
        ("6月底前", date(2026, 6, 30)),
        ("2026年底前", date(2026, 12, 31)),
        ("年底前", date(2026, 12, 31)),
        ("年内", date(2026, 12, 31)),
        ("明年6月底前", date(2027, 6, 30)),
        ("2026年上半年", date(2026, 6, 30)),
        ("到2027年", date(2027, 12, 31)),
        ("2030年前", date(2029, 12, 31)),
        ("10个工作日内", None),
        ("每年12月底前", None),
        ("每季度", None),
        ("2026年13月底前", None),
        ("by 30 June 2026", date(2026, 6, 30)),
        ("by June 2026", date(2026, 6, 30)),
        ("by the end of 2026", date(2026, 12, 31)),
        ("within 10 working days", None),
    ],
)
def test_by_when(words: str, on: date | None) -> None:
    sentence = (
        f"中心应当{words}，办结"
        if words[0] > "z" or words[0].isdigit()
        else f"The office shall report {words}"
    )
    found = deadline_in(sentence, ISSUED)
    assert found is not None
    assert (found.words, found.on) == (words, on)
    assert sentence[found.start :].startswith(words)


def test_a_month_before_the_day_of_issue_means_the_next_year() -> None:
    assert deadline_in("6月底前办结", date(2026, 9, 1)).on == date(2027, 6, 30)
    assert deadline_in("6月底前办结").on is None
    assert deadline_in("中心应当办结") is None


def test_spans_are_the_sentences_without_their_numbers() -> None:
    text = "第五条 中心应当登记。\n（一）街道负责回访；\n（二）不得重复登记。"
    found = duties(text)
    assert [text[duty.start : duty.end] for duty in found] == [
        "中心应当登记。",
        "街道负责回访；",
        "不得重复登记。",
    ]
    assert [duty.who for duty in found] == ["中心", "街道", "街道"]
    assert found[1].what == "街道负责回访"


def test_a_report_is_read_only_where_it_looks_forward() -> None:
    text = (
        "一、2025年工作回顾\n（一）强化创新。建设中心5家。\n"
        "二、2026年工作\n（一）强化创新。6月底前建设中心3家。\n"
    )
    found = duties_of(cut(text), ISSUED)
    assert [(unit.path, duty.what, duty.by_on) for unit, duty in found] == [
        ("ch2/i1", "6月底前建设中心3家", date(2026, 6, 30)),
    ]
    assert [text[duty.start : duty.end] for _, duty in found] == ["6月底前建设中心3家。"]


@pytest.mark.parametrize(
    "sentence",
    [
        "为80万重点群体提供就业帮扶。",
        "为全省儿童免费开展筛查。",
        "举办健身活动1万场。",
        "部署实施攻关项目400项。",
        "新认定省级概念验证中心20家。",
        "全年交付保障性租赁住房15万套。",
    ],
)
def test_tasks_of_a_whole_government_name_nobody(sentence: str) -> None:
    assert [duty.who for duty in duties(sentence)] == [""]


def test_a_chapter_of_one_year_gives_its_tasks_that_year() -> None:
    text = (
        "一、“十五五”主要目标\n（一）强化创新。建设高地。\n"
        "二、2026年重点工作\n（一）强化创新。到2030年建成中心3家。推动转化。\n"
    )
    found = [(duty.what, duty.by_words, duty.by_on) for _, duty in duties_of(cut(text), ISSUED)]
    assert found == [
        ("强化创新", "“十五五”", date(2030, 12, 31)),
        ("建设高地", "“十五五”", date(2030, 12, 31)),
        ("到2030年建成中心3家", "到2030年", date(2030, 12, 31)),
        ("推动转化", "2026年", date(2026, 12, 31)),
    ]


@pytest.mark.parametrize(
    ("word", "number"),
    [("一百一十八", 118), ("二〇", 20), ("十", 10), ("②", 2), ("7", 7), ("x", 0), ("两千零三", 2003)],
)
def test_ordinals(word: str, number: int) -> None:
    assert ordinal(word) == number


def test_roman_numerals() -> None:
    assert [roman(word) for word in ("i", "iv", "IX", "xiv", "XL")] == [1, 4, 9, 14, 40]


@pytest.mark.parametrize(
    ("text", "duties_read"),
    [
        (
            "打造一流营商环境。深化“高效办成一件事”改革，推广全程网办。",
            ["深化“高效办成一件事”改革，推广全程网办"],
        ),
        ("（三）突出实体经济，加快建设现代化产业体系\n推动传统产业改造升级。", ["推动传统产业改造升级"]),
        ("推动改革。", ["推动改革"]),
        (
            "建成中心5家。推广有关经验和做法，完善配套政策。",
            ["建成中心5家", "推广有关经验和做法，完善配套政策"],
        ),
        (
            "应当公开账目。建立有关制度，完善配套政策和措施。",
            ["应当公开账目", "建立有关制度，完善配套政策和措施"],
        ),
        ("推广经验。完善。", ["推广经验", "完善"][:1]),
    ],
)
def test_a_heading_is_no_duty_what_stands_below_it_is(text: str, duties_read: list[str]) -> None:
    assert [duty.what for duty in duties(text)] == duties_read


@pytest.mark.parametrize(
    "sentence",
    [
        "加力推动企业上规模，新升规工业企业1000户以上。",
        "拓宽项目资金渠道，抢抓国家优化专项债券管理等政策机遇。",
        "突出城乡融合一体发展，统筹新型城镇化和乡村全面振兴。",
    ],
)
def test_a_list_of_tasks_names_nobody(sentence: str) -> None:
    assert [(duty.who, duty.what) for duty in duties(sentence)] == [("", sentence.rstrip("。"))]


@pytest.mark.parametrize(
    ("heading", "words", "day"),
    [
        ("二、“十五五”时期的主要目标任务", "“十五五”时期", date(2030, 12, 31)),
        ("二、“十四五”发展的主要考虑", "“十四五”", date(2025, 12, 31)),
    ],
)
def test_a_chapter_of_a_five_year_plan_ends_with_the_plan(heading: str, words: str, day: date) -> None:
    text = (
        f"{heading}\n（一）改革。推动有关领域改革取得突破，完善配套政策。\n二、其他\n（一）其他。推广经验。\n"
    )
    first = duties_of(cut(text), ISSUED)[0][1]
    assert (first.by_words, first.by_on) == (words, day)


@pytest.mark.parametrize(
    ("text", "who"),
    [
        ("有关地方人民政府应急管理部门应当通过信息系统实现信息共享。", "有关地方人民政府应急管理部门"),
        ("特种作业人员的范围由国务院应急管理部门会同国务院有关部门确定。", "国务院应急管理部门"),
        ("使用危险化学品的单位，应当由主要负责人每年向监管部门报告。", "主要负责人"),
        ("从业人员在作业过程中，应当落实岗位安全责任。", "从业人员"),
        ("危险物品的生产、储存、装卸单位应当有注册安全工程师。", "危险物品的生产、储存、装卸单位"),
        ("对已经取得批准的单位，负责审批的部门发现其不再具备条件的，应当撤销原批准。", "负责审批的部门"),
    ],
)
def test_who_is_named_whole_and_alone(text: str, who: str) -> None:
    assert [duty.who for duty in duties(text)] == [who]


def test_points_below_a_colon_go_on_with_its_subject() -> None:
    text = "主要负责人应当履行下列职责：\n（一）建立责任制；\n（二）组织制定规程。\n组织演练。"
    assert [(duty.who, duty.what) for duty in duties(text)] == [
        ("主要负责人", "主要负责人应当履行下列职责："),
        ("主要负责人", "建立责任制"),
        ("主要负责人", "组织制定规程"),
        ("", "组织演练"),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "生产经营单位有下列行为之一的，责令停业整顿，处十万元以下的罚款。",
        "重大事故隐患，是指应当停产停业并经过一定时间整改方能排除的隐患。",
    ],
)
def test_sanctions_and_definitions_are_no_duties(text: str) -> None:
    assert duties(text) == []
