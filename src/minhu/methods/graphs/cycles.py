"""Strongly connected components (Tarjan 1972, without recursion) and smallest cycles."""

from collections import deque
from dataclasses import dataclass, field

from minhu.methods.graphs.graph import Graph


def components(graph: Graph) -> tuple[tuple[int, ...], ...]:
    """Strongly connected components, each sorted; one comes before those that lead to it."""
    search = _Search(graph)
    for node in range(graph.n):
        if node not in search.seen:
            search.run(node)
    return tuple(search.found)


def cyclic(graph: Graph) -> tuple[tuple[int, ...], ...]:
    """The components that hold a cycle, by their smallest node."""
    loops = {here for here, there in graph.arcs if here == there}
    found = [one for one in components(graph) if len(one) > 1 or one[0] in loops]
    return tuple(sorted(found))


def smallest_cycle(graph: Graph) -> tuple[int, ...] | None:
    """Nodes of a cycle with the fewest nodes, from the smallest of them; None if there is no cycle."""
    best: tuple[int, ...] | None = None
    for component in cyclic(graph):
        inside = graph.within(component)
        for node in component:
            found = cycle_through(inside, node, len(best) if best else len(component) + 1)
            if found and (best is None or (len(found), found) < (len(best), best)):
                best = found
    return best


def cycle_through(graph: Graph, start: int, most: int) -> tuple[int, ...] | None:
    """A shortest cycle through `start` of at most `most` nodes in which it is the smallest node, if any."""
    came = {start: start}
    depth = {start: 1}
    ahead = deque([start])
    while ahead:
        here = ahead.popleft()
        if depth[here] > most:
            return None
        for there in graph.after[here]:
            if there == start:
                return trail(came, start, here)
            if there > start and there not in came:
                came[there], depth[there] = here, depth[here] + 1
                ahead.append(there)
    return None


def trail(came: dict[int, int], start: int, end: int) -> tuple[int, ...]:
    """The way from `start` to `end` that `came` remembers."""
    way = [end]
    while way[-1] != start:
        way.append(came[way[-1]])
    return tuple(reversed(way))


@dataclass
class _Search:
    """One search of Tarjan's: what was seen when, and how low a node reaches back."""

    graph: Graph
    seen: dict[int, int] = field(default_factory=dict)
    low: dict[int, int] = field(default_factory=dict)
    open: list[int] = field(default_factory=list)
    is_open: set[int] = field(default_factory=set)
    found: list[tuple[int, ...]] = field(default_factory=list)

    def run(self, root: int) -> None:
        """Search everything that `root` leads to."""
        work = [(root, iter(self.graph.after[root]))]
        self.enter(root)
        while work:
            node, rest = work[-1]
            for there in rest:
                if there not in self.seen:
                    self.enter(there)
                    work.append((there, iter(self.graph.after[there])))
                    break
                if there in self.is_open:
                    self.low[node] = min(self.low[node], self.seen[there])
            else:
                work.pop()
                self.leave(node)
                if work:
                    above = work[-1][0]
                    self.low[above] = min(self.low[above], self.low[node])

    def enter(self, node: int) -> None:
        """See a node for the first time."""
        self.seen[node] = self.low[node] = len(self.seen)
        self.open.append(node)
        self.is_open.add(node)

    def leave(self, node: int) -> None:
        """Close the component of which this node was seen first, if it is that."""
        if self.low[node] != self.seen[node]:
            return
        component = [self.open.pop()]
        while component[-1] != node:
            component.append(self.open.pop())
        self.is_open.difference_update(component)
        self.found.append(tuple(sorted(component)))
