"""What cases offer to pages that do not know them."""

from datetime import date, timedelta

import pytest
from django.urls import resolve, reverse

from minhu.cases import offers
from minhu.cases.models import Case, Clock
from minhu.people.gate import right_of
from minhu.people.states import Role
from tests.factories.cases import NOW, KindFactory, changed, do, doer, open_one
from tests.factories.people import OrganisationFactory, make_reader
from tests.factories.rulebook import LimitFactory, lay_rulebook

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)
CLERK, HOST = doer("office", "office"), doer("host")


@pytest.fixture(autouse=True)
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    for code in ("office", "host", "other"):
        OrganisationFactory(code=code, short=code)
    KindFactory()


def reader(role: Role, code: str):
    return make_reader(role, OrganisationFactory._meta.model.objects.get(code=code))


def dispatched(title: str, days: int = 0) -> str:
    """A case on the desk of `host` since so many days."""
    at = NOW - timedelta(days=days)
    number = open_one(CLERK, values={"title": title}, at=at).number
    do(CLERK, number, "dispatch", assigns={"host": ["host"]}, at=at)
    return number


def test_duties_are_the_cases_on_the_own_desk_then_those_of_others():
    dispatched("路灯")
    open_one(CLERK, values={"title": "待派"})
    owed = [(duty.title, duty.waits) for duty in offers.duties(reader(Role.OFFICE, "office"), ON)]
    assert owed == [("待派", False), ("路灯", True)]
    duty = next(iter(offers.duties(reader(Role.LEAD, "host"), ON)))
    assert (duty.why, str(duty.due_on), duty.light.tone) == ("诉求", "2026-04-07", "blue")
    assert list(offers.duties(reader(Role.LEAD, "other"), ON)) == []


def test_an_auditor_owes_nothing():
    dispatched("路灯")
    owed = offers.duties(reader(Role.AUDITOR, "host"), ON)
    assert [duty for duty in owed if not duty.waits] == []


def test_the_search_finds_what_the_reader_may_see():
    number = dispatched("路灯不亮")
    assert [found.title for found in offers.found_cases("灯 路", reader(Role.LEAD, "host"), 5)] == [
        "路灯不亮"
    ]
    assert [found.snippet for found in offers.found_cases(number, reader(Role.LEADER, "other"), 5)]
    assert offers.found_cases("路灯", reader(Role.LEAD, "other"), 5) == []


def test_a_confidential_case_is_named_by_its_number():
    KindFactory(made=changed(code="quiet", title="内部", confidential=True))
    hidden, plain = open_one(CLERK, "quiet").number, open_one(CLERK).number
    named = offers.case_links([str(pk) for pk in Case.objects.values_list("pk", flat=True)])
    assert {title for title, _url in named.values()} == {hidden, "路灯不亮"}
    assert any(plain in url for _title, url in named.values())


def test_figures_and_the_opening_sentence_count_what_is_open():
    dispatched("迟了", 30)
    dispatched("近了")
    leader = reader(Role.LEADER, "other")
    figure = offers.late_figure(leader, ON)
    assert (figure.value, figure.tone) == (1, "red")
    assert sum(part.value for part in figure.segments) == 2
    assert "".join(str(part.text) for part in offers.opening(leader, ON)) == "在办2件中，逾期1件。"
    assert offers.late_figure(reader(Role.LEAD, "other"), ON) is None


def test_nothing_open_says_nothing():
    leader = reader(Role.LEADER, "other")
    assert offers.late_figure(leader, ON) is None
    assert list(offers.opening(leader, ON)) == []
    assert offers.time_figure(leader, ON) is None


def test_the_share_in_time_names_its_denominator():
    for days, took in ((40, 1), (40, 30)):
        number = dispatched("一件", days)
        do(HOST, number, "answer", {"result": "好了"}, at=NOW - timedelta(days=days - took))
    figure = offers.time_figure(reader(Role.LEADER, "other"), ON)
    assert (figure.value, [part.value for part in figure.segments]) == ("50.0", [1, 1])
    assert "2件中1件" in str(figure.sentence)
    assert Clock.objects.filter(state="stopped").count() == 2


def test_edges_lead_from_a_case_to_those_opened_from_it():
    parent = open_one(CLERK).number
    child = open_one(CLERK, parent=parent).number
    rows = Case.objects.in_bulk(field_name="number")
    edge = next(iter(offers.opened_edges()))
    assert edge[:2] == (f"cases.case:{rows[parent].pk}", f"cases.case:{rows[child].pk}")


def test_every_role_finds_the_door(client_as):
    for role in Role:
        assert '<a href="/cases/"' in client_as(role).get("/cases/").content.decode()


def test_the_door_asks_for_the_right_of_the_page_it_opens():
    assert [nav.right for nav in offers.NAV] == [
        right_of(resolve(reverse(nav.url_name)).func) for nav in offers.NAV
    ]
