"""The independent checker: recomputes a solution straight from the guides, by other means than the compiler.

It (with view.py) shares with the compiler the dataclasses and the truth of a condition, no pass. What it
cannot show is that fewer papers or visits are impossible: that rests on CP-SAT's proof of optimality and on
the tests.
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from graphlib import CycleError, TopologicalSorter
from math import inf

from minhu.methods.composing.bundle import Problem, Ref
from minhu.methods.composing.fields import MergedField
from minhu.methods.composing.guides import Requirement, StepKind, Waiver
from minhu.methods.composing.plan import Choice, Label, Obtained, Plan, Way
from minhu.methods.composing.solution import Count, Ledger, Proof, Solution
from minhu.methods.composing.view import View


def check(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with a solution, in words; an empty list if nothing is."""
    view = View(problem)
    faults = list(form_faults(view, solution))
    order = [label.step for label in solution.proof.plan.labels] if solution.proof else list(view.steps)
    if Counter(order) != Counter([*view.steps]):
        return [*faults, "labels of other steps than those that stay"]
    ends = recomputed(view, order)
    if solution.proof is None:
        return faults + list(block_faults(view, solution, ends))
    if inf in ends.values():
        return [*faults, "a plan where some step never ends"]
    return faults + list(proof_faults(view, solution.proof, ends)) + list(ledger_faults(view, solution.proof))


def recomputed(view: View, order: Sequence[Ref], *, bundled: bool = True) -> dict[Ref, float]:
    """The earliest end of every step in days: from never downwards until nothing moves (value iteration)."""
    ends: dict[Ref, float] = dict.fromkeys(order, inf)
    moved = True
    while moved:
        moved = False
        for ref in order:
            waits = [ends[need] for need in view.needs[ref]]
            waits += [view.ready(requirement, ends, bundled) for requirement in view.due[ref]]
            end = max(0, *waits, 0) + view.days[ref]
            moved |= end != ends[ref]
            ends[ref] = end
    return ends


def block_faults(view: View, solution: Solution, ends: Mapping[Ref, float]) -> Iterator[str]:
    """No reason for there being no plan, or a circle that is none."""
    if inf not in ends.values() or not (solution.deadlocks or solution.unmet):
        yield "a plan is missing"
    for deadlock in solution.deadlocks:
        rest = (*deadlock.waits[1:], deadlock.waits[0])
        closed = all(wait.other == after.step for wait, after in zip(deadlock.waits, rest, strict=True))
        if not closed or any(ends[wait.step] != inf for wait in deadlock.waits):
            yield f"no deadlock: {deadlock.words}"
        for wait in (wait for wait in deadlock.waits if wait.by):
            if wait.other not in view.makers.get(wait.material, ()):
                yield f"{wait.other} does not bring forth {wait.material}"


def proof_faults(view: View, proof: Proof, ends: Mapping[Ref, float]) -> Iterator[str]:
    """Labels that are not the recomputed ones, numbers that are not those of the plan."""
    for label in proof.earliest:
        if (label.start, label.end) != (ends[label.step] - view.days[label.step], ends[label.step]):
            yield f"earliest label of {label.step}: {label.start}–{label.end}, recomputed {ends[label.step]}"
    if Counter(label.step for label in proof.earliest) != Counter([*view.steps]):
        yield "earliest labels of other steps than those that stay"
    least = max(ends.values(), default=0)
    if not proof.makespan == proof.plan.makespan == least:
        yield f"makespan {proof.makespan}, plan {proof.plan.makespan}, recomputed {least}"
    papers = {(each.paper) for c in proof.plan.choices for each in c.papers if each.way is Way.UPLOAD}
    promises = sum(c.committed + c.deferred for c in proof.plan.choices)
    counted = (len(papers), len(proof.plan.visits), promises)
    if (proof.papers, proof.visits, proof.promises) != counted:
        yield f"papers, visits, promises {(proof.papers, proof.visits, proof.promises)}, recounted {counted}"
    yield from choice_faults(view, proof.plan.choices)
    yield from plan_faults(view, proof.plan)


