"""Which reforms take up what a group says: the matching of clauses, reused for what people say."""

from collections.abc import Sequence
from dataclasses import dataclass

from minhu.reforms.bridge import matcher_of

MOST = 5


@dataclass(frozen=True, slots=True)
class Fit:
    """A reform (its place in the list), how alike, and the runs both texts share."""

    place: int
    score: float
    spans: tuple[tuple[int, int, int, int], ...]


def fits(text: str, reforms: Sequence[str], threshold: float) -> list[Fit]:
    """The reforms that say something like a text, the best first; none where nothing is alike enough."""
    if not text.strip() or not reforms:
        return []
    matcher = matcher_of([text], list(reforms))
    done = matcher.match(0, 1, most=MOST, threshold=threshold)
    return [Fit(one.candidate, one.alike, one.spans) for one in done.matches[0] if one.alike >= threshold]
