"""Which choice moves the ranks: Sobol indices with bootstrap intervals, and what each indicator carries."""

from dataclasses import dataclass

import numpy as np

from minhu.methods.weighing.aggregating import climb
from minhu.methods.weighing.errors import BadRecipe, TooFew
from minhu.methods.weighing.exploring import Choices, evaluate, factors, width
from minhu.methods.weighing.problem import Floats, Problem
from minhu.methods.weighing.solving import Ints, ranks_of, solve
from minhu.methods.weighing.weights import weigh

LEAST_BASE = 64
PORTION = 100


@dataclass(frozen=True, slots=True)
class Effect:
    """The share of the variance of the ranks that a factor explains: alone, and with all it takes part in.

    Each with its bootstrap interval; an estimate near 0 may fall below it by chance.
    """

    factor: str
    first: float
    first_low: float
    first_high: float
    total: float
    total_low: float
    total_high: float


@dataclass(frozen=True, slots=True)
class Influence:
    """What leaving one indicator out does: ranks move by `mean_shift`, most (`largest_shift`) for `unit`."""

    code: str
    mean_shift: float
    largest_shift: int
    unit: str


@dataclass(frozen=True, slots=True)
class Sampling:
    """The size of a Sobol study: `base` × (factors + 2) runs, `boots` resamples, intervals of `level`."""

    base: int = 1024
    boots: int = 1000
    level: float = 0.95

    def __post_init__(self) -> None:
        if self.base < LEAST_BASE or self.boots < PORTION or not 0 < self.level < 1:
            raise TooFew(f"Sobol needs base ≥ {LEAST_BASE}, boots ≥ {PORTION} and a level between 0 and 1")


def sobol(
    problem: Problem,
    choices: Choices,
    *,
    seed: int,
    unit: str | None = None,
    sampling: Sampling | None = None,
) -> tuple[Effect, ...]:
    """First and total order indices of every factor that varies, in the order of `factors`.

    The output is the mean absolute shift of ranks against the problem's own recipe, or the rank of a `unit`.
    The same seed gives the same numbers to the last bit. `BadRecipe` when nothing varies or no rank moves.
    """
    sampling, varying = sampling or Sampling(), factors(problem, choices)
    if not varying:
        raise BadRecipe("every choice has one option and weights do not vary: nothing to explain")
    rng = np.random.default_rng(seed)
    first, second = rng.random((2, sampling.base, width(problem)))
    mixed = []
    for _, columns in varying:
        mixed.append(first.copy())
        mixed[-1][:, list(columns)] = second[:, list(columns)]
    ranks = ranks_of(evaluate(problem, choices, np.concatenate([first, second, *mixed])))
    outputs = summed_up(problem, ranks, unit).reshape(len(varying) + 2, sampling.base)
    if np.ptp(outputs) == 0:
        raise BadRecipe("no rank moves under these choices: there is no variance to explain")
    return effects([name for name, _ in varying], outputs, sampling, rng)


def summed_up(problem: Problem, ranks: Ints, unit: str | None) -> Floats:
    """One number per run."""
    if unit is not None:
        if unit not in problem.units:
            raise BadRecipe(f"there is no unit {unit!r}")
        return ranks[:, problem.units.index(unit)].astype(np.float64)
    return np.asarray(np.abs(ranks - solve(problem).ranks).mean(axis=1), dtype=np.float64)


def effects(
    names: list[str], outputs: Floats, sampling: Sampling, rng: np.random.Generator
) -> tuple[Effect, ...]:
    """Indices of outputs (A, B, then A with each factor from B; × base) with percentile intervals."""
    points = indices(outputs[:, None, :])[..., 0]
    boots = []
    for at in range(0, sampling.boots, PORTION):
        picks = rng.integers(sampling.base, size=(min(PORTION, sampling.boots - at), sampling.base))
        boots.append(indices(outputs[:, picks]))
    tails = [(1 - sampling.level) / 2, (1 + sampling.level) / 2]
    low, high = np.quantile(np.concatenate(boots, axis=2), tails, axis=2)
    low, high = np.minimum(low, points), np.maximum(high, points)
    return tuple(
        Effect(name, *(float(table[order, at]) for order in (0, 1) for table in (points, low, high)))
        for at, name in enumerate(names)
    )


def indices(outputs: Floats) -> Floats:
    """(first, total) × factors × samples from outputs (A, B, mixed …) × samples × runs.

    First order by Saltelli et al., Computer Physics Communications 181 (2010), total by Jansen (1999). A
    sample without variance explains nothing: 0.
    """
    a, b, mixed = outputs[0], outputs[1], outputs[2:]
    both = np.concatenate([a, b], axis=1)
    variance, centre = both.var(axis=1), both.mean(axis=1, keepdims=True)
    first = ((b - centre) * (mixed - a)).mean(axis=2)
    total = ((a - mixed) ** 2).mean(axis=2) / 2
    table = np.stack([first, total])
    shares = np.divide(table, variance, out=np.zeros_like(table), where=variance > 0)
    return np.asarray(shares, dtype=np.float64)


def leave_one_out(problem: Problem) -> tuple[Influence, ...]:
    """For each indicator, how ranks move when it is left out and the rest of its group shares its weight.

    Weights stay as they are otherwise. Shifts are in ranks, mean and maximum over units.
    """
    solution, count = solve(problem), len(problem.indicators)
    if count < 2:
        raise TooFew("an index of one indicator has nothing to leave out")
    weights = np.tile(weigh(problem, solution.normalised, problem.recipe.weighting), (count, 1))
    weights[np.arange(count), np.arange(count)] = 0.0
    reached = climb(problem.tree, solution.normalised, weights, problem.recipe.aggregation)
    shifts = np.abs(ranks_of(reached[problem.tree.size - 1]) - solution.ranks)
    return tuple(
        Influence(indicator.code, float(row.mean()), int(row.max()), problem.units[int(row.argmax())])
        for indicator, row in zip(problem.indicators, shifts, strict=True)
    )
