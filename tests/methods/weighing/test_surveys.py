"""Estimates by hand, intervals, refusals to conclude."""

from dataclasses import replace
from math import inf, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.weighing import (
    BadSurvey,
    Doubt,
    Estimate,
    Floor,
    Side,
    Stratum,
    Survey,
    TooFew,
    compare,
    estimate_mean,
    estimate_share,
    logit,
    sample_size,
    student,
    weights_of,
    wilson,
)

TOWN, VILLAGE = Stratum("town", 3000, 40), Stratum("village", 1000, 20)


def survey(town: list[float], village: list[float], **changes: object) -> Survey:
    places = ("town",) * len(town) + ("village",) * len(village)
    return Survey((TOWN, VILLAGE), places, np.array([*town, *village], dtype=float), **changes)


def test_a_stratified_mean_by_hand() -> None:
    town, village = [4.0, 5, 3, 4], [1.0, 2, 3]
    found = estimate_mean(survey(town, village))
    assert found.value == pytest.approx(0.75 * 4 + 0.25 * 2)
    error = sqrt(0.75**2 * np.var(town, ddof=1) / 4 + 0.25**2 * np.var(village, ddof=1) / 3)
    assert found.standard_error == pytest.approx(error)
    assert (found.low, found.high) == pytest.approx(student(3.5, error, 5))
    assert (found.answered, found.invited, found.response_rate) == (7, 60, pytest.approx(7 / 60))


def test_a_simple_sample_has_design_effect_one() -> None:
    values = np.array([1.0, 2, 2, 5, 4, 3])
    found = estimate_mean(Survey((Stratum("all", 100, 6),), ("all",) * 6, values))
    assert (found.design_effect, found.effective_size) == pytest.approx((1.0, 6.0))
    assert found.standard_error == pytest.approx(values.std(ddof=1) / sqrt(6))
    small = Survey((Stratum("all", 12, 6),), ("all",) * 6, values, is_finite=True)
    assert estimate_mean(small).standard_error == pytest.approx(values.std(ddof=1) / sqrt(12))


def test_weights_stand_for_people() -> None:
    weights = weights_of(survey([4, np.nan, 3], [2, 1], base=np.array([2.0, 9, 1, 1, 3])))
    assert weights.tolist() == pytest.approx([2000, 0, 1000, 250, 750])


def test_cells_bring_weights_to_their_totals() -> None:
    cells, totals = ("old", "old", "young", "old", "young"), {"old": 1000.0, "young": 3000.0}
    asked = survey([5, 5, 1], [5, 1], cells=cells, totals=totals)
    weights = weights_of(asked)
    assert weights.tolist() == pytest.approx([400, 400, 2000, 200, 1000])
    assert estimate_mean(asked).value == pytest.approx(2.0)
    assert estimate_mean(asked).standard_error == pytest.approx(0, abs=1e-12)  # within cells all say the same


def test_unequal_weights_cost_answers() -> None:
    values = np.array([0.0, 1] * 20)
    even = Survey((Stratum("all", 400, 40),), ("all",) * 40, values)
    uneven = replace(even, base=np.array([1.0] * 20 + [9.0] * 20))
    found = estimate_share(uneven)
    assert found.design_effect == pytest.approx(1.64 * 40 / 39 * 39 / 40, rel=0.03)  # Kish: 1 + cv²
    assert found.effective_size < 25
    assert found.high - found.low > estimate_share(even).high - estimate_share(even).low


def test_all_satisfied_is_not_certain() -> None:
    found = estimate_share(survey([1] * 6, [1] * 4))
    assert (found.value, found.high) == (1.0, 1.0)
    assert found.low == pytest.approx(wilson(1.0, found.effective_size)[0])
    assert found.low < 0.75
    assert estimate_mean(survey([5] * 40, [5] * 20)).doubts == (Doubt.NO_SPREAD,)


def test_nothing_is_concluded_from_three_answers() -> None:
    found = estimate_share(survey([1, 1], [1]))
    assert found.doubts == (Doubt.TOO_FEW,)
    assert found.against(0.1) is Side.CANNOT_TELL


def test_floors_are_given_from_outside() -> None:
    asked = survey([1, 0, 1, 1], [1, 0])
    assert estimate_share(asked, floor=Floor(answers=6)).doubts == ()
    strict = Floor(answers=7, response_rate=0.2, widest=0.1)
    assert estimate_share(asked, floor=strict).doubts == (Doubt.TOO_FEW, Doubt.LOW_RESPONSE, Doubt.TOO_WIDE)


def test_above_below_or_cannot_tell() -> None:
    found = estimate_share(survey([1] * 30 + [0] * 5, [1] * 15 + [0] * 5))
    assert [found.against(mark) for mark in (0.5, 0.85, 0.99)] == [Side.ABOVE, Side.CANNOT_TELL, Side.BELOW]


def estimate(value: float, error: float, *doubts: Doubt) -> Estimate:
    return Estimate(value, value - 2 * error, value + 2 * error, 0.95, error, 1, 50, 50, 100, doubts)