def choice_faults(view: View, choices: Iterable[Choice]) -> Iterator[str]:
    """Requirements not met exactly once, by a set of theirs, in ways that exist."""
    choices = list(choices)
    if Counter(choice.requirement for choice in choices) != Counter([*view.requirements]):
        yield "requirements are not met once each"
        return
    for choice in choices:
        need = view.requirements[choice.requirement]
        codes = {each.paper.material for each in choice.papers}
        may_defer = view.latest_step(choice.requirement, need) != Ref(choice.requirement.item, need.step)
        if choice.committed and (need.waiver is not Waiver.COMMIT or choice.papers):
            yield f"{choice.requirement} may not be met by a commitment"
        if choice.deferred and not may_defer:
            yield f"{choice.requirement} may not be deferred"
        if not choice.committed and codes not in [set(one) for one in need.sets]:
            yield f"{choice.requirement} is met by no evidence set"
        for each in choice.papers:
            if not way_exists(view, need, each):
                yield f"{choice.requirement}: {each.paper.material} cannot come by {each.way}"


def way_exists(view: View, need: Requirement, each: Obtained) -> bool:
    """Whether a paper is the one asked for and can come in this way."""
    material = view.materials[each.paper.material]
    if (each.paper.form, each.paper.validity_days) != (need.form, need.validity_days):
        return False
    if each.way is Way.OUTPUT:
        return each.origin in view.makers.get(material.code, ())
    if each.way is Way.UPLOAD:
        return material.uploadable
    return material.share_lag_days is not None and need.form in material.share_forms


def plan_faults(view: View, plan: Plan) -> Iterator[str]:
    """Circles, visits of the wrong steps, labels that are not the least the choices allow."""
    waits, starts = chosen_waits(view, plan)
    try:
        TopologicalSorter(waits).prepare()
    except CycleError:
        yield "the plan goes in a circle"
        return
    yield from visit_faults(view, plan)
    found = settled_starts(view, plan, waits, starts)
    for label in plan.labels:
        start = found[label.step]
        if (label.start, label.end) != (start, start + view.days[label.step]):
            yield f"planned label of {label.step}: {label.start}–{label.end}, recomputed start {start}"
    for visit in plan.visits:
        if any(found[ref] != visit.day for ref in visit.steps):
            yield f"visit on day {visit.day} is not when {visit.steps[0]} starts"


def chosen_waits(view: View, plan: Plan) -> tuple[dict[Ref, set[Ref]], dict[Ref, int]]:
    """The steps each step waits for under the choices, and the days before which sharing holds it up."""
    waits = {label.step: set(view.needs[label.step]) for label in plan.labels}
    starts = dict.fromkeys(waits, 0)
    for choice in plan.choices:
        ref, need = choice.requirement, view.requirements[choice.requirement]
        at = view.latest_step(ref, need) if choice.deferred else Ref(ref.item, need.step)
        for each in choice.papers:
            if each.origin is not None:
                waits[at].add(each.origin)
            elif each.way is Way.SHARE:
                lag = view.materials[each.paper.material].share_lag_days or 0
                starts[at] = max(starts[at], lag)
    return waits, starts


def settled_starts(
    view: View, plan: Plan, waits: Mapping[Ref, set[Ref]], starts: dict[Ref, int]
) -> dict[Ref, int]:
    """Least starts from below, steps of one visit together; given up once past the plan's own end."""
    groups = [visit.steps for visit in plan.visits if len(visit.steps) > 1]
    moved = True
    while moved and max(starts.values(), default=0) <= plan.makespan + 1:
        before = dict(starts)
        for ref in starts:
            starts[ref] = max([starts[ref], *(starts[other] + view.days[other] for other in waits[ref])])
        for group in groups:
            starts.update(dict.fromkeys(group, max(starts[ref] for ref in group)))
        moved = starts != before
    return starts


def visit_faults(view: View, plan: Plan) -> Iterator[str]:
    """Every step that calls the applicant in is served by one visit, shared only if it may be."""
    served = Counter(ref for visit in plan.visits for ref in visit.steps)
    if served != Counter(ref for ref, step in view.steps.items() if step.visit):
        yield "visits do not serve each calling step once"
        return
    for visit in plan.visits:
        steps = [view.steps[ref] for ref in visit.steps]
        alike = all(step.window == visit.window for step in steps)
        if not alike or (len(steps) > 1 and not all(step.may_share_visit for step in steps)):
            yield f"visit on day {visit.day} joins steps that may not be joined"


