"""What coverage shows elsewhere: cockpit, desks, documents, clauses, reforms, the trace."""

from datetime import date

import pytest
from django.utils import translation

from minhu.mandates.models import Clause
from minhu.people.states import Role
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.offers import coverage as offers
from minhu.reforms.states import AnswerState
from minhu.trail.models import Edge
from tests.factories.mandates import make_articles
from tests.factories.reforms import NOW, AnswerFactory, InapplicableFactory, MilestoneFactory, ReformFactory
from tests.factories.rulebook import lay_rulebook

pytestmark = pytest.mark.django_db
LATE = date(2026, 3, 20)


@pytest.fixture
def clauses() -> list[Clause]:
    """Four articles received on 2026-03-09: one taken, one not applicable, two gaps."""
    lay_rulebook()
    rows = make_articles(["一。", "二。", "三。", "四。"], title="营商环境意见")
    AnswerFactory(clause=rows[0], reform=MilestoneFactory().reform)
    InapplicableFactory(clause=rows[1], granted=True, decided_at=NOW, decided_by_user=9)
    return rows


def test_the_figure_says_its_formula(clauses, reader) -> None:
    with translation.override("en"):
        view = offers.coverage_figure(reader(Role.LEADER), LATE)
    assert (view.value, view.unit, view.tone) == (2, "clauses nobody answers", "red")
    assert view.sentence == "50.0 % = (1 taken over + 1 not applicable) ÷ 4 clauses"
    assert sum(segment.value for segment in view.segments) == 4


def test_the_cockpit_lists_what_nobody_answers(clauses, reader) -> None:
    view = offers.gaps_panel(LATE, reader(Role.LEADER))
    assert [(row.clause.pk, since < LATE) for row, since in view.context["rows"]] == [
        (clauses[2].pk, True),
        (clauses[3].pk, True),
    ]


def test_the_opening_links_its_numbers(clauses, reader) -> None:
    with translation.override("en"):
        parts = list(offers.coverage_opening(reader(Role.LEADER), LATE))
    assert (
        "".join(str(p.text) for p in parts)
        == "Of 4 clauses from above 2 are settled; 2 have nothing confirmed."
    )
    assert [(str(p.text), p.late) for p in parts if p.url] == [("4", False), ("2", False), ("2", True)]


def test_nothing_is_said_where_there_is_nothing(reader) -> None:
    lay_rulebook()
    leader = reader(Role.LEADER)
    assert offers.coverage_figure(leader, LATE) is None
    assert list(offers.coverage_opening(leader, LATE)) == []
    assert offers.documents_panel([], leader) is None


def test_a_house_without_a_rulebook_still_opens(reader) -> None:
    clause = make_articles(["一。"])[0]
    office = reader(Role.OFFICE)
    assert offers.coverage_figure(office, LATE) is None
    assert list(offers.coverage_duties(office, LATE)) == []
    assert offers.document_panel(clause.version.document, office) is None


@pytest.mark.parametrize(("on", "count"), [(date(2026, 3, 16), 0), (date(2026, 3, 17), 1)])
def test_gaps_past_their_days_are_a_duty_of_the_office(clauses, reader, on: date, count: int) -> None:
    with translation.override("en"):
        duties = list(offers.coverage_duties(reader(Role.OFFICE), on))
    assert [(str(d.title), d.due_on) for d in duties] == [
        ("2 clauses to be taken over", date(2026, 3, 16))
    ] * count
    assert list(offers.coverage_duties(reader(Role.LEAD), on)) == []


def test_a_proposal_is_a_duty_for_others_and_waits_for_its_asker(clauses, reader) -> None:
    asker, leader, lead = reader(Role.OFFICE), reader(Role.LEADER), reader(Role.LEAD)
    InapplicableFactory(clause=clauses[2], asked_by_user=asker.user.pk)
    before = date(2026, 3, 10)
    waits = {who: [d.waits for d in offers.coverage_duties(who, before)] for who in (asker, leader, lead)}
    assert list(waits.values()) == [[True], [False], []]


def test_panels_show_the_same_coverage(clauses, reader) -> None:
    leader = reader(Role.LEADER)
    document = offers.document_panel(clauses[0].version.document, leader)
    assert document.context["whole"].percent == "50.0"
    assert offers.documents_panel([], leader).context["whole"].units == 4
    row = offers.clause_panel(clauses[0], leader).context["row"]
    assert row.state == "taken"
    local = make_articles(["本区办好。"], kind="local")[0]
    assert offers.document_panel(local.version.document, leader) is None
    assert offers.clause_panel(local, leader) is None


def test_a_reform_and_a_local_clause_show_what_they_answer(clauses, reader) -> None:
    leader = reader(Role.LEADER)
    answer = Answer.objects.get()
    assert offers.reform_panel(answer.reform, leader).context["answers"] == [answer]
    assert offers.reform_panel(ReformFactory(), leader) is None
    local = make_articles(["本区办好。"], kind="local")[0]
    mine = AnswerFactory(clause=clauses[2], reform=None, local_clause=local)
    assert offers.clause_panel(local, leader).context["answers"] == [mine]
    AnswerFactory(clause=clauses[3], reform=answer.reform, state=AnswerState.SUGGESTED)
    assert offers.reform_panel(answer.reform, leader).context["answers"] == [answer]


def test_edges_can_be_rebuilt_from_rows(clauses) -> None:
    local = make_articles(["本区办好。"], kind="local")[0]
    AnswerFactory(clause=clauses[2], reform=None, local_clause=local)
    AnswerFactory(clause=clauses[3], state=AnswerState.REFUSED)
    reform = Answer.objects.order_by("pk").first().reform
    assert [(src, dst) for src, dst, _since in offers.answered_edges()] == [
        (f"mandates.clause:{clauses[0].pk}", f"reforms.reform:{reform.pk}"),
        (f"mandates.clause:{clauses[2].pk}", f"mandates.clause:{local.pk}"),
    ]
    assert (Edge.objects.count(), Inapplicable.objects.count()) == (0, 1)
