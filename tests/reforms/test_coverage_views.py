"""Pages and deeds of coverage: who may, whole page and fragment, what is refused."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from minhu.mandates.models import Clause
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.reforms.models import Answer, Inapplicable
from minhu.reforms.states import AnswerState
from tests.factories.mandates import make_articles
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import NOW, AnswerFactory, InapplicableFactory, MilestoneFactory, ReformFactory
from tests.factories.rulebook import lay_rulebook
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
EVERY = list(Role)
OFFICE = [Role.OFFICE]
DECIDERS = [Role.OFFICE, Role.LEADER]


@pytest.fixture(autouse=True)
def limits(db: None) -> None:
    """The rulebook these pages judge by."""
    lay_rulebook()


@pytest.fixture
def clauses() -> list[Clause]:
    """An upstream document of three articles."""
    return make_articles(["建好企业综合服务中心。", "深化港口改革。", "完善要素市场。"])


@pytest.fixture
def office(client_as) -> Client:
    """The reform office, reading English."""
    return client_as(Role.OFFICE, headers={"accept-language": "en"})


def suggested(clause: Clause, score: float = 0.6, **values: object) -> Answer:
    """A suggestion by a reform that has a milestone."""
    reform = ReformFactory(**values)
    MilestoneFactory(reform=reform)
    return AnswerFactory(
        clause=clause, reform=reform, state=AnswerState.SUGGESTED, score=score, spans=[[0, 4, 0, 4]]
    )


def url(name: str, *args: int) -> str:
    """An address of coverage."""
    return reverse(f"reforms:coverage_{name}", args=args)


@pytest.mark.parametrize("name", ["review", "matrix", "blind", "claims"])
def test_everybody_signed_in_sees_coverage(client_as, clauses: list[Clause], name: str) -> None:
    suggested(clauses[0])
    AnswerFactory(clause=clauses[1])
    check_roles(client_as, url(name, clauses[0].version_id), EVERY)
    check_roles(client_as, reverse("reforms:coverage"), EVERY)


@pytest.mark.parametrize("name", ["suggest", "confirm_sure"])
def test_only_the_office_looks_for_answers(client_as, clauses: list[Clause], name: str) -> None:
    check_roles(client_as, url(name, clauses[0].version_id), OFFICE, method="post")


@pytest.mark.parametrize("name", ["confirm", "refuse", "undo"])
def test_only_the_office_decides_answers(client_as, clauses: list[Clause], name: str) -> None:
    check_roles(client_as, url(name, suggested(clauses[0]).pk), OFFICE, method="post")
    assert client_as(Role.OFFICE).get(url(name, Answer.objects.get().pk)).status_code == 405


def test_only_the_office_names_an_answer(client_as, clauses: list[Clause]) -> None:
    reform = ReformFactory()
    check_roles(client_as, url("answer", clauses[0].pk), OFFICE, method="post", data={"code": reform.code})


def test_a_lead_proposes_only_where_its_own_organisation_answers(client_as, clauses: list[Clause]) -> None:
    own = OrganisationFactory()
    suggested(clauses[0], lead=own)
    suggested(clauses[1])
    for clause, status in ((clauses[0], 302), (clauses[1], 403)):
        answer = client_as(Role.LEAD, own).post(url("propose", clause.pk), {"reason": "本区没有港口"})
        assert answer.status_code == status
    assert [row.clause for row in Inapplicable.objects.all()] == [clauses[0]]


def test_who_may_propose(client_as, clauses: list[Clause]) -> None:
    outcome = {}
    for role, clause in zip(Role, [*make_articles(["一"] * 5)], strict=True):
        outcome[role] = client_as(role).post(url("propose", clause.pk), {"reason": "没有"}).status_code
    assert outcome == {role: 302 if role == Role.OFFICE else 403 for role in Role}


def test_who_may_decide(client_as, clauses: list[Clause]) -> None:
    for role in Role:
        row = InapplicableFactory(clause=make_articles(["一"])[0])
        answer = client_as(role).post(url("decide", row.pk), {"yes": "1"})
        row.refresh_from_db()
        assert (answer.status_code, row.granted) == ((302, True) if role in DECIDERS else (403, None))


def test_the_asker_cannot_decide_and_is_told(office: Client, clauses: list[Clause]) -> None:
    office.post(url("propose", clauses[1].pk), {"reason": "本区没有港口"})
    row = Inapplicable.objects.get()
    page = office.post(url("decide", row.pk), {"yes": "1"})
    row.refresh_from_db()
    assert row.granted is None
    assert "You proposed this yourself" in page.content.decode()


def test_an_agreement_is_reopened_by_deciders_only(client_as, clauses: list[Clause]) -> None:
    row = InapplicableFactory(clause=clauses[1], granted=True, decided_at=NOW, decided_by_user=9)
    lead = client_as(Role.LEAD, OrganisationFactory())
    assert lead.post(url("reopen", row.pk)).status_code == 403
    assert client_as(Role.OFFICE).post(url("reopen", row.pk)).status_code == 302
    assert Inapplicable.objects.count() == 0


def test_the_fragment_is_the_same_as_the_part_of_the_whole_page(
    office: Client, clauses: list[Clause]
) -> None:
    suggested(clauses[0])
    where = f"{url('review', clauses[0].version_id)}?show=all&at={clauses[0].pk}"
    whole = office.get(where).content.decode()
    answer = office.get(where, headers={"hx-request": "true"})
    fragment = without_tokens(answer.content.decode().strip())
    assert fragment.startswith('<div id="review"')
    assert fragment in without_tokens(whole)
    assert answer.headers["HX-Replace-Url"] == where


def without_tokens(html: str) -> str:
    """A page without the lines that differ from answer to answer."""
    import re

    return re.sub(r'name="csrfmiddlewaretoken" value="[^"]*"', "", html)


def test_confirming_with_and_without_scripts_does_the_same(office: Client, clauses: list[Clause]) -> None:
    first, second = suggested(clauses[0]), suggested(clauses[1])
    plain = office.post(url("confirm", first.pk), {"show": "pending", "next": str(clauses[1].pk)})
    here = f"{url('review', clauses[0].version_id)}?show=pending&at={clauses[1].pk}"
    assert (plain.status_code, plain.headers["Location"]) == (302, here)
    swapped = office.post(url("confirm", second.pk), {"show": "pending"}, headers={"hx-request": "true"})
    assert swapped.status_code == 200
    assert url("undo", second.pk) in swapped.content.decode()
    assert [a.state for a in Answer.objects.order_by("pk")] == ["confirmed", "confirmed"]


def test_an_unknown_code_is_refused_and_kept(office: Client, clauses: list[Clause]) -> None:
    page = office.post(url("answer", clauses[0].pk), {"code": "GG-1999-1"}).content.decode()
    assert "There is no reform with the code “GG-1999-1”." in page
    assert 'value="GG-1999-1"' in page
    assert Answer.objects.count() == 0


def test_a_proposal_without_a_reason_is_refused(office: Client, clauses: list[Clause]) -> None:
    page = office.post(url("propose", clauses[0].pk), {"reason": " "}).content.decode()
    assert "the reason is public" in page
    assert Inapplicable.objects.count() == 0


def test_whoever_says_no_keeps_what_was_typed(client_as, clauses: list[Clause]) -> None:
    row = InapplicableFactory(clause=clauses[0])
    client = client_as(Role.LEADER, headers={"accept-language": "en"})
    assert "Please say why it does apply" in client.post(url("decide", row.pk), {"no": "1"}).content.decode()
    client.post(url("decide", row.pk), {"no": "1", "reason": "本区有码头"})
    row.refresh_from_db()
    assert (row.granted, row.answer) == (False, "本区有码头")


def test_looking_for_answers_says_what_it_did(office: Client, clauses: list[Clause]) -> None:
    MilestoneFactory(reform=ReformFactory(name="建好企业综合服务中心"))
    page = office.post(url("suggest", clauses[0].version_id), follow=True)
    said = [str(message) for message in page.context["messages"]]
    assert said == [
        f"3 clauses compared with 1 candidates: {Answer.objects.count()} suggestions added, 0 dropped."
    ]


def test_without_candidates_the_next_step_is_said(office: Client, clauses: list[Clause]) -> None:
    page = office.post(url("suggest", clauses[0].version_id), follow=True)
    assert "load a local document or start a reform" in page.content.decode()


@pytest.mark.parametrize("deed", ["confirm", "refuse", "undo"])
def test_the_second_tab_does_not_turn_round_what_the_first_decided(
    office: Client, clauses: list[Clause], deed: str
) -> None:
    row = suggested(clauses[0])
    first, second = ("refuse", "confirm") if deed == "confirm" else ("confirm", deed)
    seen = {"seen": "suggested"}
    assert office.post(url(first, row.pk), seen).status_code == 302
    decided = Answer.objects.get(pk=row.pk).state
    page = office.post(url(second, row.pk), seen).content.decode()
    assert f"Somebody decided this in the meantime: {Answer(state=decided).get_state_display()}" in page
    assert Answer.objects.get(pk=row.pk).state == decided
    office.post(url(second, row.pk), {"seen": decided})
    assert Answer.objects.get(pk=row.pk).state != decided


def test_sure_ones_are_confirmed_in_one_go(office: Client, clauses: list[Clause]) -> None:
    suggested(clauses[0], 0.9)
    suggested(clauses[1], 0.3)
    office.post(url("confirm_sure", clauses[0].version_id))
    assert [a.state for a in Answer.objects.order_by("pk")] == ["confirmed", "suggested"]


def test_readers_see_no_buttons(client_as, clauses: list[Clause]) -> None:
    suggested(clauses[0])
    where = url("review", clauses[0].version_id)
    pages = {role: client_as(role).get(where).content.decode() for role in (Role.OFFICE, Role.AUDITOR)}
    found = {role: url("confirm", Answer.objects.get().pk) in page for role, page in pages.items()}
    assert found == {Role.OFFICE: True, Role.AUDITOR: False}


@pytest.mark.parametrize("at", ["", "0", "9" * 40, "x", "-1"])
def test_nonsense_in_the_address_shows_the_first_clause(
    office: Client, clauses: list[Clause], at: str
) -> None:
    page = office.get(url("review", clauses[0].version_id), {"at": at, "show": "nonsense"})
    assert page.context["review"].row.clause == clauses[0]


def test_pages_ask_the_same_number_of_queries_whatever_they_hold(office: Client) -> None:
    names, asked = ("review", "matrix", "blind", "claims"), []
    for size in (2, 9):
        clauses = make_articles([f"办好第{n}件事。" for n in range(size)])
        for clause in clauses:
            suggested(clause)
            AnswerFactory(clause=clause)
        for name in names:
            with CaptureQueriesContext(connection) as queries:
                assert office.get(url(name, clauses[0].version_id)).status_code == 200
            asked.append(len(queries))
    assert asked[: len(names)] == asked[len(names) :]
    assert max(asked) <= 30
    assert Organisation.objects.count() > 9
