"""Made-up item guides, one-things and versions, small enough to be read at a glance."""

from collections.abc import Sequence
from datetime import UTC, date, datetime

from minhu.methods.composing import FieldType, StepKind, Waiver
from minhu.packs.guides import (
    BasisSpec,
    BearerSpec,
    Definition,
    ElementSpec,
    ItemField,
    ItemOutput,
    ItemRequirement,
    ItemSpec,
    ItemStep,
    MaterialSpec,
    QuestionSpec,
    Stage,
    ThingSpec,
    define,
)
from minhu.packs.guides.parts import BoundsSpec
from minhu.rulebook.models import PackVersion
from minhu.rulebook.states import Unit
from minhu.services.actions.drafts import refresh_draft
from minhu.services.actions.loading import load_items, load_things, load_words
from minhu.services.actions.publishing import publish_thing
from minhu.services.models import Thing, ThingVersion
from minhu.trail.states import SYSTEM, Actor
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook

NOW = datetime(2026, 3, 31, 2, 0, tzinfo=UTC)
"""Ten o'clock in Shanghai, on a Tuesday."""

OFFICER = Actor(None, "office-post", "office")

BEARERS = (BearerSpec("owner", "经营者"), BearerSpec("place", "经营场所", "place"))
ELEMENTS = (
    ElementSpec("name", "姓名", personal=True, purpose="核对身份", keep="personal.keep_months"),
    ElementSpec("phone", "联系电话", personal=True, purpose="联系", keep="personal.keep_months"),
    ElementSpec("mobile", "手机号码", personal=True, purpose="联系", keep="personal.keep_months"),
    ElementSpec("address", "地址"),
    ElementSpec("area", "面积", FieldType.NUMBER),
    ElementSpec("sign_text", "招牌内容"),
    ElementSpec("kitchen", "有无厨房", FieldType.YES_NO),
)
MATERIALS = (
    MaterialSpec("identity", "身份证件"),
    MaterialSpec("lease", "租赁合同"),
    MaterialSpec(
        "title_deed", "不动产权证", connector="registry", share_lag_days=1, share_clause="数据条例 第三条"
    ),
    MaterialSpec("licence", "营业执照", uploadable=False),
    MaterialSpec("layout", "平面图"),
    MaterialSpec("health", "健康证明"),
)


def step(
    id_: str, kind: StepKind, title: str, days: int, needs: Sequence[str] = (), **more: object
) -> ItemStep:
    """A step of so many working days."""
    return ItemStep(id_, kind, title, days, f"{title}条", needs=tuple(needs), strength="law", **more)  # type: ignore[arg-type]


