"""Rank intervals, Sobol indices, leave-one-out, and how many weights fit a published total."""

from dataclasses import replace
from decimal import Decimal

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.weighing import (
    Aggregation,
    BadData,
    BadRecipe,
    Choices,
    Imputation,
    NotPositive,
    Recipe,
    Sampling,
    Scaling,
    TooFew,
    Treatment,
    Weighting,
    explore,
    fitting_weights,
    leave_one_out,
    sobol,
    solve,
)
from minhu.methods.weighing.exploring import evaluate, factors, width
from minhu.methods.weighing.sensitivity import effects, indices
from tests.methods.weighing.tables import INDICATORS, SCALINGS, VALUES, problem, values

WIDE = Choices(
    imputations=(Imputation.NONE, Imputation.MEDIAN),
    treatments=(None, Treatment()),
    scalings=SCALINGS,
    weightings=(Weighting.GIVEN, Weighting.EQUAL, Weighting.PCA),
    aggregations=tuple(Aggregation),
)
SMALL = Sampling(base=128, boots=100)


@given(values(), st.integers(0, 2**32))
@settings(max_examples=12, deadline=None)
def test_intervals_hold_the_rank_and_the_seed_holds_the_answer(table, seed: int) -> None:
    choices = replace(WIDE, treatments=(None,))
    one, other = (explore(problem(values=table), choices, seed=seed, runs=100) for _ in range(2))
    assert (one.ranks == other.ranks).all()
    for held in one.intervals():
        assert 1 <= held.low <= held.rank <= held.high <= len(table)
        assert held.low <= held.median <= held.high


def test_without_choices_every_interval_is_a_point() -> None:
    found = explore(problem(), Choices(spread=0), seed=1, runs=100)
    assert [(h.low, h.high) for h in found.intervals()] == [(rank, rank) for rank in solve(problem()).ranks]
    assert (found.ahead("E", "D"), found.ahead("D", "E"), found.ahead("A", "A")) == (1.0, 0.0, 0.5)


def test_each_run_is_the_index_of_its_own_recipe() -> None:
    draws = np.random.default_rng(5).random((40, width(problem())))
    found = evaluate(problem(), replace(WIDE, spread=0), draws)
    for row, scores in zip(draws, found, strict=True):
        picks = [int(u * len(o)) for u, o in zip(row, WIDE.options, strict=False)]
        again = solve(problem(recipe=WIDE.recipe(np.array(picks)))).scores["index"]
        assert scores.tolist() == pytest.approx(again.tolist())


def test_weights_are_drawn_within_their_spread() -> None:
    draws = np.full((1, width(problem())), 0.5)
    at = 5 + problem().tree.codes.index("trust")
    draws[0, at] = 0.0  # the weight 3 of trust becomes 3 × (1 - 0.25)
    nodes = solve(problem()).scores
    assert evaluate(problem(), Choices(), draws)[0].tolist() == pytest.approx(
        ((nodes["speed"] + 2.25 * nodes["trust"]) / 3.25).tolist()
    )


def test_a_rank_that_only_one_recipe_gives_is_told() -> None:
    lonely = problem(recipe=Recipe(aggregation=Aggregation.GEOMETRIC, scaling=SCALINGS[0]))
    table = VALUES.copy()
    table[4, 1] = 0.0  # best by the mean, but very bad in one thing
    found = explore(replace(lonely, values=table), Choices(spread=0), seed=1, runs=100)
    outside = {h.unit for h in found.intervals() if h.is_outside}
    assert (
        outside
        == {u for u, a, b in zip("ABCDE", found.nominal, found.ranks[0], strict=True) if a != b}
        != set()
    )


def test_what_cannot_be_drawn_is_refused() -> None:
    zero = Choices(aggregations=(Aggregation.GEOMETRIC,), scalings=(Scaling(),))
    with pytest.raises(NotPositive, match="'days'"):
        explore(problem(), zero, seed=1, runs=100)
    with pytest.raises(TooFew, match="10 runs"):
        explore(problem(), Choices(), seed=1, runs=10)
    with pytest.raises(BadRecipe, match="level"):
        explore(problem(), Choices(), seed=1, level=1.0)
    with pytest.raises(BadRecipe, match="spread"):
        Choices(spread=1.0)
    with pytest.raises(BadRecipe, match="no choice of scaling"):
        Choices(scalings=())


def test_factors_are_what_varies() -> None:
    assert [name for name, _ in factors(problem(), Choices())] == ["weights 1", "weights 2"]
    assert [name for name, _ in factors(problem(), replace(WIDE, spread=0))] == [
        "imputation",
        "treatment",
        "scaling",
        "weighting",
        "aggregation",
    ]


