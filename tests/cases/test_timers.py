"""Timers: run out once, by the machine, and what is refused is kept in words."""

from datetime import timedelta

import pytest

from minhu.cases.actions import timers
from minhu.cases.actions.timers import close_timer, let_run_out, retry_timer
from minhu.cases.models import Case, Timer
from minhu.cases.queries.outbox import stuck_timers
from minhu.cases.states import MACHINE
from minhu.cases.tasks import Round, one_round
from minhu.trail.models import Entry
from tests.factories.cases import NOW, do, doer, open_one
from tests.factories.outbox import TIMED, lay_house

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")


@pytest.fixture
def number() -> str:
    """A request at its host, whose timer runs."""
    lay_house(TIMED)
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


def due(timer: Timer):
    """The moment a timer runs out."""
    return timer.due_at


def place(number: str) -> str:
    """Where a case is."""
    return Case.objects.get(number=number).steps.get(state="open").node


def test_a_timer_runs_out_at_the_end_of_its_last_day_and_not_before(number):
    timer = Timer.objects.get()
    assert str(timer.due_at) == "2026-04-03 16:00:00+00:00"
    assert one_round(at=timer.due_at - timedelta(seconds=1)) == Round()
    assert one_round(at=timer.due_at) == Round(timers=1)
    timer.refresh_from_db()
    assert (timer.state, place(number)) == ("fired", "triage")
    entry = Entry.objects.filter(book=f"case:{number}").latest("seq")
    assert (entry.actor_post, entry.asked, entry.payload["on"]) == ("system", 0, "work_over")
    assert one_round(at=timer.due_at) == Round()


def test_a_timer_of_a_place_that_was_left_does_nothing(number):
    do(HOST, number, "answer", {"result": "好"})
    assert Timer.objects.get().state == "disarmed"
    assert one_round(at=NOW + timedelta(days=30)) == Round()
    assert place(number) == "check"


def test_a_timer_given_twice_runs_out_once(number):
    timer = Timer.objects.get()
    assert let_run_out(timer=timer, at=timer.due_at)
    assert let_run_out(timer=timer, at=timer.due_at)
    assert Entry.objects.filter(book=f"case:{number}").count() == 3


def test_a_timer_that_was_put_off_while_it_was_in_hand_is_no_error(number):
    timer = Timer.objects.get()
    do(HOST, number, "answer", {"result": "好"})
    assert let_run_out(timer=timer, at=timer.due_at)
    timer.refresh_from_db()
    assert (timer.state, timer.error, place(number)) == ("disarmed", "", "check")


@pytest.fixture
def stuck(number, monkeypatch) -> Timer:
    """A timer that failed."""
    with monkeypatch.context() as patch:
        patch.setattr(timers, "act", lambda **_said: 1 / 0)
        assert one_round(at=due(Timer.objects.get())) == Round(refused=1)
    return Timer.objects.get()


def test_a_timer_that_failed_keeps_its_error_and_is_not_tried_again(stuck, number):
    assert (stuck.state, stuck.error) == ("armed", "ZeroDivisionError: division by zero")
    assert one_round(at=due(stuck)) == Round()
    assert place(number) == "work"
    assert list(stuck_timers()) == [stuck]


def test_a_timer_retried_by_hand_runs_out(stuck, number):
    retry_timer(by=OFFICE, timer=stuck, at=NOW)
    retry_timer(by=OFFICE, timer=stuck, at=NOW)
    assert one_round(at=due(stuck)) == Round(timers=1)
    assert place(number) == "triage"
    [entry] = Entry.objects.filter(deed="cases.retry_timer")
    assert (entry.book, entry.payload["timer"]) == (f"case:{number}", "work_over")


def test_a_timer_closed_with_a_reason_is_off_for_good(stuck, number):
    close_timer(by=OFFICE, timer=stuck, reason="已电话催办", at=NOW)
    close_timer(by=OFFICE, timer=stuck, reason="又一次", at=NOW)
    assert list(stuck_timers()) == []
    [entry] = Entry.objects.filter(deed="cases.close_timer")
    assert (entry.payload["reason"], entry.asked) == ("已电话催办", 1)
    assert one_round(at=due(stuck)) == Round()


def test_one_timer_that_fails_stops_no_other(number, monkeypatch):
    second = open_one(OFFICE).number
    do(OFFICE, second, "dispatch", assigns={"host": ["host"]})
    real = timers.act

    def first_fails(*, by, ask, at):
        if ask.number == number:
            raise RuntimeError("no")
        return real(by=by, ask=ask, at=at)

    monkeypatch.setattr(timers, "act", first_fails)
    assert one_round(at=NOW + timedelta(days=10)) == Round(timers=1, refused=1)
    assert (place(number), place(second)) == ("work", "triage")


def test_only_the_machine_gives_the_command_of_a_timer(number):
    from minhu.cases.states import CaseRefused

    with pytest.raises(CaseRefused) as refused:
        do(OFFICE, number, "work_over")
    assert refused.value.why == "right"
    assert MACHINE.is_system
