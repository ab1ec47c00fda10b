"""Why it takes so long, and what a change of a rule would save: critical path and sensitivity, by clause."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from minhu.methods.composing.bundle import Problem, Ref
from minhu.methods.composing.flow import Network, durations, network_of
from minhu.methods.composing.guides import Guide, Step
from minhu.methods.composing.labelling import label
from minhu.methods.composing.materials import demands_of
from minhu.methods.composing.plan import Label
from minhu.methods.composing.solution import Solution


@dataclass(frozen=True, slots=True)
class Link:
    """A step on the critical path; it waited for the one before because of a requirement, or of its guide's
    order (None). `clause` fixes the step's days, `by_clause` the wait."""

    step: Ref
    department: str
    start: int
    end: int
    clause: str
    because: Ref | None = None
    by_clause: str = ""


@dataclass(frozen=True, slots=True)
class Saving:
    """What shortening the days that a clause fixes would save: `first_day` by one day off each of its steps,
    `most` by all of them, out of `days`."""

    clause: str
    steps: tuple[Ref, ...]
    days: int
    first_day: int
    most: int


def critical_path(solution: Solution) -> tuple[Link, ...]:
    """The steps that hold the floor, first to last; empty without a plan."""
    if solution.proof is None or not solution.proof.earliest:
        return ()
    labels = {label.step: label for label in solution.proof.earliest}
    current: Label | None = max(labels.values(), key=lambda each: (each.end, each.step))
    steps = steps_of(solution.resolved.guides)
    clauses = {Ref(g.item, need.id): need.clause for g in solution.resolved.guides for need in g.requirements}
    path: list[Link] = []
    while current is not None:
        guide, step = steps[current.step]
        by = clauses.get(current.because, "") if current.because else ""
        path.append(
            Link(current.step, guide.department, current.start, current.end, step.clause, current.because, by)
        )
        current = labels[current.after] if current.after else None
    return tuple(reversed(path))


def steps_of(guides: Iterable[Guide]) -> dict[Ref, tuple[Guide, Step]]:
    """Every step with its guide."""
    return {Ref(guide.item, step.id): (guide, step) for guide in guides for step in guide.steps}


def witnesses(solution: Solution) -> dict[str, Ref | None]:
    """For each item the requirement that holds up its slowest chain; None where nothing from outside does."""
    if solution.proof is None:
        return {}
    labels = {label.step: label for label in solution.proof.earliest}
    found: dict[str, Ref | None] = {}
    for guide in solution.resolved.guides:
        own = [labels[Ref(guide.item, step.id)] for step in guide.steps]
        current = max(own, key=lambda each: (each.end, each.step), default=None)
        while current and current.because is None and current.after:
            current = labels[current.after]
        found[guide.item] = current.because if current else None
    return found


def savings(problem: Problem, solution: Solution) -> tuple[Saving, ...]:
    """Days saved by each clause that could save any, the most first. Exact: each change is labelled anew."""
    if solution.proof is None:
        return ()
    guides = solution.resolved.guides
    demands, _ = demands_of(guides, problem.bundle.materials)
    days = durations(problem.bundle, guides)
    network = network_of(guides, demands, days)
    groups: dict[str, list[Ref]] = {}
    for ref, (guide, step) in steps_of(guides).items():
        if days[ref]:
            groups.setdefault(step.clause or f"{guide.item}/{step.id}", []).append(ref)
    found = [saving(clause, steps, network, days) for clause, steps in sorted(groups.items())]
    return tuple(sorted((each for each in found if each.most), key=lambda each: (-each.most, each.clause)))


def saving(clause: str, steps: Sequence[Ref], network: Network, days: Mapping[Ref, int]) -> Saving:
    """What one clause could save."""
    now = length(network, days)
    day_less = {**days, **{ref: days[ref] - 1 for ref in steps}}
    at_once = {**days, **dict.fromkeys(steps, 0)}
    total = sum(days[ref] for ref in steps)
    return Saving(
        clause, tuple(steps), total, now - length(network, day_less), now - length(network, at_once)
    )


def length(network: Network, days: Mapping[Ref, int]) -> int:
    """The earliest end of the whole with these days."""
    steps = [days[ref] for ref in network.steps]
    return max(label(replace(network, days=steps + network.days[len(steps) :])).ends[: len(steps)], default=0)