def test_two_places_are_compared_with_their_doubt() -> None:
    low, high = estimate(0.6, 0.03), estimate(0.7, 0.03)
    assert (compare(low, high), compare(high, low)) == (Side.BELOW, Side.ABOVE)
    assert compare(estimate(0.6, 0.05), high) is Side.CANNOT_TELL
    assert compare(estimate(0.6, 0.03, Doubt.TOO_FEW), high) is Side.CANNOT_TELL


def test_one_answer_in_a_stratum_widens() -> None:
    many, lone = (estimate_mean(survey([4, 5, 3, 4], rest)) for rest in ([2, 2], [2]))
    assert lone.standard_error > many.standard_error


@given(
    st.lists(st.sampled_from([0.0, 1.0]), min_size=2, max_size=30),
    st.lists(st.integers(0, 1), min_size=1, max_size=9),
)
@settings(max_examples=60, deadline=None)
def test_intervals_hold_the_value_and_order_does_not_matter(town, village) -> None:
    one = survey(town, village)
    for by_logit in (False, True):
        found = estimate_share(one, by_logit=by_logit)
        assert 0 <= found.low <= found.value <= found.high <= 1
    turned = replace(one, stratum=one.stratum[::-1], values=one.values[::-1])
    first, other = estimate_share(one), estimate_share(turned)
    assert (other.value, other.low, other.high) == pytest.approx((first.value, first.low, first.high))


@given(st.lists(st.floats(1, 5), min_size=4, max_size=30), st.sampled_from([0.5, 100.0]))
@settings(max_examples=40, deadline=None)
def test_the_scale_of_base_weights_does_not_matter(values, factor: float) -> None:
    half = len(values) // 2
    base = np.arange(1.0, len(values) + 1)
    one, other = (estimate_mean(survey(values[:half], values[half:], base=base * by)) for by in (1.0, factor))
    assert (other.value, other.standard_error) == pytest.approx((one.value, one.standard_error), abs=1e-9)
    assert one.low <= one.value <= one.high


def test_known_intervals() -> None:
    assert wilson(0.9, 10) == pytest.approx((0.5958, 0.9821), abs=1e-4)  # Wilson 1927, 9 of 10
    assert wilson(0.0, 20) == pytest.approx((0, 0.1611), abs=1e-4)
    assert logit(0.5, 100) == pytest.approx((0.4032, 0.5968), abs=1e-4)
    assert logit(1.0, 20) == wilson(1.0, 20)
    assert student(10, 2, 4) == pytest.approx((4.4471, 15.5529), abs=1e-4)
    assert student(10, 2, 0) == (-inf, inf)


def test_sizes_of_samples_as_in_practice() -> None:
    assert (sample_size(0.05), sample_size(0.05, design_effect=1.5)) == (385, 577)
    assert sample_size(0.05, population=1000) == 278


def test_ninety_five_of_a_hundred_intervals_hold_the_truth() -> None:
    rng = np.random.default_rng(4)
    strata = (Stratum("a", 8000, 60), Stratum("b", 2000, 60))
    truth, held = 0.8 * 0.9 + 0.2 * 0.6, 0
    for _ in range(400):
        answers = np.concatenate([rng.random(60) < 0.9, rng.random(60) < 0.6]).astype(float)
        found = estimate_share(Survey(strata, ("a",) * 60 + ("b",) * 60, answers))
        held += found.low <= truth <= found.high
    assert 0.92 <= held / 400 <= 0.98


def test_contradictions_are_refused_by_name() -> None:
    cases: list[tuple[type[Exception], dict[str, object], str]] = [
        (BadSurvey, {"stratum": ("town", "x", "village")}, "no such stratum: 'x'"),
        (BadSurvey, {"values": np.ones(2)}, "one of each per row"),
        (BadSurvey, {"strata": (TOWN, VILLAGE, TOWN)}, "stands twice"),
        (BadSurvey, {"base": np.array([1, 0, 1.0])}, "base weights must be above 0"),
        (BadSurvey, {"cells": ("x", "x", "y"), "totals": {"x": 1}}, "cell 'y' has no total"),
        (
            BadSurvey,
            {"strata": (Stratum("town", 9, 1), VILLAGE)},
            "'town': want population ≥ invited ≥ answers",
        ),
        (BadSurvey, {"values": np.array([0.0, 1, 7])}, "0 or 1"),
        (TooFew, {"stratum": ("town",) * 3}, "nobody answered for the 1000 people of 'village'"),
        (TooFew, {"values": np.array([1.0, 0, np.nan])}, "'village'"),
    ]
    for error, change, words in cases:
        with pytest.raises(error, match=words):
            estimate_share(replace(survey([1, 0], [1]), **change))


def test_impossible_questions_are_refused() -> None:
    with pytest.raises(TooFew, match="1 answers"):
        estimate_mean(Survey((Stratum("a", 10, 3),), ("a", "a"), np.array([1.0, np.nan])))
    for call in (
        lambda: wilson(1.1, 5),
        lambda: wilson(0.5, 0),
        lambda: wilson(0.5, 5, 1.0),
        lambda: sample_size(0),
    ):
        with pytest.raises(BadSurvey):
            call()
