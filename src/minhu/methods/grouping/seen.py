"""Near-duplicates as they come: every text is placed when it is added, and asked about at any time."""

import os
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Self

import numpy as np

from minhu.methods.grouping.kernels import Bytes, agreeing, medoid
from minhu.methods.grouping.lookup import MOST_FOUND, same, seek
from minhu.methods.grouping.near import grouped
from minhu.methods.grouping.recipe import Recipe, similarity
from minhu.methods.grouping.shelf import Shelf
from minhu.methods.grouping.signing import signed

MEMBERS_ASKED = 64  # the newest of a group, among which its centre is sought


@dataclass(frozen=True, slots=True)
class Placed:
    """Text number `id` belongs to `group`, to whose centre it has this similarity in [0, 1]."""

    id: int
    group: int
    similarity: float


@dataclass(frozen=True, slots=True)
class Near:
    """A text like the one asked about, its group, and how similar (Jaccard of bigrams, estimated)."""

    id: int
    group: int
    similarity: float


class Seen:
    """Texts seen so far; `id` counts them from 0 in the order they were added, groups too.

    A text joins the group whose centre it is most like, if by the threshold, else it begins one; a group
    keeps its number for ever. The centre is sought anew when a group has doubled. What comes first decides
    more than in `near_duplicates`, so the groups may differ a little. One writer at a time; asking changes
    nothing. A question looks at the 512 newest texts of each band, so its time is bounded.
    """

    def __init__(self, recipe: Recipe = Recipe(), shelf: Shelf | None = None) -> None:  # noqa: B008
        self.recipe = recipe
        self.shelf = shelf or Shelf()

    @classmethod
    def of(cls, texts: Sequence[str], recipe: Recipe = Recipe()) -> Self:  # noqa: B008
        """Begin with many texts at once, grouped as `near_duplicates` does."""
        made = signed(texts, recipe)
        groups = grouped(made, recipe)
        return cls(recipe, Shelf.filled(made, groups.labels, groups.centres))

    def __len__(self) -> int:
        return self.shelf.count

    def add(self, text: str) -> Placed:
        """Take in a text, and say where it belongs."""
        made = signed([text], self.recipe)
        shelf, signature = self.shelf, made.signatures[0]
        known = same(made.digests[0], shelf.digests, shelf.heads, shelf.nexts)
        if known >= 0:
            group = int(shelf.group_of[known])
            equal = agreeing(signature, shelf.signatures[shelf.centres[group]])
            return Placed(shelf.put(signature, made.digests[0], group, int(known)), group, similarity(equal))
        group, equal = self.best_group(signature)
        one = shelf.put(signature, made.digests[0], group)
        group = int(shelf.group_of[one])
        if shelf.is_due(group):
            members = shelf.newest(group, MEMBERS_ASKED)
            shelf.centres[group] = medoid(members, shelf.signatures, shelf.weights)
        return Placed(one, group, similarity(equal))

    def best_group(self, signature: Bytes) -> tuple[int, int]:
        """The group whose centre agrees most, and in how many values; -1 where none does enough."""
        shelf = self.shelf
        best, most = -1, -1
        for group in sorted({int(shelf.group_of[one]) for one, _equal in self.found(signature)}):
            equal = int(agreeing(signature, shelf.signatures[shelf.centres[group]]))
            if equal >= self.recipe.need and equal > most:
                best, most = group, equal
        return (best, most) if best >= 0 else (-1, len(signature))

    def found(self, signature: Bytes) -> list[tuple[int, int]]:
        """Texts that agree enough and in how many values, as they lie."""
        shelf = self.shelf
        ids, agree = np.empty(MOST_FOUND, np.int32), np.empty(MOST_FOUND, np.int64)
        count = seek(signature, shelf.signatures, shelf.heads, shelf.nexts, self.recipe.need, ids, agree)
        return list(zip(ids[:count].tolist(), agree[:count].tolist(), strict=True))

    def query(self, text: str, most: int = 5) -> list[Near]:
        """The texts most like this one, best first; of texts that are the same only the first is named."""
        if most < 1:
            raise ValueError(f"most must be at least 1, not {most}")
        ranked = sorted(
            self.found(signed([text], self.recipe).signatures[0]), key=lambda pair: (-pair[1], pair[0])
        )
        return [Near(one, int(self.shelf.group_of[one]), similarity(equal)) for one, equal in ranked[:most]]

    def groups(self) -> list[int]:
        """The group of every text, in the order of their ids."""
        return [int(group) for group in self.shelf.group_of[: len(self)]]

    def save(self, path: str | os.PathLike[str]) -> None:
        """Write everything into one file; an older one is replaced only when the new one is whole."""
        self.shelf.write(Path(path), asdict(self.recipe))

    @classmethod
    def load(cls, path: str | os.PathLike[str]) -> Self:
        """Read what `save` wrote; anything else raises ValueError."""
        shelf, recipe = Shelf.read(Path(path))
        return cls(Recipe(**recipe), shelf)
