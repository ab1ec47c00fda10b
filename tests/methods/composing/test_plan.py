"""The plan: against independent models, and by hand."""

from dataclasses import replace
from random import Random

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from minhu.methods.composing import (
    Days,
    Output,
    Paper,
    Problem,
    Rate,
    Ref,
    Solution,
    Step,
    StepKind,
    Waiver,
    Way,
    check,
    compose,
)
from tests.methods.composing import models
from tests.methods.composing.bundles import random_bundle
from tests.methods.composing.plain import asks, bundle, item, off_by_one

ANSWERS = st.sampled_from([{}, {"kind": "shop"}, {"kind": "stall", "large": "yes"}])


def numbers(solution: Solution) -> tuple[int, int, int, int] | None:
    proof = solution.proof
    return proof and (proof.makespan, proof.papers, proof.visits, proof.promises)


def solved(*guides, **more) -> Solution:
    problem = Problem(bundle(*guides, **more))
    solution = compose(problem)
    assert check(problem, solution) == []
    return solution


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 4), ANSWERS)
def test_the_plan_is_the_best_of_all_plans(seed: int, items: int, answers: dict[str, str]) -> None:
    problem = Problem(random_bundle(seed, items, knotted=0.3), answers)
    table = models.flat(problem)
    assume(models.choices(table) <= 300 and max(map(len, table.windows), default=0) <= 4)
    solution = compose(problem)
    assert numbers(solution) == models.by_trying(problem)
    assert check(problem, solution) == []


@settings(max_examples=12, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6), ANSWERS)
def test_the_plan_is_that_of_a_mixed_integer_programme(
    seed: int, items: int, answers: dict[str, str]
) -> None:
    problem = Problem(random_bundle(seed, items, knotted=0.2, visits=0.25), answers)
    assert numbers(compose(problem)) == models.by_highs(problem)


@settings(max_examples=25, deadline=None)
@given(st.integers(0, 10**6), st.integers(4, 15))
def test_days_and_deadlocks_are_those_of_cp_sat(seed: int, items: int) -> None:
    problem = Problem(random_bundle(seed, items, knotted=0.3), {"kind": "shop"})
    solution, days = compose(problem), models.days_by_cp_sat(problem)
    assert (solution.proof and solution.proof.makespan) == days
    assert bool(solution.deadlocks) == (days is None)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.randoms())
def test_the_order_of_guides_changes_nothing(seed: int, random: Random) -> None:
    whole = random_bundle(seed, 5)
    guides = list(whole.guides)
    random.shuffle(guides)
    one, other = compose(Problem(whole)), compose(Problem(replace(whole, guides=tuple(guides))))
    assert numbers(one) == numbers(other)
    assert (one.proof and one.proof.plan.labels) == (other.proof and other.proof.plan.labels)


@settings(max_examples=15, deadline=None)
@given(st.integers(0, 10**6), st.integers(0, 30))
def test_a_material_that_can_be_brought_too_never_takes_longer(seed: int, which: int) -> None:
    whole = random_bundle(seed, 4)
    one = which % len(whole.materials)
    materials = tuple(replace(m, uploadable=m.uploadable or i == one) for i, m in enumerate(whole.materials))
    before, after = compose(Problem(whole)).proof, compose(Problem(replace(whole, materials=materials))).proof
    assert before is None or (after is not None and after.makespan <= before.makespan)


@settings(max_examples=8, deadline=None)
@given(st.integers(0, 10**6), st.integers(2, 6))
def test_the_checker_rejects_every_number_off_by_one(seed: int, items: int) -> None:
    problem = Problem(random_bundle(seed, items, fields=2))
    solution = compose(problem)
    assume(solution.proof is not None)
    assert check(problem, solution) == []
    assert [wrong for wrong in off_by_one(solution) if not check(problem, wrong)] == []


def test_a_paper_that_two_items_ask_for_is_brought_once() -> None:
    proof = solved(item("a", asks("id")), item("b", asks("id")), held="id").proof
    assert proof is not None
    assert (proof.papers, proof.ledger.papers.before) == (1, 2)
    assert [(c.item, c.why, c.by) for c in proof.ledger.papers.removed] == [("b", "duplicate of", "a")]


