"""Whether a plan keeps the limits on permits: the limits come in as data, each with its clause."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from graphlib import TopologicalSorter

from minhu.methods.composing.bundle import Bundle, Ref
from minhu.methods.composing.guides import Guide, Step, StepKind
from minhu.methods.composing.solution import Solution


class Verdict(StrEnum):
    """How a plan stands to a limit."""

    BREACH = "breach"
    NEEDS_EXTENSION = "needs extension"


@dataclass(frozen=True, slots=True)
class Limit:
    """Days of the plan that something may take, the approved extension, and the clause."""

    days: int
    extension_days: int = 0
    clause: str = ""

    def verdict(self, days: int) -> Verdict | None:
        """Within the limit, within its extension, or beyond."""
        if days <= self.days:
            return None
        return Verdict.NEEDS_EXTENSION if days <= self.days + self.extension_days else Verdict.BREACH


@dataclass(frozen=True, slots=True)
class PermitLimits:
    """The limits for items of `kind` (行政许可法): deciding one item, deciding jointly, accepting (with the
    one correction notice), delivering; and the kinds of steps whose days do not count (§45)."""

    kind: str
    single: Limit
    joint: Limit
    correction: Limit
    delivery: Limit
    uncounted: frozenset[StepKind]
    uncounted_clause: str = ""


@dataclass(frozen=True, slots=True)
class Finding:
    """What does not keep a limit: where, how many days, and what the clause allows."""

    verdict: Verdict
    where: str
    what: str
    days: int
    allowed: int
    clause: str


def findings(bundle: Bundle, solution: Solution, limits: PermitLimits, *, joint: bool) -> list[Finding]:
    """Everything that goes beyond the limits on permits; items of other kinds carry their own basis.

    `joint`: whether the items are handled together, by one window or jointly (§26); then the days of the plan
    from the first step after acceptance to the last decision stand under the joint limit as well.
    """
    permits = [guide for guide in solution.resolved.guides if guide.kind == limits.kind]
    found = [finding for guide in permits for finding in guide_findings(bundle, guide, limits)]
    if joint and len(permits) > 1:
        days = joint_days(bundle, solution, permits)
        found += judged("joint handling", "deciding", days, limits.joint)
    return found


def guide_findings(bundle: Bundle, guide: Guide, limits: PermitLimits) -> Iterator[Finding]:
    """One item against its limits."""
    days = {step.id: bundle.days(step.days) for step in guide.steps}
    counted = {step.id: days[step.id] if is_deciding(step) else 0 for step in guide.steps}
    yield from judged(guide.item, "deciding", longest(guide.steps, counted), limits.single)
    for step in guide.steps:
        where = f"{guide.item}/{step.id}"
        if step.kind is StepKind.ACCEPT:
            yield from judged(where, "accepting or one correction notice", days[step.id], limits.correction)
        if step.kind is StepKind.ISSUE:
            yield from judged(where, "delivering", days[step.id], limits.delivery)
        if not step.counted and step.kind not in limits.uncounted:
            what = f"days of {step.kind} left uncounted"
            yield Finding(Verdict.BREACH, where, what, days[step.id], 0, limits.uncounted_clause)


def is_deciding(step: Step) -> bool:
    """Whether a step's days run on the limit for deciding: from acceptance to decision."""
    return step.counted and step.kind not in (StepKind.ACCEPT, StepKind.ISSUE)


def longest(steps: Sequence[Step], days: Mapping[str, int]) -> int:
    """The longest chain of steps, in these days."""
    by_id = {step.id: step for step in steps}
    ends: dict[str, int] = {}
    for each in TopologicalSorter({step.id: step.needs for step in steps}).static_order():
        ends[each] = days[each] + max((ends[need] for need in by_id[each].needs), default=0)
    return max(ends.values(), default=0)


def joint_days(bundle: Bundle, solution: Solution, permits: Iterable[Guide]) -> int:
    """Days of the plan from the first start of a deciding step to the last end, uncounted days cut out."""
    spans: list[tuple[int, int, bool]] = []
    for guide in permits:
        for step in guide.steps:
            if step.kind not in (StepKind.ACCEPT, StepKind.ISSUE) and solution.proof is not None:
                label = solution.label(Ref(guide.item, step.id))
                spans.append((label.start, label.end, step.counted))
    busy = {day for start, end, counted in spans if counted for day in range(start, end)}
    idle = {day for start, end, counted in spans if not counted for day in range(start, end)} - busy
    whole = range(
        min((start for start, *_ in spans), default=0), max((end for _, end, _ in spans), default=0)
    )
    return len(whole) - len(idle & set(whole))


def judged(where: str, what: str, days: int, limit: Limit) -> list[Finding]:
    """A finding if a limit is not kept."""
    verdict = limit.verdict(days)
    if verdict is None:
        return []
    allowed = limit.days + (limit.extension_days if verdict is Verdict.BREACH else 0)
    return [Finding(verdict, where, what, days, allowed, limit.clause)]
