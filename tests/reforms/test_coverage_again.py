"""What a new wording opens again, above and here; and local texts older than what they carry out."""

from datetime import date, timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import translation

from minhu.mandates.actions import DocumentDraft, Head, load_document, set_implements
from minhu.mandates.bridge import opened_again
from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import units
from minhu.people.states import Role
from minhu.reforms.actions.coverage_answers import confirm_answer, refuse_answer
from minhu.reforms.actions.coverage_carrying import carry_answers
from minhu.reforms.actions.coverage_inapplicable import propose_inapplicable
from minhu.reforms.models import Answer
from minhu.reforms.offers.coverage import coverage_duties
from minhu.reforms.queries.coverage_again import opened_documents, to_look_at
from minhu.reforms.queries.coverage_limits import Thresholds
from minhu.reforms.queries.coverage_review import Review, review_of
from tests.factories.mandates import make_articles
from tests.factories.reforms import AnswerFactory, MilestoneFactory
from tests.factories.rulebook import lay_rulebook
from tests.reforms.test_coverage_carrying import AT, BY, LATER, NEW, OLD, load

pytestmark = pytest.mark.django_db
LIMITS = Thresholds(0.25, 0.55, 5)
OPENED = ["第一条", "第三条"]  # of NEW: the clauses whose words are other ones


def seen(version: Version, show: str = "again", at: int | None = None) -> Review:
    """The review as the page shows it."""
    return review_of(version, at=at, show=show, limits=LIMITS)


def labels(version: Version) -> list[str]:
    """The clauses to look at again, in order."""
    return [row.clause.label for row in seen(version).covered.rows if row.is_again]


@pytest.fixture
def wordings() -> tuple[list[Clause], Version, list[Clause]]:
    """The clauses of an earlier wording, all confirmed; the new wording with its clauses, carried over."""
    _version, old = load(OLD)
    for clause in old:
        confirm_answer(by=BY, clause=clause, reform=MilestoneFactory().reform, at=AT)
    version, new = load(NEW, at=LATER)
    carry_answers(by=BY, version=version, at=LATER)
    return old, version, new


def test_what_is_not_carried_over_is_to_be_looked_at_again(wordings) -> None:
    _old, version, new = wordings
    carried = set(Answer.objects.filter(clause__version=version).values_list("clause", flat=True))
    opened = {step.later.pk for step in opened_again(version)}
    assert (carried & opened, carried | opened) == (set(), {clause.pk for clause in new})
    assert labels(version) == OPENED


def test_the_filter_counts_them_and_walks_from_one_to_the_next(wordings) -> None:
    _old, version, new = wordings
    review = seen(version)
    assert {key: count for key, _name, count in review.shows}["again"] == 2
    assert (review.total, review.row.clause, review.next_open.clause) == (2, new[0], new[2])
    assert seen(version, at=new[2].pk).next_open.clause == new[0]


def test_the_earlier_words_stand_beside_with_what_answered_them(wordings) -> None:
    old, version, new = wordings
    again = seen(version, at=new[2].pk).again
    assert (again.earlier, [row.clause for row in again.answers]) == (old[1], [old[1]])
    added = [again.step.later_words[start:end] for start, end in again.step.later_marks]
    assert added == ["大"]
    assert seen(version, "all", new[1].pk).again is None


def test_whoever_decides_is_done_with_it(wordings) -> None:
    _old, version, new = wordings
    refuse_answer(by=BY, answer=AnswerFactory(clause=new[0]), at=LATER)
    assert labels(version) == ["第三条"]
    propose_inapplicable(by=BY, clause=new[2], reason="没有", at=LATER)
    assert (labels(version), opened_documents()) == ([], [])
    assert "again" not in [key for key, _name, _count in seen(version, "all").shows]
    assert "again" in [key for key, _name, _count in seen(version).shows]


