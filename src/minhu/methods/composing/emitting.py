"""Pass 7: the compiled flow as plain data: net, checklist, guide, difference from the unbundled flow."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from minhu.methods.composing.bundle import Bundle, Paper, Ref
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.percentages import reduction
from minhu.methods.composing.plan import Plan, Way
from minhu.methods.composing.solution import Count, Proof, Solution


class NodeKind(StrEnum):
    """What a node of the net does."""

    START = "start"
    STEP = "step"
    SHARE = "share"
    LATER_PAPER = "later_paper"
    LATER_CHECK = "later_check"
    END = "end"


@dataclass(frozen=True, slots=True)
class Node:
    """A node; it begins when all arcs into it have come (an AND join). `days` is its planned time."""

    id: str
    kind: NodeKind
    title: str
    actor: str = ""
    days: int = 0
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Timer:
    """A clock on a node: so many units, whether its days count on the statutory limit, by which clause."""

    node: str
    count: int
    unit: str
    counted: bool
    clause: str


@dataclass(frozen=True, slots=True)
class Net:
    """The flow of one plan: every choice is made, so all joins wait for all."""

    nodes: tuple[Node, ...]
    arcs: tuple[tuple[str, str], ...]
    timers: tuple[Timer, ...]


@dataclass(frozen=True, slots=True)
class CheckLine:
    """A paper to bring, once, and which requirements it serves under which clauses."""

    paper: Paper
    name: str
    serves: tuple[tuple[Ref, str], ...]
    may_be_later: bool


@dataclass(frozen=True, slots=True)
class PublicGuide:
    """What the applicant reads (办事指南)."""

    name: str
    items: tuple[tuple[str, str, str], ...]
    days: int
    visits: int
    fee_yuan: int
    checklist: tuple[CheckLine, ...]
    legal_basis: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Difference:
    """A count before and after under a named baseline, and the reduction in percent (None from nothing)."""

    name: str
    before: int
    after: int
    percent: Decimal | None


def net_of(bundle: Bundle, solution: Solution) -> Net:
    """The flow for a case engine. Raises ValueError without a plan."""
    proof = proof_in(solution)
    nodes = [Node("start", NodeKind.START, bundle.name)]
    arcs: set[tuple[str, str]] = set()
    timers: list[Timer] = []
    for guide in solution.resolved.guides:
        for step in guide.steps:
            ref = str(Ref(guide.item, step.id))
            days = bundle.days(step.days)
            nodes.append(
                Node(ref, NodeKind.STEP, f"{guide.name}: {step.kind}", step.actor, days, step.clause)
            )
            timers.append(Timer(ref, step.days.planned, step.days.unit, step.counted, step.clause))
            arcs |= {(str(Ref(guide.item, need)), ref) for need in step.needs}
    for node, arc in choice_parts(solution.resolved.guides, bundle, proof.plan):
        nodes += [node] if node else []
        arcs |= {arc}
    ids = [node.id for node in nodes]
    entered, left = {there for _, there in arcs}, {here for here, _ in arcs}
    arcs |= {("start", each) for each in ids if each not in entered and each != "start"}
    arcs |= {(each, "end") for each in ids if each not in left and each != "start"}
    nodes.append(Node("end", NodeKind.END, bundle.name))
    return Net(tuple(nodes), tuple(sorted(arcs)), tuple(timers))


def choice_parts(
    guides: Sequence[Guide], bundle: Bundle, plan: Plan
) -> Iterator[tuple[Node | None, tuple[str, str]]]:
    """What the choices add: arcs from producers, nodes for sharing, later papers and later checks."""
    needs = {Ref(guide.item, need.id): need for guide in guides for need in guide.requirements}
    materials = {material.code: material for material in bundle.materials}
    for choice in plan.choices:
        need, ref = needs[choice.requirement], choice.requirement
        at = str(Ref(ref.item, need.deferred_to if choice.deferred else need.step))
        if choice.committed:
            yield (
                Node(f"check:{ref}", NodeKind.LATER_CHECK, need.id, clause=need.clause),
                (at, f"check:{ref}"),
            )
        if choice.deferred:
            yield (
                Node(f"later:{ref}", NodeKind.LATER_PAPER, need.id, clause=need.clause),
                (f"later:{ref}", at),
            )
        for each in choice.papers:
            material = materials[each.paper.material]
            if each.way is Way.OUTPUT:
                yield None, (str(each.origin), at)
            elif each.way is Way.SHARE:
                id_ = f"share:{ref}:{material.code}"
                lag = material.share_lag_days or 0
                yield (
                    Node(id_, NodeKind.SHARE, material.name, days=lag, clause=material.share_clause),
                    (id_, at),
                )


def checklist_of(bundle: Bundle, solution: Solution) -> tuple[CheckLine, ...]:
    """Every paper to bring. Raises ValueError without a plan."""
    names = {material.code: material.name for material in bundle.materials}
    clauses = {Ref(g.item, need.id): need.clause for g in solution.resolved.guides for need in g.requirements}
    plan = proof_in(solution).plan
    lines = []
    for paper in plan.papers:
        serving = [choice for choice in plan.choices if paper in choice.uploads]
        serves = tuple((choice.requirement, clauses[choice.requirement]) for choice in serving)
        lines.append(CheckLine(paper, names[paper.material], serves, all(each.deferred for each in serving)))
    return tuple(lines)


def guide_of(bundle: Bundle, solution: Solution) -> PublicGuide:
    """The applicant's guide. Raises ValueError without a plan."""
    proof, guides = proof_in(solution), solution.resolved.guides
    return PublicGuide(
        bundle.name,
        tuple((guide.item, guide.name, guide.department) for guide in guides),
        proof.makespan,
        proof.visits,
        sum(guide.fee_yuan for guide in guides),
        checklist_of(bundle, solution),
        tuple(dict.fromkeys(basis for guide in guides for basis in guide.legal_basis)),
    )


def differences(solution: Solution) -> tuple[Difference, ...]:
    """Raw counts before and after, days against both baselines. Raises ValueError without a plan."""
    ledger = proof_in(solution).ledger
    counts: tuple[Count, ...] = (ledger.steps, ledger.papers, ledger.visits, ledger.fields)
    days = {"days, one after another": ledger.serial_days, "days, unbundled": ledger.unbundled_days}
    found = [difference(count.name, count.before, count.after) for count in counts]
    found += [difference(name, before, ledger.days) for name, before in days.items() if before is not None]
    return tuple(found)


def difference(name: str, before: int, after: int) -> Difference:
    """One line of it."""
    return Difference(name, before, after, reduction(before, after) if before else None)


def proof_in(solution: Solution) -> Proof:
    """The proof, which must be there."""
    if solution.proof is None:
        blocked = [deadlock.words for deadlock in solution.deadlocks] + [
            str(each.ref) for each in solution.unmet
        ]
        raise ValueError("no plan: " + "; ".join(blocked))
    return solution.proof
