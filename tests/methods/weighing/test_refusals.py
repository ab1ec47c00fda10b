"""What is no index is refused, by name."""

from dataclasses import replace

import numpy as np
import pytest

from minhu.methods.weighing import (
    Aggregation,
    BadData,
    BadDenominator,
    BadRecipe,
    BadTree,
    Group,
    Imputation,
    Normalisation,
    NotPositive,
    Problem,
    Recipe,
    Scaling,
    TooFew,
    Treatment,
    Weighting,
    ZeroVariance,
    solve,
)
from tests.methods.weighing.tables import GROUPS, INDICATORS, VALUES, problem

A, W = Aggregation, Weighting


def test_the_tree_is_refused_where_it_is_none() -> None:
    cases: list[tuple[dict[str, object], str]] = [
        ({"groups": (*GROUPS, Group("speed", "index"))}, "'speed' stands 2 times"),
        ({"groups": (*GROUPS, Group("other", "index"))}, "'other' holds nothing"),
        ({"groups": (*GROUPS[:2], Group("index", "speed"))}, "one group without a parent, not 0"),
        (
            {"groups": (Group("speed", "trust"), Group("trust", "speed"), Group("index", None))},
            "holds nothing",
        ),
        ({"indicators": (replace(INDICATORS[0], parent="x"), *INDICATORS[1:])}, "'days' belongs to 'x'"),
        ({"indicators": (replace(INDICATORS[0], direction=0), *INDICATORS[1:])}, "direction 0"),
        ({"indicators": (replace(INDICATORS[0], weight=-1), *INDICATORS[1:])}, "'days' has a weight"),
        ({"groups": (*(replace(g, weight=0) for g in GROUPS[:2]), GROUPS[2])}, "'index' weigh nothing"),
    ]
    for change, words in cases:
        with pytest.raises(BadTree, match=words):
            problem(**change)


def test_groups_in_a_circle_are_refused() -> None:
    circle = (Group("speed", "trust"), Group("trust", "speed"), Group("index", None))
    leaves = (*INDICATORS[:3], replace(INDICATORS[3], parent="index"))
    with pytest.raises(BadTree, match=r"circle: \['speed', 'trust'\]"):
        problem(indicators=leaves, groups=circle)


def with_value(row: int, column: int, value: float) -> np.ndarray:
    table = VALUES.copy()
    table[row, column] = value
    return table


def test_bad_data_is_refused_by_name() -> None:
    cases: list[tuple[type[Exception], dict[str, object], str]] = [
        (BadData, {"values": VALUES[:, :3]}, "want 5 units × 4 indicators"),
        (BadData, {"units": tuple("AABCD")}, "unit 'A' stands twice"),
        (TooFew, {"values": VALUES[:2]}, "2 units cannot be compared"),
        (BadData, {"values": with_value(3, 1, np.inf)}, "'share' of 'D' is infinite"),
        (BadData, {"values": np.vstack([VALUES, [np.nan] * 4])}, "unit 'F' has no value"),
        (BadData, {"values": np.column_stack([VALUES[:, :3], [np.nan] * 5])}, "'returns' has no value"),
        (BadRecipe, {"recipe": Recipe(Imputation.PEER_MEAN)}, "peer_mean needs peers"),
        (BadData, {"peers": ("x",)}, "1 peers for 5 units"),
    ]
    for error, change, words in cases:
        with pytest.raises(error, match=words):
            problem(**change)


@pytest.mark.parametrize("size", [0.0, -3.0])
def test_denominators_at_or_below_zero_are_refused(size: float) -> None:
    per_head = (replace(INDICATORS[0], denominator="people"), *INDICATORS[1:])
    with pytest.raises(BadDenominator, match=f"'people' of 'C' is {size:g}: a denominator must be above 0"):
        problem(indicators=per_head, denominators={"people": np.array([5.0, 4, size, 3, 2])})
    with pytest.raises(BadDenominator, match="which is no denominator"):
        problem(indicators=per_head)
    with pytest.raises(BadDenominator, match="2 sizes for 5 units"):
        problem(indicators=per_head, denominators={"people": np.ones(2)})


def refused(**choices: object) -> Problem:
    return problem(recipe=Recipe(**choices))


def test_choices_that_cannot_be_carried_out_are_refused_by_name() -> None:
    z_score = Scaling(Normalisation.Z_SCORE, 0, 1)
    even = VALUES.copy()
    even[:, 1] = [0.3, 0.1 + 0.2, 0.3, 0.3, 0.3]
    cases: list[tuple[type[Exception], Problem, str]] = [
        (NotPositive, refused(aggregation=A.GEOMETRIC), "'days' has values at or below 0"),
        (NotPositive, refused(aggregation=A.HARMONIC, scaling=z_score), "no harmonic mean"),
        (BadRecipe, refused(scaling=Scaling(Normalisation.TARGET)), "'days' has no target"),
        (BadRecipe, refused(weighting=W.BUDGET), "every part of 'speed'"),
        (ZeroVariance, problem(values=even), "equal on 'share'"),
        (TooFew, problem(values=VALUES[:3], recipe=Recipe(treatment=Treatment())), "'days' has 3 values"),
    ]
    for error, bad, words in cases:
        with pytest.raises(error, match=words):
            solve(bad)


def test_component_weights_need_more_units_than_indicators() -> None:
    flat = tuple(replace(i, parent="index") for i in INDICATORS)
    with pytest.raises(TooFew, match="PCA in 'index' needs more units than indicators: 4 and 4"):
        solve(problem(indicators=flat, groups=GROUPS[2:], values=VALUES[:4], recipe=Recipe(weighting=W.PCA)))


def test_a_target_everybody_has_reached_tells_nothing() -> None:
    aimed = tuple(replace(i, target=9.0 if i.direction < 0 else 0.1) for i in INDICATORS)
    with pytest.raises(BadRecipe, match="target 9 of 'days' is reached by all"):
        solve(problem(indicators=aimed, recipe=Recipe(scaling=Scaling(Normalisation.TARGET))))


@pytest.mark.parametrize("scaling", [("min_max", 5, 5), ("z_score", 0, 0), ("target", 1, 0)])
def test_impossible_scales_are_refused(scaling: tuple[str, float, float]) -> None:
    with pytest.raises(BadRecipe):
        Scaling(Normalisation(scaling[0]), *scaling[1:])
    with pytest.raises(BadRecipe):
        Treatment(most=-1)
