"""Character n-grams of many texts as one sparse matrix of counts."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

BITS = 21  # every Unicode character fits in 21 bits, so three of them fit exactly in 64
GOLDEN = np.uint64(0x9E3779B97F4A7C15)


@dataclass(frozen=True, slots=True)
class Grams:
    """A vocabulary: `keys` are the sorted codes of the n-grams of `sizes` seen when it was made."""

    sizes: tuple[int, ...]
    keys: NDArray[np.uint64]

    @classmethod
    def of(cls, texts: Sequence[str], sizes: tuple[int, ...] = (2, 3)) -> "Grams":
        """The vocabulary of these texts."""
        return cls(sizes, np.unique(coded(texts, sizes)[1]))

    def count(self, texts: Sequence[str]) -> sparse.csr_matrix:
        """Counts, shape (texts, keys); n-grams outside the vocabulary are left out."""
        rows, codes = coded(texts, self.sizes)
        columns = np.searchsorted(self.keys, codes)
        columns[columns == len(self.keys)] = 0
        known = self.keys[columns] == codes if len(self.keys) else np.zeros(len(codes), dtype=bool)
        ones = np.ones(int(known.sum()))
        shape = (len(texts), len(self.keys))
        return sparse.csr_matrix((ones, (rows[known], columns[known])), shape=shape)


def coded(texts: Sequence[str], sizes: tuple[int, ...]) -> tuple[NDArray[np.int64], NDArray[np.uint64]]:
    """For every n-gram of every text: the row of its text, and its code."""
    lengths = np.array([len(text) for text in texts], dtype=np.int64)
    characters = np.frombuffer("".join(texts).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    owner = np.repeat(np.arange(len(texts)), lengths)
    rows, codes = [], []
    for size in sizes:
        ends = len(characters) - size + 1
        if ends <= 0:
            continue
        inside = owner[:ends] == owner[size - 1 :]
        rows.append(owner[:ends][inside])
        codes.append(packed(characters, size)[inside])
    if not rows:
        return np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.uint64)
    return np.concatenate(rows), np.concatenate(codes)


def packed(characters: NDArray[np.uint32], size: int) -> NDArray[np.uint64]:
    """One code for each run of `size` characters: exact up to three, mixed (64 bits) above."""
    ends = len(characters) - size + 1
    code = np.zeros(ends, dtype=np.uint64)
    for place in range(size):
        following = characters[place : place + ends].astype(np.uint64)
        code = (code << np.uint64(BITS)) | following if size <= 3 else (code ^ following) * GOLDEN
        if size > 3:
            code ^= code >> np.uint64(29)
    return code
