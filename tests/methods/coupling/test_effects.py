"""Influences, total effects, leverage and linkage, against their definitions."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.coupling import (
    CouplingError,
    Item,
    Judgement,
    Problem,
    agreement,
    direct,
    influences,
    leverages,
    linkage,
    reach,
    suggested,
    totals,
)


@st.composite
def problems(draw, most: int = 7) -> Problem:
    """Some items and a panel of judges who do not all speak about the same pairs."""
    n = draw(st.integers(1, most))
    domains = st.sampled_from(["economy", "culture"])
    effort, worth = st.integers(1, 9), st.integers(0, 5)
    items = tuple(Item(f"r{row}", draw(domains), draw(effort), draw(worth)) for row in range(n))
    pair = st.tuples(st.integers(0, n - 1), st.integers(0, n - 1)).filter(lambda one: one[0] != one[1])
    who = st.sampled_from(["office", "finance", "law"])
    said = draw(st.dictionaries(st.tuples(who, pair), st.integers(-3, 3), max_size=20)) if n > 1 else {}
    judged = [Judgement(judge, f"r{a}", f"r{b}", value) for (judge, (a, b)), value in said.items()]
    return Problem(items, tuple(judged))


@given(problems())
def test_total_effects_are_the_sum_of_all_ways(problem: Problem) -> None:
    one = direct(problem).toarray()
    assert np.abs(one).sum(axis=1).max(initial=0.0) <= problem.fade + 1e-12
    ways, power = np.zeros_like(one), one
    for _ in range(200):
        ways, power = ways + power, power @ one
    found = totals(direct(problem))
    np.testing.assert_allclose(found, ways, atol=1e-9)
    worth = np.array([item.worth for item in problem.items])
    np.testing.assert_allclose(reach(direct(problem), worth), ways @ worth, atol=1e-9)


@given(problems(), st.randoms(use_true_random=False))
def test_the_order_of_items_and_judgements_changes_nothing(problem: Problem, shuffler) -> None:
    items, judged = list(problem.items), list(problem.judgements)
    shuffler.shuffle(items)
    shuffler.shuffle(judged)
    other = Problem(tuple(items), tuple(judged))
    for one, two in zip(leverages(problem, draws=20), leverages(other, draws=20), strict=True):
        assert one.value == pytest.approx(two.value, abs=1e-9)
    assert {one.key: one.moved for one in leverages(problem, draws=0)} == pytest.approx(
        {one.key: one.moved for one in leverages(other, draws=0)}, abs=1e-9
    )
    assert influences(problem) == influences(other)


@settings(deadline=None)
@given(problems())
def test_leverages_fall_and_repeat(problem: Problem) -> None:
    found = leverages(problem, draws=30, seed=4)
    assert [one.value for one in found] == sorted((one.value for one in found), reverse=True)
    assert found == leverages(problem, draws=30, seed=4)
    assert all(one.low <= one.high for one in found)


@given(problems())
def test_half_the_effort_is_twice_the_leverage(problem: Problem) -> None:
    cheap = Item(problem.items[0].key, "", problem.items[0].effort / 2, problem.items[0].worth)
    other = Problem((cheap, *problem.items[1:]), problem.judgements)
    before = {one.key: one.value for one in leverages(problem, draws=0)}
    after = {one.key: one.value for one in leverages(other, draws=0)}
    assert after.pop(cheap.key) == pytest.approx(2 * before.pop(cheap.key))
    assert after == pytest.approx(before)


@given(problems())
def test_linkage_sums_the_effects_and_sets_nothing_off(problem: Problem) -> None:
    effects = totals(direct(problem)) * np.array([item.worth for item in problem.items])
    found = linkage(problem)
    assert sum(one.helped for one in found) == pytest.approx(effects[effects > 0].sum(), abs=1e-9)
    assert sum(one.hindered for one in found) == pytest.approx(-effects[effects < 0].sum(), abs=1e-9)


def test_spread_and_dispute_of_judges_are_kept_and_silence_is_not_zero() -> None:
    items = (Item("a"), Item("b"))
    judged = (Judgement("x", "a", "b", 3), Judgement("y", "a", "b", -1), Judgement("x", "b", "a", 2))
    one, other = influences(Problem(items, judged))
    assert (one.mean, one.spread, one.judges, one.is_disputed) == (1.0, 4.0, 2, True)
    assert (other.mean, other.judges, other.is_disputed) == (2.0, 1, False)


def test_a_driver_far_up_a_chain_has_the_greatest_leverage_at_equal_effort() -> None:
    items = tuple(Item(key) for key in "abcd")
    judged = tuple(Judgement("x", one, other, 3) for one, other in ("ab", "bc", "cd"))
    assert [one.key for one in leverages(Problem(items, judged))] == ["a", "b", "c", "d"]


def test_rare_marks_suggest_before_common_ones() -> None:
    marks = {
        "a": frozenset({"common", "rare"}),
        "b": frozenset({"common", "rare"}),
        "c": frozenset({"common", "own"}),
        "d": frozenset({"common"}),
    }
    found = suggested(marks, least=0.0)
    assert found[0][:2] == ("a", "b")
    assert found[0][2] == pytest.approx(1.0)
    assert suggested(marks, least=0.9) == (found[0],)


def test_agreement_is_spearman_and_names_who_moved() -> None:
    same = agreement(["a", "b", "c"], [3, 2, 1], [30, 20, 10])
    assert (same.spearman, same.apart) == (pytest.approx(1.0), ())
    turned = agreement(list("abcdefgh"), [8, 7, 6, 5, 4, 3, 2, 1], [1, 7, 6, 5, 4, 3, 2, 8])
    assert turned.apart == ("a", "h")
    assert np.isnan(agreement(["a", "b"], [1, 1], [1, 2]).spearman)
    with pytest.raises(ValueError, match="equally many"):
        agreement(["a"], [1, 2], [1])


@pytest.mark.parametrize(
    ("items", "judged", "words"),
    [
        ([Item("a"), Item("a")], [], "'a' stands twice"),
        ([Item("a")], [Judgement("x", "a", "b", 1)], "'b', which is no item"),
        ([Item("a")], [Judgement("x", "a", "a", 1)], "a cannot move itself"),
        ([Item("a"), Item("b")], [Judgement("x", "a", "b", 4)], "outside -3…3"),
        ([Item("a"), Item("b")], [Judgement("x", "a", "b", float("nan"))], "outside -3…3"),
        ([Item("a"), Item("b")], [Judgement("x", "a", "b", 1)] * 2, "a → b twice"),
    ],
)
def test_what_cannot_be_worked_on_is_named(items, judged, words: str) -> None:
    with pytest.raises(CouplingError, match=words):
        Problem(tuple(items), tuple(judged))


@pytest.mark.parametrize("effort", [0, -1, float("nan")])
def test_effort_must_be_above_zero(effort: float) -> None:
    with pytest.raises(CouplingError, match="a: effort must be above 0"):
        Item("a", effort=effort)
