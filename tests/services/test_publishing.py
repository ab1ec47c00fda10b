"""Publishing: what becomes of a version, what stands in its way, and how its cases go."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from django.db import IntegrityError, transaction

from minhu.cases.actions import act, open_case
from minhu.cases.models import Case, Clock, Effect, Kind
from minhu.cases.states import MACHINE, Ask, CaseRefused, Doer, Opening
from minhu.packs.guides import QuestionSpec
from minhu.rulebook.models import Limit
from minhu.services.actions.publishing import publish_thing, withdraw_thing
from minhu.services.actions.refusals import Refusal
from minhu.services.models import Course, ThingVersion
from minhu.services.queries.courses import NoCourse, course_for
from minhu.services.states import VersionState
from minhu.services.states.applying import MENDS, WITHDRAWS, brings, shares
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from tests.factories.services import (
    FOOD,
    NOW,
    OFFICER,
    OPENING,
    SHOP,
    SIGN,
    lay_law,
    load_all,
    published,
)

pytestmark = pytest.mark.django_db
KEY = iter(range(10_000))


def opened(course: Course) -> str:
    """A case of a course, as an application opens it."""
    values = {"title": "开办小餐饮 · 慈城一店", "application": "S2026-000001"}
    return open_case(by=MACHINE, opening=Opening(course.kind.code, values), key=str(next(KEY)), at=NOW).number


def does(number: str, on: str, by: str = "", values: Mapping[str, object] = {}) -> tuple[str, ...]:
    """A department (or the machine) does a step; where the case is then."""
    doer = Doer(Actor(None, f"{by}-post", by), "lead") if by else MACHINE
    return act(by=doer, ask=Ask(number, on, str(next(KEY)), values), at=NOW).places


def test_situations_that_lead_to_the_same_plan_share_a_course() -> None:
    version = published()
    assert [(one.number, len(one.situations), one.promised_days) for one in version.courses.all()] == [
        (1, 2, 14),
        (2, 2, 14),
    ]
    assert course_for(version, {"sign": "无", "seat": "有"}).number == 2
    assert course_for(version, {"sign": "无", "seat": "无"}).kind.code == "thing-canteen-2"
    with pytest.raises(NoCourse):
        course_for(version, {"sign": "无"})


def test_publishing_lays_limits_and_kinds_and_says_so() -> None:
    version = published()
    promise = Limit.objects.get(code="thing.canteen.v1.1")
    assert (promise.days, promise.unit, promise.strength) == (14, "working_day", "local")
    decide = Limit.objects.get(code="item.shop.v1.decide")
    assert (decide.days, decide.basis, decide.note) == (1, "登记条", "法定2个工作日")
    assert version.state == VersionState.PUBLISHED
    assert Kind.objects.filter(code__startswith="thing-canteen", is_current=True).count() == 2
    entry = Entry.objects.get(deed="services.publish_thing")
    assert (entry.book, entry.payload["courses"][0]) == (
        "thing:canteen",
        {"kind": "thing-canteen-1", "days": 14},
    )


def test_a_case_goes_through_all_departments_at_once_and_is_rated() -> None:
    course = course_for(published(), {"sign": "有", "seat": "有"})
    number = opened(course)
    case = Case.objects.get(number=number)
    here = set(case.steps.filter(state="open").values_list("node", flat=True))
    waits = {"share_" + shares(i, r, "title_deed")[-8:] for i, r in (("shop", "r2"), ("sign", "r1"))}
    waits |= {"later_" + brings("food", "r3")[-8:]}
    assert here == {"going", "completeness", "food__accept", *waits}
    does(number, brings("food", "r3"))
    does(number, shares("shop", "r2", "title_deed"))
    does(number, shares("sign", "r1", "title_deed"))
    desks = case.steps.filter(state="open", role__gt="").values_list("organisation__code", "node")
    assert {unit for unit, node in desks if node != "completeness"} == {"shichang", "weijian", "zhifa"}
    does(number, "do_food__accept", "weijian")
    does(number, "do_food__inspect", "weijian", {"opinion_food__inspect": "符合要求"})
    does(number, "do_sign__review", "zhifa")
    does(number, "do_sign__decide", "zhifa")
    does(number, "do_shop__accept", "shichang")
    assert "food__decide" in does(number, "do_shop__decide", "shichang")
    does(number, "do_food__decide", "weijian")
    assert Clock.objects.get(case=case, code="legal").stopped_on is not None
    assert Clock.objects.get(case=case, code="promise").stopped_on is None
    does(number, "do_food__issue", "weijian")
    assert Clock.objects.get(case=case, code="promise").stopped_on is None, (
        "nobody has looked through the papers"
    )
    does(number, "complete", "shichang")
    assert Clock.objects.get(case=case, code="promise").stopped_on is not None
    assert Effect.objects.filter(case=case, kind="rating").count() == 1
    case.refresh_from_db()
    assert case.is_open, "the commitment has still to be checked"
    check = case.steps.get(state="open", node__startswith="check_").node
    does(number, f"do_{check}", "weijian")
    case.refresh_from_db()
    assert case.end == "closed"


def test_a_step_is_only_for_its_department() -> None:
    number = opened(course_for(published(), {"sign": "无", "seat": "有"}))
    with pytest.raises(CaseRefused):
        does(number, "do_food__accept", "zhifa")


def test_one_correction_holds_the_clocks_and_there_is_no_second() -> None:
    number = opened(course_for(published(), {"sign": "无", "seat": "有"}))
    does(number, "correct_weijian", "weijian", {"missing_papers": "缺平面图"})
    case = Case.objects.get(number=number)
    assert case.is_held
    assert case.papers.get(code="correction").number.startswith("2026")
    does(number, MENDS)
    case.refresh_from_db()
    assert not case.is_held
    with pytest.raises(CaseRefused):
        does(number, "correct", "shichang", {"missing_papers": "还缺"})


def test_a_refusal_ends_the_case_with_a_decision() -> None:
    number = opened(course_for(published(), {"sign": "无", "seat": "有"}))
    does(number, "refuse_food__accept", "weijian", {"refuse_reason": "依法不属许可范围"})
    case = Case.objects.get(number=number)
    assert (case.end, case.papers.get().code) == ("refused", "refusal")


def test_uncounted_days_are_held_on_written_notice_alone() -> None:
    number = opened(course_for(published(), {"sign": "无", "seat": "有"}))
    does(number, "do_food__accept", "weijian")
    with pytest.raises(CaseRefused):
        does(number, "tell_food__inspect", "weijian")
    does(number, "tell_food__inspect", "weijian", {"time_notice": "甬北告〔2026〕1号"})
    clocks = dict(Clock.objects.filter(case__number=number).values_list("code", "state"))
    assert (clocks["legal"], clocks["promise"]) == ("paused", "running")
    does(number, "do_told_food__inspect", "weijian")
    assert Clock.objects.get(case__number=number, code="legal").state == "running"


def test_more_time_is_approved_by_a_leader_once() -> None:
    number = opened(course_for(published(), {"sign": "有", "seat": "有"}))
    does(number, "do_food__accept", "weijian")
    does(number, "do_food__inspect", "weijian")
    does(number, shares("sign", "r1", "title_deed"))
    does(number, "do_sign__review", "zhifa")
    due = Clock.objects.get(case__number=number, code="legal").due_on
    with pytest.raises(CaseRefused):
        does(number, "extend_sign__decide", "zhifa", {"extend_reason": "情况复杂"})
    leader = Doer(Actor(None, "leader-post", "district"), "leader")
    ask = Ask(number, "extend_sign__decide", "more", {"extend_reason": "经批准延长"})
    assert "more_sign__decide" in act(by=leader, ask=ask, at=NOW).places
    assert Clock.objects.get(case__number=number, code="legal").due_on > due
    assert "sign__decide_done" in does(number, "do_more_sign__decide", "zhifa")


def test_the_applicant_may_take_it_back() -> None:
    number = opened(course_for(published(), {"sign": "无", "seat": "有"}))
    does(number, WITHDRAWS)
    assert Case.objects.get(number=number).end == "withdrawn"


def test_a_new_version_leaves_running_cases_alone() -> None:
    first = published()
    number = opened(course_for(first, {"sign": "无", "seat": "有"}))
    kind = Case.objects.get(number=number).kind
    quicker = replace(FOOD, version="2", step=tuple(replace(s, promised=s.legal - 1) for s in FOOD.step))
    second = publish_thing(
        by=OFFICER, version=load_all(first.pack_version, items=(SHOP, quicker, SIGN)), at=NOW
    )
    first.refresh_from_db()
    assert (second.number, first.state) == (2, VersionState.REPLACED)
    assert Case.objects.get(number=number).kind == kind
    assert course_for(second, {"sign": "无", "seat": "有"}).promised_days < 14
    assert Limit.objects.filter(code__startswith="item.shop.").values("code").distinct().count() == 2
    does(number, "do_food__accept", "weijian")


def test_the_same_again_is_no_new_version() -> None:
    first = published()
    assert load_all(first.pack_version) == first


def test_what_stands_in_the_way_is_said_all_at_once() -> None:
    draft = load_all(lay_law(), replace(OPENING, reconstructed=True, lead="zhifa"))
    with pytest.raises(Refusal) as refused:
        publish_thing(by=OFFICER, version=draft, at=NOW)
    assert "重构" in refused.value.faults[0]
    draft.refresh_from_db()
    assert draft.state == VersionState.DRAFT


def test_a_breach_of_the_law_stands_in_the_way() -> None:
    slow = replace(FOOD, step=tuple(replace(s, legal=40) if s.id == "decide" else s for s in FOOD.step))
    draft = load_all(lay_law(), items=(SHOP, slow, SIGN))
    with pytest.raises(Refusal) as refused:
        publish_thing(by=OFFICER, version=draft, at=NOW)
    assert refused.value.faults == ("food需要40天，许可法只允许30天。",)


def test_too_many_situations_are_refused_with_their_number() -> None:
    many = tuple(QuestionSpec(f"q{n}", f"问题{n}", ("是", "否")) for n in range(9))
    draft = load_all(lay_law(), replace(OPENING, question=(*OPENING.question, *many)))
    with pytest.raises(Refusal) as refused:
        publish_thing(by=OFFICER, version=draft, at=NOW)
    assert "256" in refused.value.faults[0]


def test_published_versions_are_kept_by_the_database() -> None:
    version = published()
    with pytest.raises(IntegrityError), transaction.atomic():
        ThingVersion.objects.filter(pk=version.pk).update(digest="0" * 64)
    with pytest.raises(IntegrityError), transaction.atomic():
        version.items.update(number=9)


def test_withdrawing_needs_a_reason_and_happens_once() -> None:
    version = published()
    with pytest.raises(Refusal):
        withdraw_thing(by=OFFICER, version=version, reason=" ", at=NOW)
    assert withdraw_thing(by=OFFICER, version=version, reason="依据已废止", at=NOW).state == "withdrawn"
    with pytest.raises(Refusal):
        withdraw_thing(by=OFFICER, version=version, reason="再撤", at=NOW)
    with pytest.raises(Refusal):
        publish_thing(by=OFFICER, version=version, at=NOW)
