"""Clocks and timers counted anew when a calendar is published; each changed case tells it in its book."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from minhu.cases.bridge.clocks import settled, timer_due
from minhu.cases.models import Case, Clock, Timer
from minhu.cases.queries.loading import rulebook_stamp
from minhu.cases.queries.readings import Readings, day_of
from minhu.cases.states import CaseState, ClockState, TimerState
from minhu.cases.store.times import last_moment
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

BATCH = 200


@dataclass(frozen=True, slots=True)
class Recounted:
    """How many cases, clocks and timers got another last day, or lost or got the mark “provisional”."""

    cases: int = 0
    clocks: int = 0
    timers: int = 0


def recompute_clocks(*, by: Actor, at: datetime) -> Recounted:
    """Count every clock that goes on and every armed timer anew; a second time changes nothing."""
    running = Clock.objects.exclude(state=ClockState.STOPPED).values_list("case", flat=True)
    armed = Timer.objects.filter(state=TimerState.ARMED).values_list("case", flat=True)
    ids = sorted({*running, *armed})
    found = [recount(ids[start : start + BATCH], by, at) for start in range(0, len(ids), BATCH)]
    return Recounted(*(sum(part) for part in zip(*found, strict=True))) if found else Recounted()


@transaction.atomic
def recount(ids: list[int], by: Actor, at: datetime) -> tuple[int, int, int]:
    """Some cases in one transaction, locked in the order of their rows."""
    readings = readings_at(at)
    cases = clocks = timers = 0
    for case in Case.objects.select_for_update().filter(pk__in=ids).order_by("pk"):
        told = recount_clocks(case, readings) + recount_timers(case, readings)
        if not told:
            continue
        payload = {"on": day_of(at), "changed": told}
        record(by=by, deed="cases.recompute_clocks", thing=ref(case), book=case.book, at=at, payload=payload)
        cases += 1
        clocks += sum("clock" in one for one in told)
        timers += sum("timer" in one for one in told)
    return cases, clocks, timers


def readings_at(at: datetime) -> Readings:
    """The rulebook as it holds on the day of a moment."""
    return Readings(CaseState(0, "", 0, "", stamp=rulebook_stamp()), at)


def recount_clocks(case: Case, readings: Readings) -> list[dict[str, object]]:
    """The clocks of one case, and what changed."""
    told: list[dict[str, object]] = []
    for clock in Clock.objects.filter(case=case).exclude(state=ClockState.STOPPED):
        due = settled(clock, readings.calendar()).due
        if (due.on, due.provisional) == (clock.due_on, clock.is_provisional):
            continue
        told.append({"clock": clock.code, "attempt": clock.attempt, "before": clock.due_on, "after": due.on})
        clock.due_on, clock.is_provisional = due.on, due.provisional
        clock.save(update_fields=["due_on", "is_provisional"])
        if clock.is_first:
            case.due_on, case.is_provisional = due.on, due.provisional
            case.save(update_fields=["due_on", "is_provisional"])
    return told


def recount_timers(case: Case, readings: Readings) -> list[dict[str, object]]:
    """The armed timers of one case, and what changed; each runs from the day its place was entered."""
    told: list[dict[str, object]] = []
    for timer in Timer.objects.filter(case=case, state=TimerState.ARMED):
        stay = case.steps.get(node=timer.place, attempt=timer.attempt)
        # The limit is the one that held when the place was entered, whatever it is by now.
        limit = readings_at(stay.entered_at).limit(timer.limit)
        due = timer_due(readings.calendar(), day_of(stay.entered_at), limit)
        if (last_moment(due.on), due.provisional) == (timer.due_at, timer.is_provisional):
            continue
        told.append({"timer": timer.code, "before": timer.due_at, "after": last_moment(due.on)})
        timer.due_at, timer.is_provisional = last_moment(due.on), due.provisional
        timer.save(update_fields=["due_at", "is_provisional"])
    return told
