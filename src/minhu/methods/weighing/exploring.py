"""How far ranks depend on choices that could have been made otherwise: seeded Monte Carlo, rank intervals."""

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from minhu.methods.weighing.aggregating import AT_ONCE, climb
from minhu.methods.weighing.errors import BadRecipe, TooFew
from minhu.methods.weighing.problem import Floats, Problem
from minhu.methods.weighing.recipe import Aggregation, Imputation, Recipe, Scaling, Treatment, Weighting
from minhu.methods.weighing.solving import Ints, prepare, ranks_of, solve
from minhu.methods.weighing.weights import weigh

NAMES = ("imputation", "treatment", "scaling", "weighting", "aggregation")
LEAST_RUNS = 100


@dataclass(frozen=True, slots=True)
class Choices:
    """What might have been chosen: one of each is drawn with equal chance, independently of the others.

    `spread`: each weight is multiplied by a factor uniform in [1 - spread, 1 + spread] before a group's
    weights are brought to sum 1 again.
    """

    imputations: tuple[Imputation, ...] = (Imputation.NONE,)
    treatments: tuple[Treatment | None, ...] = (None,)
    scalings: tuple[Scaling, ...] = field(default_factory=lambda: (Scaling(),))
    weightings: tuple[Weighting, ...] = (Weighting.GIVEN,)
    aggregations: tuple[Aggregation, ...] = (Aggregation.ARITHMETIC,)
    spread: float = 0.25

    def __post_init__(self) -> None:
        if not 0 <= self.spread < 1:
            raise BadRecipe(f"spread must lie in [0, 1), not {self.spread}")
        for name, options in zip(NAMES, self.options, strict=True):
            if not options:
                raise BadRecipe(f"no choice of {name}: name at least one")

    @property
    def options(self) -> tuple[tuple[object, ...], ...]:
        """The options of each choice, in the order of `NAMES`."""
        return (self.imputations, self.treatments, self.scalings, self.weightings, self.aggregations)

    def recipe(self, picks: Ints) -> Recipe:
        """The recipe of one combination of choices."""
        return Recipe(
            self.imputations[picks[0]],
            self.treatments[picks[1]],
            self.scalings[picks[2]],
            self.weightings[picks[3]],
            self.aggregations[picks[4]],
        )


@dataclass(frozen=True, slots=True)
class RankInterval:
    """Between which ranks a unit stands; `rank` is that of the problem's own recipe.

    `low` (best) to `high` (worst) hold the share `level` of the runs, and always `rank`; `is_outside` says
    that only its own recipe puts the unit there: the choices give better or worse.
    """

    unit: str
    rank: int
    low: int
    high: int
    median: float
    is_outside: bool


@dataclass(frozen=True, slots=True, eq=False)
class Exploration:
    """`ranks`: runs × units, 1 best; `nominal`: the ranks of the problem's own recipe."""

    units: tuple[str, ...]
    nominal: Ints
    ranks: Ints
    level: float

    def intervals(self) -> tuple[RankInterval, ...]:
        """One rank interval per unit, in the order of units."""
        tail = (1 - self.level) / 2
        low = np.quantile(self.ranks, tail, axis=0, method="lower")
        high = np.quantile(self.ranks, 1 - tail, axis=0, method="higher")
        rows = zip(self.units, self.nominal, low, high, np.median(self.ranks, axis=0), strict=True)
        return tuple(
            RankInterval(
                unit, int(rank), int(min(rank, a)), int(max(rank, b)), float(middle), not a <= rank <= b
            )
            for unit, rank, a, b, middle in rows
        )

    def ahead(self, one: str, other: str) -> float:
        """The share of runs in which a unit stands before another, ties by half."""
        left, right = (self.ranks[:, self.units.index(unit)] for unit in (one, other))
        return float(((left < right) + 0.5 * (left == right)).mean())


def explore(
    problem: Problem, choices: Choices, *, seed: int, runs: int = 10_000, level: float = 0.9
) -> Exploration:
    """Make the index `runs` times by drawn choices; the same seed gives the same ranks to the last.

    Raises what `solve` raises when a combination cannot be carried out (a geometric mean over z-scores below
    0), naming the indicator. Source: Saisana, Saltelli and Tarantola, JRSS A 168 (2005).
    """
    if runs < LEAST_RUNS:
        raise TooFew(f"{runs} runs give no interval: at least {LEAST_RUNS}")
    if not 0 < level < 1:
        raise BadRecipe(f"level must lie between 0 and 1, not {level}")
    draws = np.random.default_rng(seed).random((runs, width(problem)))
    return Exploration(
        problem.units, solve(problem).ranks, ranks_of(evaluate(problem, choices, draws)), level
    )


def width(problem: Problem) -> int:
    """How many uniform numbers one run needs: one per choice, one per node."""
    return len(NAMES) + problem.tree.size


def factors(problem: Problem, choices: Choices) -> tuple[tuple[str, tuple[int, ...]], ...]:
    """What varies: its name and its columns among the draws; weights are one factor per level of the tree."""
    varying: list[tuple[str, tuple[int, ...]]] = [
        (name, (at,))
        for at, (name, held) in enumerate(zip(NAMES, choices.options, strict=True))
        if len(held) > 1
    ]
    levels = problem.tree.levels[:-1]
    if choices.spread > 0:
        for level in sorted(set(levels)):
            nodes = tuple(len(NAMES) + at for at, own in enumerate(levels) if own == level)
            varying.append((f"weights {level}", nodes))
    return tuple(varying)


def evaluate(problem: Problem, choices: Choices, draws: Floats) -> Floats:
    """Scores of the index (runs × units) for uniform draws (runs × `width`) in [0, 1)."""
    picks = np.column_stack(
        [(draws[:, at] * len(options)).astype(np.int64) for at, options in enumerate(choices.options)]
    )
    scores = np.empty((draws.shape[0], len(problem.units)))
    cooked: dict[tuple[int, ...], Floats] = {}
    for combination in np.unique(picks, axis=0):
        recipe, key = choices.recipe(combination), tuple(combination[:3].tolist())
        if key not in cooked:
            cooked[key] = prepare(problem, recipe)[2]
        weights = weigh(problem, cooked[key], recipe.weighting)
        for rows in portions(np.flatnonzero((picks == combination).all(axis=1)), problem):
            perturbed = weights * (1 + choices.spread * (2 * draws[rows, len(NAMES) :] - 1))
            reached = climb(problem.tree, cooked[key], perturbed, recipe.aggregation)
            scores[rows] = reached[problem.tree.size - 1]
    return scores


def portions(rows: Ints, problem: Problem) -> Iterator[Ints]:
    """Runs in portions that fit into memory."""
    widest = max(len(parts) for _, parts in problem.tree.groups)
    step = max(1, AT_ONCE // (len(problem.units) * widest))
    for at in range(0, rows.size, step):
        yield rows[at : at + step]
