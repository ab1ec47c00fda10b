"""Direct influences: the mean of what was judged, and how far the judges lie apart."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from minhu.methods.coupling.problem import Judgement, Problem

Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Influence:
    """A judged pair: mean, lowest and highest strength, by how many judges; whether they differ in sign."""

    source: str
    target: str
    mean: float
    low: float
    high: float
    judges: int

    @property
    def is_disputed(self) -> bool:
        """Whether one judge says it helps and another that it hinders."""
        return self.low < 0 < self.high

    @property
    def spread(self) -> float:
        """How far the judges lie apart; no mean is shown without it."""
        return self.high - self.low


def influences(problem: Problem) -> tuple[Influence, ...]:
    """Every judged pair, by source and target. Silence of a judge is not counted as 0."""
    said: dict[tuple[str, str], list[float]] = {}
    for one in problem.judgements:
        said.setdefault((one.source, one.target), []).append(one.strength)
    return tuple(
        Influence(*pair, float(np.mean(words)), min(words), max(words), len(words))
        for pair, words in sorted(said.items())
    )


def direct(problem: Problem, judgements: Iterable[Judgement] | None = None) -> sparse.csr_matrix:
    """The direct matrix (n, n), row moves column, scaled so that influence fades (see `Problem.fade`).

    The one factor is fade / max(largest absolute row sum, scale): DEMATEL's scaling (Gabus & Fontela 1972),
    kept from blowing up a plan in which nothing moves much. `judgements`: others than the problem's own.
    """
    n = len(problem.items)
    sums: dict[tuple[int, int], list[float]] = {}
    for one in problem.judgements if judgements is None else judgements:
        pair = problem.place[one.source], problem.place[one.target]
        sums.setdefault(pair, []).append(one.strength)
    pairs = sorted(sums)
    means = np.array([np.mean(sums[pair]) for pair in pairs], dtype=np.float64)
    rows = np.array([pair[0] for pair in pairs], dtype=np.int64)
    columns = np.array([pair[1] for pair in pairs], dtype=np.int64)
    matrix = sparse.csr_matrix((means, (rows, columns)), shape=(n, n))
    heaviest = float(abs(matrix).sum(axis=1).max()) if n else 0.0
    return sparse.csr_matrix(matrix * (problem.fade / max(heaviest, problem.scale)))


def suggested(marks: Mapping[str, frozenset[str]], least: float = 0.1) -> tuple[tuple[str, str, float], ...]:
    """Pairs that may be coupled, for they share marks (clauses, indicators, clients …), likeliest first.

    A mark counts the more the fewer items bear it (log of items per bearer); strength is the shared weight
    over the weight of both (weighted Jaccard), in [0, 1]; pairs below `least` are left out. A suggestion has
    no direction and no sign: a person gives it both.
    """
    bearers: dict[str, list[str]] = {}
    for key in sorted(marks):
        for mark in sorted(marks[key]):
            bearers.setdefault(mark, []).append(key)
    weight = {mark: float(np.log(1 + len(marks) / len(who))) for mark, who in bearers.items()}
    whole = {key: sum(weight[mark] for mark in own) for key, own in marks.items()}
    shared: dict[tuple[str, str], float] = {}
    for mark, who in bearers.items():
        for place, one in enumerate(who):
            for other in who[place + 1 :]:
                shared[one, other] = shared.get((one, other), 0.0) + weight[mark]
    found = [(one, other, each / (whole[one] + whole[other] - each)) for (one, other), each in shared.items()]
    return tuple(sorted((row for row in found if row[2] >= least), key=lambda row: (-row[2], row[:2])))
