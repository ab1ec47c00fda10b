"""Solve: the whole chain from raw values to the index; and whether a solution can be right."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy.stats import rankdata

from minhu.methods.weighing.aggregating import MEANS, climb
from minhu.methods.weighing.normalising import normalise
from minhu.methods.weighing.preparing import denominate, impute
from minhu.methods.weighing.problem import Floats, Problem
from minhu.methods.weighing.recipe import Recipe
from minhu.methods.weighing.treating import Treated, treat
from minhu.methods.weighing.weights import weigh

Ints = NDArray[np.int64]
TIE = 12


@dataclass(frozen=True, slots=True, eq=False)
class Solution:
    """Every step, so that each number can be followed back.

    Arrays are units × indicators. `scores`: for the code of each group one score per unit. `weights`: for
    each code its share among the parts of its group. `coverage`: the share of indicators known of each unit.
    `ranks` (1 is best, equals share the better rank) hold for this one recipe: show `explore`'s intervals.
    """

    denominated: Floats
    imputed: Floats
    treated: Floats
    normalised: Floats
    scores: Mapping[str, Floats]
    weights: Mapping[str, float]
    ranks: Ints
    coverage: Floats
    treatments: tuple[Treated, ...]


def prepare(problem: Problem, recipe: Recipe) -> tuple[Floats, Floats, Floats, tuple[Treated, ...]]:
    """Imputed, treated and normalised values of a problem under a recipe, and what was treated."""
    imputed = impute(denominate(problem), recipe.imputation, problem.peers)
    treated, notes = treat(imputed, [indicator.code for indicator in problem.indicators], recipe.treatment)
    return imputed, treated, normalise(treated, problem.indicators, recipe.scaling), notes


def solve(problem: Problem) -> Solution:
    """The index of a problem by its recipe; units of the scores are those of the scaling.

    Raises `ZeroVariance`, `TooFew`, `NotPositive` or `BadRecipe` naming indicator, unit or group.
    """
    recipe, tree = problem.recipe, problem.tree
    imputed, treated, normalised, notes = prepare(problem, recipe)
    weights = weigh(problem, normalised, recipe.weighting)
    scores = climb(tree, normalised, weights[None, :], recipe.aggregation)
    named = {tree.codes[node]: values[0] for node, values in scores.items()}
    return Solution(
        denominated=denominate(problem),
        imputed=imputed,
        treated=treated,
        normalised=normalised,
        scores=named,
        weights=dict(zip(tree.codes, weights.tolist(), strict=True)),
        ranks=ranks_of(named[problem.root][None, :])[0],
        coverage=1.0 - np.isnan(problem.values).mean(axis=1),
        treatments=notes,
    )


def ranks_of(scores: Floats) -> Ints:
    """Ranks (runs × units) of scores, 1 best, equals share the better rank, a missing score comes last.

    Scores that differ by rounding alone (the twelfth digit of the largest) are equal.
    """
    known = np.where(np.isnan(scores), -np.inf, scores)
    largest = np.where(np.isfinite(known), np.abs(known), 0.0).max(axis=1, keepdims=True)
    even = np.round(known / np.where(largest > 0, largest, 1.0), TIE)
    return np.asarray(rankdata(-even, method="min", axis=1), dtype=np.int64)


def check(problem: Problem, solution: Solution) -> list[str]:
    """What is wrong with a solution, in words; an empty list if nothing is."""
    faults = [f"no score of {group.code}" for group in problem.groups if group.code not in solution.scores]
    if faults or solution.normalised.shape != problem.values.shape:
        return faults or ["normalised values have another shape than the problem's"]
    known = ~np.isnan(solution.denominated)
    if (solution.imputed[known] != solution.denominated[known]).any():
        faults.append("imputation changed a known value")
    if (np.isnan(solution.normalised) != np.isnan(solution.imputed)).any():
        faults.append("normalisation lost or made up a value")
    if (solution.ranks != ranks_of(solution.scores[problem.root][None, :])[0]).any():
        faults.append("ranks do not follow the scores")
    return faults + list(group_faults(problem, solution))


def group_faults(problem: Problem, solution: Solution) -> Iterator[str]:
    """Weights that do not sum to one, scores outside what their parts allow."""
    columns = {i.code: solution.normalised[:, at] for at, i in enumerate(problem.indicators)}
    values = {**columns, **solution.scores}
    for whole, parts in problem.tree.groups:
        code, held = problem.tree.codes[whole], [problem.tree.codes[part] for part in parts]
        if not np.isclose(sum(solution.weights[part] for part in held), 1.0):
            yield f"the weights of the parts of {code} do not sum to 1"
        low, high = np.zeros(len(problem.units)), np.ones(len(problem.units))
        if problem.recipe.aggregation in MEANS:
            table = np.array([values[part] for part in held if solution.weights[part] > 0])
            low, high = np.fmin.reduce(table), np.fmax.reduce(table)
        slack = 1e-9 * np.maximum(1.0, np.abs(high - low))
        if (values[code] < low - slack).any() or (values[code] > high + slack).any():
            yield f"a score of {code} lies outside its parts"
