"""The two loops of a search: compiled where numba is at hand, else the same in NumPy."""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numpy.typing import NDArray

try:
    import numba

    IS_COMPILED = True
except ImportError:  # NumPy does the same, some times slower
    IS_COMPILED = False

Scores = NDArray[np.float64]
Places = NDArray[np.int64]
Number = Any  # a scalar: the compiled signature says of which kind
F = TypeVar("F", bound=Callable[..., object])

K1, B = 1.2, 0.75  # Robertson and Zaragoza 2009


def compiled(signature: str) -> Callable[[F], F]:
    """Compile for this signature, or take what was compiled before; leave it alone without numba."""
    if not IS_COMPILED:
        return lambda loop: loop
    return cast("Callable[[F], F]", numba.njit(signature, cache=True, nogil=True))


def damping(lengths: NDArray[np.int32], average: float) -> Scores:
    """How much the length of each document damps what it repeats (the k1 part of BM25)."""
    return np.asarray(K1 * (1 - B + B * lengths / average))


@compiled("void(int32[::1], uint8[::1], int64[:, ::1], float64[::1], float64[::1], float64[::1])")
def add_looping(
    docs: NDArray[np.int32],
    counts: NDArray[np.uint8],
    ranges: Places,
    telling: Scores,
    damped: Scores,
    scores: Scores,
) -> None:
    """BM25 of some terms added to `scores` (documents): term t has the postings `ranges[t]`."""
    for term in range(len(telling)):
        for place in range(ranges[term, 0], ranges[term, 1]):
            doc, count = docs[place], float(counts[place])
            scores[doc] += telling[term] * (count * (K1 + 1) / (count + damped[doc]))


def add_by_arrays(
    docs: NDArray[np.int32],
    counts: NDArray[np.uint8],
    ranges: Places,
    telling: Scores,
    damped: Scores,
    scores: Scores,
) -> None:
    """The same in NumPy."""
    for (start, end), worth in zip(ranges.tolist(), telling.tolist(), strict=True):
        seen, count = docs[start:end], counts[start:end].astype(np.float64)
        scores[seen] += worth * (count * (K1 + 1) / (count + damped[seen]))


@compiled("int64[::1](float64[::1], int64)")
def best_looping(scores: Scores, most: Number) -> Places:
    """The `most` documents of the highest scores above 0, best first; of equal ones the earlier first."""
    kept = np.empty(most, np.int64)
    size = 0
    for doc in range(len(scores)):
        score = scores[doc]
        if score <= 0 or (size == most and score <= scores[kept[size - 1]]):
            continue
        size += size < most
        at = size - 1
        while at > 0 and scores[kept[at - 1]] < score:
            kept[at] = kept[at - 1]
            at -= 1
        kept[at] = doc
    return kept[:size].copy()


def best_by_arrays(scores: Scores, most: int) -> Places:
    """The same in NumPy."""
    floor = np.partition(scores, -most)[-most] if len(scores) > most else 0.0
    found = np.flatnonzero((scores >= floor) & (scores > 0))
    return found[np.lexsort((found, -scores[found]))][:most]


add = add_looping if IS_COMPILED else add_by_arrays
best = best_looping if IS_COMPILED else best_by_arrays
