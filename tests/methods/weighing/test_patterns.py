"""Flags on ratings: what raises one, what does not, and that it stays a question."""

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from minhu.methods.weighing import BadSurvey, Flag, Limits, Pattern, Rating, flags

MORNING = datetime(2026, 3, 2, 9, tzinfo=UTC)
LIMITS = Limits()


def ratings(
    scores: list[int], window: str, *, every: timedelta = timedelta(minutes=37)
) -> tuple[Rating, ...]:
    return tuple(Rating(score, MORNING + at * every, window) for at, score in enumerate(scores))


def mixed(count: int, window: str, seed: int = 1) -> tuple[Rating, ...]:
    return ratings(random.Random(seed).choices([1, 2, 3, 4, 5], [1, 1, 2, 6, 10], k=count), window)


def kinds(found: tuple[Flag, ...]) -> list[tuple[Pattern, str]]:
    return [(flag.pattern, flag.window) for flag in found]


def test_usual_ratings_raise_nothing() -> None:
    assert flags(mixed(60, "1") + mixed(50, "2", 2) + mixed(40, "3", 3), LIMITS) == ()
    assert flags((), LIMITS) == ()


def test_all_fives_at_one_window_are_flagged_with_how_odd_that_is() -> None:
    found = flags(mixed(60, "1") + ratings([5] * 40, "2"), LIMITS)
    assert kinds(found) == [(Pattern.UNIFORM, "2")]
    assert (found[0].value, found[0].count, found[0].lookers) == (0.0, 40, 2)
    assert found[0].surprise < 1e-6
    assert found[0].last - found[0].first == 39 * timedelta(minutes=37)


def test_all_fives_everywhere_are_no_surprise() -> None:
    found = flags(ratings([5] * 40, "1") + ratings([5] * 40, "2"), LIMITS)
    assert [flag.surprise for flag in found] == [1.0, 1.0]
    (alone,) = flags(ratings([5] * 40, "1"), LIMITS)
    assert alone.surprise == 1.0


def test_twenty_within_ten_minutes_are_a_burst() -> None:
    burst = ratings([5, 4] * 10, "1", every=timedelta(seconds=20))
    later = tuple(replace(r, at=r.at + timedelta(days=1)) for r in mixed(30, "1"))
    found = flags(burst + later + mixed(50, "2", 2), LIMITS)
    assert kinds(found) == [(Pattern.BURST, "1")]
    assert (found[0].value, found[0].count, found[0].of) == (20.0, 20, 50)
    assert (found[0].first, found[0].last) == (burst[0].at, burst[-1].at)


def test_a_busy_counter_is_no_burst() -> None:
    busy = ratings([5, 4, 3] * 160, "1", every=timedelta(minutes=1))
    assert flags(busy, replace(LIMITS, share=1.1)) == ()


def test_nearly_all_from_one_window_is_flagged_unless_it_finished_nearly_all() -> None:
    one_sided = mixed(90, "1") + mixed(5, "2", 2) + mixed(5, "3", 3)
    found = flags(one_sided, LIMITS)
    assert kinds(found) == [(Pattern.ONE_WINDOW, "1")]
    assert (found[0].value, found[0].of) == (0.9, 100)
    assert flags(one_sided, LIMITS, {"1": 900, "2": 50, "3": 50}) == ()
    assert kinds(flags(one_sided, LIMITS, {"2": 500, "3": 500})) == [(Pattern.ONE_WINDOW, "1")]


def test_too_few_ratings_say_nothing() -> None:
    assert flags(ratings([5] * 19, "1", every=timedelta(seconds=5)), LIMITS) == ()


def test_the_order_of_ratings_does_not_matter() -> None:
    one = list(mixed(60, "1") + ratings([5] * 40, "2", every=timedelta(seconds=9)))
    found = flags(tuple(one), LIMITS)
    random.Random(3).shuffle(one)
    assert flags(tuple(one), LIMITS) == found
    assert kinds(found) == [(Pattern.UNIFORM, "2"), (Pattern.BURST, "2")]


def test_what_is_no_rating_is_refused() -> None:
    with pytest.raises(BadSurvey, match="five levels, 1 to 5: 6 at '1'"):
        flags(ratings([6], "1"), LIMITS)
    with pytest.raises(BadSurvey, match="time zone"):
        flags((*ratings([5], "1"), Rating(5, datetime(2026, 3, 2), "1")), LIMITS)
    with pytest.raises(BadSurvey, match="at least 2"):
        Limits(burst=1)
