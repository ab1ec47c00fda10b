"""The designer: what it shows of a compiled one-thing, and the deeds it offers."""

from dataclasses import replace

import pytest
from django.test import Client
from django.urls import reverse

from minhu.packs.guides import ItemField
from minhu.people.models import Notice, Post
from minhu.people.states import Role
from minhu.reforms.models import Reform
from minhu.services.bridge.definitions import whole_of
from minhu.services.bridge.pages.designer import Situation
from minhu.services.bridge.pages.flow_picture import flow_picture
from minhu.services.models import Merge, Question, ThingReform, ThingVersion
from minhu.services.states import QuestionState, VersionState
from tests.factories.people import OrganisationFactory, UserFactory
from tests.factories.services import FOOD, NOW, OPENING, SHOP, SIGN, lay_law, load_all, published

pytestmark = pytest.mark.django_db
FULL = {"sign": "有", "seat": "有"}
UNITS = {"shichang": "市场监管局", "weijian": "卫健局", "zhifa": "综合执法局"}


@pytest.fixture
def office(client: Client) -> Client:
    """A browser of the reform office."""
    client.force_login(UserFactory(role=Role.OFFICE))
    return client


def browser_of(code: str) -> Client:
    """A browser of the lead officer of a department."""

    browser = Client()
    browser.force_login(UserFactory(post=Post.objects.get(code=f"{code}-post")))
    return browser


def situation(version: ThingVersion) -> Situation:
    """The full situation of a version."""
    whole = whole_of(version)
    return Situation(whole, whole.solve(FULL), UNITS)


def test_counts_are_raw_and_days_stand_under_both_baselines() -> None:
    rows = {one.code: (one.before, one.after) for one in situation(published()).less()}
    assert rows == {
        "steps": (8, 7),
        "papers": (6, 2),
        "visits": (1, 1),
        "fields": (10, 7),
        "serial": (21, 14),
        "unbundled": (14, 14),
    }


def test_every_paper_says_where_it_comes_from_and_what_it_replaces() -> None:
    rows = {(one.item, one.title): (one.way, one.note) for one in situation(published()).papers()}
    assert rows["食品经营许可", "主体资格"] == ("前序环节产出", "来自“经营主体登记·登记”")
    assert rows["食品经营许可", "健康证明"] == ("告知承诺，事后核查", "免交健康证明")
    assert rows["经营主体登记", "场所证明"] == ("部门共享", "1天内，数据条例 第三条；替代租赁合同")


def test_the_critical_path_is_drawn_heavy_and_each_department_has_a_lane() -> None:
    whole = whole_of(published())
    picture = flow_picture(whole, whole.solve(FULL), UNITS, "数据共享")
    assert picture is not None
    assert [lane.title for lane in picture.lanes] == ["卫健局", "市场监管局", "综合执法局", "数据共享"]
    heavy = {bar.ref for bar in picture.bars if bar.is_critical}
    assert heavy == {"food/accept", "food/inspect", "food/decide", "food/issue"}
    assert [day for _x, day in picture.days] == list(range(15))
    assert all(bar.x >= 0 and bar.end <= picture.width for bar in picture.bars)


def test_no_plan_no_picture() -> None:
    circle = replace(SHOP, requirement=(replace(SHOP.requirement[0], sets=(("nobody",),)),))
    lone = replace(OPENING, items=("shop",), question=())
    version = load_all(lay_law(), lone, (circle,))
    whole = whole_of(version)
    with pytest.raises(Exception, match="nobody"):
        flow_picture(whole, whole.solve({}), UNITS, "")


def test_levers_are_exact() -> None:
    first = situation(published()).levers()[0]
    assert (first.clause, first.days, first.first_day, first.most, first.department) == (
        "决定条", 8, 1, 6, "weijian",
    )  # fmt: skip


