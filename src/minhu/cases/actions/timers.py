"""Timers that have run out: each gives its command once, under a key of its own."""

from collections.abc import Mapping
from datetime import datetime

from django.db import DatabaseError, transaction

from minhu.cases.actions.deeds import act
from minhu.cases.actions.effects import words_of
from minhu.cases.models import Timer
from minhu.cases.states import MACHINE, Ask, CaseRefused, Doer, TimerState, book_of
from minhu.trail.actions import record
from minhu.trail.models import ref


def let_run_out(*, timer: Timer, at: datetime) -> bool:
    """Give the command of a timer; False where it was refused, which is kept with the timer in words.

    The timer itself is not locked: a deed on the case holds the case and then its timers, and whoever took
    them the other way round would cross it. The key of the command is what makes it run out once.
    """
    key = f"timer:{timer.pk}"
    ask = Ask(timer.case.number, timer.code, key, place=timer.place, attempt=timer.attempt, is_timer=True)
    try:
        act(by=MACHINE, ask=ask, at=at)
    except CaseRefused as refused:
        return not keep_error(timer, refused.words)
    except DatabaseError:
        raise
    except Exception as wrong:
        return not keep_error(timer, words_of(wrong))
    return True


def keep_error(timer: Timer, words: str) -> bool:
    """Keep why a timer could not run out; False if the case put it off in the meantime."""
    return bool(Timer.objects.filter(pk=timer.pk, state=TimerState.ARMED).update(error=words))


@transaction.atomic
def retry_timer(*, by: Doer, timer: Timer, at: datetime) -> None:
    """Let a timer that was refused be tried in the next round; any other is left as it is."""
    if Timer.objects.filter(pk=timer.pk, state=TimerState.ARMED).exclude(error="").update(error=""):
        note(by, "retry_timer", timer, at, {"error": timer.error})


@transaction.atomic
def close_timer(*, by: Doer, timer: Timer, reason: str, at: datetime) -> None:
    """Put a timer that was refused off for good, with a reason; any other is left as it is."""
    stuck = Timer.objects.filter(pk=timer.pk, state=TimerState.ARMED).exclude(error="")
    if stuck.update(state=TimerState.DISARMED):
        note(by, "close_timer", timer, at, {"reason": reason.strip(), "error": timer.error}, asked=1)


def note(
    by: Doer, deed: str, timer: Timer, at: datetime, payload: Mapping[str, object], asked: int = 0
) -> None:
    """Tell the book of the case."""
    said = {"timer": timer.code, "place": timer.place, "attempt": timer.attempt, **payload}
    record(by=by.actor, deed=f"cases.{deed}", thing=ref(timer.case), book=book_of(timer.case.number), at=at,
           payload=said, asked=asked)  # fmt: skip
