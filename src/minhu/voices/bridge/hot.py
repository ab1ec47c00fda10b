"""What people say more than usual: groups weighed by burst, distinct people and reach; never by who."""

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

RECENT = 7
"""Days that are held against those before."""
MOST = 20
SURE = 0.01
"""How seldom chance alone may bring as many."""


@dataclass(frozen=True, slots=True)
class Heard:
    """A voice as far as heat goes: when, where, what about, and a token that only counts people."""

    topic: int
    on: date
    place: str
    person: str


@dataclass(frozen=True, slots=True)
class Issue:
    """Something said more than usual, with its reasons as codes and numbers."""

    topic: int
    score: float
    voices: int
    people: int
    reasons: tuple[tuple[str, dict[str, float]], ...]
    days: tuple[tuple[date, int], ...]
    places: tuple[tuple[str, int], ...]


def hot_issues(heard: Sequence[Heard], on: date, days: int) -> list[Issue]:
    """The topics that are hot on a day, the hottest first."""
    by_topic: dict[int, list[Heard]] = defaultdict(list)
    for one in heard:
        by_topic[one.topic].append(one)
    found = [issue for topic, told in by_topic.items() if (issue := weighed(topic, told, on, days))]
    return sorted(found, key=lambda issue: (-issue.score, issue.topic))[:MOST]


def weighed(topic: int, told: Sequence[Heard], on: date, days: int) -> Issue | None:
    """A topic, if it came more often in the last days than before and from more than one person."""
    since = on - timedelta(days=RECENT - 1)
    new = [one for one in told if one.on >= since]
    people = len({one.person for one in new})
    if len(new) < 3 or people < 2:
        return None
    usual = (len(told) - len(new)) * RECENT / max(1, days - RECENT)
    chance = at_least(len(new), max(usual, 0.5))
    if chance > SURE:
        return None
    places = Counter(one.place for one in new if one.place)
    score = -math.log10(max(chance, 1e-12)) * math.log2(1 + people)
    reasons: list[tuple[str, dict[str, float]]] = [
        ("burst", {"n": len(new), "days": RECENT, "usual": round(usual, 1)}),
        ("people", {"n": people}),
    ]
    if len(places) > 1:
        reasons.append(("places", {"n": len(places)}))
    return Issue(
        topic, round(score, 2), len(new), people, tuple(reasons), by_day(told), tuple(places.most_common())
    )


def at_least(count: int, usual: float) -> float:
    """The chance of so many or more where so many are usual (Poisson)."""
    term, below = math.exp(-usual), 0.0
    for n in range(count):
        below += term
        term *= usual / (n + 1)
    return max(0.0, 1 - below)


def by_day(told: Iterable[Heard]) -> tuple[tuple[date, int], ...]:
    """How many each day brought."""
    return tuple(sorted(Counter(one.on for one in told).items()))
