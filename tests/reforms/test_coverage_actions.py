"""Coverage decided: suggestions, answers, not applicable."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

from minhu.mandates.models import Clause
from minhu.reforms.actions import Refusal, Verdict
from minhu.reforms.actions.coverage_answers import confirm_answer, confirm_answers, refuse_answer, undo_answer
from minhu.reforms.actions.coverage_inapplicable import (
    decide_inapplicable,
    propose_inapplicable,
    undo_inapplicable,
)
from minhu.reforms.actions.coverage_suggestions import suggest_answers
from minhu.reforms.models import Answer, Inapplicable, Reform
from minhu.reforms.queries.coverage import coverage_of
from minhu.reforms.queries.coverage_candidates import answer_text, candidates_for, words_of
from minhu.reforms.states import AnswerState, State
from minhu.trail.models import Edge, Entry, ref
from minhu.trail.states import Actor
from tests.factories.mandates import make_articles
from tests.factories.reforms import (
    NO,
    NOW,
    YES,
    AnswerFactory,
    InapplicableFactory,
    MilestoneFactory,
    ReformFactory,
)

pytestmark = pytest.mark.django_db
BY = Actor(7, "office.chief", "office")
OTHER = Actor(8, "leader", "office")
LATER = NOW + timedelta(days=1)
CENTRE = "一体推进企业综合服务中心和企业服务经理人长效机制建设，健全诉求归集、交办、反馈、评价闭环。"
PORT = "深化沿海港口集疏运体系改革。"


@pytest.fixture
def clauses() -> list[Clause]:
    """An upstream document of two articles."""
    return make_articles([CENTRE, PORT])


@pytest.fixture
def reform() -> Reform:
    """A reform that answers the first of them."""
    reform = ReformFactory(
        name="企业综合服务中心与企业服务经理人长效机制", goal="健全诉求归集、交办、反馈闭环"
    )
    MilestoneFactory(reform=reform)
    return reform


@pytest.fixture
def local() -> list[Clause]:
    """A local document; its first article answers the first clause too."""
    return make_articles(
        ["本区建好企业综合服务中心，健全诉求归集、交办、反馈、评价闭环。", "本办法自印发之日起施行。"],
        kind="local",
    )


def suggest(clauses: list[Clause], at=NOW):
    """A run of suggestions."""
    return suggest_answers(by=BY, version=clauses[0].version, possible=0.2, at=at)


def states_of(clause: Clause) -> dict[str, str]:
    """State of each answer by what answers."""
    return {str(row.reform or row.local_clause.label): row.state for row in clause.answers.all()}


def test_suggestions_rank_reforms_and_local_clauses_with_exact_evidence(clauses, reform, local) -> None:
    done = suggest(clauses)
    assert (done.clauses, done.candidates) == (2, 3)
    rows = list(Answer.objects.filter(clause=clauses[0]).order_by("-score"))
    assert {row.reform_id or row.local_clause_id for row in rows[:2]} == {reform.pk, local[0].pk}
    assert [row.state for row in rows] == [AnswerState.SUGGESTED] * len(rows)
    for row in rows[:2]:
        assert row.score > 0.2
        shared = [(words_of(row.clause)[a:b], answer_text(row)[c:d]) for a, b, c, d in row.spans]
        assert [left for left, right in shared if left != right] == []
        assert "企业综合服务中心" in "".join(left for left, _right in shared)


def test_a_clause_that_nothing_answers_keeps_only_its_nearest_text(clauses, reform, local) -> None:
    suggest(clauses)
    rows = list(Answer.objects.filter(clause=clauses[1]))
    assert len(rows) <= 1
    row = coverage_of(clauses[0].version, possible=0.2).rows[1]
    assert (row.is_blind, row.is_pending) == (True, False)


def test_the_same_run_twice_changes_nothing(clauses, reform, local) -> None:
    suggest(clauses)
    before = list(Answer.objects.values()), Entry.objects.count()
    again = suggest(clauses, at=LATER)
    assert (again.added, again.dropped) == (0, 0)
    assert (list(Answer.objects.values()), Entry.objects.count()) == before


def test_a_run_never_touches_what_people_decided(clauses, reform, local) -> None:
    suggest(clauses)
    refuse_answer(by=BY, answer=Answer.objects.get(reform=reform), at=NOW)
    confirm_answer(by=BY, clause=clauses[0], local_clause=local[0], at=NOW)
    reform.name = reform.goal = reform.problem = "完全无关"
    reform.save()
    suggest(clauses, at=LATER)
    assert states_of(clauses[0]) == {"完全无关": "refused", str(local[0].label): "confirmed"}


def test_what_no_longer_comes_near_is_dropped(clauses, reform) -> None:
    suggest(clauses)
    reform.state = State.STOPPED
    reform.save()
    assert suggest(clauses, at=LATER).dropped == Answer.objects.count() + 1 or Answer.objects.count() == 0


def test_a_confirmed_answer_gets_its_score_whatever_its_rank(clauses) -> None:
    far = ReformFactory(name="甲乙丙丁", goal="", problem="")
    answer = confirm_answer(by=BY, clause=clauses[0], reform=far, at=NOW, asked=1)
    for n in range(6):
        ReformFactory(name=f"企业综合服务中心{n}")
    suggest(clauses)
    answer.refresh_from_db()
    assert (answer.state, answer.score, answer.spans) == (AnswerState.CONFIRMED, 0.0, [])


def test_stopped_reforms_and_own_clauses_are_no_candidates(clauses, local) -> None:
    ReformFactory(state=State.STOPPED)
    going = ReformFactory()
    found = candidates_for(clauses[0].version)
    assert [one.key for one in found] == [(going.pk, None), (None, local[0].pk), (None, local[1].pk)]
    assert [one.clause for one in candidates_for(local[0].version)] == [None]


def test_confirming_is_recorded_and_linked_once(clauses, reform) -> None:
    answer = confirm_answer(by=BY, clause=clauses[0], reform=reform, at=NOW, asked=1)
    confirm_answer(by=BY, clause=clauses[0], reform=reform, at=LATER)
    entry = Entry.objects.get()
    assert (entry.deed, entry.thing, entry.book, entry.asked) == (
        "reforms.confirm_answer", ref(clauses[0]), reform.book, 1,
    )  # fmt: skip
    edge = Edge.objects.get()
    assert (edge.src, edge.dst, edge.kind, edge.until) == (ref(clauses[0]), ref(reform), "answered_by", None)
    assert (answer.decided_by_user, answer.decided_by_post) == (7, "office.chief")


def test_a_local_clause_is_recorded_in_the_book_of_the_document(clauses, local) -> None:
    confirm_answer(by=BY, clause=clauses[0], local_clause=local[0], at=NOW)
    assert Entry.objects.get().book == clauses[0].version.document.book


def test_refusing_a_confirmed_answer_closes_the_edge(clauses, reform) -> None:
    answer = confirm_answer(by=BY, clause=clauses[0], reform=reform, at=NOW)
    refuse_answer(by=BY, answer=answer, at=LATER)
    assert Edge.objects.get().until == LATER
    assert states_of(clauses[0]) == {reform.name: "refused"}


def test_undo_makes_it_a_suggestion_again_or_takes_away_what_was_typed(clauses, reform) -> None:
    scored = AnswerFactory(clause=clauses[0], reform=reform, state=AnswerState.SUGGESTED, score=0.5)
    for deed in (lambda: confirm_answer(by=BY, clause=clauses[0], reform=reform, at=NOW),
                 lambda: refuse_answer(by=BY, answer=scored, at=NOW)):  # fmt: skip
        deed()
        undo_answer(by=BY, answer=scored, at=LATER)
        scored.refresh_from_db()
        assert (scored.state, scored.decided_at, scored.decided_by_user) == ("suggested", None, None)
    typed = confirm_answer(by=BY, clause=clauses[1], reform=reform, at=NOW)
    undo_answer(by=BY, answer=typed, at=LATER)
    assert list(Answer.objects.all()) == [scored]
    assert Edge.objects.filter(until=None).count() == 0


def test_many_are_confirmed_in_one_deed_each(clauses) -> None:
    answers = [AnswerFactory(clause=c, state=AnswerState.SUGGESTED, score=0.9) for c in clauses]
    refused = AnswerFactory(clause=clauses[0], state=AnswerState.REFUSED, score=0.9)
    assert confirm_answers(by=BY, answers=[*answers, refused], at=NOW) == 2
    assert [entry.deed for entry in Entry.objects.all()] == ["reforms.confirm_answer"] * 2
    assert confirm_answers(by=BY, answers=answers, at=LATER) == 0


def test_an_answer_is_one_thing_and_never_the_clause_itself(clauses, reform, local) -> None:
    for wrong in ({}, {"reform": reform, "local_clause": local[0]}, {"local_clause": clauses[0]}):
        with pytest.raises(Refusal):
            confirm_answer(by=BY, clause=clauses[0], at=NOW, **wrong)
    assert Answer.objects.count() == 0


def test_inapplicable_needs_a_reason_and_a_second_person(clauses) -> None:
    with pytest.raises(Refusal) as refused:
        propose_inapplicable(by=BY, clause=clauses[1], reason="  ", at=NOW)
    assert refused.value.field == "reason"
    row = propose_inapplicable(by=BY, clause=clauses[1], reason="本区没有港口", at=NOW)
    with pytest.raises(Refusal):
        decide_inapplicable(by=BY, inapplicable=row, verdict=YES, at=LATER)
    assert coverage_of(clauses[0].version, possible=0.2).rows[1].state == "gap"
    decide_inapplicable(by=OTHER, inapplicable=row, verdict=YES, at=LATER)
    assert coverage_of(clauses[0].version, possible=0.2).rows[1].state == "inapplicable"
    assert [entry.deed for entry in Entry.objects.order_by("seq")] == [
        "reforms.propose_inapplicable", "reforms.grant_inapplicable",
    ]  # fmt: skip
    assert Entry.objects.first().payload["reason"] == "本区没有港口"


def test_the_rows_themselves_refuse_the_same_person() -> None:
    with pytest.raises(IntegrityError), transaction.atomic():
        InapplicableFactory(asked_by_user=7, granted=True, decided_at=NOW, decided_by_user=7)


def test_whoever_says_no_says_why_and_it_can_be_proposed_again(clauses) -> None:
    row = propose_inapplicable(by=BY, clause=clauses[1], reason="本区没有港口", at=NOW)
    with pytest.raises(Refusal) as refused:
        decide_inapplicable(by=OTHER, inapplicable=row, verdict=Verdict(False, " "), at=LATER)
    assert refused.value.field == "answer"
    decide_inapplicable(by=OTHER, inapplicable=row, verdict=NO, at=LATER)
    assert propose_inapplicable(by=BY, clause=clauses[1], reason="本区确无港口", at=LATER).granted is None


def test_nothing_is_proposed_or_decided_twice(clauses) -> None:
    row = propose_inapplicable(by=BY, clause=clauses[1], reason="本区没有港口", at=NOW)
    for attempt in range(2):
        with pytest.raises(Refusal):
            propose_inapplicable(by=OTHER, clause=clauses[1], reason="又一次", at=LATER)
        if attempt == 0:
            decide_inapplicable(by=OTHER, inapplicable=row, verdict=YES, at=LATER)
    with pytest.raises(Refusal):
        decide_inapplicable(by=Actor(9, "x", "y"), inapplicable=row, verdict=NO, at=LATER)


def test_a_proposal_is_taken_back_by_its_asker_only(clauses) -> None:
    row = propose_inapplicable(by=BY, clause=clauses[1], reason="本区没有港口", at=NOW)
    with pytest.raises(Refusal):
        undo_inapplicable(by=OTHER, inapplicable=row, at=LATER)
    undo_inapplicable(by=BY, inapplicable=row, at=LATER)
    assert Inapplicable.objects.count() == 0
    assert Entry.objects.last().payload["reason"] == "本区没有港口"


def test_an_agreement_is_reopened(clauses) -> None:
    row = propose_inapplicable(by=BY, clause=clauses[1], reason="本区没有港口", at=NOW)
    decide_inapplicable(by=OTHER, inapplicable=row, verdict=YES, at=LATER)
    undo_inapplicable(by=OTHER, inapplicable=row, at=LATER)
    assert coverage_of(clauses[0].version, possible=0.2).rows[1].state == "gap"
