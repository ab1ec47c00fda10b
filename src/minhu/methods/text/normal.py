"""One spelling for what looks alike (NFKC), with the way back to the original characters."""

import unicodedata
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Normalised:
    """`text`, and for each of its characters (and its end) the place in the original it came from."""

    text: str
    offsets: NDArray[np.int64]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The original characters from which `text[start:end]` was made; whole characters, never half."""
        if end <= start:
            return int(self.offsets[start]), int(self.offsets[start])
        last = int(self.offsets[end - 1])
        after = int(np.searchsorted(self.offsets, last, side="right"))
        return int(self.offsets[start]), int(self.offsets[min(after, len(self.offsets) - 1)])


def normalise(text: str) -> Normalised:
    """Bring `text` into NFKC (Unicode Annex 15), keeping the offsets of its characters.

    Full-width digits and letters, ligatures and circled numbers become plain: "２０" is "20", "①" is "1".
    """
    if text.isascii():
        return Normalised(text, np.arange(len(text) + 1))
    parts: list[str] = []
    offsets: list[int] = []
    start = 0
    for end in range(1, len(text) + 1):
        if end < len(text) and joins(text[end]):
            continue
        part = compatible(text[start:end])
        parts.append(part)
        offsets.extend([start] * len(part))
        start = end
    return Normalised("".join(parts), np.array([*offsets, len(text)], dtype=np.int64))


@lru_cache(maxsize=65536)
def compatible(cluster: str) -> str:
    """A character and its marks in NFKC."""
    return unicodedata.normalize("NFKC", cluster)


@lru_cache(maxsize=65536)
def joins(character: str) -> bool:
    """Whether a character may melt into the one before it: an accent, a voicing mark, a Hangul vowel."""
    return bool(
        unicodedata.combining(character)
        or "\u1160" <= character <= "\u11ff"
        or unicodedata.combining(unicodedata.normalize("NFKD", character)[0])
    )