def test_another_form_is_another_paper() -> None:
    proof = solved(item("a", asks("id")), item("b", asks("id", form="original")), held="id").proof
    assert proof is not None
    assert proof.plan.papers == (Paper("id", "copy"), Paper("id", "original"))


def test_an_output_goes_straight_to_the_next_item() -> None:
    solution = solved(item("a", issues="licence"), item("b", asks("licence")))
    assert numbers(solution) == (10, 0, 0, 0)
    assert solution.label(Ref("b", "accept")).because == Ref("b", "r")
    assert solution.label(Ref("b", "accept")).after == Ref("a", "decide")
    assert solution.proof is not None
    assert solution.proof.ledger.papers.before == 1


def test_days_come_before_papers() -> None:
    solution = solved(item("a", issues="licence"), item("b", asks("licence")), held="licence")
    assert numbers(solution) == (5, 1, 0, 0)
    slow = solved(item("a", issues="licence"), item("b", asks("licence")), item("c", days=20), held="licence")
    assert numbers(slow) == (21, 0, 0, 0)


def test_a_lag_that_fits_saves_a_paper() -> None:
    guides = item("a", asks("id")), item("b", days=9)
    assert numbers(solved(*guides, held="id", shared={"id": 5})) == (10, 0, 0, 0)
    assert numbers(solved(*guides, held="id", shared={"id": 6})) == (10, 1, 0, 0)


def test_greed_would_bring_one_paper_too_many() -> None:
    guide = item(
        "a", *(asks(*sets, id=f"r{n}") for n, sets in enumerate((("x", "y"), ("x", "z"), ("y",), ("z",))))
    )
    assert numbers(solved(guide, held="x y z")) == (5, 2, 0, 0)


def test_a_commitment_saves_the_paper_and_is_counted() -> None:
    solution = solved(item("a", asks("proof", waiver=Waiver.COMMIT)), held="proof")
    assert numbers(solution) == (5, 0, 0, 1)


def test_a_deferred_paper_comes_before_a_later_step() -> None:
    needs = asks("licence", waiver=Waiver.DEFER, deferred_to="decide")
    solution = solved(item("a", needs), item("b", issues="licence", days=0))
    assert numbers(solution) == (5, 0, 0, 1)
    assert solution.proof is not None
    assert solution.proof.plan.choices[0].papers[0].way is Way.OUTPUT


def visiting(code: str, window: str = "hall", share: bool = True, day: int = 0):
    wait = Step("wait", StepKind.REVIEW, "w", Days(day))
    sign = Step("sign", StepKind.INSPECT, "w", Days(1), ("wait",), visit=True, may_share_visit=share)
    return item(code, steps=(wait, replace(sign, window=window)))


def test_visits_to_one_window_are_shared_on_one_day() -> None:
    solution = solved(
        visiting("a"), visiting("b", day=3), visiting("c", "office"), visiting("d", share=False)
    )
    assert numbers(solution) == (4, 0, 3, 0)
    shared = next(visit for visit in solution.proof.plan.visits if len(visit.steps) == 2)  # type: ignore[union-attr]
    assert (shared.window, shared.day, [ref.item for ref in shared.steps]) == ("hall", 3, ["a", "b"])


def test_steps_of_no_days_do_not_hold_each_other_up_in_a_circle() -> None:
    steps = (Step("do", StepKind.DECIDE, "w", Days(0)),)
    one = item("a", asks("y", step="do"), steps=steps, outputs=(Output("x", "do"),))
    other = item("b", asks("x", step="do"), steps=steps, outputs=(Output("y", "do"),))
    assert numbers(solved(one, other, held="x")) == (0, 1, 0, 0)


def test_units_count_by_their_rate_and_round_up() -> None:
    step = Step("do", StepKind.DECIDE, "w", Days(3, unit="day"))
    solution = solved(item("a", steps=(step,)), rates=(Rate("day", 5, 7),))
    assert numbers(solution) == (3, 0, 0, 0)


@pytest.mark.parametrize(("promised", "days"), [(None, 4), (2, 2)])
def test_a_promise_counts_before_the_statute(promised: int | None, days: int) -> None:
    step = Step("do", StepKind.DECIDE, "w", Days(4, promised))
    assert numbers(solved(item("a", steps=(step,)))) == (days, 0, 0, 0)
