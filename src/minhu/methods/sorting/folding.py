"""Texts as numbers: small letters of NFKC, one sign for all digits, 1 for what parts words."""

import unicodedata
from collections.abc import Sequence
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

PARTS = 1  # blanks, punctuation, controls: whatever is neither letter nor digit
DIGIT = ord("0")


@lru_cache(maxsize=1)
def folding() -> NDArray[np.uint16]:
    """For each unit of UTF-16 the letter it stands for, shape (65536,); halves of pairs for themselves."""
    return np.array([plain(code) for code in range(0x10000)], np.uint16)


def plain(code: int) -> int:
    """The first character of its normal form, small; PARTS for what is no letter."""
    character = chr(code)
    if unicodedata.category(character) == "Cs":
        return code
    normal = unicodedata.normalize("NFKC", character).lower()[:1]
    kind = unicodedata.category(normal)[0] if normal else "Z"
    if kind == "N":
        return DIGIT
    return ord(normal) if kind in "LM" and ord(normal) < 0x10000 else PARTS


def encode(texts: Sequence[str]) -> tuple[NDArray[np.uint16], NDArray[np.int64]]:
    """The units of UTF-16 of all texts one after the other, and where each begins, shape (n + 1,)."""
    pieces = [text.encode("utf-16-le", "surrogatepass") for text in texts]
    starts = np.zeros(len(pieces) + 1, np.int64)
    np.cumsum(np.fromiter(map(len, pieces), np.int64, len(pieces)) // 2, out=starts[1:])
    return np.frombuffer(b"".join(pieces), np.uint16), starts
