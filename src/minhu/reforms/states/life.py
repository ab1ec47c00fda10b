"""The life of a reform as a table: from which stage to which, and what each step needs."""

from collections import deque
from collections.abc import Callable
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minhu.reforms.states.words import State

Words = str | Promise


@dataclass(frozen=True, slots=True)
class Facts:
    """What the table wants to know of a reform and of the wish to move it."""

    problem: str = ""
    goal: str = ""
    has_lead: bool = False
    has_dates: bool = False
    milestones: int = 0
    accepted: int = 0
    rules_in_force: int = 0
    reason: str = ""
    has_target: bool = False


NEEDS: dict[str, Words] = {
    "problem": _("a problem in words"),
    "goal": _("a goal"),
    "lead": _("a lead organisation"),
    "dates": _("a start and an end date"),
    "milestone": _("at least one milestone"),
    "all_accepted": _("every milestone accepted"),
    "rule": _("a rule in force that holds what was learned"),
    "reason": _("a reason"),
    "target": _("the reform it is merged into"),
}
_HOLDS: dict[str, Callable[[Facts], bool]] = {
    "problem": lambda facts: bool(facts.problem.strip()),
    "goal": lambda facts: bool(facts.goal.strip()),
    "lead": lambda facts: facts.has_lead,
    "dates": lambda facts: facts.has_dates,
    "milestone": lambda facts: facts.milestones > 0,
    "all_accepted": lambda facts: facts.milestones == facts.accepted > 0,
    "rule": lambda facts: facts.rules_in_force > 0,
    "reason": lambda facts: bool(facts.reason.strip()),
    "target": lambda facts: facts.has_target,
}

_PLAN = ("lead", "dates", "milestone")
_CUT: dict[State, tuple[str, ...]] = {State.STOPPED: ("reason",), State.MERGED: ("reason", "target")}
_ASIDE: dict[State, tuple[str, ...]] = {State.PAUSED: ("reason",), **_CUT}
# fmt: off
MOVES: dict[State, dict[State, tuple[str, ...]]] = {
    State.IDEA:     {State.ARGUED: ("problem", "goal"), **_CUT},
    State.ARGUED:   {State.APPROVED: ("problem", "goal", *_PLAN), State.IDEA: ("reason",), **_ASIDE},
    State.APPROVED: {State.RUNNING: _PLAN, State.ARGUED: ("reason",), **_ASIDE},
    State.RUNNING:  {State.CHECKED: _PLAN, **_ASIDE},
    State.CHECKED:  {State.CLOSED: ("all_accepted",), State.RUNNING: ("reason",), **_ASIDE},
    State.CLOSED:   {State.SPREAD: ("rule",), State.RUNNING: ("reason",)},
    State.SPREAD:   {State.RUNNING: ("reason",)},
    State.PAUSED:   {State.RUNNING: ("reason", *_PLAN), State.APPROVED: ("reason", *_PLAN),
                     State.ARGUED: ("reason",), **_CUT},
    State.STOPPED:  {State.IDEA: ("reason",)},
    State.MERGED:   {},
}
# fmt: on


def moves_from(state: str) -> tuple[State, ...]:
    """The stages a reform may go to from here, the way forward first."""
    return tuple(MOVES[State(state)])


def may_move(state: str, to: str) -> bool:
    """Whether the table knows this step at all."""
    return State(to) in MOVES[State(state)]


def lacking(state: str, to: str, facts: Facts) -> tuple[str, ...]:
    """Keys of NEEDS that the step asks for and the facts lack; KeyError for a step not in the table."""
    return tuple(need for need in MOVES[State(state)][State(to)] if not _HOLDS[need](facts))


def needs_reason(state: str, to: str) -> bool:
    """Whether whoever makes the step must say why."""
    return "reason" in MOVES[State(state)].get(State(to), ())


def way_to(to: str, since: str = State.IDEA) -> tuple[State, ...]:
    """The shortest way of steps from one stage to another, the first left out."""
    start, goal = State(since), State(to)
    ways: dict[State, tuple[State, ...]] = {start: ()}
    waiting = deque([start])
    while waiting and goal not in ways:
        here = waiting.popleft()
        for after in MOVES[here]:
            if after not in ways:
                ways[after] = (*ways[here], after)
                waiting.append(after)
    if goal not in ways:
        raise LookupError(f"no way leads from {start} to {goal}")
    return ways[goal]
