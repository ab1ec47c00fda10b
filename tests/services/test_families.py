"""Families of one-things: what the page finds, who may name one, what everybody sees of it."""

from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from minhu.packs.guides import ItemField
from minhu.packs.guides.parts import Stage
from minhu.people.states import Role
from minhu.services.actions.families import Naming, confirm_family, dissolve_family
from minhu.services.actions.publishing import publish_thing
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.families import Finding
from minhu.services.models import Family, Thing
from minhu.services.queries.families import current_versions, offered_families
from minhu.trail.queries import book_history
from tests.factories.services import FOOD, NOW, OFFICER, OPENING, SHOP, SIGN, load_all, published

pytestmark = pytest.mark.django_db
PAGE = reverse("services:families")
CONFIRM = reverse("services:confirm_family")

KIOSK = replace(OPENING, code="kiosk", name="开办小卖部", items=("shop",), question=())
FUNERAL = replace(
    SHOP, code="grave", name="殡葬服务", department="zhifa",
    field=(ItemField("deceased", "mobile", clause="条例 第一条"),), requirement=(), output=(),
)  # fmt: skip
FAREWELL = replace(
    OPENING, code="farewell", name="身后事", audience="person", stage=Stage.FAREWELL, items=("grave",),
    question=(),
)  # fmt: skip
NAMING = Naming("小店开办类", "办照和经营许可", ["canteen", "kiosk"])


@pytest.fixture
def three() -> None:
    """Two shops and a farewell."""
    items = (SHOP, FOOD, SIGN, FUNERAL)
    version = published(items=items)
    for thing in (KIOSK, FAREWELL):
        publish_thing(by=OFFICER, version=load_all(version.pack_version, thing, items), at=NOW)


@pytest.fixture
def confirmed(three: None) -> Family:
    """The family of shops."""
    return confirm_family(by=OFFICER, naming=NAMING, at=NOW)


def test_the_software_finds_the_shops_and_says_why(three: None) -> None:
    (found,) = Finding(current_versions(), {"shichang": "市场监管局"}).found()
    assert [thing.code for thing in found.members] == ["canteen", "kiosk"]
    reasons = {one.title: [words for words, _names in one.rows] for one in found.reasons}
    assert set(reasons["材料"]) == {"身份证件", "租赁合同", "不动产权证"}
    assert set(reasons["表单字段"]) == {"经营者·姓名", "经营者·联系电话", "经营场所·地址"}
    assert reasons["部门"] == ["市场监管局"]
    assert "企业" in "".join(reasons["对象"])
    # 7 fields and 3 are 7 on one form; 6 types of paper and 3 are 6.
    assert [(before, after) for _title, before, after in found.spared] == [(10, 7), (9, 6)]


def test_a_rebuilt_thing_is_in_no_family(three: None) -> None:
    Thing.objects.filter(code="kiosk").update(reconstructed=True)
    assert Finding(current_versions(), {}).found() == []
    with pytest.raises(Refusal, match="开办小卖部"):
        confirm_family(by=OFFICER, naming=NAMING, at=NOW)


def test_the_office_names_it_and_everybody_sees_it(three: None, client_as) -> None:
    office: Client = client_as(Role.OFFICE)
    ((shown, form),) = office.get(PAGE).context["offers"]
    assert form.initial["members"] == ["canteen", "kiosk"]
    said = {"name": "小店开办类", "summary": "办照和经营许可", "members": ["canteen", "kiosk"]}
    answer = office.post(CONFIRM, said | {"group": shown.codes})
    family = Family.objects.get()
    assert (answer.status_code, answer["Location"]) == (302, family.get_absolute_url())
    assert [thing.code for thing in family.members.all()] == ["canteen", "kiosk"]
    assert family.found == {
        "versions": {"canteen": 1, "kiosk": 1},
        "spared": {"field": [10, 7], "paper": [9, 6]},
    }
    after = office.get(PAGE).context
    assert (after["offers"], [row for row, _shown in after["standing"]]) == ([], [family])
    ((public, members),) = client_as(None).get(reverse("services:catalogue")).context["families"]
    assert (public, [thing.code for thing in members]) == (family, ["canteen", "kiosk"])


