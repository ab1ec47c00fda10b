"""Texts as numbers: NFKC, small letters, without blanks and controls; at the speed of a table."""

import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache, partial

import numpy as np
from numpy.typing import NDArray

from minhu.methods.grouping.kernels import HARD, LONG, WIDE

Codes = NDArray[np.uint16] | NDArray[np.uint32]
PLANE = 0x10000
# Beyond the first plane only these hold characters that fold; the others stand for themselves.
BROKEN = 0xFFFD  # half a pair of surrogates: no character
BEYOND = (range(PLANE, 2 * PLANE), range(0x2F800, 0x2FA20), range(0xE0000, 0xE1000))
DROPPED = frozenset({"Cc", "Cf", "Zs", "Zl", "Zp"})


def fold(text: str) -> str:
    """What two texts must share to count as the same: the definition that the tables make fast."""
    return "".join(chr(code) for c in unicodedata.normalize("NFKC", text) if (code := plain(c)))


def plain(character: str) -> int:
    """A character of a normalised text: its small letter; 0 for blanks, controls, variation marks."""
    category = unicodedata.category(character)
    if category in DROPPED or varies(ord(character)):
        return 0
    if category == "Cs":
        return BROKEN
    small = character.lower()
    return ord(small if len(small) == 1 else character)


def varies(code: int) -> bool:
    """Whether it only chooses how the character before it looks."""
    return 0xFE00 <= code <= 0xFE0F or 0xE0100 <= code <= 0xE01EF


@dataclass(frozen=True, slots=True)
class Folding:
    """`table`: for each character code the one it folds to; from LONG on, a row of `longer` (rows, 4)."""

    table: Codes
    longer: NDArray[np.uint32]


@lru_cache(maxsize=4)
def folding(width: int, is_normal: bool) -> Folding:
    """For codes of 16 or 32 bits; `is_normal`: for texts already in NFKC, where nothing is hard."""
    rows: dict[tuple[int, ...], int] = {}
    of = plain if is_normal else partial(single, rows=rows)
    first = np.array([of(chr(code)) for code in range(PLANE)], dtype=np.uint32)
    table = np.arange(0x110000, dtype=np.uint32)
    table[:PLANE] = first
    for codes in BEYOND if width == 32 else ():
        table[codes.start : codes.stop] = [of(chr(code)) for code in codes]
    longer = np.zeros((max(len(rows), 1), WIDE), np.uint32)
    for row, several in enumerate(rows):
        longer[row, : len(several)] = several
    # What leaves the first plane needs the wide table.
    narrow = np.where(first < PLANE, first, HARD).astype(np.uint16)
    return Folding(narrow if width == 16 else table, longer)


def single(character: str, rows: dict[tuple[int, ...], int]) -> int:
    """A character of any text: what it folds to, or where in `rows`; HARD where its neighbours matter."""
    if varies(ord(character)):
        return 0
    normal = unicodedata.normalize("NFKC", character)
    if joins(character) or any(joins(c) for c in normal) or len(normal) > WIDE:
        return HARD
    codes = tuple(code for c in normal if (code := plain(c)))
    if len(codes) < 2:
        return codes[0] if codes else 0
    return LONG + rows.setdefault(codes, len(rows)) if max(codes) < PLANE else HARD


def joins(character: str) -> bool:
    """Whether it may melt into the one before it: only marks, and vowels and endings of Hangul do."""
    return unicodedata.category(character)[0] == "M" or 0x1160 <= ord(character) <= 0x11FF


def encode(texts: Sequence[str]) -> tuple[Codes, NDArray[np.int32]]:
    """The characters of all texts one after the other, and the lengths; 16 bits wide where all fit in."""
    lengths = np.fromiter(map(len, texts), np.int32, len(texts))
    joined = "".join(texts)
    narrow = joined.encode("utf-16-le", "surrogatepass")
    if len(narrow) == 2 * len(joined):
        return np.frombuffer(narrow, np.uint16), lengths
    return np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32), lengths
