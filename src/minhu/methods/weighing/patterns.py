"""Patterns in five-level ratings worth a second look by two people. A flag is a question, never a verdict."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum

import numpy as np
from scipy.special import bdtrc, pdtrc

from minhu.methods.weighing.errors import BadSurvey

LOOKERS = 2


class Pattern(StrEnum):
    """What looks odd: hardly any variance, many in a short time, most from one window."""

    UNIFORM = "uniform"
    BURST = "burst"
    ONE_WINDOW = "one_window"


@dataclass(frozen=True, slots=True)
class Rating:
    """One rating from 1 (very dissatisfied) to 5 (very satisfied), when, and at which window or counter."""

    score: int
    at: datetime
    window: str


@dataclass(frozen=True, slots=True)
class Limits:
    """From where a pattern is flagged; the values stand in a pack.

    `least` ratings before anything is said; `variance` of scores at or below which they are uniform; `burst`
    ratings within `within` at one window, if chance gives so many less often than `chance`; `share` of all
    ratings from one window, if it is also `times` its share of finished things.
    """

    least: int = 20
    variance: float = 0.05
    burst: int = 10
    within: timedelta = field(default_factory=lambda: timedelta(minutes=10))
    chance: float = 0.001
    share: float = 0.8
    times: float = 1.5

    def __post_init__(self) -> None:
        if self.least < 2 or self.burst < 2 or self.within <= timedelta(0):
            raise BadSurvey("patterns need at least 2 ratings and a time above 0")


@dataclass(frozen=True, slots=True)
class Flag:
    """A pattern at a window: `value` against `limit`, over `count` of `of` ratings from `first` to `last`.

    `surprise`: how likely so much is by chance (smaller is odder; 1 where that cannot be told). To be looked
    at by `LOOKERS` people, neither of whom is the rated; it says nothing about any person.
    """

    pattern: Pattern
    window: str
    value: float
    limit: float
    count: int
    of: int
    first: datetime
    last: datetime
    surprise: float
    lookers: int = LOOKERS


def flags(
    ratings: tuple[Rating, ...], limits: Limits, finished: Mapping[str, int] | None = None
) -> tuple[Flag, ...]:
    """The patterns in ratings, by window; the order of ratings does not matter.

    `finished`: how many things each window finished; without it each window is expected to get an equal part.
    `BadSurvey` for a score outside 1 to 5.
    """
    check_ratings(ratings)
    by_window: dict[str, list[Rating]] = {}
    for rating in sorted(ratings, key=lambda r: (r.window, r.at, r.score)):
        by_window.setdefault(rating.window, []).append(rating)
    expected = expected_shares(list(by_window), finished or {})
    found: list[Flag] = []
    for window, own in by_window.items():
        if len(own) < limits.least:
            continue
        rest = [r.score for name, others in by_window.items() if name != window for r in others]
        found += uniform(own, rest, limits)
        found += bursts(own, limits)
        found += one_window(own, len(ratings), expected[window], limits)
    return tuple(found)


def check_ratings(ratings: tuple[Rating, ...]) -> None:
    """Refuse scores that are not on the scale, and times of which some have a zone and some none."""
    for rating in ratings:
        if rating.score not in (1, 2, 3, 4, 5):
            raise BadSurvey(f"a rating has five levels, 1 to 5: {rating.score} at {rating.window!r}")
    if len({rating.at.tzinfo is None for rating in ratings}) > 1:
        raise BadSurvey("some ratings have a time zone and some have none: give all of them one")


def expected_shares(windows: list[str], finished: Mapping[str, int]) -> dict[str, float]:
    """The share of ratings that a window's finished things let expect."""
    names = sorted({*windows, *finished})
    total = sum(finished.values())
    return {name: finished.get(name, 0) / total if total else 1 / len(names) for name in names}


def uniform(own: list[Rating], rest: list[int], limits: Limits) -> Iterator[Flag]:
    """Hardly any variance; the surprise is the chance of it by the scores given elsewhere."""
    scores = np.array([rating.score for rating in own])
    variance = float(scores.var())
    if variance > limits.variance:
        return
    usual = int(np.bincount(scores).argmax())
    alike = sum(score == usual for score in rest)
    surprise = ((alike + 1) / (len(rest) + 1)) ** int((scores == usual).sum()) if rest else 1.0
    yield raised(Pattern.UNIFORM, own, variance, limits.variance, len(own), surprise)


def bursts(own: list[Rating], limits: Limits) -> Iterator[Flag]:
    """The fullest span of `within`, if it is full and even ratings would rarely fill it so (Bonferroni)."""
    times = np.array([(rating.at - own[0].at).total_seconds() for rating in own])
    counts = np.searchsorted(times, times + limits.within.total_seconds(), side="right") - np.arange(
        times.size
    )
    fullest = int(counts.argmax())
    most = int(counts[fullest])
    if most < limits.burst:
        return
    surprise = filled_by_chance(own, most, limits.within)
    if surprise < limits.chance:
        part = own[fullest : fullest + most]
        yield raised(Pattern.BURST, part, float(most), float(limits.burst), len(own), surprise)


def filled_by_chance(own: list[Rating], most: int, within: timedelta) -> float:
    """The chance, at most, that ratings spread evenly over their days put so many into one span.

    The pace is that of the days that have ratings, eight hours each, so that nights do not make every day a
    burst.
    """
    worked = timedelta(hours=8) * len({rating.at.date() for rating in own})
    expected = len(own) * min(1.0, within / worked)
    return min(1.0, len(own) * float(pdtrc(most - 2, expected)))


def one_window(own: list[Rating], of: int, expected: float, limits: Limits) -> Iterator[Flag]:
    """Most ratings from one window, far beyond what it finished."""
    share = len(own) / of
    if share >= limits.share and share >= limits.times * expected:
        rare = float(bdtrc(len(own) - 1, of, expected))
        yield raised(Pattern.ONE_WINDOW, own, share, limits.share, of, rare)


def raised(
    pattern: Pattern, held: list[Rating], value: float, limit: float, of: int, surprise: float
) -> Flag:
    """The flag of a pattern over the ratings it concerns."""
    first, last = held[0], held[-1]
    return Flag(pattern, first.window, value, limit, len(held), of, first.at, last.at, surprise)
