"""The cockpit: openings and questions with linked numbers, for every role, in a bounded number of queries."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minhu.people.states import Role
from minhu.ui import offers
from minhu.ui.offers import Figure, FigureView, Opening, Part, Segment, sentence
from tests.factories.reforms import MilestoneFactory, ReformFactory
from tests.factories.rulebook import LimitFactory
from tests.roles import check_roles

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def near_days(db) -> None:
    """Lights need to know how near is near."""
    LimitFactory(code="light.near_days", value=5, effective_on=date(2020, 1, 1))


@pytest.fixture
def offered(monkeypatch):
    """The only openings and figures there are."""

    def offer(*, openings=(), figures=()):
        monkeypatch.setattr(offers, "openings", lambda: list(openings))
        monkeypatch.setattr(offers, "figures", lambda: list(figures))

    return offer


def page_of(client) -> str:
    answer = client.get("/cockpit/")
    assert answer.status_code == 200
    return answer.content.decode()


def test_the_cockpit_is_for_every_role(client_as):
    check_roles(client_as, "/cockpit/", set(Role))


def test_an_empty_house_says_what_to_do_next(client_as, offered):
    offered()
    assert 'class="empty"' in page_of(client_as(Role.LEADER))


def test_an_opening_is_a_sentence_whose_numbers_are_links(client_as, offered):
    parts = sentence("Of {all} only {late}.", all=Part("82", "/all/"), late=Part("<7>", "/late/", late=True))
    offered(openings=[Opening(1, lambda reader, on: parts)])
    page = page_of(client_as(Role.LEADER))
    assert (
        '<p class="lede">Of <a href="/all/">82</a> only <a href="/late/" class="late">&lt;7&gt;</a>.</p>'
        in page
    )


def test_a_figure_shows_number_unit_sentence_and_its_rows(client_as, offered):
    view = FigureView(
        3, "rows", "red", "made of these", "/rows/", (Segment(3, "red", "late"), Segment(1, "done", "ok"))
    )
    offered(
        figures=[Figure(1, "What?", lambda reader, on: view), Figure(2, "Nothing?", lambda reader, on: None)]
    )
    page = page_of(client_as(Role.LEADER))
    assert '<a href="/rows/" class="late">3</a> <span>rows</span>' in page
    assert "made of these" in page
    assert "Nothing?" not in page


def test_the_late_number_is_the_number_of_its_rows(client_as):
    today, reform = date.today(), ReformFactory()
    for days in (-40, -3, -1, 0, 200):
        MilestoneFactory(reform=reform, due_on=today + timedelta(days=days))
    client = client_as(Role.LEADER)
    assert '<a href="/reforms/late/" class="late">3</a>' in page_of(client)
    assert len(client.get("/reforms/late/").context["late"]) == 3


def test_an_opening_of_every_room_reads_as_plain_words(client_as):
    MilestoneFactory(due_on=date.today() - timedelta(days=2))
    answer = client_as(Role.LEADER).get("/cockpit/")
    said = ["".join(str(part.text) for part in parts) for parts in answer.context["sentences"]]
    assert any("1" in words for words in said)
    assert all("{" not in words and "%" not in words for words in said)


def queries_of(client) -> int:
    with CaptureQueriesContext(connection) as caught:
        page_of(client)
    return len(caught)


def test_more_rows_ask_no_more_of_the_database(client_as):
    client, today = client_as(Role.LEADER), date.today()
    MilestoneFactory.create_batch(3, due_on=today - timedelta(days=9))
    MilestoneFactory.create_batch(3, due_on=today + timedelta(days=3))
    few = queries_of(client)
    MilestoneFactory.create_batch(40, due_on=today - timedelta(days=9))
    MilestoneFactory.create_batch(40, due_on=today + timedelta(days=3))
    assert queries_of(client) == few <= 40


def test_the_front_door_leads_leaders_to_the_cockpit_and_all_others_to_the_desk(client_as):
    doors = {role: client_as(role).get("/").headers["Location"] for role in Role}
    assert doors == {role: "/cockpit/" if role == Role.LEADER else "/desk/" for role in Role}
