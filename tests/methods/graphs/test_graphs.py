"""Components, cycles, orders, levels and chains, against their definitions on small graphs."""

from itertools import pairwise, permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.graphs import (
    Cyclic,
    Graph,
    components,
    cyclic,
    levels,
    longest_path,
    order,
    smallest_cycle,
)


@st.composite
def graphs(draw, most: int = 7):
    """A graph of at most `most` nodes."""
    n = draw(st.integers(0, most))
    nodes = st.integers(0, max(n - 1, 0))
    return Graph(n, draw(st.lists(st.tuples(nodes, nodes), max_size=14)) if n else [])


def reach(graph: Graph) -> np.ndarray:
    """Which node leads to which, by multiplying out (not at all: every node leads to itself)."""
    ways = np.eye(graph.n, dtype=bool)
    for here, there in graph.arcs:
        ways[here, there] = True
    for _ in range(graph.n):
        ways = ways @ ways
    return ways


def cycles_of(graph: Graph) -> list[tuple[int, ...]]:
    """Every cycle, from its smallest node, by trying all arrangements."""
    arcs = set(graph.arcs)
    return [
        way
        for size in range(1, graph.n + 1)
        for way in permutations(range(graph.n), size)
        if way[0] == min(way) and all(arc in arcs for arc in zip(way, (*way[1:], way[0]), strict=True))
    ]


@given(graphs())
def test_components_are_those_who_lead_to_each_other(graph: Graph) -> None:
    ways = reach(graph)
    together = ways & ways.T
    expected = {tuple(np.flatnonzero(row).tolist()) for row in together}
    found = components(graph)
    assert (set(found), len(found)) == (expected, len(expected))
    place = {node: number for number, one in enumerate(found) for node in one}
    assert all(place[here] >= place[there] for here, there in graph.arcs)


@given(graphs(most=6))
def test_the_smallest_cycle_is_a_smallest(graph: Graph) -> None:
    cycles = cycles_of(graph)
    found = smallest_cycle(graph)
    assert found == (min(cycles, key=lambda way: (len(way), way)) if cycles else None)
    assert bool(cyclic(graph)) == bool(cycles)


@given(graphs())
def test_an_order_exists_exactly_where_no_cycle_does(graph: Graph) -> None:
    cycle = smallest_cycle(graph)
    if cycle:
        with pytest.raises(Cyclic) as refused:
            order(graph)
        assert refused.value.cycle == cycle
        return
    found = order(graph)
    place = {node: number for number, node in enumerate(found)}
    assert sorted(found) == list(range(graph.n))
    assert all(place[here] < place[there] for here, there in graph.arcs)


@given(graphs())
def test_levels_rise_along_arcs_between_components_and_are_no_higher_than_they_must_be(graph: Graph) -> None:
    ways, found = reach(graph), levels(graph)
    together = ways & ways.T
    for node in range(graph.n):
        others = [found[there] for there in range(graph.n) if ways[node, there] and not together[node, there]]
        assert found[node] == 1 + max(others, default=-1)


@given(graphs(), st.lists(st.integers(0, 9), min_size=7, max_size=7))
def test_the_longest_path_is_a_chain_and_none_is_heavier(graph: Graph, weights: list[int]) -> None:
    acyclic = Graph(graph.n, [arc for arc in graph.arcs if arc[0] < arc[1]])
    found = longest_path(acyclic, weights)
    assert all(arc in acyclic.arcs for arc in pairwise(found))
    heaviest = [0] * (graph.n + 1)
    for node in reversed(range(graph.n)):
        heaviest[node] = weights[node] + max((heaviest[there] for there in acyclic.after[node]), default=0)
    assert sum(weights[node] for node in found) == max(heaviest)


def test_depth_does_not_matter() -> None:
    n = 50_000
    ring = Graph(n, ((node, (node + 1) % n) for node in range(n)))
    assert len(components(ring)) == 1
    assert len(levels(Graph(n, ((node, node + 1) for node in range(n - 1))))) == n


def test_an_arc_that_leads_out_is_named() -> None:
    with pytest.raises(ValueError, match=r"the arc \(0, 3\) leads out of 0…2"):
        Graph(3, [(0, 1), (0, 3)])
