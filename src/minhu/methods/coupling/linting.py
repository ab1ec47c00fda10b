"""What does not fit in a plan: goals without tasks, opposite pushes, overlaps, overloads, gaps of rules."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from itertools import combinations

from minhu.methods.coupling.structure import blocks


@dataclass(frozen=True, slots=True)
class Push:
    """A task pushes an indicator up (1) or down (-1)."""

    indicator: str
    sign: int


@dataclass(frozen=True, slots=True)
class Task:
    """A task of the plan: who does it, when, for which goals, at which objects, what it pushes."""

    key: str
    body: str
    start: date
    end: date
    goals: frozenset[str] = frozenset()
    objects: frozenset[str] = frozenset()
    pushes: tuple[Push, ...] = ()
    needs: frozenset[str] = frozenset()
    is_pilot: bool = False
    followed_by: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Duty:
    """A rule that serves a function from a day to a day (both included; None: without end)."""

    rule: str
    function: str
    in_force: date
    ends: date | None = None
    replaced_by: str = ""
    transition_days: int = 0


@dataclass(frozen=True, slots=True)
class Load:
    """What a body has to carry in a quarter ("2026Q3") and what it can, in one unit."""

    body: str
    quarter: str
    need: float
    capacity: float


@dataclass(frozen=True, slots=True)
class Plan:
    """Everything the linter looks at."""

    goals: frozenset[str] = frozenset()
    tasks: tuple[Task, ...] = ()
    duties: tuple[Duty, ...] = ()
    loads: tuple[Load, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """What is wrong (`code`), with which things (`keys`), and the plain values of the sentence about it."""

    code: str
    keys: tuple[str, ...]
    facts: Mapping[str, object] = field(default_factory=dict)


def lint(plan: Plan) -> tuple[Finding, ...]:
    """Every finding, sorted by code and keys.

    Codes: goal_without_task, task_without_goal, circle, opposite_pushes, same_object, overload, gap
    (establish before break: days without any rule for a function), early_end (a rule ends before its
    successor holds and the transition is over), orphaned_pilot.
    """
    found = [finding for look in LOOKS for finding in look(plan)]
    return tuple(sorted(found, key=lambda one: (one.code, one.keys)))


def aimless(plan: Plan) -> Iterator[Finding]:
    """Goals no task serves, and tasks that serve none."""
    served = {goal for task in plan.tasks for goal in task.goals}
    for goal in plan.goals - served:
        yield Finding("goal_without_task", (goal,))
    for task in plan.tasks:
        if not task.goals & plan.goals:
            yield Finding("task_without_goal", (task.key,))


def circles(plan: Plan) -> Iterator[Finding]:
    """Tasks that wait for each other."""
    keys = tuple(task.key for task in plan.tasks)
    known = frozenset(keys)
    waits = tuple((need, task.key) for task in plan.tasks for need in sorted(task.needs & known))
    for block in blocks(keys, waits):
        yield Finding("circle", block.circle, {"in_all": len(block.keys)})


def opposed(plan: Plan) -> Iterator[Finding]:
    """Two tasks that push one indicator opposite ways, whenever they do."""
    by_indicator: dict[str, list[tuple[Task, int]]] = {}
    for task in plan.tasks:
        for push in task.pushes:
            by_indicator.setdefault(push.indicator, []).append((task, push.sign))
    for indicator, pushing in by_indicator.items():
        for (one, sign), (other, against) in combinations(pushing, 2):
            if sign * against < 0:
                keys = tuple(sorted((one.key, other.key)))
                yield Finding("opposite_pushes", keys, {"indicator": indicator})


def crowded(plan: Plan) -> Iterator[Finding]:
    """One object changed by two bodies in overlapping months."""
    for one, other in combinations(plan.tasks, 2):
        shared = sorted(one.objects & other.objects)
        if not shared or one.body == other.body:
            continue
        first, last = max(one.start, other.start), min(one.end, other.end)
        if (first.year, first.month) <= (last.year, last.month):
            keys = tuple(sorted((one.key, other.key)))
            facts = {"object": shared[0], "from": f"{first:%Y-%m}", "to": f"{last:%Y-%m}"}
            yield Finding("same_object", keys, facts)


def overloaded(plan: Plan) -> Iterator[Finding]:
    """Quarters in which a body carries more than it can."""
    for load in plan.loads:
        if load.need > load.capacity:
            facts = {"need": load.need, "capacity": load.capacity}
            yield Finding("overload", (load.body, load.quarter), facts)


def gaps(plan: Plan) -> Iterator[Finding]:
    """Functions without a rule between the first rule in force and the last end; and early ends."""
    by_function: dict[str, list[Duty]] = {}
    for duty in plan.duties:
        by_function.setdefault(duty.function, []).append(duty)
    for function, duties in by_function.items():
        first, *others = sorted(duties, key=lambda one: (one.in_force, one.rule))
        covered = first.ends or date.max
        for duty in others:
            free = (duty.in_force - covered).days - 1
            if free > 0:
                facts = {"after": covered.isoformat(), "before": duty.in_force.isoformat(), "days": free}
                yield Finding("gap", (function,), facts)
            covered = max(covered, duty.ends or date.max)
    yield from early(plan)


def early(plan: Plan) -> Iterator[Finding]:
    """Rules that end before their successor is in force and the transition over."""
    by_rule = {duty.rule: duty for duty in plan.duties}
    for duty in plan.duties:
        successor = by_rule.get(duty.replaced_by)
        if successor is None or duty.ends is None:
            continue
        least = successor.in_force + timedelta(days=duty.transition_days)
        if duty.ends < least:
            days = (least - duty.ends).days
            facts = {"ends": duty.ends.isoformat(), "least": least.isoformat(), "days": days}
            yield Finding("early_end", (duty.rule, successor.rule), facts)


def orphans(plan: Plan) -> Iterator[Finding]:
    """Pilots after which nothing comes."""
    known = {task.key for task in plan.tasks}
    for task in plan.tasks:
        if task.is_pilot and not task.followed_by & known:
            yield Finding("orphaned_pilot", (task.key,))


Look = Callable[[Plan], Iterator[Finding]]
LOOKS: tuple[Look, ...] = (aimless, circles, opposed, crowded, overloaded, gaps, orphans)
