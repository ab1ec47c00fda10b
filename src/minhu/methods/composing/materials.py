"""Pass 3: which papers are the same, and by which ways each can come."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from minhu.methods.composing.bundle import Material, Paper, Ref
from minhu.methods.composing.guides import Form, Guide, Requirement, Waiver


@dataclass(frozen=True, slots=True)
class Supply:
    """How a paper can come: brought by the applicant, shared after a lag, or as the output of steps."""

    paper: Paper
    upload: bool
    lag_days: int | None
    producers: tuple[Ref, ...]

    @property
    def is_possible(self) -> bool:
        """Whether there is any way at all."""
        return self.upload or self.lag_days is not None or bool(self.producers)


@dataclass(frozen=True, slots=True)
class Demand:
    """A requirement in the bundle: evidence sets that can be met, at which step, or later at which other.

    `may_commit`: a commitment stands in for the evidence. `later`: where it is due when deferred.
    """

    ref: Ref
    at: Ref
    sets: tuple[tuple[Supply, ...], ...]
    may_commit: bool
    later: Ref | None
    clause: str

    @property
    def never_waits(self) -> bool:
        """Whether it can be met at once, at the least by the applicant."""
        return self.may_commit or any(all(supply.upload for supply in one) for one in self.sets)


@dataclass(frozen=True, slots=True)
class Unmet:
    """A requirement nobody can meet, and the materials that nobody brings, shares or issues."""

    ref: Ref
    department: str
    materials: tuple[str, ...]
    clause: str


def demands_of(
    guides: Sequence[Guide], materials: Iterable[Material], *, bundled: bool = True
) -> tuple[tuple[Demand, ...], tuple[Unmet, ...]]:
    """Every requirement with its possible supplies, and those without any.

    Unbundled, nothing is shared: the applicant waits for an output and carries it over.
    """
    dictionary = {material.code: material for material in materials}
    producers: dict[str, list[Ref]] = {}
    for guide in guides:
        for output in guide.outputs:
            producers.setdefault(output.material, []).append(Ref(guide.item, output.step))
    demands: list[Demand] = []
    unmet: list[Unmet] = []
    for guide in guides:
        for requirement in guide.requirements:
            sets = [
                tuple(
                    supply(dictionary[code], requirement, producers.get(code, ()), bundled)
                    for code in dict.fromkeys(codes)
                )
                for codes in requirement.sets
            ]
            demand = demanded(guide, requirement, sets)
            if demand.sets or demand.may_commit:
                demands.append(demand)
            else:
                unmet.append(unmet_by(guide, requirement, sets))
    return tuple(demands), tuple(unmet)


def supply(material: Material, requirement: Requirement, producers: Sequence[Ref], bundled: bool) -> Supply:
    """The ways in which a material can come for a requirement."""
    lag = material.share_lag_days if bundled and requirement.form in material.share_forms else None
    paper = Paper(material.code, Form(requirement.form), requirement.validity_days)
    return Supply(paper, material.uploadable, lag, tuple(sorted(set(producers))))


def demanded(guide: Guide, requirement: Requirement, sets: Sequence[tuple[Supply, ...]]) -> Demand:
    """The requirement with the evidence sets that can be met."""
    stays = any(step.id == requirement.deferred_to for step in guide.steps)
    may_defer = requirement.waiver is Waiver.DEFER and stays
    return Demand(
        Ref(guide.item, requirement.id),
        Ref(guide.item, requirement.step),
        tuple(one for one in sets if all(each.is_possible for each in one)),
        requirement.waiver is Waiver.COMMIT,
        Ref(guide.item, requirement.deferred_to) if may_defer else None,
        requirement.clause,
    )


def unmet_by(guide: Guide, requirement: Requirement, sets: Sequence[tuple[Supply, ...]]) -> Unmet:
    """What is missing."""
    missing = sorted({each.paper.material for one in sets for each in one if not each.is_possible})
    return Unmet(Ref(guide.item, requirement.id), guide.department, tuple(missing), requirement.clause)
