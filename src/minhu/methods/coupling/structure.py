"""The structure of a plan: levels, the four quadrants, clusters, their inner order, blocking sets."""

from dataclasses import dataclass
from enum import StrEnum

import graspologic_native
import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from minhu.methods.coupling.effects import totals
from minhu.methods.coupling.influences import direct, influences
from minhu.methods.coupling.ordering import feedback_order
from minhu.methods.coupling.problem import Problem
from minhu.methods.graphs import Graph, cyclic, levels, smallest_cycle

Array = NDArray[np.float64]


class Quadrant(StrEnum):
    """Where an item stands by what it moves and what moves it (MICMAC, Duperrin & Godet 1973)."""

    DRIVER = "driver"
    LINKAGE = "linkage"
    DEPENDENT = "dependent"
    AUTONOMOUS = "autonomous"


@dataclass(frozen=True, slots=True)
class Standing:
    """An item in the structure. `level` 0 moves nothing further; `cluster` is a number of `clusters`."""

    key: str
    level: int
    power: float
    dependence: float
    quadrant: Quadrant
    cluster: int


@dataclass(frozen=True, slots=True)
class Block:
    """Items that all wait for each other, and a smallest circle among them."""

    keys: tuple[str, ...]
    circle: tuple[str, ...]


def standings(
    problem: Problem, *, least: float = 0.0, resolution: float = 0.05, seed: int = 0
) -> tuple[Standing, ...]:
    """Where every item stands, in the order of the problem.

    `least`: mean strengths at most so strong do not count for levels. Power and dependence are sums of
    absolute total effects; the quadrants are cut at their means. `resolution`: see `clusters`.
    """
    effects = np.abs(totals(direct(problem)))
    power, dependence = effects.sum(axis=1), effects.sum(axis=0)
    arcs = [
        (problem.place[one.source], problem.place[one.target])
        for one in influences(problem)
        if abs(one.mean) > least
    ]
    level = levels(Graph(len(problem.items), arcs))
    home = clusters(problem, resolution=resolution, seed=seed)
    cut = power.mean() if len(power) else 0.0
    return tuple(
        Standing(
            item.key, level[row], float(power[row]), float(dependence[row]),
            quadrant(power[row] >= cut and cut > 0, dependence[row] >= cut and cut > 0), home[row],
        )
        for row, item in enumerate(problem.items)
    )  # fmt: skip


def quadrant(is_strong: bool, is_dependent: bool) -> Quadrant:
    """The quadrant by two answers."""
    if is_strong:
        return Quadrant.LINKAGE if is_dependent else Quadrant.DRIVER
    return Quadrant.DEPENDENT if is_dependent else Quadrant.AUTONOMOUS


def clusters(problem: Problem, *, resolution: float = 0.05, seed: int = 0) -> tuple[int, ...]:
    """The cluster of every item: Leiden with the constant Potts model on the absolute mean strengths.

    Two groups stay apart if the mean strength between their members, as a share of the scale, is below
    `resolution` (Traag, Van Dooren & Nesterov 2011). Clusters are numbered by their first item.
    """
    n = len(problem.items)
    felt = [one for one in influences(problem) if one.mean]
    if not felt:
        return tuple(range(n))
    source = [problem.place[one.source] for one in felt]
    target = [problem.place[one.target] for one in felt]
    weights = [abs(one.mean) / problem.scale for one in felt]
    one_way = sparse.csr_matrix((weights, (source, target)), shape=(n, n))
    labels = leiden(sparse.csr_matrix(one_way + one_way.T), resolution, seed)
    first: dict[int, int] = {}
    return tuple(first.setdefault(label, len(first)) for label in labels)


def leiden(both: sparse.csr_matrix, resolution: float, seed: int) -> list[int]:
    """The label of every node of a symmetric matrix (Traag, Waltman & van Eck 2019)."""
    both.sort_indices()
    parts = both.indptr.astype(np.int64), both.indices.astype(np.int32), both.data.astype(np.float64)
    found = graspologic_native.leiden_csr(
        *parts, both.shape[0], resolution=resolution, use_modularity=False, seed=seed
    )
    labels: dict[int, int] = found[1]
    return [labels[node] for node in range(both.shape[0])]


def inner_orders(problem: Problem, home: tuple[int, ...]) -> tuple[tuple[str, ...], ...]:
    """Every cluster's items in an order in which as little influence as possible runs backwards."""
    matrix = np.abs(direct(problem).toarray())
    found = []
    for cluster in range(max(home, default=-1) + 1):
        rows = [row for row, number in enumerate(home) if number == cluster]
        best = feedback_order(matrix[np.ix_(rows, rows)])
        found.append(tuple(problem.items[rows[place]].key for place in best))
    return tuple(found)


def blocks(keys: tuple[str, ...], waits: tuple[tuple[str, str], ...]) -> tuple[Block, ...]:
    """Sets of items that wait for each other; `waits`: (who must come first, who waits)."""
    place = {key: row for row, key in enumerate(keys)}
    graph = Graph(len(keys), [(place[first], place[then]) for first, then in waits])
    found = []
    for component in cyclic(graph):
        circle = smallest_cycle(graph.within(component)) or ()
        found.append(Block(tuple(keys[row] for row in component), tuple(keys[row] for row in circle)))
    return tuple(found)
