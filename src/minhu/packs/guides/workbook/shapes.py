"""The sheets of an item guide: 基本信息, 依据, 字段, 材料, 环节, 结果, and the columns of each."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field

from minhu.methods.sheets import Choice, Column, Shape, Type
from minhu.packs.guides.specs import BearerSpec, ElementSpec, MaterialSpec

STRENGTHS = (("law", "法律"), ("regulation", "行政法规、规章"), ("local", "地方规定"), ("assumed", "待核"))
FORMS = (("original", "原件"), ("copy", "复印件"), ("data", "数据"))
WAIVERS = (("commit", "告知承诺"), ("defer", "容缺后补"))
KINDS = (
    ("accept", "受理"), ("review", "审查"), ("inspect", "现场检查"), ("expert", "专家评审"),
    ("hearing", "听证公示"), ("decide", "决定"), ("issue", "制证送达"),
)  # fmt: skip
SETS = r"[\w-]+(\+[\w-]+)*(\|[\w-]+(\+[\w-]+)*)*"
WHEN = "情形条件，如 parents = 婚内生育；空着就是总要"


@dataclass(frozen=True)
class Around:
    """What a guide may name: entries of the dictionaries, organisations, limits (code → title), units."""

    bearers: Collection[BearerSpec] = ()
    elements: Collection[ElementSpec] = ()
    materials: Collection[MaterialSpec] = ()
    organisations: Mapping[str, str] = field(default_factory=dict)
    limits: Mapping[str, str] = field(default_factory=dict)
    units: tuple[str, ...] = ("working_day", "day")


def shapes(around: Around, steps: Collection[str] | None = None) -> dict[str, Shape]:
    """The sheets by the part of an item they hold; `steps`: the ids others may name (None: any)."""
    ids = None if steps is None else dict.fromkeys(steps, "")
    organisations = around.organisations or None
    return {
        "item": Shape(_item(organisations), ("code",), "基本信息"),
        "basis": Shape(
            (
                Column("document", "文件名称", required=True, example="中华人民共和国食品安全法"),
                Column("article", "条款", note="没有查到的写 条号待核", example="第三十五条"),
                _choice("strength", "效力", dict(STRENGTHS)),
                Column("note", "备注"),
            ),
            name="依据",
        ),
        "field": Shape(_field(around), ("role", "element"), "字段"),
        "requirement": Shape(_requirement(around, ids), ("id",), "材料"),
        "step": Shape(_step(around, ids), ("id",), "环节"),
        "output": Shape(
            (
                named("material", "结果材料", titles(around.materials), required=True),
                named("step", "产生环节", ids, required=True),
                _whole("validity_days", "有效期", "日"),
                Column("clause", "依据"),
            ),
            name="结果",
        ),
    }


def titles(
    known: Collection[BearerSpec] | Collection[ElementSpec] | Collection[MaterialSpec],
) -> dict[str, str] | None:
    """The titles of dictionary entries by code; nothing where there is no dictionary."""
    return {one.code: getattr(one, "title", "") or getattr(one, "name", "") for one in known} or None


def named(
    code: str, title: str, known: Mapping[str, str] | None, *, required: bool = False, note: str = ""
) -> Column:
    """A column that names something by its code: chosen from what is known, else any code."""
    if not known:
        return Column(code, title, Type.CODE, required=required, note=note, most=60)
    choices = tuple(Choice(key, f"{key} {words}".strip(), (key, words)) for key, words in known.items())
    return Column(code, title, Type.CHOICE, required=required, choices=choices, note=note)


def _choice(code: str, title: str, known: Mapping[str, str], *, required: bool = False) -> Column:
    """A column of a closed list, shown in the words of offices."""
    choices = tuple(Choice(key, words, (key,)) for key, words in known.items())
    return Column(code, title, Type.CHOICE, required=required, choices=choices)


def _whole(code: str, title: str, unit: str = "", *, required: bool = False) -> Column:
    """A column of whole numbers, none less than none."""
    return Column(code, title, Type.WHOLE, required=required, low=0, unit=unit)


def _item(organisations: Mapping[str, str] | None) -> tuple[Column, ...]:
    """基本信息: one row."""
    return (
        Column("code", "事项编码", Type.CODE, required=True, pattern=r"[\w.-]+", example="food-permit"),
        Column("name", "事项名称", required=True),
        named("department", "实施机构", organisations, required=True),
        Column("kind", "事项类型", required=True, example="行政许可"),
        Column("version", "版本", Type.CODE, required=True, example="2026-11"),
        Column("subject", "办理对象"),
        Column("summary", "简要说明", Type.LONG),
        Column("condition", "适用情形", note=WHEN),
        _whole("visits", "公布的跑动次数", "次"),
        _whole("fee_yuan", "收费", "元"),
        Column("fee_note", "收费说明"),
        Column("illustrative", "示例", Type.FLAG),
    )


def _field(around: Around) -> tuple[Column, ...]:
    """字段: a row for each."""
    return (
        named("role", "谁的", titles(around.bearers), required=True),
        named("element", "要素", titles(around.elements), required=True),
        Column("label", "表单上的名称", note="空着就用要素名称"),
        Column("optional", "可以不填", Type.FLAG),
        Column("condition", "情形条件", note=WHEN),
        Column("clause", "依据"),
        Column("options", "可选项", Type.LIST, note="只有比要素更窄时才写"),
        Column("least", "最小值", Type.DECIMAL),
        Column("greatest", "最大值", Type.DECIMAL),
        _whole("shortest", "最短", "字"),
        _whole("longest", "最长", "字"),
        Column("patterns", "格式", Type.LIST, note="整个内容要符合的正则表达式"),
    )


def _requirement(around: Around, ids: Mapping[str, str] | None) -> tuple[Column, ...]:
    """材料: a row for each requirement."""
    known = "、".join(f"{one.code} {one.name}" for one in around.materials)
    return (
        Column("id", "编号", Type.CODE, required=True, pattern=r"[\w-]+"),
        Column("title", "要求"),
        named("step", "哪个环节前", ids, required=True),
        Column(
            "sets", "材料编码", Type.CODE, required=True, pattern=SETS, example="settlement|invoice+fee_list",
            note=f"都要的用 + 连，任选的用 | 隔。材料：{known}"[:1_000],
        ),
        _choice("form", "形式", dict(FORMS)),
        _whole("validity_days", "开具不超过", "日"),
        _choice("waiver", "替代", dict(WAIVERS)),
        named("deferred_to", "容缺补到哪个环节前", ids),
        named("verify", "承诺多久内核查", around.limits or None, note="依据库里的时限编码"),
        Column("condition", "情形条件", note=WHEN),
        Column("clause", "依据"),
    )  # fmt: skip


def _step(around: Around, ids: Mapping[str, str] | None) -> tuple[Column, ...]:
    """环节: a row for each."""
    needs = tuple(Choice(one, one) for one in ids or ())
    return (
        Column("id", "编号", Type.CODE, required=True, pattern=r"[\w-]+"),
        _choice("kind", "类型", dict(KINDS), required=True),
        Column("title", "名称", required=True),
        _whole("legal", "法定时限", required=True),
        _whole("promised", "承诺时限"),
        named("unit", "时限单位", dict.fromkeys(around.units, "")),
        Column("clause", "时限依据", required=True),
        _choice("strength", "效力", dict(STRENGTHS)),
        named("actor", "办理机构", around.organisations or None, note="不是实施机构自己办的才写"),
        Column("needs", "前置环节", Type.LIST, choices=needs),
        Column("condition", "情形条件", note=WHEN),
        Column("counted", "计入时限", Type.FLAG),
        Column("visit", "要申请人到场", Type.FLAG),
        Column("may_share_visit", "可以并到一次", Type.FLAG),
        Column("window", "到场地点"),
    )