def test_the_page_stands_for_every_reader(office: Client) -> None:
    version = published()
    page = office.get(reverse("services:thing", args=["canteen"]), {"q.sign": "无"})
    assert page.status_code == 200
    assert page.context["page"].may_publish
    assert page.context["answers"] == {"sign": "无", "seat": "有"}
    other = Client()
    other.force_login(UserFactory(role=Role.AUDITOR))
    seen = other.get(version.get_absolute_url())
    assert seen.status_code == 200
    assert not seen.context["page"].may_design
    assert b"sign-merge" not in seen.content


def test_nobody_without_an_account_sees_the_designer() -> None:
    published()
    assert Client().get(reverse("services:thing", args=["canteen"])).status_code == 302
    assert Client().get(reverse("services:things")).status_code == 302


def test_the_proof_can_be_taken_home(office: Client) -> None:
    version = published()
    said = office.get(reverse("services:proof", args=["canteen"])).json()
    assert (said["digest"], said["checker"], said["proof"]["makespan"]) == (version.digest, ["没有异议"], 14)
    assert said["definition"]["thing"]["code"] == "canteen"


def test_a_missing_thing_is_missing(office: Client) -> None:
    assert office.get(reverse("services:thing", args=["nothing"])).status_code == 404
    assert office.get(reverse("services:item", args=["nothing"])).status_code == 404
    assert office.get(reverse("services:guide", args=["nothing"])).status_code == 404


def merge_of(browser: Client, word: str, reason: str = "同一个号码"):
    """Sign phone and mobile."""
    said = {"one": "owner.phone", "other": "owner.mobile", "is_same": word, "reason": reason}
    return browser.post(reverse("services:merge", args=["canteen"]), said)


def test_a_signed_merge_makes_a_draft_with_one_field_less() -> None:
    published()
    assert merge_of(browser_of("shichang"), "yes").status_code == 302
    draft = ThingVersion.objects.get(state=VersionState.DRAFT)
    assert draft.number == 2
    assert {one.code: one.after for one in situation(draft).less()}["fields"] == 6
    merge = Merge.objects.get()
    assert (merge.key, merge.same_as, merge.signed_by) == ("owner.mobile", "owner.phone", "shichang-post")


def test_a_refused_merge_changes_nothing_but_is_remembered() -> None:
    published()
    assert merge_of(browser_of("shichang"), "no").status_code == 302
    assert ThingVersion.objects.count() == 1
    assert Merge.objects.get().state == "refused"


@pytest.mark.parametrize("unit", ["weijian", "zhifa"])
def test_only_the_lead_signs_merges(unit: str) -> None:
    published()
    assert merge_of(browser_of(unit), "yes").status_code == 403
    assert not Merge.objects.exists()


def test_a_merge_without_a_reason_keeps_what_was_chosen() -> None:
    published()
    page = merge_of(browser_of("shichang"), "yes", " ")
    assert page.status_code == 422
    assert not Merge.objects.exists()


def test_fields_nobody_asks_for_cannot_be_merged(office: Client) -> None:
    published()
    said = {"one": "owner.phone", "other": "owner.shoe", "is_same": "yes", "reason": "试试"}
    assert office.post(reverse("services:merge", args=["canteen"]), said).status_code == 422


def test_a_department_is_asked_and_answers_once() -> None:
    published()
    said = {"department": "weijian", "words": "健康证明能否共享？", "code": "", "subject": ""}
    asked = browser_of("shichang").post(reverse("services:ask", args=["canteen"]), said)
    assert asked.status_code == 302
    question = Question.objects.get()
    assert Notice.objects.get().post.code == "weijian-post"
    url = reverse("services:answer", args=[question.pk])
    assert browser_of("zhifa").get(url).status_code == 403
    browser = browser_of("weijian")
    assert browser.post(url, {"answer": ""}).status_code == 422
    assert browser.post(url, {"answer": "年内接入。"}).status_code == 302
    question.refresh_from_db()
    assert (question.state, question.answer, question.answered_by) == (
        QuestionState.ANSWERED, "年内接入。", "weijian-post",
    )  # fmt: skip
    assert browser.post(url, {"answer": "又一次"}).status_code == 422


