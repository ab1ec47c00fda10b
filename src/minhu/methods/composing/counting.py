"""The ledger: what the bundle asks for less than its guides do, thing by thing, and the days both ways."""

from collections.abc import Iterable, Mapping, Sequence

from minhu.methods.composing.bundle import Bundle, Paper, Ref
from minhu.methods.composing.covering import fewest
from minhu.methods.composing.fields import MergedField
from minhu.methods.composing.flow import network_of
from minhu.methods.composing.guides import Guide, StepKind
from minhu.methods.composing.labelling import label
from minhu.methods.composing.materials import Demand, demands_of
from minhu.methods.composing.plan import Plan, Way
from minhu.methods.composing.solution import Change, Count, Ledger, Why

Asked = Mapping[str, Mapping[Paper, Demand]]
"""For each item the papers that its requirements name, each with the first of them."""


def ledger_of(
    bundle: Bundle,
    guides: Sequence[Guide],
    fields: Sequence[MergedField],
    plan: Plan,
    days: Mapping[Ref, int],
) -> Ledger:
    """All counts of a plan against its guides, and its days against both baselines."""
    alone, unmet = demands_of(guides, bundle.materials, bundled=False)
    return Ledger(
        count_fields(fields),
        count_papers(alone, plan),
        count_visits(guides, plan),
        count_steps(guides),
        serial_days(guides, days),
        None if unmet else unbundled_days(guides, alone, days),
        plan.makespan,
    )


def serial_days(guides: Iterable[Guide], days: Mapping[Ref, int]) -> int:
    """Items one after another, each as quick as its own order of steps allows, everything at hand."""
    return sum(max([*label(network_of([guide], (), own(guide, days))).ends, 0]) for guide in guides)


def own(guide: Guide, days: Mapping[Ref, int]) -> dict[Ref, int]:
    """The days of one guide's steps."""
    return {Ref(guide.item, step.id): days[Ref(guide.item, step.id)] for step in guide.steps}


def unbundled_days(guides: Sequence[Guide], alone: Sequence[Demand], days: Mapping[Ref, int]) -> int | None:
    """Every item as early as it can be when the applicant carries outputs over; None in a deadlock."""
    network = network_of(guides, alone, days)
    ends = label(network).ends[: len(network.steps)]
    return None if -1 in ends else max([*ends, 0])


def count_fields(fields: Iterable[MergedField]) -> Count:
    """Fields of all guides against those of the common form."""
    removed = [
        Change(asker.item, asker.key, Why.DUPLICATE, field.askers[0].item, asker.clause)
        for field in fields
        for asker in field.askers[1:]
    ]
    before = sum(len(field.askers) for field in fields)
    return Count("fields", before, before - len(removed), tuple(removed))


def count_papers(alone: Sequence[Demand], plan: Plan) -> Count:
    """Fewest papers item by item, against those of the plan."""
    uploads: dict[str, dict[Paper, None]] = {}
    for choice in plan.choices:
        uploads.setdefault(choice.requirement.item, {}).update(dict.fromkeys(choice.uploads))
    before, removed, added = 0, list[Change](), list[Change]()
    asked = asked_by(alone)
    for item in sorted({demand.ref.item for demand in alone} | uploads.keys()):
        mine = frozenset(uploads.get(item, ()))
        wanted = fewest([options_of(demand) for demand in alone if demand.ref.item == item], mine)
        before += len(wanted)
        removed += [less(item, paper, asked, plan) for paper in in_order(wanted - mine)]
        added += [Change(item, name(paper), Why.OTHER_EVIDENCE) for paper in in_order(mine - wanted)]
    removed += duplicates(uploads, asked)
    return Count("papers", before, len(plan.papers), tuple(removed), tuple(added))


def asked_by(alone: Iterable[Demand]) -> dict[str, dict[Paper, Demand]]:
    """Which requirement names a paper, item by item."""
    asked: dict[str, dict[Paper, Demand]] = {}
    for demand in alone:
        for supply in (supply for one in demand.sets for supply in one):
            asked.setdefault(demand.ref.item, {}).setdefault(supply.paper, demand)
    return asked


def options_of(demand: Demand) -> list[frozenset[Paper]]:
    """What the applicant may bring for a requirement of an item alone; nothing for a commitment or for an
    output of the item itself."""
    sets = [
        frozenset(
            supply.paper
            for supply in one
            if supply.upload or any(producer.item != demand.ref.item for producer in supply.producers)
        )
        for one in demand.sets
    ]
    return [*sets, frozenset[Paper]()] if demand.may_commit else sets


def less(item: str, paper: Paper, asked: Asked, plan: Plan) -> Change:
    """Why a paper that the item alone would ask for is not brought for it."""
    clause = asked[item][paper].clause
    mine = [choice for choice in plan.choices if choice.requirement.item == item]
    for each in (each for choice in mine for each in choice.papers if each.paper == paper):
        if each.way is Way.OUTPUT:
            return Change(item, name(paper), Why.OUTPUT, str(each.origin), clause)
        if each.way is Way.SHARE:
            return Change(item, name(paper), Why.SHARED, paper.material, clause)
    by = asked[item][paper].ref
    committed = any(choice.requirement == by and choice.committed for choice in mine)
    return Change(item, name(paper), Why.COMMITTED if committed else Why.OTHER_EVIDENCE, str(by), clause)


def duplicates(uploads: Mapping[str, Mapping[Paper, None]], asked: Asked) -> list[Change]:
    """Papers brought once for several items."""
    first: dict[Paper, str] = {}
    found = []
    for item in sorted(uploads):
        for paper in in_order(uploads[item]):
            other = first.setdefault(paper, item)
            if other != item:
                clause = asked[item][paper].clause if paper in asked.get(item, {}) else ""
                found.append(Change(item, name(paper), Why.DUPLICATE, other, clause))
    return found


def in_order(papers: Iterable[Paper]) -> list[Paper]:
    """Papers in their total order."""
    return sorted(papers, key=lambda paper: paper.order)


def name(paper: Paper) -> str:
    """A paper as the ledger names it."""
    fresh = "" if paper.validity_days is None else f" ≤{paper.validity_days}d"
    return f"{paper.material} ({paper.form}{fresh})"


def count_visits(guides: Iterable[Guide], plan: Plan) -> Count:
    """Steps that call the applicant in, against the visits of the plan."""
    clauses = {Ref(guide.item, step.id): step.clause for guide in guides for step in guide.steps}
    removed = [
        Change(ref.item, str(ref), Why.SAME_VISIT, str(visit.steps[0]), clauses[ref])
        for visit in plan.visits
        for ref in visit.steps[1:]
    ]
    before = sum(len(visit.steps) for visit in plan.visits)
    return Count("visits", before, len(plan.visits), tuple(removed))


def count_steps(guides: Iterable[Guide]) -> Count:
    """Steps of all guides, against those left when one application stands for every acceptance."""
    steps = [(guide.item, step) for guide in guides for step in guide.steps]
    accepts = [(item, step) for item, step in steps if step.kind is StepKind.ACCEPT]
    removed = [
        Change(
            item, f"{item}/{step.id}", Why.ONE_APPLICATION, f"{accepts[0][0]}/{accepts[0][1].id}", step.clause
        )
        for item, step in accepts[1:]
    ]
    return Count("steps", len(steps), len(steps) - len(removed), tuple(removed))
