"""What is asked: items, who judged what moves what and how strongly, and what each item is for."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field


class CouplingError(ValueError):
    """A problem that cannot be worked on; says which item or judgement and how to mend it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A reform or measure: its domain, what it costs (`effort` > 0, any unit) and its own `worth` ≥ 0."""

    key: str
    domain: str = ""
    effort: float = 1.0
    worth: float = 1.0

    def __post_init__(self) -> None:
        if not self.effort > 0:
            raise CouplingError(f"{self.key}: effort must be above 0, not {self.effort}")
        if not self.worth >= 0:
            raise CouplingError(f"{self.key}: worth must be at least 0, not {self.worth}")


@dataclass(frozen=True, slots=True)
class Judgement:
    """`judge` says: if `source` succeeds, `target` is helped (above 0) or hindered (below 0) so strongly.

    `strength` lies within the problem's scale on both sides; 0 says "no influence", which is not silence.
    """

    judge: str
    source: str
    target: str
    strength: float


@dataclass(frozen=True, slots=True)
class Problem:
    """Items and judgements. `scale`: the strongest word judges have.

    `fade` in (0, 1): how much of an influence at most is handed on by one item in all, so that long ways
    fade out: the absolute row sums of the direct matrix never exceed it.
    """

    items: tuple[Item, ...]
    judgements: tuple[Judgement, ...] = ()
    scale: float = 3.0
    fade: float = 0.8
    place: Mapping[str, int] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        twice = [key for key, count in Counter(item.key for item in self.items).items() if count > 1]
        if twice:
            raise CouplingError(f"the item {twice[0]!r} stands twice")
        if not 0 < self.fade < 1:
            raise CouplingError(f"fade must lie between 0 and 1, not {self.fade}")
        if not self.scale > 0:
            raise CouplingError(f"the scale must be above 0, not {self.scale}")
        object.__setattr__(self, "place", {item.key: row for row, item in enumerate(self.items)})
        for judgement in self.judgements:
            self._refuse(judgement)
        self._refuse_twice()

    def _refuse(self, judgement: Judgement) -> None:
        for key in (judgement.source, judgement.target):
            if key not in self.place:
                raise CouplingError(f"{judgement.judge} judged {key!r}, which is no item of the plan")
        if judgement.source == judgement.target:
            raise CouplingError(f"{judgement.judge}: {judgement.source} cannot move itself")
        if not abs(judgement.strength) <= self.scale:
            raise CouplingError(
                f"{judgement.judge}: {judgement.source} → {judgement.target} is {judgement.strength}, "
                f"outside -{self.scale:g}…{self.scale:g}"
            )

    def _refuse_twice(self) -> None:
        said = Counter((one.judge, one.source, one.target) for one in self.judgements)
        twice = [who for who, count in said.items() if count > 1]
        if twice:
            judge, source, target = twice[0]
            raise CouplingError(f"{judge} judged {source} → {target} twice; keep the later one")
