"""A directed graph of nodes 0…n-1, kept as sorted successor lists."""

from collections.abc import Iterable
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[np.int64]


class Graph:
    """A graph of `n` nodes and `arcs` (from, to); an arc named twice counts once."""

    def __init__(self, n: int, arcs: Iterable[tuple[int, int]] = ()) -> None:
        pairs = sorted(set(arcs))
        stray = next((arc for arc in pairs if not (0 <= arc[0] < n and 0 <= arc[1] < n)), None)
        if stray:
            raise ValueError(f"the arc {stray} leads out of 0…{n - 1}")
        self.n, self.arcs = n, tuple(pairs)

    @cached_property
    def after(self) -> tuple[tuple[int, ...], ...]:
        """The successors of every node, in order."""
        return lists(self.n, self.arcs)

    @cached_property
    def before(self) -> tuple[tuple[int, ...], ...]:
        """The predecessors of every node, in order."""
        return lists(self.n, sorted((there, here) for here, there in self.arcs))

    def within(self, nodes: Iterable[int]) -> "Graph":
        """The same nodes with only those arcs that stay among `nodes`."""
        inside = frozenset(nodes)
        return Graph(self.n, (arc for arc in self.arcs if arc[0] in inside and arc[1] in inside))


def lists(n: int, arcs: Iterable[tuple[int, int]]) -> tuple[tuple[int, ...], ...]:
    """For every node the other ends of its arcs."""
    found: list[list[int]] = [[] for _ in range(n)]
    for here, there in arcs:
        found[here].append(there)
    return tuple(tuple(each) for each in found)