def test_a_first_wording_opens_nothing_again() -> None:
    version, _clauses = load(OLD)
    assert (to_look_at(version).keys, opened_documents()) == (set(), [])


def test_a_local_text_in_other_words_opens_what_it_answered() -> None:
    above = make_articles(["办好一件事。", "办好另一件事。"])
    _version, old = load(OLD, kind="local")
    confirm_answer(by=BY, clause=above[0], local_clause=old[1], at=AT)
    confirm_answer(by=BY, clause=above[1], local_clause=old[0], at=AT)
    version, new = load(NEW, kind="local", at=LATER)
    carry_answers(by=BY, version=version, at=LATER)
    assert labels(above[0].version) == [above[0].label]
    again = seen(above[0].version).again
    assert (again.step, [row.local_clause for row in again.answers]) == (None, [old[1]])
    confirm_answer(by=BY, clause=above[0], local_clause=new[2], at=LATER + timedelta(days=1))
    assert labels(above[0].version) == []


def test_a_refusal_after_the_local_text_changed_settles_it_too() -> None:
    above = make_articles(["办好一件事。"])[0]
    _version, old = load(OLD, kind="local")
    confirm_answer(by=BY, clause=above, local_clause=old[1], at=AT)
    load(NEW, kind="local", at=LATER)
    assert labels(above.version) == [above.label]
    refuse_answer(by=BY, answer=AnswerFactory(clause=above), at=LATER + timedelta(days=1))
    assert labels(above.version) == []


def test_the_office_finds_it_on_its_desk(wordings, reader) -> None:
    lay_rulebook()
    with translation.override("en"):
        said = {
            role: [str(duty.title) for duty in coverage_duties(reader(role), date(2026, 4, 9))]
            for role in (Role.OFFICE, Role.LEADER)
        }
    assert "2 clauses to look at again" in said[Role.OFFICE]
    assert said[Role.LEADER] == []


def test_the_pages_show_both_wordings_and_lead_there(wordings, client_as) -> None:
    lay_rulebook()
    _old, version, new = wordings
    office: Client = client_as(Role.OFFICE)
    office.cookies["django_language"] = "en"
    where = reverse("reforms:coverage_review", args=[version.pk])
    page = office.get(where, {"show": "again", "at": new[2].pk}).content.decode()
    assert "changed in this wording" in page
    assert "办好第二件<mark>大</mark>事。" in page
    assert f"{where}?show=again" in office.get(reverse("reforms:coverage")).content.decode()


def test_older_local_texts_stand_on_every_page_of_coverage(client_as) -> None:
    lay_rulebook()
    local = local_text(date(2026, 2, 1))
    above = DocumentDraft("上级1", Head(title="上级意见", issued_on=date(2026, 3, 1)), "第一条 办好一件事。")
    version = load_document(by=BY, draft=above, at=AT)
    set_implements(by=BY, document=local.document, numbers=["上级1"], at=AT)
    answer = AnswerFactory(clause=units(version).get(), reform=None, local_clause=units(local).get())
    auditor: Client = client_as(Role.AUDITOR)
    auditor.cookies["django_language"] = "en"
    names = ("coverage_review", "coverage_matrix", "coverage_blind", "coverage_claims", "coverage_decisions")
    pages = [auditor.get(reverse("reforms:coverage")).content.decode()]
    pages += [auditor.get(reverse(f"reforms:{name}", args=[version.pk])).content.decode() for name in names]
    told = "The local text was issued 2026-02-01; the wording in force of “上级意见” was issued 2026-03-01"
    assert [told in page for page in pages] == [True] * 6
    assert (pages[1].count('href="#older"'), answer.state) == (1, "confirmed")


def local_text(issued_on: date) -> Version:
    """A local document of one article."""
    head = Head(title="本级办法", kind="local", issued_on=issued_on)
    return load_document(by=BY, draft=DocumentDraft("本级1", head, "第一条 办好一件事。"), at=AT)
