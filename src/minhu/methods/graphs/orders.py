"""Topological order, levels of components, and the heaviest chain."""

import heapq
from collections.abc import Sequence

from minhu.methods.graphs.cycles import components, smallest_cycle
from minhu.methods.graphs.graph import Graph


class Cyclic(ValueError):
    """There is no order, because of a cycle; `cycle` is a smallest one."""

    def __init__(self, cycle: Sequence[int]) -> None:
        super().__init__("a cycle: " + " → ".join(map(str, (*cycle, cycle[0]))))
        self.cycle = tuple(cycle)


def order(graph: Graph) -> tuple[int, ...]:
    """A topological order, of the nodes that may come next the smallest first. Raises Cyclic."""
    waits = [len(before) for before in graph.before]
    ready = [node for node in range(graph.n) if not waits[node]]
    found: list[int] = []
    while ready:
        node = heapq.heappop(ready)
        found.append(node)
        for there in graph.after[node]:
            waits[there] -= 1
            if not waits[there]:
                heapq.heappush(ready, there)
    if len(found) < graph.n:
        raise Cyclic(smallest_cycle(graph) or ())
    return tuple(found)


def levels(graph: Graph) -> tuple[int, ...]:
    """For every node its level: 0 leads to nothing outside its component; else one above the highest it
    leads to (Warfield 1974)."""
    home: dict[int, int] = {}
    level: list[int] = []
    for number, component in enumerate(components(graph)):
        home.update(dict.fromkeys(component, number))
        below = [
            level[home[there]] for node in component for there in graph.after[node] if home[there] != number
        ]
        level.append(1 + max(below, default=-1))
    return tuple(level[home[node]] for node in range(graph.n))


def longest_path(graph: Graph, weights: Sequence[float]) -> tuple[int, ...]:
    """Nodes of the heaviest chain, each of which weighs `weights[node]`. Raises Cyclic."""
    best = [0.0] * graph.n
    came = [-1] * graph.n
    for node in order(graph):
        best[node] += weights[node]
        for there in graph.after[node]:
            if came[there] < 0 or best[node] > best[there]:
                best[there], came[there] = best[node], node
    if not graph.n:
        return ()
    way = [max(range(graph.n), key=lambda node: (best[node], -node))]
    while came[way[-1]] >= 0:
        way.append(came[way[-1]])
    return tuple(reversed(way))
