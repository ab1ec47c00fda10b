"""The words in which two wordings of one clause differ, as spans on both sides."""

import re
from collections.abc import Sequence
from difflib import SequenceMatcher

Span = tuple[int, int]
TOKEN = re.compile(r"[A-Za-z0-9_.%]+|\s+|.", re.DOTALL)
SENTENCE = re.compile(r"[^。；;！？\n]*[。；;！？\n]?", re.DOTALL)
ISLAND = 2  # characters: what stays the same between two changes and is no longer reads as changed
MOST_WORK = 4_000_000  # token pairs; beyond that whole sentences are compared


def marks(old: str, new: str) -> tuple[list[Span], list[Span]]:
    """The spans of `old` that `new` lacks, and those of `new` that `old` lacks.

    Words of letters and digits are never cut. Exchanging the sides exchanges the answers. Texts that differ
    in blanks only have no marks.
    """
    if old > new:
        right, left = marks(new, old)
        return left, right
    one, other = tokens(old, TOKEN), tokens(new, TOKEN)
    if len(one) * len(other) > MOST_WORK:
        one, other = tokens(old, SENTENCE), tokens(new, SENTENCE)
    blocks = SequenceMatcher(None, [old[a:b] for a, b in one], [new[a:b] for a, b in other], autojunk=False)
    changes = [(i1, i2, j1, j2) for tag, i1, i2, j1, j2 in grown(blocks.get_opcodes(), one) if tag != "equal"]
    left = [span for i1, i2, _, _ in changes if (span := spanned(old, one, i1, i2))]
    right = [span for _, _, j1, j2 in changes if (span := spanned(new, other, j1, j2))]
    return left, right


def tokens(text: str, pattern: re.Pattern[str]) -> list[Span]:
    """The places of the tokens of a text."""
    return [found.span() for found in pattern.finditer(text) if found[0]]


def grown(
    codes: Sequence[tuple[str, int, int, int, int]], one: Sequence[Span]
) -> list[tuple[str, int, int, int, int]]:
    """Changes with only an island between them made one."""
    out: list[tuple[str, int, int, int, int]] = []
    for at, (tag, i1, i2, j1, j2) in enumerate(codes):
        inner = 0 < at < len(codes) - 1
        is_island = tag == "equal" and inner and one[i2 - 1][1] - one[i1][0] < ISLAND
        if out and (is_island or tag != "equal") and out[-1][0] == "change":
            _, a1, _, b1, _ = out[-1]
            out[-1] = ("change", a1, i2, b1, j2)
        else:
            out.append(("equal" if tag == "equal" else "change", i1, i2, j1, j2))
    return out


def spanned(text: str, places: Sequence[Span], first: int, last: int) -> Span | None:
    """The characters of a run of tokens without blanks at its edges; None if nothing is left."""
    if first >= last:
        return None
    start, end = places[first][0], places[last - 1][1]
    words = text[start:end]
    start, end = start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip()))
    return (start, end) if start < end else None