SHOP = ItemSpec(
    "shop", "经营主体登记", "shichang", "行政确认", "1", (BasisSpec("登记条例", "第五条", "regulation"),),
    field=(
        ItemField("owner", "name", clause="登记条例 第六条"),
        ItemField("owner", "phone", clause="登记条例 第六条"),
        ItemField("place", "address", clause="登记条例 第七条"),
    ),
    requirement=(
        ItemRequirement("r1", "accept", (("identity",),), "身份证明", clause="登记条例 第八条"),
        ItemRequirement("r2", "accept", (("lease",), ("title_deed",)), "场所证明", clause="登记条例 第九条"),
    ),
    step=(
        step("accept", StepKind.ACCEPT, "受理", 1),
        step("decide", StepKind.DECIDE, "登记", 2, ["accept"], promised=1),
    ),
    output=(ItemOutput("licence", "decide"),),
)  # fmt: skip
FOOD = ItemSpec(
    "food", "食品经营许可", "weijian", "行政许可", "1", (BasisSpec("食品安全法", "第三十五条", "law"),),
    field=(
        ItemField("owner", "name", clause="办法 第十条"),
        ItemField("owner", "mobile", clause="办法 第十条"),
        ItemField("place", "address", clause="办法 第十一条"),
        ItemField("place", "area", clause="办法 第十一条", bounds=BoundsSpec()),
        ItemField("place", "kitchen", clause="办法 第十二条"),
    ),
    requirement=(
        ItemRequirement("r1", "accept", (("identity",),), "身份证明", clause="办法 第十三条"),
        ItemRequirement("r2", "decide", (("licence",),), "主体资格", clause="办法 第十四条"),
        ItemRequirement("r3", "inspect", (("layout",),), "布局图", waiver=Waiver.DEFER,
                        deferred_to="decide", clause="办法 第十五条"),
        ItemRequirement("r4", "decide", (("health",),), "健康证明", waiver=Waiver.COMMIT,
                        clause="办法 第十六条"),
    ),
    step=(
        step("accept", StepKind.ACCEPT, "受理", 1),
        step("inspect", StepKind.INSPECT, "现场核查", 5, ["accept"], counted=False, visit=True),
        step("decide", StepKind.DECIDE, "决定", 6, ["inspect"]),
        step("issue", StepKind.ISSUE, "发证", 2, ["decide"]),
    ),
)  # fmt: skip
SIGN = ItemSpec(
    "sign", "户外招牌设置", "zhifa", "行政许可", "1", (BasisSpec("市容条例", "第二十条", "local"),),
    condition="sign = 有",
    field=(
        ItemField("owner", "name", clause="市容 第二十条"),
        ItemField("place", "sign_text", clause="市容 第二十一条"),
    ),
    requirement=(ItemRequirement("r1", "review", (("title_deed",),), "权属证明", clause="市容 第二十二条"),),
    step=(step("review", StepKind.REVIEW, "审查", 3), step("decide", StepKind.DECIDE, "决定", 2, ["review"])),
)  # fmt: skip
OPENING = ThingSpec(
    "canteen", "开办小餐饮", "annual", "enterprise", Stage.START, "shichang", "办照、许可、招牌一次办。",
    ("shop", "food", "sign"),
    promised_days=20,
    question=(
        QuestionSpec("sign", "是否设置户外招牌？", ("有", "无")),
        QuestionSpec("seat", "有无堂食？", ("有", "无")),
    ),
)  # fmt: skip
DEPARTMENTS = ("shichang", "weijian", "zhifa")


def definition(thing: ThingSpec = OPENING, items: Sequence[ItemSpec] = (SHOP, FOOD, SIGN)) -> Definition:
    """The one-thing with everything it uses."""
    return define(thing, items, MATERIALS, ELEMENTS, BEARERS)


LAW = {
    "licence.single_days": 20,
    "licence.single_extend_days": 10,
    "licence.joint_days": 45,
    "licence.joint_extend_days": 15,
    "licence.complete_days": 5,
    "licence.deliver_days": 10,
    "commitment.verify_days": 60,
}


def lay_law() -> PackVersion:
    """The rulebook with the limits on licences, and the departments with a post each."""
    version = lay_rulebook()
    for code, days in LAW.items():
        LimitFactory(
            code=code, value=days, basis="许可法", pack_version=version, effective_on=date(2004, 7, 1)
        )
    LimitFactory(code="personal.keep_months", value=12, unit=Unit.MONTH, pack_version=version)
    for code in DEPARTMENTS:
        PostFactory(code=f"{code}-post", organisation=OrganisationFactory(code=code, name=f"{code}局"))
    return version


def load_all(
    version: PackVersion, thing: ThingSpec = OPENING, items: Sequence[ItemSpec] = (SHOP, FOOD, SIGN)
) -> ThingVersion:
    """Everything brought in; the draft of the one-thing."""
    load_words(by=SYSTEM, specs=[*BEARERS, *ELEMENTS, *MATERIALS], at=NOW)
    load_items(by=SYSTEM, specs=items, at=NOW)
    load_things(by=SYSTEM, specs=[thing], at=NOW)
    row = Thing.objects.get(code=thing.code)
    return refresh_draft(by=SYSTEM, thing=row, pack_version=version, at=NOW)


def published(thing: ThingSpec = OPENING, items: Sequence[ItemSpec] = (SHOP, FOOD, SIGN)) -> ThingVersion:
    """A published version, with everything it stands on."""
    draft = load_all(lay_law(), thing, items)
    return publish_thing(by=OFFICER, version=draft, at=NOW)
