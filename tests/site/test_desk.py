"""My desk: piles by when, what the forms asked of an office, and the page for every role."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest

from minhu.people.states import Role
from minhu.site.desk.queries import Burden, burden_of, pile_of, piles
from minhu.trail.actions import record
from minhu.trail.states import Actor
from minhu.ui.offers import Duty, DutySource, registry
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory
from tests.roles import check_roles

ON = date(2026, 3, 31)
MONTH = datetime(2026, 3, 1, tzinfo=UTC)


def duty(due: int | None = None, *, waits: bool = False) -> Duty:
    """A duty due some days from the day of the desk."""
    due_on = None if due is None else ON + timedelta(days=due)
    return Duty(f"due {due}", "why", "/there/", due_on, waits=waits)


@pytest.mark.parametrize(
    ("due", "pile"),
    [(-400, "late"), (-1, "late"), (0, "week"), (7, "week"), (8, "later"), (400, "later"), (None, "week")],
)
def test_a_duty_lies_on_the_pile_of_its_day(due, pile):
    assert pile_of(duty(due), on=ON) == pile


@pytest.mark.parametrize("due", [-5, 0, 30, None])
def test_what_waits_for_others_is_never_late(due):
    assert pile_of(duty(due, waits=True), on=ON) == "waits"


def test_piles_keep_their_order_and_empty_ones_are_left_out():
    made = piles([duty(30), duty(2), duty(waits=True), duty(1)], on=ON)
    assert [(pile.key, [one.title for one in pile.duties]) for pile in made] == [
        ("week", ["due 2", "due 1"]),
        ("later", ["due 30"]),
        ("waits", ["due None"]),
    ]
    assert piles([], on=ON) == ()


def asked(values: int, *, of: str = "shenpi", at: datetime = MONTH + timedelta(days=3)) -> None:
    """A deed that cost an office some typed values."""
    by = Actor(7, f"{of}.clerk", of)
    record(
        by=by, deed="reforms.submit_proof", thing="reforms.milestone:1", book="reform:A", at=at, asked=values
    )


@pytest.mark.django_db
def test_the_burden_counts_values_of_the_own_office_in_this_month():
    asked(3)
    asked(2)
    asked(0)
    asked(50, of="caizheng")
    asked(70, at=MONTH - timedelta(seconds=1))
    assert burden_of("shenpi", since=MONTH, on=ON) == Burden(MONTH.date(), 5, 2, None)


@pytest.mark.django_db
def test_minutes_come_from_the_rulebooks_cost_of_a_value():
    LimitFactory(code="burden.seconds_per_value", value=Decimal(30), effective_on=date(2026, 1, 1))
    asked(5)
    assert burden_of("shenpi", since=MONTH, on=ON).minutes == 2
    assert burden_of("caizheng", since=MONTH, on=ON) == Burden(MONTH.date(), 0, 0, 0)


@pytest.mark.django_db
def test_the_desk_is_for_every_role(client_as):
    check_roles(client_as, "/desk/", set(Role))


@pytest.fixture
def sources(monkeypatch) -> list[Duty]:
    """The only source of duties: a list the test fills."""
    owed: list[Duty] = []
    monkeypatch.setattr(registry, "duty_sources", lambda: [DutySource(lambda reader, on: owed)])
    return owed


@pytest.mark.django_db
def test_the_page_says_how_much_is_owed_and_late(client_as, sources, settings):
    client = client_as(Role.LEAD, OrganisationFactory(code="shenpi"))
    today = date.today()
    sources += [
        Duty("晚了的事", "为什么", "/a/", today - timedelta(days=3)),
        Duty("这周的事", "为什么", "/b/", today + timedelta(days=2)),
        Duty("等别人", "为什么", "/c/", waits=True),
    ]
    answer = client.get("/desk/")
    assert (answer.context["count"], answer.context["late"]) == (2, 1)
    assert [pile.key for pile in answer.context["piles"]] == ["late", "week", "waits"]
    page = answer.content.decode()
    assert page.count('href="/a/"') == page.count('href="/b/"') == page.count('href="/c/"') == 1


@pytest.mark.django_db
def test_an_empty_desk_teaches_what_will_come(client_as, sources):
    answer = client_as(Role.SUPERVISOR).get("/desk/")
    assert answer.context["count"] == 0
    assert 'class="empty"' in answer.content.decode()


@pytest.mark.django_db
def test_what_a_duty_says_is_escaped(client_as, sources):
    sources.append(Duty("<script>alert(1)</script>", "<b>why</b>", "/a/"))
    page = client_as(Role.LEAD).get("/desk/").content.decode()
    assert "<script>alert(1)" not in page
    assert "&lt;b&gt;why&lt;/b&gt;" in page


@pytest.mark.django_db
def test_more_duties_ask_no_more_of_the_database(client_as, sources, django_assert_max_num_queries):
    client = client_as(Role.LEAD)
    sources += [Duty(f"事 {n}", "为什么", "/a/", date.today()) for n in range(200)]
    client.get("/desk/")
    with django_assert_max_num_queries(16):
        client.get("/desk/")
