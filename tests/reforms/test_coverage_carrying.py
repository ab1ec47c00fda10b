"""A new wording keeps what was decided about unchanged clauses."""

from datetime import UTC, datetime, timedelta

import pytest

from minhu.mandates.actions import DocumentDraft, Head, load_document
from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import units
from minhu.reforms.actions.coverage_answers import confirm_answer, refuse_answer
from minhu.reforms.actions.coverage_carrying import carry_answers
from minhu.reforms.actions.coverage_inapplicable import decide_inapplicable, propose_inapplicable
from minhu.reforms.actions.coverage_suggestions import suggest_answers
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.queries.coverage import coverage_of
from minhu.trail.models import Edge, Entry
from minhu.trail.states import Actor
from tests.factories.mandates import make_articles
from tests.factories.reforms import YES, AnswerFactory, MilestoneFactory

pytestmark = pytest.mark.django_db
BY, OTHER = Actor(7, "office.chief", "office"), Actor(8, "leader", "office")
AT = datetime(2026, 3, 9, 1, 0, tzinfo=UTC)
LATER = AT + timedelta(days=30)
OLD = ["办好第一件事。", "办好第二件事。", "办好第三件事。", "办好第四件事。"]
NEW = ["办好新的事。", *OLD[:1], "办好第二件大事。", OLD[2]]


def load(articles: list[str], kind: str = "upstream", at: datetime = AT) -> tuple[Version, list[Clause]]:
    """A wording of the one document of a kind."""
    text = "\n".join(f"第{sign}条 {words}" for sign, words in zip("一二三四", articles, strict=True))
    draft = DocumentDraft(f"测试{kind}", Head(title="意见", kind=kind), text)
    version = load_document(by=BY, draft=draft, at=at)
    return version, list(units(version).order_by("order"))


def test_unchanged_clauses_keep_their_answers_even_when_renumbered() -> None:
    _version, old = load(OLD)
    reform = MilestoneFactory().reform
    for clause in old[:2]:
        confirm_answer(by=BY, clause=clause, reform=reform, at=AT)
    refuse_answer(by=BY, answer=AnswerFactory(clause=old[2]), at=AT)
    row = propose_inapplicable(by=BY, clause=old[2], reason="没有", at=AT)
    decide_inapplicable(by=OTHER, inapplicable=row, verdict=YES, at=AT)
    version, new = load(NEW, at=LATER)
    assert carry_answers(by=BY, version=version, at=LATER) == 3
    states = [row.state.value for row in coverage_of(version, possible=0.25).rows]
    assert states == ["gap", "taken", "gap", "inapplicable"]
    kept = Answer.objects.get(clause=new[1])
    assert (kept.decided_at, kept.decided_by_user, kept.reform) == (AT, 7, reform)
    assert Inapplicable.objects.get(clause=new[3]).decided_by_user == 8
    assert Edge.objects.filter(src=f"mandates.clause:{new[1].pk}", until=None).count() == 1


def test_twice_changes_nothing() -> None:
    _version, old = load(OLD)
    confirm_answer(by=BY, clause=old[0], reform=MilestoneFactory().reform, at=AT)
    version, _new = load(NEW, at=LATER)
    carry_answers(by=BY, version=version, at=LATER)
    before = Entry.objects.count(), Answer.objects.count()
    assert carry_answers(by=BY, version=version, at=LATER) == 0
    assert (Entry.objects.count(), Answer.objects.count()) == before


def test_what_people_decided_about_the_new_clause_wins() -> None:
    _version, old = load(OLD)
    reform = MilestoneFactory().reform
    confirm_answer(by=BY, clause=old[0], reform=reform, at=AT)
    version, new = load(NEW, at=LATER)
    refuse_answer(by=BY, answer=AnswerFactory(clause=new[1], reform=reform), at=LATER)
    assert carry_answers(by=BY, version=version, at=LATER) == 0
    assert Answer.objects.get(clause=new[1]).state == "refused"


def test_a_local_document_in_new_words_still_answers() -> None:
    upstream = make_articles(["办好一件事。"])[0]
    _version, old = load(OLD, kind="local")
    confirm_answer(by=BY, clause=upstream, local_clause=old[0], at=AT)
    version, new = load(NEW, kind="local", at=LATER)
    assert coverage_of(upstream.version, possible=0.25).counts["gap"] == 1
    assert carry_answers(by=BY, version=version, at=LATER) == 1
    assert Answer.objects.get(local_clause=new[1]).clause == upstream
    assert coverage_of(upstream.version, possible=0.25).counts["taken"] == 1


def test_looking_for_answers_carries_over_first() -> None:
    _version, old = load(OLD)
    confirm_answer(by=BY, clause=old[0], reform=MilestoneFactory().reform, at=AT)
    version, new = load(NEW, at=LATER)
    done = suggest_answers(by=BY, version=version, possible=0.9, at=LATER)
    assert (done.carried, Answer.objects.get(clause=new[1]).state) == (1, "confirmed")
    assert suggest_answers(by=BY, version=version, possible=0.9, at=LATER).carried == 0


def test_words_that_stand_twice_are_left_to_people() -> None:
    _version, old = load(OLD)
    confirm_answer(by=BY, clause=old[0], reform=MilestoneFactory().reform, at=AT)
    version, _new = load([OLD[0], OLD[0], *OLD[2:]], at=LATER)
    assert carry_answers(by=BY, version=version, at=LATER) == 0
