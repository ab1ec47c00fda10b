"""The index: each choice by hand, properties of the whole."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from minhu.methods.weighing import (
    Aggregation,
    Group,
    Imputation,
    Indicator,
    Normalisation,
    Recipe,
    Scaling,
    Solution,
    Treatment,
    Weighting,
    check,
    solve,
)
from minhu.methods.weighing.solving import ranks_of
from minhu.methods.weighing.treating import kurtosis, skewness
from tests.methods.weighing.tables import (
    GROUPS,
    HUNDRED,
    INDICATORS,
    RECIPES,
    VALUES,
    problem,
    tells_apart,
    values,
)

A, W = Aggregation, Weighting


def solved(**choices: object) -> Solution:
    return solve(problem(recipe=Recipe(**choices)))


def test_min_max_and_given_weights_by_hand() -> None:
    solution = solved()
    assert solution.normalised[0].tolist() == pytest.approx([400 / 7, 100, 100 * 1.5 / 1.8, 75])
    assert solution.scores["speed"][0] == pytest.approx((400 / 7 + 100) / 2)
    assert solution.scores["trust"][2] == pytest.approx(62.5)  # the rating is missing: returns alone
    trust, speed = solution.scores["trust"], solution.scores["speed"]
    assert solution.scores["index"].tolist() == pytest.approx(((speed + 3 * trust) / 4).tolist())
    assert solution.weights == pytest.approx(
        {
            "days": 0.5,
            "share": 0.5,
            "rating": 2 / 3,
            "returns": 1 / 3,
            "speed": 0.25,
            "trust": 0.75,
            "index": 1,
        }
    )
    assert solution.ranks.tolist() == [2, 4, 3, 5, 1]
    assert solution.coverage.tolist() == [1, 1, 0.75, 1, 1]


def test_the_harmonic_mean_is_below_the_geometric_and_that_below_the_arithmetic() -> None:
    means = [
        solved(scaling=HUNDRED, aggregation=how).scores["index"]
        for how in (A.HARMONIC, A.GEOMETRIC, A.ARITHMETIC)
    ]
    assert (means[0] <= means[1] + 1e-9).all()
    assert (means[1] <= means[2] + 1e-9).all()
    assert means[1][0] == pytest.approx(geometric(solved(scaling=HUNDRED).normalised[0]))


def geometric(row: np.ndarray) -> float:
    speed, trust = np.sqrt(row[0] * row[1]), (row[2] ** 2 * row[3]) ** (1 / 3)
    return float((speed * trust**3) ** 0.25)


def test_copeland_counts_majorities_and_borda_shares() -> None:
    flat = (Indicator("x", "index", weight=2), Indicator("y", "index"), Indicator("z", "index"))
    table = np.array([[3.0, 1, 2], [2, 2, 1], [1, 3, 3.0]])
    scores = {
        how: solve(
            problem(
                indicators=flat, groups=(Group("index", None),), values=table, recipe=Recipe(aggregation=how)
            )
        ).scores["index"]
        for how in (A.COPELAND, A.BORDA)
    }
    # A beats B by x and z (3 of 4); A and C stand 2 : 2, as do B and C
    assert scores[A.COPELAND].tolist() == [0.75, 0.25, 0.5]
    assert scores[A.BORDA].tolist() == [0.625, 0.375, 0.5]


def test_by_how_much_one_wins_does_not_count_for_copeland() -> None:
    further = VALUES.copy()
    further[4, 2] = 400.0
    before, after = (
        solve(problem(values=v, recipe=Recipe(aggregation=A.COPELAND))).scores["index"]
        for v in (VALUES, further)
    )
    assert before.tolist() == after.tolist()


def test_ranks_give_equals_the_lower_rank() -> None:
    tied = VALUES.copy()
    tied[1, 1] = 0.6
    solution = solve(problem(values=tied, recipe=Recipe(scaling=Scaling(Normalisation.RANK))))
    assert solution.normalised[:, 1].tolist() == [5, 2, 4, 1, 2]
    assert np.isnan(solution.normalised[2, 2])
    assert ranks_of(np.array([[3.0, np.nan, 3.0 + 1e-15, 1.0]])).tolist() == [[1, 4, 1, 3]]


def test_distance_to_target_stops_at_the_target() -> None:
    aims = (2.0, 0.7, 4.0, 3.0)
    aimed = tuple(replace(i, target=aim) for i, aim in zip(INDICATORS, aims, strict=True))
    capped, open_ = (
        solve(problem(indicators=aimed, recipe=Recipe(scaling=Scaling(Normalisation.TARGET, 0, 1, capped))))
        for capped in (True, False)
    )
    assert capped.normalised[:, 1].tolist() == pytest.approx([1, 1, 1, 0, 0.5])
    assert open_.normalised[0, 1] == pytest.approx(2)
    assert capped.normalised[:, 0].tolist() == pytest.approx([4 / 7, 1 / 7, 1, 0, 5 / 7])


def test_gaps_are_filled_by_mean_median_or_peers() -> None:
    filled = {
        how: solve(problem(peers=tuple("xyxyy"), recipe=Recipe(imputation=how))).imputed[2, 2]
        for how in Imputation
    }
    assert np.isnan(filled.pop(Imputation.NONE))
    assert filled == pytest.approx(
        {Imputation.MEAN: 4.075, Imputation.MEDIAN: 4.25, Imputation.PEER_MEAN: 4.5}
    )


def test_denominators_divide_and_a_missing_one_leaves_a_gap() -> None:
    per_head = (replace(INDICATORS[0], denominator="people"), *INDICATORS[1:])
    sizes = {"people": np.array([5.0, 4, 2, 3, np.nan])}
    solution = solve(problem(indicators=per_head, denominators=sizes))
    assert solution.denominated[:4, 0].tolist() == [1, 2, 1, 3]
    assert np.isnan(solution.normalised[4, 0])


def test_skewness_and_kurtosis_as_in_the_paper() -> None:
    sample = np.array([1.0, 2, 3, 4, 10])
    assert skewness(sample) == pytest.approx(1.6970562748477138)  # scipy.stats.skew(bias=False)
    assert kurtosis(sample) == pytest.approx(3.152)  # scipy.stats.kurtosis(bias=False)


HEAVY = np.sort(np.exp(1.5 * np.random.default_rng(1).normal(size=200)))


@pytest.mark.parametrize(
    ("column", "winsorised", "is_logged"),
    [
        ([*range(20), 60], 1, False),
        ([*range(20), 60, 60], 2, False),
        ([-60, *range(20)], 1, False),
        ([*range(20), 21], 0, False),
        (HEAVY.tolist(), 0, True),
    ],
    ids=["one", "two alike", "low", "none", "many"],
)
def test_outliers_are_winsorised_and_else_logged(
    column: list[float], winsorised: int, is_logged: bool
) -> None:
    table = np.column_stack([column, *np.random.default_rng(1).random((3, len(column)))])
    units = tuple(f"u{n}" for n in range(len(column)))
    solution = solve(problem(values=table, units=units, recipe=Recipe(treatment=Treatment())))
    note = solution.treatments[0]
    assert (note.winsorised, note.is_logged, note.is_calm) == (winsorised, is_logged, True)
    assert (np.diff(solution.treated[:, 0]) >= 0).all()


def test_winsorising_never_erases_an_indicator_of_two_values() -> None:
    column = np.array([0.0] * 30 + [1.0])
    table = np.column_stack([column, *np.random.default_rng(1).random((3, 31))])
    units = tuple(f"u{n}" for n in range(31))
    solution = solve(problem(values=table, units=units, recipe=Recipe(treatment=Treatment())))
    assert (len(np.unique(solution.treated[:, 0])), solution.treatments[0].is_calm) == (2, False)


def test_weights_by_budget_and_by_component() -> None:
    points = ((60.0, 2), (40.0, 2), (30.0, 1), (70.0, 3), (50.0, 1), (50.0, 3), ())
    budgeted = [replace(n, points=p) for n, p in zip((*INDICATORS, *GROUPS), points, strict=True)]
    allotted = solve(
        problem(indicators=tuple(budgeted[:4]), groups=tuple(budgeted[4:]), recipe=Recipe(weighting=W.BUDGET))
    ).weights
    assert [allotted[c] for c in ("days", "rating", "speed")] == pytest.approx([0.55, 0.275, 0.375])
    component = solved(weighting=W.PCA).weights
    assert (component["days"], component["speed"]) == pytest.approx((0.5, 0.25))  # of two, each half
    assert solved(weighting=W.EQUAL).weights["rating"] == 0.5


def test_the_first_component_weighs_what_goes_together() -> None:
    rng = np.random.default_rng(3)
    one = rng.normal(size=40)
    table = np.column_stack(
        [one, one + rng.normal(size=40) / 5, one + rng.normal(size=40) / 5, rng.normal(size=40)]
    )
    flat = tuple(Indicator(c, "index") for c in "abcd")
    units = tuple(f"u{n}" for n in range(40))
    whole = problem(
        indicators=flat,
        groups=(Group("index", None),),
        values=table,
        units=units,
        recipe=Recipe(weighting=W.PCA),
    )
    weights = solve(whole).weights
    assert weights["d"] < 0.05 < 0.3 < min(weights[c] for c in "abc")


@given(values(), RECIPES, st.randoms(use_true_random=False))
@settings(max_examples=60, deadline=None)
def test_the_order_of_units_changes_nothing(table, recipe: Recipe, random) -> None:
    order = list(range(len(table)))
    random.shuffle(order)
    one = problem(values=table, recipe=recipe)
    other = problem(values=table[order], units=tuple(one.units[at] for at in order), recipe=recipe)
    assert check(one, solve(one)) == []
    assert solve(other).ranks.tolist() == solve(one).ranks[order].tolist()
    assert solve(other).scores["index"].tolist() == pytest.approx(solve(one).scores["index"][order].tolist())


@given(values(), RECIPES, st.integers(0, 4), st.sampled_from([0.25, 3.0, 40.0]))
@settings(max_examples=60, deadline=None)
def test_doing_better_never_lowers_the_score(table, recipe: Recipe, unit: int, by: float) -> None:
    better = table.copy()
    better[unit, 1] += by  # more of `share` is better
    better[unit, 0] -= by  # fewer `days` are better
    assume(tells_apart(better))
    before, after = (solve(problem(values=v, recipe=recipe)).scores["index"][unit] for v in (table, better))
    assert after >= before - 1e-9


@given(
    values(), RECIPES, st.lists(st.sampled_from([0.125, 1.0, 1024.0]), min_size=4, max_size=4), st.booleans()
)
@settings(max_examples=60, deadline=None)
def test_the_unit_of_measure_does_not_matter(table, recipe: Recipe, factors, is_treated: bool) -> None:
    recipe = replace(
        recipe, treatment=Treatment() if is_treated and (~np.isnan(table)).sum(0).min() > 3 else None
    )
    one, other = (
        solve(problem(values=table, recipe=recipe)),
        solve(problem(values=table * factors, recipe=recipe)),
    )
    assert other.scores["index"].tolist() == pytest.approx(one.scores["index"].tolist(), rel=1e-9)


def test_check_sees_what_is_wrong() -> None:
    whole = problem()
    good = solve(whole)
    assert check(whole, replace(good, ranks=good.ranks[::-1])) == ["ranks do not follow the scores"]
    assert check(whole, replace(good, imputed=good.imputed + 1)) == ["imputation changed a known value"]
    assert check(whole, replace(good, weights=good.weights | {"days": 0.9})) == [
        "the weights of the parts of speed do not sum to 1"
    ]
    assert check(whole, replace(good, scores={**good.scores, "speed": good.scores["speed"] + 100})) == [
        "a score of speed lies outside its parts",
        "a score of index lies outside its parts",
    ]
    assert check(whole, replace(good, scores={"index": good.scores["index"]})) == [
        "no score of speed",
        "no score of trust",
    ]
