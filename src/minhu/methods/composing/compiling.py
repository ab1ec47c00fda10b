"""Compile: problem → solution, pass by pass."""

from collections.abc import Mapping, Sequence

from minhu.methods.composing.bundle import Problem, Ref
from minhu.methods.composing.choosing import choose
from minhu.methods.composing.counting import ledger_of
from minhu.methods.composing.deadlocks import deadlocks
from minhu.methods.composing.faults import BadBundle, faults
from minhu.methods.composing.fields import MergedField, merge_fields
from minhu.methods.composing.flow import Network, durations, network_of
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.labelling import Labelling, label
from minhu.methods.composing.lookalikes import look_alikes
from minhu.methods.composing.materials import Demand, demands_of
from minhu.methods.composing.plan import Label
from minhu.methods.composing.resolving import resolve
from minhu.methods.composing.solution import Proof, Solution


def compose(problem: Problem) -> Solution:
    """One form, one set of papers and the fastest lawful flow, with the proof of it.

    Days are counted from the application; papers, visits, then promises are the fewest at the least days.
    Raises BadBundle, which lists every structural fault with its place and how to mend it.
    """
    wrong = faults(problem)
    if wrong:
        raise BadBundle(wrong)
    bundle = problem.bundle
    resolved = resolve(problem)
    fields, conflicts = merge_fields(resolved.guides, bundle.merges)
    demands, unmet = demands_of(resolved.guides, bundle.materials)
    days = durations(bundle, resolved.guides)
    network = network_of(resolved.guides, demands, days)
    labelling = label(network)
    knots = deadlocks(resolved.guides, demands, network, labelling)
    proof = None
    if not unmet and not knots:
        proof = proved(problem, (resolved.guides, fields, demands), days, (network, labelling))
    suggested = look_alikes(fields, bundle.alike)
    return Solution(resolved, fields, conflicts, suggested, unmet, knots, proof)


def proved(
    problem: Problem,
    parts: tuple[Sequence[Guide], Sequence[MergedField], Sequence[Demand]],
    days: Mapping[Ref, int],
    labelled: tuple[Network, Labelling],
) -> Proof:
    """The plan and everything that shows it right."""
    guides, fields, demands = parts
    earliest = labels_of(*labelled)
    ends = {each.step: each.end for each in earliest}
    plan = choose(guides, demands, days, ends)
    ledger = ledger_of(problem.bundle, guides, fields, plan, days)
    makespan = max(ends.values(), default=0)
    return Proof(earliest, makespan, plan, len(plan.papers), len(plan.visits), plan.promises, ledger)


def labels_of(network: Network, labelling: Labelling) -> tuple[Label, ...]:
    """The earliest labels of the steps, with the step or requirement that each waited for."""
    return tuple(
        Label(ref, end - days, end, *waited(network, labelling, node))
        for node, (ref, end, days) in enumerate(
            zip(network.steps, labelling.ends, network.days, strict=False)
        )
    )


def waited(network: Network, labelling: Labelling, node: int) -> tuple[Ref | None, Ref | None]:
    """The step and the requirement that settled a step; nothing if it started at once."""
    before = labelling.because[node]
    by = network.meant.get(before)
    while before >= len(network.steps):
        before = labelling.because[before]
    return (network.steps[before] if before >= 0 else None), by
