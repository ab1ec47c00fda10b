"""Running cases move to another version of their kind as far as they can go on there."""

from dataclasses import replace

import pytest

from minhu.cases.actions.moving import Change, move_cases
from minhu.cases.actions.publishing import publish_kinds
from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Step
from minhu.cases.states import CaseRefused, Why
from minhu.packs.kind_values import digest_of
from minhu.packs.kinds import PlaceSpec, StepSpec, TimerSpec
from minhu.trail.queries import book_history
from minhu.trail.states import SYSTEM
from tests.factories.cases import NOW, REQUEST, do, doer, open_one
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory, PackVersionFactory, lay_rulebook

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")


def with_place(old: str, new: str, spec=REQUEST):
    """The kind with a place of another code."""
    put = {old: new}

    def turned(codes):
        return tuple(put.get(code, code) for code in codes)

    return replace(
        spec,
        place=tuple(replace(one, code=put.get(one.code, one.code)) for one in spec.place),
        step=tuple(replace(one, takes=turned(one.takes), puts=turned(one.puts)) for one in spec.step),
        clock=tuple(replace(one, starts=turned(one.starts), stops=turned(one.stops)) for one in spec.clock),
    )


def publish(spec):
    publish_kinds(by=SYSTEM, specs=[spec], version=PackVersionFactory(), at=NOW)
    return digest_of(spec)


def moved(spec, renamed=None, *, try_only=False):
    """Publish a version and move the cases there."""
    change = Change("request", publish(spec), renamed or {})
    return move_cases(by=OFFICE.actor, change=change, at=NOW, try_only=try_only)


@pytest.fixture(autouse=True)
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    for code in ("office", "host"):
        OrganisationFactory(code=code)
    publish(REQUEST)


@pytest.fixture
def number():
    """A case that is being worked on."""
    opened = open_one(OFFICE)
    do(OFFICE, opened.number, "dispatch", assigns={"host": ["host"]})
    return opened.number


def test_a_case_goes_on_under_the_new_version(number):
    (line,) = moved(replace(REQUEST, basis="新依据"))
    assert (line.number, line.can, line.places, line.notes) == (number, True, ("办理",), ())
    case = Case.objects.get()
    assert (case.kind.spec["basis"], case.rev) == ("新依据", 3)
    assert do(HOST, number, "answer", {"result": "好"}).places == ("check",)
    assert list(verify_cases()) == []


def test_the_entry_tells_the_move(number):
    before = digest_of(REQUEST)
    moved(replace(REQUEST, basis="新依据"))
    entry = book_history(f"case:{number}").order_by("seq").last()
    assert (entry.deed, entry.actor_post) == ("cases.move", "office.office")
    assert entry.payload == {
        "kind": "request", "from": before, "to": digest_of(replace(REQUEST, basis="新依据")), "renamed": {},
        "rev": 3,
        "marking": {"marked": {"work": 1}, "attempts": {"start": 1, "triage": 1, "work": 1}, "end": ""},
    }  # fmt: skip


def test_a_dry_run_changes_nothing(number):
    (line,) = moved(replace(REQUEST, basis="新依据"), try_only=True)
    assert line.can is True
    assert (Case.objects.get().rev, Case.objects.get().kind.is_current) == (2, False)
    assert book_history(f"case:{number}").count() == 2


def test_a_place_without_a_home_is_named_and_the_case_stays(number):
    (line,) = moved(with_place("work", "handle"))
    assert line.can is False
    assert [("办理" in reason, "work" in reason) for reason in line.reasons] == [(True, True)]
    assert Case.objects.get().kind.is_current is False


def test_a_renamed_place_is_carried_over_with_its_attempts(number):
    do(HOST, number, "answer", {"result": "一"})
    do(OFFICE, number, "redo")
    (line,) = moved(with_place("work", "handle"), {"work": "handle"})
    assert line.can is True
    nodes = Step.objects.filter(node="handle").values_list("attempt", "state").order_by("attempt")
    assert list(nodes) == [(1, "left"), (2, "open")]
    assert list(verify_cases()) == []
    assert do(HOST, number, "answer", {"result": "二"}).places == ("check",)
    assert list(verify_cases()) == []


def test_two_places_do_not_become_one(number):
    (line,) = moved(with_place("work", "handle"), {"work": "triage"})
    assert line.can is False
    assert any("work" in reason and "triage" in reason for reason in line.reasons)


def test_a_running_clock_and_a_role_need_a_home(number):
    other = replace(REQUEST.clock[0], code="other")
    role = replace(REQUEST.role[1], code="worker")
    spec = replace(
        REQUEST,
        clock=(other,),
        role=(REQUEST.role[0], role),
        place=tuple(replace(p, role="worker" if p.role == "host" else p.role) for p in REQUEST.place),
    )
    (line,) = moved(spec)
    assert len(line.reasons) == 2
    assert "办理时限" in line.reasons[0]
    assert "承办单位" in line.reasons[1]


def test_a_dead_end_is_refused(number):
    steps = tuple(one for one in REQUEST.step if one.code not in ("answer", "ask_more"))
    (line,) = moved(replace(REQUEST, step=steps))
    assert len(line.reasons) == 1


def test_a_timer_that_is_new_is_told(number):
    LimitFactory(code="remind.days", value=3)
    spec = replace(
        REQUEST,
        timer=(TimerSpec("late", "work", "remind.days"),),
        step=(*REQUEST.step, StepSpec("remind", ("work",), ("work",), on="late")),
    )
    (line,) = moved(spec)
    assert (line.can, len(line.notes), "late" in line.notes[0]) == (True, 1, True)


def test_a_place_with_another_role_goes_to_its_desk(number):
    places = tuple(
        PlaceSpec("work", "办理", role="clerk2") if one.code == "work" else one for one in REQUEST.place
    )
    role = replace(REQUEST.role[0], code="clerk2", organisation="office")
    moved(replace(REQUEST, place=places, role=(*REQUEST.role, role)))
    stay = Step.objects.get(node="work")
    assert (stay.role, stay.organisation.code) == ("clerk2", "office")


def test_cases_that_ended_and_those_already_there_are_left(number):
    do(HOST, number, "answer", {"result": "好"})
    do(OFFICE, number, "close")
    assert moved(replace(REQUEST, basis="新依据")) == ()
    open_one(OFFICE)
    change = Change("request", digest_of(replace(REQUEST, basis="新依据")), {})
    assert move_cases(by=SYSTEM, change=change, at=NOW, try_only=False) == ()


@pytest.mark.parametrize(
    ("to", "renamed", "why"), [("x", {}, Why.UNKNOWN), (None, {"work": "wrk"}, Why.VALUE)]
)
def test_a_version_or_place_that_is_not_there_is_refused(to, renamed, why):
    change = Change("request", to or digest_of(REQUEST), renamed)
    with pytest.raises(CaseRefused) as refused:
        move_cases(by=SYSTEM, change=change, at=NOW, try_only=True)
    assert refused.value.why == why
