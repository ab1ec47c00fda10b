"""Memory of confirmed answers, and how sure it is that anything answers."""

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.matching import (
    Index,
    Item,
    Judges,
    Problem,
    aligned,
    by_bm25,
    by_memory,
    by_tf_idf,
    check,
    examples,
    held_out,
    learn,
    off_by,
    signs,
    solve,
)

CLAUSE = "市场主体注销应当便利"
ANSWER = "企业退出一网办理，简易清算"
OTHER = "市场主体应当诚信便利"
SCORES = st.lists(st.floats(0, 1), min_size=1, max_size=8).map(np.array)


def scores(scorer, clauses: list[str], candidates: list[str]) -> np.ndarray:
    return np.vstack([block for _, block in scorer(clauses, candidates)])


def test_what_was_confirmed_elsewhere_finds_what_the_words_alone_do_not() -> None:
    candidates = [OTHER, ANSWER]
    assert scores(by_memory(), [CLAUSE], candidates)[0].argmax() == 0
    told = by_memory([["企业退出可在网上一次办理，实行简易清算"]])
    assert scores(told, [CLAUSE], candidates)[0].argmax() == 1


def test_solve_uses_what_the_problem_says_was_confirmed() -> None:
    problem = Problem((Item("c", CLAUSE),), (Item("a", OTHER), Item("b", ANSWER)))
    told = replace(problem, confirmed={"c": ["企业退出可在网上一次办理，实行简易清算"]})
    assert [solve(one).of("c")[0].candidate for one in (problem, told)] == ["a", "b"]
    assert check(told, solve(told)) == []


def test_memory_of_one_clause_leaves_the_others_alone() -> None:
    plain = scores(by_memory(), [CLAUSE, OTHER], [ANSWER, OTHER])
    told = scores(by_memory([[ANSWER]]), [CLAUSE, OTHER], [ANSWER, OTHER])
    assert told[0, 0] > plain[0, 0] + 0.4
    assert told[1, 1] == pytest.approx(1.0)


def test_the_same_text_remembered_twice_weighs_as_once() -> None:
    once, twice = (scores(by_memory([[ANSWER] * n]), [CLAUSE], [ANSWER, OTHER]) for n in (1, 2))
    assert once.tolist() == [pytest.approx(twice[0].tolist())]


@pytest.mark.parametrize("scorer", [by_tf_idf, by_bm25, by_memory()])
def test_every_scorer_stays_between_nought_and_one_and_knows_a_copy(scorer) -> None:
    found = scores(scorer, [CLAUSE, ANSWER], [OTHER, ANSWER, ""])
    assert found.shape == (2, 3)
    assert found.min() == 0.0
    assert found.max() <= 1.0
    assert found[1].argmax() == 1


def test_signs_are_as_described() -> None:
    best, apart, is_remembered, length = signs(np.array([0.5, 0.1, 0.3]), 9, True)
    assert best == pytest.approx(np.log(0.51))
    assert apart == pytest.approx(np.log((0.5 - 0.2) / 0.1))
    assert (is_remembered, length) == (1.0, pytest.approx(np.log(10)))


@given(SCORES, st.randoms())
def test_signs_do_not_hang_on_the_order_of_candidates(row: np.ndarray, random) -> None:
    shuffled = row.copy()
    random.shuffle(shuffled)
    assert np.isfinite(signs(row, 5, False)).all()
    assert signs(row, 5, False).tolist() == pytest.approx(signs(shuffled, 5, False).tolist(), abs=1e-6)


def test_without_candidates_the_signs_are_the_lowest() -> None:
    assert signs(np.zeros(0), 5, False)[:2].tolist() == pytest.approx([np.log(0.01)] * 2)


def learned():
    random = np.random.default_rng(1)
    answered = np.repeat([1.0, 0.0], 200)
    seen = np.column_stack([answered * 2 + random.standard_normal(400), random.standard_normal(400)])
    return learn(seen, answered), seen, answered


def test_learning_gives_probabilities_that_hold() -> None:
    sureness, seen, answered = learned()
    sure = sureness.of(seen)
    assert sure.mean() == pytest.approx(answered.mean(), abs=1e-6)
    assert answered[sure > 0.5].mean() == pytest.approx(0.84, abs=0.05)
    assert abs(sureness.weights[0]) > 10 * abs(sureness.weights[1])


def test_learning_stands_where_its_slope_is_level() -> None:
    sureness, seen, answered = learned()
    known = (seen - sureness.centre) / sureness.scale
    assert known.T @ (answered - sureness.of(seen)) == pytest.approx(sureness.weights, abs=1e-6)