def test_the_same_question_twice_is_one(office: Client) -> None:
    published()
    said = {"department": "weijian", "words": "依据哪一条？", "code": "basis_open", "subject": "食品经营许可"}
    for _again in range(2):
        office.post(reverse("services:ask", args=["canteen"]), said)
    assert Question.objects.count() == 1


def test_a_department_that_takes_no_part_is_not_asked(office: Client) -> None:
    published()
    OrganisationFactory(code="far")
    said = {"department": "far", "words": "？", "code": "", "subject": ""}
    assert office.post(reverse("services:ask", args=["canteen"]), said).status_code == 422


def test_a_rule_becomes_a_reform_once(office: Client) -> None:
    version = published()
    for _again in range(2):
        page = office.post(reverse("services:send_reform", args=["canteen"]), {"clause": "决定条"})
        assert page.status_code == 302
    reform = Reform.objects.get()
    assert (reform.code, reform.lead.code, reform.origin) == ("YJS-canteen-1", "weijian", "correction")
    assert ThingReform.objects.get().version == version
    panel = office.get(reform.get_absolute_url())
    assert "开办小餐饮" in panel.content.decode()


def test_a_clause_that_holds_nothing_up_is_no_reform(office: Client) -> None:
    published()
    page = office.post(reverse("services:send_reform", args=["canteen"]), {"clause": "不存在的条"})
    assert page.status_code == 422
    assert not Reform.objects.exists()


def test_only_the_office_sends_and_publishes() -> None:
    load_all(lay_law())
    browser = browser_of("shichang")
    for name in ("publish", "send_reform"):
        assert browser.post(reverse(f"services:{name}", args=["canteen"])).status_code == 403
    assert browser.get(reverse("services:withdraw", args=["canteen"])).status_code == 403


def test_publishing_from_the_page(office: Client) -> None:
    load_all(lay_law())
    assert office.post(reverse("services:publish", args=["canteen"])).status_code == 302
    assert ThingVersion.objects.get().state == VersionState.PUBLISHED
    again = office.post(reverse("services:publish", args=["canteen"]))
    assert again.status_code == 422


def test_withdrawing_from_the_page(office: Client) -> None:
    version = published()
    url = reverse("services:withdraw", args=["canteen"])
    assert office.get(url).status_code == 200
    assert office.post(url, {"reason": ""}).status_code == 422
    assert office.post(url, {"reason": "依据废止"}).status_code == 302
    version.refresh_from_db()
    assert version.state == VersionState.WITHDRAWN
    assert Client().get(reverse("services:guide", args=["canteen"])).status_code == 404


def test_departments_that_contradict_each_other_are_named(office: Client) -> None:
    from minhu.packs.guides.parts import BoundsSpec

    small = ItemField("place", "area", clause="市容 第九条", bounds=BoundsSpec(greatest=10))
    large = ItemField("place", "area", clause="办法 第十一条", bounds=BoundsSpec(least=20))
    sign = replace(SIGN, field=(*SIGN.field, small))
    food = replace(FOOD, field=(*FOOD.field[:3], large, FOOD.field[4]))
    load_all(lay_law(), items=(SHOP, food, sign))
    page = office.get(reverse("services:thing", args=["canteen"]))
    assert page.context["page"].plan.obstacles == [
        "两个部门的要求互相矛盾：place.area: weijian (办法 第十一条) against zhifa (市容 第九条)"
    ]


def test_versions_tell_what_differs(office: Client) -> None:
    first = published()
    quicker = replace(FOOD, step=tuple(replace(s, promised=5) if s.id == "decide" else s for s in FOOD.step))
    draft = load_all(first.pack_version, items=(SHOP, quicker, SIGN))
    page = office.get(draft.get_absolute_url())
    changes = page.context["page"].changes
    assert [(one.where, one.what, one.before, one.after) for one in changes] == [
        ("食品经营许可", "环节 decide", "", "promised: 5")
    ]
    assert draft.made_at == NOW