def ledger_faults(view: View, proof: Proof) -> Iterator[str]:
    """Counts that do not add up or are not those of the guides; baselines that are not recomputed."""
    ledger, steps = proof.ledger, view.steps.values()
    yield from (f"{c.name}: {c.before} → {c.after} does not add up" for c in counts(ledger) if not adds_up(c))
    fields = sum(view.stays(field.condition) for guide in view.guides for field in guide.fields)
    accepts = sum(step.kind is StepKind.ACCEPT for step in steps)
    wanted = {
        "fields": (ledger.fields.before, fields),
        "papers after": (ledger.papers.after, proof.papers),
        "visits": (ledger.visits.before, sum(step.visit for step in steps)),
        "visits after": (ledger.visits.after, proof.visits),
        "steps": (ledger.steps.before, len(steps)),
        "steps after": (ledger.steps.after, len(steps) - max(0, accepts - 1)),
        "days": (ledger.days, proof.makespan),
        "serial days": (ledger.serial_days, serial(view)),
        "unbundled days": (ledger.unbundled_days, unbundled(view, proof.earliest)),
    }
    yield from (f"{what}: {said}, recomputed {true}" for what, (said, true) in wanted.items() if said != true)


def counts(ledger: Ledger) -> tuple[Count, ...]:
    """The four counts."""
    return ledger.fields, ledger.papers, ledger.visits, ledger.steps


def adds_up(count: Count) -> bool:
    """Whether before − removed + added = after."""
    return count.before - len(count.removed) + len(count.added) == count.after


def serial(view: View) -> int:
    """Each item's longest chain of its own steps, added up."""
    total = 0
    for guide in view.guides:
        ends: dict[Ref, int] = {}
        own = {ref: view.needs[ref] for ref in view.steps if ref.item == guide.item}
        for ref in TopologicalSorter(own).static_order():
            ends[ref] = max([0, *(ends[need] for need in own[ref])]) + view.days[ref]
        total += max(ends.values(), default=0)
    return total


def unbundled(view: View, earliest: Iterable[Label]) -> int | None:
    """The earliest end of all items without sharing; None if one never ends."""
    least = max(recomputed(view, [label.step for label in earliest], bundled=False).values(), default=0)
    return None if least == inf else int(least)


def form_faults(view: View, solution: Solution) -> Iterator[str]:
    """Fields lost, asked twice, or merged across role, element code or type without a signature."""
    asked = {
        (guide.item, field.key): field
        for guide in view.guides
        for field in guide.fields
        if view.stays(field.condition)
    }
    shown = Counter((asker.item, asker.key) for field in solution.fields for asker in field.askers)
    if shown != Counter([*asked]):
        yield "the form does not show each asked field once"
        return
    signed = [{merge.key, merge.same_as} for merge in view.problem.bundle.merges if merge.signed_by.strip()]
    for merged in solution.fields:
        parts = [asked[asker.item, asker.key] for asker in merged.askers]
        if {part.type for part in parts} != {merged.type} or not linked(merged, signed):
            yield f"field {merged.key} joins what is not the same"
        stricter = {part.constraint for part in parts} - {merged.constraint}
        if stricter and any(not each.admits(value) for value in corners(merged) for each in stricter):
            yield f"field {merged.key} admits what one of its askers refuses"


def linked(merged: MergedField, signed: Sequence[set[str]]) -> bool:
    """Whether all keys are one, by signatures if need be."""
    keys = {asker.key for asker in merged.askers}
    reached = {merged.askers[0].key}
    for _ in signed:
        reached = reached.union(*(pair for pair in signed if pair & reached))
    return keys <= reached


def corners(merged: MergedField) -> list[str]:
    """Values at the corners of a constraint that it admits."""
    whole = merged.constraint
    found = [
        *(whole.options or ()),
        *(str(each) for each in (whole.least, whole.greatest) if each is not None),
    ]
    return [value for value in found if whole.admits(value)]
