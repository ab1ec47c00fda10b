"""Suggestions, verdicts, over-claims, evidence."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.matching import Item, Problem, Suggestions, check, solve, suggest

CLAUSES = [
    ("a1", "行政机关应当公开审批事项的办理流程和办理时限，方便企业查询。"),
    ("a2", "供水供电企业应当公开收费标准，不得强制服务。"),
    ("a3", "国家鼓励航天器在轨维护。"),
]
CANDIDATES = [
    ("r1", "公开收费标准：供水、供电企业把收费标准贴出来，不得强制服务"),
    ("r2", "审批事项的办理流程和办理时限上网，企业随时查询"),
    ("r3", "依据《企业服务条例》举办读书节"),
]
TEXTS = st.lists(st.text(st.sampled_from("改革办理公开流程１２"), max_size=20), min_size=1, max_size=6)


def items(texts: list[str], prefix: str) -> tuple[Item, ...]:
    return tuple(Item(f"{prefix}{i}", text) for i, text in enumerate(texts))


def test_each_clause_finds_its_answer() -> None:
    found = suggest(CLAUSES, CANDIDATES, k=2)
    assert [(s.clause, s.candidate) for s in found.suggestions if s.rank == 1] == [("a1", "r2"), ("a2", "r1")]
    assert found.blind == ["a3"]


def test_the_words_are_shown_in_both_texts() -> None:
    first = suggest(CLAUSES, CANDIDATES).of("a1")[0]
    shown = [(CLAUSES[0][1][s.start : s.end], CANDIDATES[1][1][s.at : s.to]) for s in first.spans]
    assert shown == [("审批事项的办理流程和办理时限", "审批事项的办理流程和办理时限")]


def test_full_width_characters_are_the_same_words_with_their_own_spans() -> None:
    found = suggest([("a", "于２０２７年底前办结")], [("b", "2027年底前办结")]).of("a")[0]
    span = found.spans[0]
    assert (span.start, span.end, span.at, span.to) == (1, 10, 0, 9)


def test_a_candidate_that_cites_and_answers_nothing_claims_too_much() -> None:
    assert suggest(CLAUSES, CANDIDATES, cited="《企业服务条例》").over_claims == ("r3",)
    assert suggest(CLAUSES, CANDIDATES).over_claims == ()


def test_a_verdict_names_the_nearest() -> None:
    verdict = suggest(CLAUSES, CANDIDATES, threshold=1.0).verdicts[1]
    assert (verdict.clause, verdict.nearest, verdict.is_blind) == ("a2", "r1", True)


def test_without_candidates_every_clause_is_blind() -> None:
    assert suggest(CLAUSES, []).blind == ["a1", "a2", "a3"]
    assert suggest([], CANDIDATES) == Suggestions((), (), ())


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"most": 0}, "most"),
        ({"threshold": 1.5}, "threshold"),
        ({"clauses": (Item("x", ""), Item("x", ""))}, "twice"),
    ],
)
def test_a_bad_problem_is_refused(change: dict[str, object], words: str) -> None:
    with pytest.raises(ValueError, match=words):
        replace(Problem(items(["甲"], "a"), items(["乙"], "b")), **change)


@given(TEXTS, TEXTS, st.integers(1, 4))
def test_solutions_pass_their_check(left: list[str], right: list[str], most: int) -> None:
    problem = Problem(items(left, "a"), items(right, "b"), most)
    assert check(problem, solve(problem)) == []


@given(TEXTS, TEXTS, st.randoms())
def test_the_order_of_candidates_changes_no_score(left: list[str], right: list[str], random) -> None:
    candidates = list(items(right, "b"))
    problem = Problem(items(left, "a"), tuple(candidates), most=10)
    random.shuffle(candidates)
    shuffled = replace(problem, candidates=tuple(candidates))
    scores = [
        {(s.clause, s.candidate): round(s.score, 9) for s in solve(each).suggestions}
        for each in (problem, shuffled)
    ]
    assert scores[0] == scores[1]


@given(TEXTS, TEXTS, st.floats(0, 1), st.floats(0, 1))
def test_a_lower_threshold_makes_no_clause_blind(
    left: list[str], right: list[str], one: float, two: float
) -> None:
    low, high = sorted((one, two))
    problem = Problem(items(left, "a"), items(right, "b"), threshold=low)
    assert set(solve(problem).blind) <= set(solve(replace(problem, threshold=high)).blind)


def test_the_check_sees_what_is_wrong() -> None:
    problem = Problem(items(["公开办理流程"], "a"), items(["公开办理流程"], "b"))
    right = solve(problem)
    first = right.suggestions[0]
    wrong_span = replace(first, spans=(replace(first.spans[0], end=99),))
    assert check(problem, replace(right, verdicts=())) == ["no verdict on a0"]
    assert len(check(problem, replace(right, suggestions=(wrong_span,)))) == 1
    assert len(check(problem, replace(right, suggestions=(replace(first, candidate="z"),)))) == 1
    assert len(check(problem, replace(right, suggestions=(replace(first, score=2.0),)))) == 1
    assert len(check(problem, replace(right, verdicts=(replace(right.verdicts[0], is_blind=True),)))) == 1
