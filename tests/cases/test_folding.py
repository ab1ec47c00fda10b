"""Rows are the fold of the record: for random nets and commands, after every deed; and tampering is told."""

import random

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from minhu.cases.actions import act_on_many, erase_personal
from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Clock, Datum, Part, PersonalDatum, Step
from minhu.cases.queries.loading import state_of
from minhu.cases.states import MACHINE, Ask
from minhu.methods import flow
from minhu.methods.flow import Net
from minhu.packs.kinds import FieldSpec, FieldType, KindSpec, PlaceSpec, StepSpec
from minhu.trail import bridge
from minhu.trail.models import Entry
from tests.factories.cases import KEYS, NOW, KindFactory, do, doer, lay_house, open_one
from tests.methods.flow.nets import HAZARD, sound_nets

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")
ACTS = {"title": "路灯不亮", "phone": "13800000000", "amount": 3}


def kind_of_net(net: Net, code: str) -> KindSpec:
    """A kind with the places and transitions of a net, all commands given by machines."""
    return KindSpec(
        code=code,
        title="试",
        summary="试一试",
        headline="kind",
        basis="测试",
        asks=("n", "kind"),
        field=(FieldSpec("n", "数", FieldType.NUMBER), FieldSpec("kind", "类"), FieldSpec("level", "级")),
        place=tuple(PlaceSpec(p.code, p.title, p.kind.value, most=p.most) for p in net.places),
        step=tuple(
            StepSpec(
                t.code,
                t.takes,
                t.puts,
                on=t.on or "auto",
                guard=str(t.guard or ""),
                reads=t.reads,
                clears=t.clears,
            )
            for t in net.transitions
            if "by" not in (t.guard.keys if t.guard else ()) and t.on not in net.index.timer_codes
        ),
    )


def commands(case: str, dice: random.Random):
    """Whatever the case offers, by chance, until it ends."""
    for _ in range(40):
        state = state_of(case)
        kind = compiled(Case.objects.get(number=case).kind)
        marking = flow.Marking(
            {s.place: s.attempt for s in state.stays.values()}, state.attempts, state.fired
        )
        offered = [o for o in flow.offers(kind.net, marking, {"n": 2, "kind": "b"}) if not o.obstacle]
        if state.end or not offered:
            return
        one = dice.choice(offered)
        yield Ask(case, one.transition.on, f"walk-{next(KEYS)}", {}, {}, one.place, one.attempt)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(net=sound_nets(), seed=st.integers(0, 10**6))
def test_rows_are_the_fold_of_the_record_after_every_deed(net, seed):
    code = f"net-{next(KEYS)}"
    KindFactory(made=kind_of_net(net, code))
    number = open_one(MACHINE, code, {"n": 2, "kind": "b"}).number
    assert list(verify_cases([number])) == []
    for ask in commands(number, random.Random(seed)):
        done = do(MACHINE, number, ask.on, place=ask.place, attempt=ask.attempt)
        assert list(verify_cases([number])) == []
        assert set(done.places) == set(
            Step.objects.filter(case__number=number, state="open").values_list("node", flat=True)
        )
    case = Case.objects.get(number=number)
    # Only the places of a sound net's end are left, or the walk was long.
    assert case.end == "end" or case.rev > 40


def test_a_net_with_milestones_limits_and_withdrawal_folds_too():
    KindFactory(made=kind_of_net(HAZARD, "hazard"))
    for seed in range(6):
        number = open_one(MACHINE, "hazard", {"n": 2, "kind": "b"}).number
        for ask in commands(number, random.Random(seed)):
            do(MACHINE, number, ask.on, place=ask.place, attempt=ask.attempt)
    assert list(verify_cases()) == []
    assert bridge.verify().faults == ()


# -- many at once -----------------------------------------------------------------------------------------
def shape(numbers: list[str]) -> list[object]:
    """Everything rows and record say of cases, but for ids, numbers and salts."""
    found: list[object] = []
    for number in numbers:
        case = Case.objects.get(number=number)
        head = (case.title, case.status, case.rev, case.fired, case.due_on, case.is_held, case.is_provisional)
        steps = list(
            case.steps.order_by("node", "attempt").values_list("node", "attempt", "state", "organisation")
        )
        clocks = list(Clock.objects.filter(case=case).values_list("code", "ticks", "state", "due_on"))
        data = list(Datum.objects.filter(case=case).order_by("key").values_list("key", "value", "who", "rev"))
        parts = list(
            Part.objects.filter(case=case).order_by("role").values_list("role", "organisation__code")
        )
        told = list(
            Entry.objects.filter(book=case.book).order_by("seq").values_list("deed", "payload", "asked")
        )
        found.append((head, steps, clocks, data, parts, told))
    return found


def test_many_at_once_write_what_one_by_one_would():
    lay_house()
    KindFactory()
    sets = [[open_one(OFFICE, values={"title": "路灯"}).number for _ in range(5)] for _ in range(2)]
    deeds = [
        (OFFICE, "dispatch", {}, {"host": ["host"]}),
        (HOST, "ask_more", {"notice_no": "1"}, {}),
        (HOST, "mended", {}, {}),
        (HOST, "answer", {"result": "好"}, {}),
        (OFFICE, "close", {}, {}),
    ]
    for by, on, values, assigns in deeds:
        asks = [Ask(number, on, f"b-{next(KEYS)}", values, assigns) for number in sets[0]]
        together = act_on_many(by=by, asks=asks, at=NOW)
        alone = [do(by, number, on, values, assigns=assigns) for number in sets[1]]
        assert [(done.rev, done.places, done.end) for done in together] == [
            (done.rev, done.places, done.end) for done in alone
        ]
        assert shape(sets[0]) == shape(sets[1])
    assert list(verify_cases()) == []
    assert bridge.verify().faults == ()


# -- tampering --------------------------------------------------------------------------------------------
@pytest.fixture
def number() -> str:
    lay_house()
    KindFactory()
    found = open_one(OFFICE, values=ACTS).number
    do(OFFICE, found, "dispatch", assigns={"host": ["host"]})
    assert list(verify_cases()) == []
    return found


def test_a_step_moved_by_hand_is_told(number):
    Step.objects.filter(node="work").update(node="check")
    assert any("work" in words for words in verify_cases())


@pytest.mark.parametrize("change", [{"fired": 9}, {"rev": 7}])
def test_a_case_changed_by_hand_is_told(number, change):
    Case.objects.update(**change)
    (words,) = verify_cases()
    assert str(next(iter(change.values()))) in words


def test_a_value_changed_by_hand_is_named_and_not_shown(number):
    Datum.objects.filter(key="title").update(value="改过的")
    (words,) = verify_cases()
    assert "title" in words
    assert "改过的" not in words


@pytest.mark.parametrize("change", [{"ticks": []}, {"due_on": "2026-04-08"}, {"state": "paused"}])
def test_a_clock_changed_by_hand_is_told(number, change):
    Clock.objects.update(**change)
    (words,) = verify_cases()
    assert "handling" in words


def test_a_personal_value_changed_by_hand_is_told_and_an_erased_one_is_not(number):
    PersonalDatum.objects.update(value="13900000000")
    (words,) = verify_cases()
    assert "phone" in words
    assert erase_personal(by=OFFICE, number=number, keys=["phone"], ground="本人要求", at=NOW) == 1
    assert list(verify_cases()) == []
    assert bridge.verify().faults == ()


def test_a_case_without_a_record_is_told(number):
    Case.objects.filter(number=number).update(number="request-2026-0777")
    (words,) = verify_cases()
    assert "request-2026-0777" in words
