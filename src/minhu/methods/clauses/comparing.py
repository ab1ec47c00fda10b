"""Two wordings of one document, clause by clause: kept, changed, moved, new, gone."""

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

import numpy as np

from minhu.methods.text import Grams, normalise

Kind = Literal["kept", "changed", "moved", "new", "gone"]
ALIKE = 0.5  # share of character pairs from which two clauses are one, wherever they stand
KIN = 0.25  # the same where the label is the same, or both neighbours are
SAME_LABEL = 0.1
PRECISION = 9  # decimals: sums in another order must not decide


@dataclass(frozen=True, slots=True)
class Side:
    """A clause as it is compared: its label as printed, and its words without the label."""

    label: str
    words: str


@dataclass(frozen=True, slots=True)
class Pair:
    """A clause of the old wording (place in it) and its successor in the new one; either may be None.

    `moved` says the same under another label or out of its order; `changed` may have moved too. `is_sure`:
    the words are the same and stand once in either wording, so what was decided may be carried over unseen.
    """

    kind: Kind
    old: int | None
    new: int | None
    score: float = 0.0
    is_renumbered: bool = False
    is_elsewhere: bool = False
    is_sure: bool = False


def compare(old: Sequence[Side], new: Sequence[Side]) -> tuple[Pair, ...]:
    """Every clause of both wordings exactly once, in the order of the new one, gone ones where they stood.

    The same words are paired first, then what is most alike (Dice coefficient of character pairs), the best
    pair first; a clause has one successor at most, so of a clause that was split the greater part has it.
    Comparing the other way round gives the same pairs, new and gone exchanged.
    """
    before, after = [key_of(side.words) for side in old], [key_of(side.words) for side in new]
    paired = dict(same_pairs(old, new, before, after))
    scores = dict.fromkeys(paired.items(), 1.0)
    for i, j, score in alike_pairs(old, new, (before, after), paired):
        paired[i] = j
        scores[i, j] = score
    stays = in_order(sorted(paired.items()))
    once_before, once_after = once(before), once(after)
    pairs = []
    for i, j in paired.items():
        is_same = before[i] == after[j]
        renumbered, elsewhere = old[i].label != new[j].label, (i, j) not in stays
        moved: Kind = "moved" if renumbered or elsewhere else "kept"
        sure = is_same and before[i] in once_before and after[j] in once_after
        pairs.append(Pair(moved if is_same else "changed", i, j, scores[i, j], renumbered, elsewhere, sure))
    taken = set(paired.values())
    pairs += [Pair("gone", i, None) for i in range(len(old)) if i not in paired]
    pairs += [Pair("new", None, j) for j in range(len(new)) if j not in taken]
    return tuple(sorted(pairs, key=reading_order(stays)))


def key_of(words: str) -> str:
    """What two clauses must share to say the same: everything but blanks and the width of signs."""
    return "".join(normalise(words).text.split())


def once(keys: Sequence[str]) -> set[str]:
    """The keys that stand once."""
    counts: dict[str, int] = defaultdict(int)
    for key in keys:
        counts[key] += 1
    return {key for key, count in counts.items() if count == 1}


def same_pairs(
    old: Sequence[Side], new: Sequence[Side], before: Sequence[str], after: Sequence[str]
) -> Iterator[tuple[int, int]]:
    """Clauses of the same words; of several those of the same label first, then in order."""
    places: dict[str, tuple[list[int], list[int]]] = defaultdict(lambda: ([], []))
    for i, key in enumerate(before):
        places[key][0].append(i)
    for j, key in enumerate(after):
        places[key][1].append(j)
    for left, right in places.values():
        labels: dict[str, int] = {new[j].label: j for j in reversed(right)}
        for i in list(left):
            if (j := labels.pop(old[i].label, -1)) >= 0:
                left.remove(i)
                right.remove(j)
                yield i, j
        yield from zip(left, right, strict=False)


