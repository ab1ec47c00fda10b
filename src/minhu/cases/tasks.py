"""One round of the worker: timers that ran out, then effects that wait, each in a transaction of its own."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from minhu.cases.actions import effects, timers
from minhu.cases.queries import outbox
from minhu.cases.queries.readings import day_of
from minhu.cases.states import EffectState

MOST = 500
"""Pieces of either sort in one round, so that no round keeps the other sort waiting for long."""


@dataclass(slots=True)
class Round:
    """What a round did: timers run out and refused; effects done, put off and given up."""

    timers: int = 0
    refused: int = 0
    done: int = 0
    put_off: int = 0
    given_up: int = 0

    @property
    def count(self) -> int:
        """How many pieces of work there were."""
        return self.timers + self.refused + self.done + self.put_off + self.given_up

    @property
    def is_full(self) -> bool:
        """Whether there may be more to do at once."""
        return self.timers + self.refused >= MOST or self.done + self.put_off + self.given_up >= MOST


def always() -> bool:
    """Go on."""
    return True


def one_round(*, at: datetime, goes_on: Callable[[], bool] = always) -> Round:
    """Do all that is due at a moment; `goes_on` is asked before every piece. Raises rulebook.Missing."""
    found, patience = Round(), outbox.patience(day_of(at))
    for timer in outbox.due_timers(at, MOST):
        if not goes_on():
            return found
        if timers.let_run_out(timer=timer, at=at):
            found.timers += 1
        else:
            found.refused += 1
    for _piece in range(MOST):
        if not goes_on() or not count(found, effects.carry_out_next(patience=patience, at=at)):
            return found
    return found


def count(found: Round, state: EffectState | None) -> bool:
    """Count what became of an effect; False if there was none."""
    if state is EffectState.DONE:
        found.done += 1
    elif state is EffectState.DEAD:
        found.given_up += 1
    elif state is EffectState.WAITING:
        found.put_off += 1
    return state is not None