def test_it_stands_in_the_record(confirmed: Family) -> None:
    dissolve_family(by=OFFICER, family=confirmed, reason="并入企业开办类", at=NOW)
    deeds = [(one.deed, one.actor_post, one.asked) for one in book_history("families").order_by("seq")]
    assert deeds == [
        ("services.confirm_family", "office-post", 1),
        ("services.dissolve_family", "office-post", 1),
    ]


@pytest.mark.parametrize("role", [Role.LEAD, Role.LEADER, Role.SUPERVISOR, Role.AUDITOR])
def test_others_look_and_may_not_name(three: None, client_as, role: Role) -> None:
    client: Client = client_as(role)
    page = client.get(PAGE)
    assert (page.status_code, page.context["may_confirm"]) == (200, False)
    assert client.post(CONFIRM, {"name": "x", "members": ["canteen", "kiosk"]}).status_code == 403
    assert Family.objects.count() == 0


def test_nobody_without_an_account_sees_the_page(client: Client) -> None:
    assert client.get(PAGE).status_code == 302


def test_what_was_typed_is_kept_when_it_is_refused(three: None, client_as) -> None:
    office: Client = client_as(Role.OFFICE)
    ((shown, _form),) = office.get(PAGE).context["offers"]
    said = {"name": "小店开办类", "summary": "一句话", "members": ["canteen"], "group": shown.codes}
    answer = office.post(CONFIRM, said)
    ((_shown, form),) = answer.context["offers"]
    assert (answer.status_code, form["summary"].value()) == (422, "一句话")
    assert form.non_field_errors() == ["一类事至少要有两件事。"]
    empty = office.post(CONFIRM, said | {"name": "", "members": []})
    ((_shown, form),) = empty.context["offers"]
    assert (empty.status_code, set(form.errors)) == (422, {"name", "members"})


@pytest.mark.parametrize(
    ("naming", "why"),
    [
        (Naming("小店开办类", "", ["canteen", "farewell"]), "小店开办类"),
        (Naming("另一类", "", ["canteen", "farewell"]), "已在"),
        (Naming("另一类", "", ["canteen", "nowhere"]), "nowhere"),
        (Naming("另一类", "", ["farewell"]), "两件"),
    ],
)
def test_what_cannot_be_a_family_is_refused(confirmed: Family, naming: Naming, why: str) -> None:
    with pytest.raises(Refusal, match=why):
        confirm_family(by=OFFICER, naming=naming, at=NOW)
    assert list(Family.objects.all()) == [confirmed]


def test_a_name_is_needed(three: None) -> None:
    with pytest.raises(Refusal, match="名称"):
        confirm_family(by=OFFICER, naming=Naming("  ", "", ["canteen", "kiosk"]), at=NOW)


def test_a_dissolved_family_frees_its_members_and_stays_in_sight(confirmed: Family, client_as) -> None:
    office: Client = client_as(Role.OFFICE)
    dissolve = reverse("services:dissolve_family", args=[confirmed.pk])
    assert office.post(dissolve, {"reason": " "}).status_code == 422
    assert office.post(dissolve, {"reason": "名称不妥"}).status_code == 302
    page = office.get(PAGE).context
    assert [one.reason for one in page["dissolved"]] == ["名称不妥"]
    assert (list(page["standing"]), len(page["offers"])) == ([], 1)
    assert offered_families(Thing.objects.all()) == []
    assert office.post(dissolve, {"reason": "再来一次"}).status_code == 422
    again = confirm_family(by=OFFICER, naming=NAMING, at=NOW)
    assert again.pk != confirmed.pk


def test_everybody_sees_only_what_can_be_applied_for(confirmed: Family) -> None:
    assert offered_families(Thing.objects.filter(code="canteen")) == []


def test_the_rows_themselves_are_whole(confirmed: Family) -> None:
    for wrong in ({"confirmed_by": ""}, {"name": ""}, {"reason": "没有日期"}, {"dissolved_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Family.objects.filter(pk=confirmed.pk).update(**wrong)
