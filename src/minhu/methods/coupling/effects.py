"""Total effects over all ways, leverage with its doubt, and which domain moves which."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse, stats
from scipy.sparse.linalg import splu

from minhu.methods.coupling.influences import direct
from minhu.methods.coupling.problem import Judgement, Problem

Array = NDArray[np.float64]


def totals(matrix: sparse.csr_matrix) -> Array:
    """Total effects (n, n) = A + A² + … = (I - A)⁻¹ - I of a direct matrix (Leontief 1936)."""
    n = matrix.shape[0]
    if not n:
        return np.zeros((0, 0))
    return np.asarray(splu(lacking(matrix)).solve(np.eye(n)) - np.eye(n), dtype=np.float64)


def reach(matrix: sparse.csr_matrix, worth: Array) -> Array:
    """What each item moves elsewhere, (n,) = (A + A² + …) worth, without the whole matrix of effects."""
    if not len(worth):
        return np.zeros(0)
    return np.asarray(splu(lacking(matrix)).solve(worth) - worth, dtype=np.float64)


def lacking(matrix: sparse.csr_matrix) -> sparse.csc_matrix:
    """I - A; absolute row sums of A below 1 keep it regular."""
    return sparse.csc_matrix(sparse.identity(matrix.shape[0]) - matrix)


@dataclass(frozen=True, slots=True)
class Leverage:
    """What an item moves in all per unit of effort: its own worth and `moved` elsewhere.

    `low`, `high`: between them lie 90 % of the leverages when judges are drawn anew (equal without judges to
    draw). `rank` starts at 1; items of equal leverage share one.
    """

    key: str
    value: float
    moved: float
    low: float
    high: float
    rank: int


def leverages(problem: Problem, *, draws: int = 200, seed: int = 0) -> tuple[Leverage, ...]:
    """Leverage of every item, the greatest first: small cuts that move much stand on top.

    Doubt by the bootstrap over judges (each draw takes as many judges as there are, with putting back).
    """
    worth = np.array([item.worth for item in problem.items], dtype=np.float64)
    effort = np.array([item.effort for item in problem.items], dtype=np.float64)
    moved = reach(direct(problem), worth)
    value = (worth + moved) / effort
    drawn = np.array([(worth + reach(one, worth)) / effort for one in redrawn(problem, draws, seed)])
    low, high = np.quantile(drawn, [0.05, 0.95], axis=0) if len(drawn) else (value, value)
    ranks = stats.rankdata(-value, method="min").astype(int).tolist()
    found = [
        Leverage(
            item.key, float(value[row]), float(moved[row]), float(low[row]), float(high[row]), ranks[row]
        )
        for row, item in enumerate(problem.items)
    ]
    return tuple(sorted(found, key=lambda one: (one.rank, one.key)))


def redrawn(problem: Problem, draws: int, seed: int) -> list[sparse.csr_matrix]:
    """Direct matrices of `draws` redrawn panels; none where fewer than two judges spoke."""
    by_judge: dict[str, list[Judgement]] = {}
    for one in problem.judgements:
        by_judge.setdefault(one.judge, []).append(one)
    panel = sorted(by_judge)
    if len(panel) < 2:
        return []
    numbers = np.random.default_rng(seed)
    chosen = numbers.integers(0, len(panel), size=(draws, len(panel)))
    return [direct(problem, [one for who in row for one in by_judge[panel[who]]]) for row in chosen]


@dataclass(frozen=True, slots=True)
class Agreement:
    """How far two rankings agree: Spearman's ρ (NaN if one is flat), and who moved most between them."""

    spearman: float
    apart: tuple[str, ...]


def agreement(keys: Sequence[str], cheap: Sequence[float], ablated: Sequence[float]) -> Agreement:
    """Compare the cheap leverage with the ablation in the scheduler, both the greater the better.

    `apart`: items whose ranks differ by more than a quarter of all, those furthest apart first.
    """
    if not len(keys) == len(cheap) == len(ablated):
        raise ValueError("keys and both rankings must be equally many")
    one, other = stats.rankdata(cheap), stats.rankdata(ablated)
    flat = len(keys) < 2 or np.ptp(one) == 0 or np.ptp(other) == 0
    rho = float("nan") if flat else float(stats.spearmanr(cheap, ablated).statistic)
    distance = np.abs(one - other)
    far = sorted((-gap, key) for gap, key in zip(distance, keys, strict=True) if gap > len(keys) / 4)
    return Agreement(rho, tuple(key for _, key in far))


@dataclass(frozen=True, slots=True)
class Linkage:
    """How much the items of one domain move those of another: helped and hindered, not set off."""

    source: str
    target: str
    helped: float
    hindered: float


def linkage(problem: Problem) -> tuple[Linkage, ...]:
    """Domain × domain: the worth moved by total effects, for every ordered pair of domains."""
    effects = totals(direct(problem)) * np.array([item.worth for item in problem.items])
    domains = sorted({item.domain for item in problem.items})
    rows = {name: [row for row, item in enumerate(problem.items) if item.domain == name] for name in domains}
    found = []
    for source in domains:
        for target in domains:
            block = effects[np.ix_(rows[source], rows[target])]
            found.append(
                Linkage(source, target, float(block[block > 0].sum()), float(-block[block < 0].sum()))
            )
    return tuple(found)
