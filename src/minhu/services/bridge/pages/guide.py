"""The guide of a published one-thing (办事指南): papers, steps, limits, basis, what may come later."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.methods.composing import Ref, checklist_of
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.bridge.pages.designer import Situation, StepRow
from minhu.services.bridge.pages.words import FORMS


@dataclass(frozen=True, slots=True)
class Bring:
    """A paper to bring, once; `later`: it may follow."""

    name: str
    form: str
    fresh_days: int | None
    serves: tuple[str, ...]
    later: bool
    sample: str


@dataclass(frozen=True, slots=True)
class Spared:
    """A paper nobody has to bring, and why."""

    name: str
    way: str
    note: str


@dataclass(frozen=True, slots=True)
class Lenient:
    """What may come later or be committed to (容缺, 告知承诺), and what happens otherwise."""

    name: str
    item: str
    is_commitment: bool
    until: str
    clause: str


@dataclass(frozen=True, slots=True)
class PublicGuide:
    """Everything an applicant wants to know."""

    days: int
    visits: int
    fee_yuan: int
    papers: tuple[Bring, ...]
    spared: tuple[Spared, ...]
    lenient: tuple[Lenient, ...]
    steps: tuple[StepRow, ...]
    items: tuple[tuple[str, str, str], ...]
    basis: tuple[tuple[str, str, str], ...]
    fees: tuple[tuple[str, int, str], ...]
    windows: tuple[tuple[str, int, tuple[str, ...]], ...]


def public_guide(whole: Whole, solved: Solved, units: Mapping[str, str]) -> PublicGuide:
    """The guide of one situation. Raises ValueError without a plan."""
    page = Situation(whole, solved, units)
    proof = solved.solution.proof
    if proof is None:
        raise ValueError("no plan")
    here = [whole.items[guide.item] for guide in solved.solution.resolved.guides]
    return PublicGuide(
        days=proof.makespan,
        visits=proof.visits,
        fee_yuan=sum(item.fee_yuan for item in here),
        papers=tuple(brought(page)),
        spared=tuple(spared(page)),
        lenient=tuple(lenient(page)),
        steps=tuple(one for one in page.steps() if not (one.is_acceptance and one.end == 0)),
        items=tuple((item.name, page.unit(item.department), item.kind) for item in here),
        basis=tuple(
            dict.fromkeys((item.name, one.words, one.strength) for item in here for one in item.basis)
        ),
        fees=tuple(
            (item.name, item.fee_yuan, item.fee_note) for item in here if item.fee_yuan or item.fee_note
        ),
        windows=tuple(
            (one.window, one.day, tuple(map(page.step_title, one.steps))) for one in proof.plan.visits
        ),
    )


def brought(page: Situation) -> list[Bring]:
    """The papers to bring."""
    return [
        Bring(
            line.name, str(FORMS[line.paper.form]), line.paper.validity_days,
            tuple(dict.fromkeys(page.whole.items[ref.item].name for ref, _clause in line.serves)),
            line.may_be_later, page.whole.materials[line.paper.material].sample,
        )
        for line in checklist_of(page.whole.bundle, page.solution)
    ]  # fmt: skip


def spared(page: Situation) -> list[Spared]:
    """The requirements for which nothing has to be brought."""
    rows = zip(page.papers(), page.proof.plan.choices if page.proof else (), strict=True)
    found: dict[str, Spared] = {}
    for row, choice in rows:
        if not choice.uploads and not choice.committed:
            found.setdefault(row.what, Spared(row.what, row.way, row.note))
    return list(found.values())


def lenient(page: Situation) -> list[Lenient]:
    """Everything the guides let come later or be committed to, whether the plan makes use of it or not."""
    here = {guide.item for guide in page.solution.resolved.guides}
    found = []
    for ref, need in page.needs.items():
        if ref.item in here and need.waiver:
            until = page.all_steps[Ref(ref.item, need.deferred_to)].title if need.deferred_to else ""
            is_commitment = str(need.waiver) == "commit"
            name = page.whole.items[ref.item].name
            found.append(Lenient(page.need_title(ref), name, is_commitment, until, need.clause))
    return found
