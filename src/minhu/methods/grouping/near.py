"""Near-duplicates of many texts at once: sign, sort by bands, link, part around medoids."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minhu.methods.grouping.kernels import link, split
from minhu.methods.grouping.recipe import BANDS, Recipe
from minhu.methods.grouping.signing import Signed, signed

WINDOW = 8  # of a run of equal bands each is compared with so many before it

Ids = NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class Groups:
    """`labels` (n,) number the groups by first appearance; `centres[label]`: the text most like its group."""

    labels: Ids
    centres: Ids

    def __len__(self) -> int:
        return len(self.centres)

    def members(self, label: int) -> Ids:
        """The texts of a group, in the order they came."""
        return np.flatnonzero(self.labels == label).astype(np.int32)


def near_duplicates(texts: Sequence[str], recipe: Recipe = Recipe()) -> Groups:  # noqa: B008
    """Group texts that are copies of each other with changes: n texts → labels and centres.

    Each text agrees with the centre of its group by the threshold of the recipe (estimated, σ ≤ 0.044), or is
    the same as one that does. Texts equal once folded are together, blank ones too. The partition depends on
    the texts and their counts alone, not on their order; the same seed gives the same groups everywhere.
    MinHash on character bigrams: Broder 1997; Li, Owen, Zhang 2012; Shrivastava 2017.
    """
    return grouped(signed(texts, recipe), recipe)


def grouped(made: Signed, recipe: Recipe) -> Groups:
    """The groups of texts that are signed already."""
    known = Distinct.of(made)
    parents = linked(known, recipe)
    return named(known, parted(known, parents, recipe))


@dataclass(frozen=True, slots=True)
class Distinct:
    """The distinct texts in the order of their digests, which no order of the input changes.

    `signatures` and `weights` (how many are the same) per distinct text, `rank_of` each input, `first` input.
    """

    signatures: NDArray[np.uint8]
    weights: NDArray[np.int64]
    rank_of: Ids
    first: Ids

    @classmethod
    def of(cls, made: Signed) -> "Distinct":
        """Put the same texts together."""
        order = np.argsort(made.digests).astype(np.int32)
        starts = runs(made.digests[order])
        weights = np.diff(np.append(starts, len(order)))
        rank_of = np.empty(len(order), np.int32)
        rank_of[order] = np.repeat(np.arange(len(starts), dtype=np.int32), weights)
        first = np.minimum.reduceat(order, starts) if len(order) else order
        return cls(made.signatures[first], weights, rank_of, first)


def runs(ordered: NDArray[np.generic]) -> NDArray[np.int64]:
    """Where runs of equal values begin."""
    return np.flatnonzero(np.append(True, ordered[1:] != ordered[:-1])[: len(ordered)])


def linked(known: Distinct, recipe: Recipe) -> Ids:
    """Parents of the components of those that share a band and agree."""
    count = len(known.weights)
    parents = np.arange(count, dtype=np.int32)
    ranks = np.arange(count, dtype=np.uint64)
    keys = np.empty(count, np.uint64)
    words = known.signatures.view(np.uint32)
    for band in range(BANDS):
        np.left_shift(words[:, band], np.uint64(32), out=keys, dtype=np.uint64)
        np.bitwise_or(keys, ranks, out=keys)
        keys.sort()
        link(keys, known.signatures, parents, recipe.need, WINDOW)
    return flat(parents)


def flat(parents: Ids) -> Ids:
    """Every member's root."""
    while True:
        above = parents[parents]
        if np.array_equal(above, parents):
            return parents
        parents = above


def parted(known: Distinct, parents: Ids, recipe: Recipe) -> Ids:
    """The centre of each distinct text."""
    members = np.argsort(parents, kind="stable").astype(np.int32)
    starts = runs(parents[members])
    centre_of = np.empty(len(members), np.int32)
    split(members, np.append(starts, len(members)), known.signatures, known.weights, recipe.need, centre_of)
    return centre_of


def named(known: Distinct, centre_of: Ids) -> Groups:
    """Number the groups in the order in which they first appear."""
    centre = centre_of[known.rank_of]
    count = len(centre)
    appears = np.full(len(known.first), count)
    appears[centre[::-1]] = np.arange(count - 1, -1, -1)  # of equal places the last written stays: the first
    found = np.flatnonzero(appears < count)
    ordered = found[np.argsort(appears[found])]
    number = np.zeros(len(known.first), np.int32)
    number[ordered] = np.arange(len(ordered), dtype=np.int32)
    return Groups(number[centre], known.first[ordered])
