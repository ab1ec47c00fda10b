"""What is refused: replays with another content, stale commands, wrong posts, bad values, bad pauses."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest

from minhu.cases.actions import act_on_many
from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Clock, Command, Datum, Timer
from minhu.cases.states import MACHINE, Ask, CaseRefused, Why
from minhu.packs.kinds import FieldSpec, LeadSpec, PlaceSpec, StepSpec, TimerSpec
from minhu.people.models import Organisation
from minhu.rulebook.models import Calendar
from minhu.trail.models import Entry
from tests.factories.cases import (
    NOW,
    REQUEST,
    KindFactory,
    PowerFactory,
    changed,
    do,
    doer,
    lay_house,
    open_one,
    with_step,
)
from tests.factories.people import OrganisationFactory

pytestmark = pytest.mark.django_db
OFFICE, HOST, OTHER = doer("office", "office"), doer("host"), doer("other")


@pytest.fixture(autouse=True)
def house():
    lay_house()
    KindFactory()


def at_work(kind: str = "request", **values) -> str:
    number = open_one(OFFICE, kind, {"title": "路灯不亮", **values}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


def refused(why: Why, *args, **more) -> CaseRefused:
    before = Entry.objects.count(), Case.objects.values_list("rev", flat=True).first()
    with pytest.raises(CaseRefused) as caught:
        do(*args, **more)
    assert caught.value.why == why, caught.value.words
    assert before == (Entry.objects.count(), Case.objects.values_list("rev", flat=True).first())
    assert list(verify_cases()) == []
    return caught.value


# -- replays ----------------------------------------------------------------------------------------------
def test_a_command_replayed_is_answered_as_before_and_not_done_twice():
    number = at_work()
    first = do(HOST, number, "answer", {"result": "好"}, key="k")
    again = do(HOST, number, "answer", {"result": "好"}, key="k")
    assert (again.repeated, first.repeated) == (True, False)
    assert (again.number, again.rev, again.places) == (first.number, first.rev, first.places)
    assert Entry.objects.filter(book=f"case:{number}").count() == 3


@pytest.mark.parametrize(
    "other", [{"values": {"result": "坏"}}, {"on": "ask_more", "values": {}}, {"by": OTHER}]
)
def test_the_same_key_with_another_content_is_refused(other):
    number = at_work()
    do(HOST, number, "answer", {"result": "好"}, key="k")
    said = {"by": HOST, "on": "answer", "values": {"result": "好"}} | other
    refused(Why.KEY, said["by"], number, said["on"], said["values"], key="k")


def test_an_opening_replayed_opens_no_second_case_and_takes_no_number():
    assert open_one(OFFICE, key="o").number == open_one(OFFICE, key="o").number
    assert open_one(OFFICE).number == "request-2026-0002"
    with pytest.raises(CaseRefused) as caught:
        open_one(OFFICE, key="o", values={"title": "别的"})
    assert caught.value.why == Why.KEY


@pytest.mark.parametrize("key", ["", "k" * 121])
def test_a_command_needs_a_key(key):
    refused(Why.KEY, HOST, at_work(), "answer", {"result": "好"}, key=key)


# -- stale ------------------------------------------------------------------------------------------------
GUARDED = with_step(
    "close",
    changed(
        code="guarded",
        step=(*REQUEST.step, StepSpec("weigh", (), (), "定级", "clerk", reads=("check",), asks=("level",))),
    ),
    guard='level = "low"',
    asks=("amount?",),
    apart=(),
)


def at_check() -> str:
    KindFactory(made=GUARDED)
    number = at_work("guarded", level="low")
    do(HOST, number, "answer", {"result": "好"})
    return number


def test_a_command_typed_before_a_value_it_rests_on_changed_is_stale_and_says_what_changed():
    number = at_check()
    do(OFFICE, number, "weigh", {"level": "high"})
    do(OFFICE, number, "weigh", {"level": "low"})
    caught = refused(Why.STALE, OFFICE, number, "close", rev=3)
    assert caught.changed == {"level": ("low", "low")}
    assert "等级" in caught.words


def test_the_difference_names_old_and_new():
    number = at_check()
    do(OFFICE, number, "weigh", {"level": "high"})
    assert "等级 = 一般" in refused(Why.GUARD, OFFICE, number, "close", rev=4).words
    do(OFFICE, number, "weigh", {"level": "low"})
    assert refused(Why.STALE, OFFICE, number, "close", rev=4).changed == {"level": ("high", "low")}


def test_what_others_did_meanwhile_does_not_matter_where_nothing_rests_on_it():
    number = at_check()
    do(OFFICE, number, "weigh", {"level": "low"})
    assert do(OFFICE, number, "close", rev=4).end == "done"


def test_a_command_meant_for_an_earlier_stay_is_stale():
    number = at_work()
    do(HOST, number, "answer", {"result": "好"})
    caught = refused(Why.STALE, HOST, number, "answer", {"result": "更好"}, place="work", attempt=1)
    assert caught.changed == {"work": (1, None)}
    do(OFFICE, number, "redo")
    caught = refused(Why.STALE, HOST, number, "answer", {"result": "更好"}, place="work", attempt=1)
    assert caught.changed == {"work": (1, 2)}


# -- who --------------------------------------------------------------------------------------------------
MATRIX = [
    ("dispatch", doer("office", "office"), True),
    ("dispatch", doer("host", "office"), True),
    ("dispatch", doer("office", "lead"), False),
    ("dispatch", doer("office", "leader"), False),
    ("dispatch", doer("office", "auditor"), False),
    ("dispatch", MACHINE, False),
    ("answer", doer("host", "lead"), True),
    ("answer", doer("other", "lead"), False),
    ("answer", doer("host", "office"), False),
    ("answer", doer("host", "auditor"), False),
]


@pytest.mark.parametrize(("on", "by", "may"), MATRIX)
def test_the_kind_says_which_post_does_which_step(on, by, may):
    number = open_one(OFFICE).number if on == "dispatch" else at_work()
    more = {"assigns": {"host": ["host"]}} if on == "dispatch" else {"values": {"result": "好"}}
    if may:
        assert do(by, number, on, **more).rev > 1
    else:
        refused(Why.RIGHT, by, number, on, **more)


@pytest.mark.parametrize(
    ("by", "may"),
    [(OFFICE, True), (HOST, True), (doer("host", "leader"), False), (doer("host", "auditor"), False)],
)
def test_the_kind_says_who_opens(by, may):
    if may:
        assert open_one(by).rev == 1
        return
    with pytest.raises(CaseRefused) as caught:
        open_one(by)
    assert caught.value.why == Why.RIGHT


def test_a_kind_may_be_opened_by_named_organisations_alone():
    KindFactory(made=changed(code="closed", opened_by=("office",)))
    assert open_one(OFFICE, "closed").rev == 1
    with pytest.raises(CaseRefused) as caught:
        open_one(HOST, "closed")
    assert caught.value.why == Why.RIGHT


def test_nobody_closes_what_their_own_organisation_answered():
    spec = with_step("close", changed(code="own"), role="host")
    KindFactory(made=spec)
    number = at_work("own")
    do(HOST, number, "answer", {"result": "好"})
    words = refused(Why.APART, doer("host", post="another"), number, "close").words
    assert "办结申请" in words


def test_apart_by_post_lets_a_colleague_do_it():
    KindFactory(made=with_step("close", changed(code="own"), role="host", apart_by="post"))
    number = at_work("own")
    do(HOST, number, "answer", {"result": "好"})
    refused(Why.APART, HOST, number, "close")
    assert do(doer("host", post="another"), number, "close").end == "done"


# -- values -----------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("title", ""),
        ("title", "甲\n乙"),
        ("title", "a\x00"),
        ("title", 12),
        ("title", "甲" * 501),
        ("amount", "十二"),
        ("amount", "NaN"),
        ("amount", "1_000"),
        ("amount", "1e30"),
        ("amount", True),
        ("level", "middle"),
        ("seen_on", "2026-02-30"),
        ("seen_on", "20260301"),
        ("urgent", "maybe"),
        ("result", "不该在这里"),
        ("nonsense", "?"),
    ],
)
def test_a_value_that_does_not_fit_is_refused_by_its_name(key, value):
    with pytest.raises(CaseRefused) as caught:
        open_one(OFFICE, values={"title": "路灯不亮"} | {key: value})
    assert (caught.value.why, [fault.where for fault in caught.value.faults]) == (Why.VALUE, [key])
    assert Case.objects.count() == 0


def test_all_that_is_wrong_is_told_at_once():
    with pytest.raises(CaseRefused) as caught:
        open_one(OFFICE, values={"amount": "x", "level": "y"})
    assert [fault.where for fault in caught.value.faults] == ["amount", "level", "title"]


@pytest.mark.parametrize(
    ("given", "kept"),
    [("012.500", "12.5"), (3, "3"), (Decimal("1E+2"), "100"), ("-0", "0"), (0.1, "0.1"), ("  7 ", "7")],
)
def test_numbers_have_one_spelling(given, kept):
    open_one(OFFICE, values={"title": "x", "amount": given})
    assert Datum.objects.get(key="amount").value == kept


def test_days_may_be_given_as_days():
    open_one(OFFICE, values={"title": "x", "seen_on": date(2026, 3, 1)})
    assert Datum.objects.get(key="seen_on").value == "2026-03-01"


HELPED = with_step("answer", changed(code="helped"), asks=("result", "helper?"))


@pytest.mark.parametrize("code", ["nobody", "gone"])
def test_an_organisation_must_stand(code):
    OrganisationFactory(code="gone", closed_on=date(2026, 1, 1))
    KindFactory(made=HELPED)
    number = at_work("helped")
    caught = refused(Why.VALUE, HOST, number, "answer", {"result": "好", "helper": code})
    assert [fault.where for fault in caught.faults] == ["helper"]
    caught = refused(Why.VALUE, OFFICE, open_one(OFFICE).number, "dispatch", assigns={"host": [code]})
    assert [fault.where for fault in caught.faults] == ["host"]


@pytest.mark.parametrize(
    "assigns", [{}, {"host": []}, {"host": ["host", "other"]}, {"host": ["host"], "clerk": ["x"]}]
)
def test_the_organisation_of_a_role_must_be_chosen_and_be_one(assigns):
    caught = refused(Why.VALUE, OFFICE, open_one(OFFICE).number, "dispatch", assigns=assigns)
    assert len(caught.faults) == 1


# -- where ------------------------------------------------------------------------------------------------
def test_an_unknown_case_step_and_kind_are_named():
    refused(Why.UNKNOWN, HOST, "request-2026-0009", "answer")
    refused(Why.UNKNOWN, HOST, at_work(), "anser")
    with pytest.raises(CaseRefused, match="request") as caught:
        open_one(OFFICE, "reqest")
    assert caught.value.why == Why.UNKNOWN


def test_a_step_is_possible_only_where_the_case_is():
    words = refused(Why.NOT_HERE, OFFICE, at_work(), "close").words
    assert "办理" in words


def test_a_closed_case_does_not_go_on():
    number = at_work()
    do(HOST, number, "answer", {"result": "好"})
    do(OFFICE, number, "close")
    refused(Why.ENDED, OFFICE, number, "redo")


# -- time -------------------------------------------------------------------------------------------------
def test_a_clock_is_held_with_a_paper_and_released():
    number = at_work()
    do(HOST, number, "ask_more", {"notice_no": "补正〔2026〕1号"}, at=NOW + timedelta(days=1))
    case = Case.objects.get()
    assert (case.is_held, Clock.objects.get().state) == (True, "paused")
    do(HOST, number, "mended", at=NOW + timedelta(days=8))
    case.refresh_from_db()
    assert (case.is_held, str(case.due_on)) == (False, "2026-04-14")
    assert list(verify_cases()) == []


def test_a_clock_is_not_held_without_a_paper():
    assert "补正通知文号" in refused(Why.PAUSE, HOST, at_work(), "ask_more").words


def test_a_clock_is_not_held_for_an_unlisted_reason():
    places = tuple(
        PlaceSpec("mend", "补正", role="host", pauses="holiday") if one.code == "mend" else one
        for one in REQUEST.place
    )
    KindFactory(made=changed(code="lazy", place=places))
    refused(Why.PAUSE, HOST, at_work("lazy"), "ask_more", {"notice_no": "1"})


def test_a_clock_that_honours_no_pause_runs_on():
    KindFactory(made=changed(code="citizen", clock=(replace(REQUEST.clock[0], pauses=()),)))
    number = at_work("citizen")
    do(HOST, number, "ask_more", {"notice_no": "1"})
    assert (Clock.objects.get().state, Case.objects.get().is_held) == ("running", False)


EXTENDED = changed(
    code="longer",
    step=(
        *REQUEST.step,
        StepSpec(
            "more_time",
            (),
            (),
            "申请延期",
            "host",
            reads=("work",),
            lead=LeadSpec("handling", "request.lead"),
            extends=("handling=request.more",),
        ),
    ),
)


@pytest.mark.parametrize(("later", "may"), [(0, True), (3, True), (6, False), (7, False), (9, False)])
def test_an_extension_is_asked_in_time(later, may):
    """Due on Tuesday 7 April; two working days before is Friday the 3rd."""
    KindFactory(made=EXTENDED)
    number, at = at_work("longer"), NOW + timedelta(days=later)
    if may:
        do(HOST, number, "more_time", at=at)
        assert str(Case.objects.get().due_on) == "2026-04-10"
        refused(Why.GUARD, HOST, number, "more_time", at=at)
    else:
        assert "2026-04-03" in refused(Why.LATE, HOST, number, "more_time", at=at).words


def test_a_year_without_a_calendar_is_provisional():
    Calendar.objects.filter(year__gte=2027).delete()
    december = NOW.replace(month=12, day=30)
    number = open_one(OFFICE, at=december).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]}, at=december)
    case = Case.objects.get()
    assert (str(case.due_on), case.is_provisional, Clock.objects.get().is_provisional) == (
        "2027-01-06",
        True,
        True,
    )


TIMED = changed(
    code="timed",
    step=(*REQUEST.step, StepSpec("give_up", ("triage",), ("done",), "自动退回", on="waited")),
    timer=(TimerSpec("waited", "triage", "request.wait"),),
)


def test_a_timer_is_armed_to_the_end_of_its_last_day_and_put_off_when_the_place_is_left():
    KindFactory(made=TIMED)
    number = open_one(OFFICE, "timed").number
    timer = Timer.objects.get()
    assert (timer.due_at.isoformat(), timer.state) == ("2026-04-10T16:00:00+00:00", "armed")
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    timer.refresh_from_db()
    assert timer.state == "disarmed"


def test_only_the_machine_lets_a_timer_run_out():
    KindFactory(made=TIMED)
    number = open_one(OFFICE, "timed").number
    refused(Why.RIGHT, OFFICE, number, "waited", is_timer=True)
    refused(Why.RIGHT, MACHINE, number, "waited")
    assert do(MACHINE, number, "waited", is_timer=True, place="triage", attempt=1).end == "done"
    assert Timer.objects.get().state == "fired"


# -- powers -----------------------------------------------------------------------------------------------
MATTERS = changed(
    code="matters",
    matter="matter",
    field=(*REQUEST.field, FieldSpec("matter", "事项")),
    asks=("title", "matter?"),
)


@pytest.fixture
def towns():
    KindFactory(made=MATTERS)
    line = Organisation.objects.get(code="host")
    east, _west = (
        OrganisationFactory(code=code, kind="town", short=f"{code}镇") for code in ("east", "west")
    )
    PowerFactory(line=line, place=east)


def test_an_order_is_not_pushed_down_without_the_listed_power(towns):
    number = open_one(OFFICE, "matters", {"title": "垃圾", "matter": "waste"}).number
    words = refused(Why.POWER, OFFICE, number, "dispatch", assigns={"host": ["west"]}).words
    assert "垃圾分类" in words
    assert "host局" in words
    assert do(OFFICE, number, "dispatch", assigns={"host": ["east"]}).places == ("work",)


def test_a_matter_nobody_listed_stays_with_departments(towns):
    number = open_one(OFFICE, "matters", {"title": "x"}).number
    refused(Why.POWER, OFFICE, number, "dispatch", assigns={"host": ["east"]})
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})


# -- many -------------------------------------------------------------------------------------------------
def test_of_many_only_the_refused_are_refused():
    numbers = [open_one(OFFICE).number for _ in range(3)]
    do(OFFICE, numbers[1], "dispatch", assigns={"host": ["host"]})
    asks = [Ask(number, "dispatch", f"m{n}", {}, {"host": ["other"]}) for n, number in enumerate(numbers)]
    asks.append(Ask("request-2026-0099", "dispatch", "m9"))
    first, second, third, fourth = act_on_many(by=OFFICE, asks=asks, at=NOW)
    assert (first.places, third.places) == (("work",), ("work",))
    assert (second.why, fourth.why) == (Why.NOT_HERE, Why.UNKNOWN)
    assert all(done.repeated for done in act_on_many(by=OFFICE, asks=asks[:1], at=NOW))
    assert Command.objects.filter(key__startswith="m").count() == 2
    assert list(verify_cases()) == []
