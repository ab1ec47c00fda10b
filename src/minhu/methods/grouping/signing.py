"""Texts → signatures and digests, row by row: no text needs to know of another."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from minhu.methods.grouping.folding import encode, folding
from minhu.methods.grouping.kernels import sign
from minhu.methods.grouping.recipe import BINS, Recipe

Rows = tuple[NDArray[np.uint8], NDArray[np.uint64], NDArray[np.uint8]]
AT_ONCE = 1024  # texts encoded together: small enough for the cache, large enough to cost nothing per text


@dataclass(frozen=True, slots=True)
class Signed:
    """`signatures` (n, 128) bytes; `digests` (n,): equal where texts are the same once folded."""

    signatures: NDArray[np.uint8]
    digests: NDArray[np.uint64]

    @classmethod
    def empty(cls, count: int) -> "Signed":
        """Room for so many texts."""
        return cls(np.empty((count, BINS), np.uint8), np.empty(count, np.uint64))


def signed(texts: Sequence[str], recipe: Recipe) -> Signed:
    """Sign every text; those that a table cannot fold are normalised first."""
    count = len(texts)
    made = Signed.empty(count)
    hard = np.empty(count, np.uint8)
    for start in range(0, count, AT_ONCE):
        part = slice(start, min(start + AT_ONCE, count))
        sign_some(texts[part], recipe, False, (made.signatures[part], made.digests[part], hard[part]))
    rows = np.flatnonzero(hard)
    for start in range(0, len(rows), AT_ONCE):
        some = rows[start : start + AT_ONCE]
        normal = [unicodedata.normalize("NFKC", texts[i]) for i in some.tolist()]
        again = Signed.empty(len(some))
        sign_some(normal, recipe, True, (again.signatures, again.digests, hard[: len(some)]))
        made.signatures[some], made.digests[some] = again.signatures, again.digests
    return made


def sign_some(texts: Sequence[str], recipe: Recipe, is_normal: bool, into: Rows) -> None:
    """Sign a few texts into the rows given: signatures, digests, which are hard."""
    try:
        codes, lengths = encode(texts)
    except TypeError as fault:
        wrong = next(one for one in texts if not isinstance(one, str))
        raise TypeError(f"every text must be a str; one is {wrong!r}") from fault
    known = folding(8 * codes.itemsize, is_normal)
    sign(codes, lengths, known.table, known.longer, probes(recipe.seed), np.uint32(recipe.seed), *into)


@lru_cache(maxsize=8)
def probes(seed: int) -> NDArray[np.uint8]:
    """For each bin the order in which it asks the others when it is empty, (128, 128)."""
    random = np.random.default_rng(seed)
    return np.array([random.permutation(BINS) for _ in range(BINS)], np.uint8)
