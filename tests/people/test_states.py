"""The tree has no ring."""

from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from minhu.people.states import cycle_in

CODES = st.sampled_from("abcdefgh")


def test_a_tree_has_no_cycle() -> None:
    assert cycle_in({"a": None, "b": "a", "c": "a", "d": "c"}) is None


def test_a_ring_is_walked_and_ends_where_it_began() -> None:
    assert cycle_in({"a": "c", "b": "a", "c": "b", "d": "a"}) == ("a", "c", "b", "a")


def test_a_unit_under_itself_is_a_ring() -> None:
    assert cycle_in({"a": "a"}) == ("a", "a")


def test_an_unknown_parent_is_no_ring() -> None:
    assert cycle_in({"a": "nowhere"}) is None


@given(st.dictionaries(CODES, st.none() | CODES))
def test_what_is_found_is_a_ring_and_nothing_is_missed(parents: dict[str, str | None]) -> None:
    ring = cycle_in(parents)
    if ring:
        assert ring[0] == ring[-1]
        assert all(parents[child] == parent for child, parent in pairwise(ring))
    else:
        assert all(reaches_top(code, parents) for code in parents)


def reaches_top(code: str | None, parents: dict[str, str | None]) -> bool:
    """Whether walking upwards ends within as many steps as there are units."""
    for _ in range(len(parents) + 1):
        if code is None:
            return True
        code = parents.get(code)
    return code is None