def test_learning_from_one_kind_only_is_refused() -> None:
    with pytest.raises(ValueError, match="learning needs"):
        learn(np.ones((3, 4)), np.ones(3))


def test_examples_are_a_clause_with_and_without_its_answers() -> None:
    table = np.array([[0.9, 0.2, 0.1], [0.3, 0.3, 0.3]])
    found, truth = examples(table, [10, 20], [True, False], {0: [0]})
    assert truth.tolist() == [1.0, 0.0]
    assert found[:, 0].tolist() == pytest.approx([np.log(0.91), np.log(0.21)])
    assert found[:, 2].tolist() == [1.0, 1.0]


def test_a_verdict_with_learned_sureness_is_a_probability() -> None:
    sureness = learn(
        np.array([signs(np.array([s, 0.1, 0.05]), 10, False) for s in (0.8, 0.7, 0.2, 0.15)]),
        np.array([1.0, 1.0, 0.0, 0.0]),
    )
    problem = Problem(
        (Item("c", CLAUSE), Item("d", "鼓励航天器在轨维护")),
        (Item("a", CLAUSE), Item("b", OTHER), Item("e", ANSWER)),
        threshold=0.5,
    )
    solution = solve(problem, judges=Judges(of_clause=sureness))
    assert [verdict.is_blind for verdict in solution.verdicts] == [False, True]
    assert 0.0 < solution.verdicts[1].sure < 0.5 < solution.verdicts[0].sure < 1.0
    assert check(problem, solution) == []


def test_a_candidate_is_judged_by_its_own_column() -> None:
    row = np.array([0.8, 0.3, 0.1])
    assert signs(row, 10, False, at=0) == pytest.approx(signs(row, 10, False))
    assert signs(row, 10, False, at=1)[0] == pytest.approx(np.log(0.31))
    assert signs(row, 10, False, at=1)[1] < signs(row, 10, False)[1]


def test_a_suggestion_with_a_learned_judge_carries_a_probability() -> None:
    judge = learn(
        np.array([signs(np.array([s, 0.1, 0.05]), 10, False) for s in (0.8, 0.7, 0.2, 0.15)]),
        np.array([1.0, 1.0, 0.0, 0.0]),
    )
    problem = Problem((Item("c", CLAUSE),), (Item("a", CLAUSE), Item("b", OTHER), Item("e", ANSWER)))
    plain, judged = solve(problem).suggestions, solve(problem, judges=Judges(of_pair=judge)).suggestions
    assert [one.sure for one in plain] == [one.score for one in plain]
    assert [one.candidate for one in judged] == [one.candidate for one in plain]
    assert 1.0 > judged[0].sure > 0.5 > judged[1].sure > 0.0


def test_what_is_held_out_is_judged_by_the_other_groups_alone() -> None:
    seen = np.array([[0.0], [1.0], [0.1], [0.9], [5.0], [-5.0]])
    truth = np.array([0.0, 1.0, 0.0, 1.0, 0.0, 1.0])  # the last group says the contrary
    groups = np.array([1, 1, 2, 2, 3, 3])
    sure = held_out(seen, truth, groups)
    known = learn(seen[:4], truth[:4])
    assert sure[4:] == pytest.approx(known.of(seen[4:]))
    assert sure[4] > 0.9 > 0.1 > sure[5]


def test_a_group_alone_is_judged_by_nobody() -> None:
    assert np.isnan(held_out(np.array([[0.0], [1.0]]), np.array([0.0, 1.0]), np.array([1, 1]))).all()


def test_how_far_off_sureness_is() -> None:
    assert off_by(np.array([0.75] * 4), np.array([1.0, 1.0, 1.0, 0.0])) == pytest.approx(0.0)
    assert off_by(np.array([0.95, 0.05]), np.array([0.0, 1.0])) == pytest.approx(0.95)
    assert off_by(np.zeros(0), np.zeros(0)) == 0.0


def test_an_index_scores_some_clauses_as_it_scores_all() -> None:
    clauses, candidates, known = [CLAUSE, OTHER, "航天器"], [ANSWER, OTHER, CLAUSE], [[ANSWER], [], ["航天"]]
    whole = scores(by_memory(known), clauses, candidates)
    index = Index.of(candidates, clauses, [ANSWER, "航天"])
    parts = [block for i in range(3) for _, block in index.scores(clauses[i : i + 1], known[i : i + 1])]
    assert np.vstack(parts) == pytest.approx(whole)


def test_neighbours_that_match_lift_the_pair_between_them() -> None:
    table = np.eye(5)
    table[2] = 0.4  # the middle row does not know
    assert aligned(table)[2].argmax() == 2
    assert aligned(np.zeros((3, 4))).tolist() == np.zeros((3, 4)).tolist()