def test_sobol_indices_of_a_known_function() -> None:
    rng = np.random.default_rng(1)
    a, b = rng.random((2, 10_000, 3)) * 2 * np.pi - np.pi

    def ishigami(x: np.ndarray) -> np.ndarray:
        return np.sin(x[:, 0]) + 7 * np.sin(x[:, 1]) ** 2 + 0.1 * x[:, 2] ** 4 * np.sin(x[:, 0])

    mixed = [np.where(np.arange(3) == at, b, a) for at in range(3)]
    outputs = np.array([ishigami(x) for x in (a, b, *mixed)])
    first, total = indices(outputs[:, None, :])[..., 0]
    assert first.tolist() == pytest.approx([0.3139, 0.4424, 0.0], abs=0.04)
    assert total.tolist() == pytest.approx([0.5576, 0.4424, 0.2437], abs=0.04)
    found = effects(["x", "y", "z"], outputs, Sampling(10_000, 100), rng)
    assert all(e.first_low <= e.first <= e.first_high for e in found)
    assert all(e.total_low <= e.total <= e.total_high for e in found)
    assert found[2].total_low > 0.2 > 0.05 > found[2].first_high


def test_sobol_is_the_same_by_the_same_seed() -> None:
    one, other = (sobol(problem(), WIDE, seed=7, sampling=SMALL) for _ in range(2))
    assert one == other != sobol(problem(), WIDE, seed=8, sampling=SMALL)
    assert [e.factor for e in one][-2:] == ["weights 1", "weights 2"]
    assert all(e.total >= 0 for e in one)


def test_an_only_factor_explains_everything() -> None:
    means = (Aggregation.ARITHMETIC, Aggregation.HARMONIC)
    only = Choices(scalings=SCALINGS[:1], aggregations=means, spread=0)
    (effect,) = sobol(problem(), only, seed=1, unit="A", sampling=Sampling(1024, 100))
    assert (effect.first, effect.total) == pytest.approx((1.0, 1.0), abs=0.1)


def test_nothing_to_explain_is_refused() -> None:
    with pytest.raises(BadRecipe, match="nothing to explain"):
        sobol(problem(), Choices(spread=0), seed=1)
    with pytest.raises(BadRecipe, match="no rank moves"):
        sobol(problem(), Choices(spread=1e-6), seed=1, sampling=SMALL)
    with pytest.raises(BadRecipe, match="no unit 'Z'"):
        sobol(problem(), WIDE, seed=1, unit="Z", sampling=SMALL)
    with pytest.raises(TooFew):
        Sampling(base=10)


def test_leaving_one_out_equals_leaving_it_out() -> None:
    found = {held.code: held for held in leave_one_out(problem())}
    for at, indicator in enumerate(INDICATORS):
        rest = tuple(i for i in INDICATORS if i is not indicator)
        without = solve(problem(indicators=rest, values=np.delete(VALUES, at, axis=1)))
        shifts = np.abs(without.ranks - solve(problem()).ranks)
        held = found[indicator.code]
        assert (held.mean_shift, held.largest_shift) == (shifts.mean(), shifts.max())
        assert shifts["ABCDE".index(held.unit)] == shifts.max()


SHENZHEN = ["87.80", "81.70", "81.15", "87.50", "95.00"]


def test_a_published_total_fits_many_sets_of_weights() -> None:
    """Transparency of Shenzhen 2021: weights from 5 to 45 % leave 8 sets, any from 5 % leave 9."""
    found = fitting_weights(SHENZHEN, "84.97", most=9)
    assert (found.count, found.tried) == (8, 3876)
    assert fitting_weights(SHENZHEN, "84.97").count == 9
    assert fitting_weights(SHENZHEN, "84.97", least=0).count == 20
    assert found.low == tuple(map(Decimal, ("0.05", "0.2", "0.1", "0.1", "0.05")))
    assert found.high == tuple(map(Decimal, ("0.35", "0.4", "0.4", "0.3", "0.15")))


@given(st.lists(st.integers(0, 10_000), min_size=2, max_size=4), st.randoms(use_true_random=False))
@settings(max_examples=30, deadline=None)
def test_the_weights_that_made_a_total_fit_it(parts: list[int], random) -> None:
    scores = [Decimal(part) / 100 for part in parts]
    cuts = sorted(random.sample(range(1, 20), len(parts) - 1))
    shares = [b - a for a, b in zip([0, *cuts], [*cuts, 20], strict=True)]
    total = (sum(a * b for a, b in zip(shares, scores, strict=True)) / 20).quantize(Decimal("0.01"))
    found = fitting_weights([str(score) for score in scores], str(total))
    assert found.count >= 1
    for share, low, high in zip(shares, found.low, found.high, strict=True):
        assert low <= Decimal(share) / 20 <= high


def test_no_weights_may_fit() -> None:
    found = fitting_weights(["50", "60"], "70.00")
    assert (found.count, found.low, found.high) == (0, (), ())


@pytest.mark.parametrize(
    ("parts", "total", "words"),
    [
        (["x"], "1", "decimal"),
        ([], "1", "0 parts"),
        (["1"] * 21, "1", "21 parts"),
        (["1"] * 15, "1", "want 1 to"),
    ],
)
def test_totals_that_cannot_be_tried_are_refused(parts: list[str], total: str, words: str) -> None:
    with pytest.raises(BadData, match=words):
        fitting_weights(parts, total, steps=40 if len(parts) == 15 else 20)