def alike_pairs(
    old: Sequence[Side],
    new: Sequence[Side],
    keys: tuple[Sequence[str], Sequence[str]],
    paired: dict[int, int],
) -> list[tuple[int, int, float]]:
    """The clauses left over that are alike, each at most once, the most alike first."""
    taken = set(paired.values())
    left = [i for i in range(len(old)) if i not in paired]
    right = [j for j in range(len(new)) if j not in taken]
    near = Neighbours(paired, len(old), len(new))
    found = []
    for a, b, score in overlaps([keys[0][i] for i in left], [keys[1][j] for j in right]):
        i, j = left[a], right[b]
        is_kin = old[i].label == new[j].label != "" or near.beside(i, j)
        if score >= (KIN if is_kin else ALIKE):
            found.append((round(score + SAME_LABEL * is_kin, PRECISION), i, j, score))
    # Of equals those that stand nearest; mirrored pairs (a, b) and (b, a) never compete for a clause.
    found.sort(key=lambda one: (-one[0], abs(one[1] - one[2]), one[1] + one[2]))
    used_old: set[int] = set()
    used_new: set[int] = set()
    out = []
    for _rank, i, j, score in found:
        if i not in used_old and j not in used_new:
            used_old.add(i)
            used_new.add(j)
            out.append((i, j, score))
    return out


@dataclass(frozen=True, slots=True)
class Neighbours:
    """Who is already paired with whom, at either side of a place."""

    paired: dict[int, int]
    old: int
    new: int

    def beside(self, i: int, j: int) -> bool:
        """Whether what stands before both, and what stands after both, are pairs (an end counts as one)."""
        before = (i, j) == (0, 0) or (i > 0 and self.paired.get(i - 1, -1) == j - 1 >= 0)
        is_end = (i, j) == (self.old - 1, self.new - 1)
        return before and (is_end or self.paired.get(i + 1, -1) == j + 1)


def overlaps(left: Sequence[str], right: Sequence[str]) -> list[tuple[int, int, float]]:
    """(place, place, Dice coefficient of the sets of character pairs) of all that share one."""
    if not left or not right:
        return []
    grams = Grams.of([*left, *right], (1, 2))
    one, other = grams.count(left).sign(), grams.count(right).sign()
    shared = (one @ other.T).tocoo()
    sizes = np.asarray(one.sum(axis=1)).ravel(), np.asarray(other.sum(axis=1)).ravel()
    scores = 2 * shared.data / (sizes[0][shared.row] + sizes[1][shared.col])
    strong = scores >= KIN
    return [
        (int(a), int(b), float(score))
        for a, b, score in zip(shared.row[strong], shared.col[strong], scores[strong], strict=True)
    ]


def in_order(pairs: Sequence[tuple[int, int]]) -> set[tuple[int, int]]:
    """The most pairs that can stay in their order; the others have moved (longest increasing run)."""
    ends: list[int] = []
    tails: list[int] = []
    before: list[int] = []
    for place, (_i, j) in enumerate(pairs):
        rank = bisect_left(ends, j)
        before.append(tails[rank - 1] if rank else -1)
        if rank == len(ends):
            ends.append(j)
            tails.append(place)
        else:
            ends[rank], tails[rank] = j, place
    kept: set[tuple[int, int]] = set()
    place = tails[-1] if tails else -1
    while place >= 0:
        kept.add(pairs[place])
        place = before[place]
    return kept


def reading_order(stays: set[tuple[int, int]]) -> Callable[[Pair], tuple[int, int, int]]:
    """A key: by place in the new wording; what is gone after the clause it followed and that stayed."""
    stayed = sorted(stays)
    olds = [i for i, _ in stayed]

    def key(pair: Pair) -> tuple[int, int, int]:
        if pair.new is not None:
            return pair.new, 0, 0
        at = bisect_left(olds, pair.old or 0)
        return (stayed[at - 1][1] if at else -1), 1, pair.old or 0

    return key
