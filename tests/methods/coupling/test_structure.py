"""Levels, quadrants, clusters, inner orders and blocking sets."""

from itertools import permutations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minhu.methods.coupling import (
    Item,
    Judgement,
    Problem,
    Quadrant,
    blocks,
    clusters,
    feedback_order,
    inner_orders,
    standings,
)
from minhu.methods.coupling.ordering import backward, greedy_order, moved_order

weights = st.integers(0, 6).flatmap(lambda n: arrays(float, (n, n), elements=st.integers(0, 5).map(float)))


def tied(*pairs: str, strength: float = 3) -> tuple[Judgement, ...]:
    """One judge on several pairs."""
    return tuple(Judgement("x", one, other, strength) for one, other in pairs)


@given(weights)
def test_up_to_twelve_items_no_order_runs_back_less(matrix: np.ndarray) -> None:
    np.fill_diagonal(matrix, 0)
    best = min(backward(matrix, order) for order in permutations(range(len(matrix))))
    found = feedback_order(matrix)
    assert sorted(found) == list(range(len(matrix)))
    assert backward(matrix, found) == pytest.approx(best)


@given(weights)
def test_moving_single_items_never_worsens_and_ends(matrix: np.ndarray) -> None:
    np.fill_diagonal(matrix, 0)
    first = greedy_order(matrix)
    assert backward(matrix, moved_order(matrix, list(first))) <= backward(matrix, first)


def test_more_items_than_can_be_tried_get_a_planted_order_back() -> None:
    n = 30
    numbers = np.random.default_rng(1)
    hidden = numbers.permutation(n)
    place = np.argsort(hidden)
    matrix = np.where(place[:, None] < place[None, :], numbers.random((n, n)), 0.0)
    assert backward(matrix, feedback_order(matrix)) == 0.0


def test_two_tight_groups_are_two_clusters_and_stay_so_with_the_seed() -> None:
    items = tuple(Item(key) for key in "abcdefg")
    judged = tied("ab", "bc", "ca", "de", "ef", "fd") + tied("cd", strength=0.1)
    problem = Problem(items, judged)
    assert clusters(problem) == (0, 0, 0, 1, 1, 1, 2)
    assert clusters(problem) == clusters(problem, seed=0)
    assert {frozenset(order) for order in inner_orders(problem, clusters(problem))} == {
        frozenset("abc"),
        frozenset("def"),
        frozenset("g"),
    }


def test_nothing_judged_nothing_clustered() -> None:
    assert clusters(Problem((Item("a"), Item("b")))) == (0, 1)
    assert clusters(Problem(())) == ()
    assert standings(Problem(())) == ()


def test_levels_and_quadrants_of_a_plan_one_can_see_through() -> None:
    problem = Problem(tuple(Item(key) for key in "abcde"), tied("ab", "bc", "cb", "bd", "cd"))
    found = {one.key: one for one in standings(problem)}
    assert {key: one.level for key, one in found.items()} == {"a": 2, "b": 1, "c": 1, "d": 0, "e": 0}
    assert found["a"].quadrant == Quadrant.DRIVER
    assert found["b"].quadrant == Quadrant.LINKAGE
    assert found["d"].quadrant == Quadrant.DEPENDENT
    assert found["e"].quadrant == Quadrant.AUTONOMOUS
    assert found["e"].power == found["e"].dependence == 0


def test_weak_words_do_not_count_for_levels_where_one_says_so() -> None:
    problem = Problem((Item("a"), Item("b")), tied("ab", strength=0.5))
    assert [one.level for one in standings(problem)] == [1, 0]
    assert [one.level for one in standings(problem, least=0.5)] == [0, 0]


def test_whoever_waits_for_each_other_is_named_with_a_smallest_circle() -> None:
    waits = (("a", "b"), ("b", "c"), ("c", "a"), ("b", "a"), ("c", "d"), ("e", "e"))
    first, second = blocks(tuple("abcde"), waits)
    assert (first.keys, first.circle) == (("a", "b", "c"), ("a", "b"))
    assert (second.keys, second.circle) == (("e",), ("e",))
