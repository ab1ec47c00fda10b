"""One search: hits are capped and told, words are escaped, readers find only what they may see."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minhu.people.states import Role
from minhu.site.find.queries import Kind, search
from minhu.site.find.views import MOST
from minhu.ui import offers
from minhu.ui.offers import Finder, Found
from tests.factories.mandates import ClauseFactory
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import MilestoneFactory, ReformFactory
from tests.roles import check_roles

pytestmark = pytest.mark.django_db


@pytest.fixture
def finders(monkeypatch) -> list[Finder]:
    """The only finders there are: a list the test fills."""
    made: list[Finder] = []
    monkeypatch.setattr(offers, "finders", lambda: made)
    return made


def hits(count: int):
    """A finder with some hits, cut to what is asked for."""
    return lambda text, reader, most: [Found(f"{text} {n}", f"/{n}/") for n in range(count)][:most]


def test_kinds_without_a_hit_are_left_out_and_more_is_told(finders):
    finders += [Finder("many", hits(9)), Finder("none", hits(0)), Finder("three", hits(3))]
    found = search("x", None, most=3)
    assert [(kind.title, len(kind.found), kind.more) for kind in found] == [
        ("many", 3, True),
        ("three", 3, False),
    ]
    assert found[1] == Kind("three", (Found("x 0", "/0/"), Found("x 1", "/1/"), Found("x 2", "/2/")), False)


def test_nothing_asked_is_nothing_looked_for(finders):
    finders.append(Finder("never", lambda *said: pytest.fail("a finder was asked for nothing")))
    assert search("", None, most=3) == []


def test_the_search_is_for_every_role(client_as):
    check_roles(client_as, "/find/?q=x", set(Role))


def test_reforms_milestones_clauses_and_units_are_found(client_as):
    unit = OrganisationFactory(name="示范审批局", short="示范审批局")
    reform = ReformFactory(name="示范窗口改革", lead=unit)
    stone = MilestoneFactory(reform=reform, title="示范节点")
    clause = ClauseFactory(text="示范区应当公布清单。")
    answer = client_as(Role.OFFICE).get("/find/", {"q": "示范"})
    urls = {found.url for kind in answer.context["kinds"] for found in kind.found}
    assert {reform.get_absolute_url(), stone.get_absolute_url(), clause.get_absolute_url()} <= urls
    assert any(url.endswith(f"/{unit.code}/") for url in urls)


def test_a_code_finds_its_reform(client_as):
    reform = ReformFactory(code="GG-2031-77")
    kinds = client_as(Role.AUDITOR).get("/find/", {"q": " gg-2031-77 "}).context["kinds"]
    assert [found.url for kind in kinds for found in kind.found] == [reform.get_absolute_url()]


def test_units_are_hidden_from_those_who_may_not_see_them(client_as):
    OrganisationFactory(name="示范审批局")
    assert client_as(Role.LEAD).get("/find/", {"q": "示范审批局"}).context["kinds"] == []


@pytest.mark.parametrize("words", ["<script>alert(1)</script>", "%", "_", "'; drop table", "\\", '"><b>'])
def test_words_are_words_and_never_code(client_as, words):
    ReformFactory(name="平常的改革", problem="", goal="")
    answer = client_as(Role.OFFICE).get("/find/", {"q": words})
    page = answer.content.decode()
    assert answer.status_code == 200
    assert "<script>alert(1)" not in page
    assert '"><b>' not in page
    assert answer.context["kinds"] == []


def test_what_is_found_is_escaped(client_as):
    ReformFactory(name="改革<img src=x>")
    page = client_as(Role.OFFICE).get("/find/", {"q": "改革"}).content.decode()
    assert "改革&lt;img src=x&gt;" in page
    assert "<img src=x>" not in page


def test_very_long_words_are_cut(client_as):
    assert client_as(Role.OFFICE).get("/find/", {"q": "长" * 5000}).context["text"] == "长" * 100


def test_more_rows_ask_no_more_of_the_database(client_as):
    client = client_as(Role.OFFICE)
    ReformFactory()
    few = queries_of(client)
    ReformFactory.create_batch(MOST + 5)
    assert queries_of(client) <= few <= 19


def queries_of(client) -> int:
    """How many queries a search takes."""
    with CaptureQueriesContext(connection) as caught:
        assert client.get("/find/", {"q": "改革"}).status_code == 200
    return len(caught)
