"""The page 依据: right for every role, a button only for those who may, and nothing lost by a filter."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.urls import reverse
from django.utils import timezone

from minhu.people.states import Role
from minhu.rulebook.models import Limit
from minhu.rulebook.states import Strength, YearState
from minhu.trail.models import Entry
from tests.factories.rulebook import CalendarFactory, LimitFactory, lay_rulebook
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
PAGE = "/basis/"
CHECKERS = {Role.OFFICE, Role.SUPERVISOR}


@pytest.fixture
def today() -> date:
    return timezone.localdate()


@pytest.fixture
def rules(today: date) -> Limit:
    """The rulebook, fresh, and one limit last checked two years ago."""
    lay_rulebook()
    Limit.objects.update(checked_on=today)
    return LimitFactory(code="petition.close_days", name="信访办结", checked_on=today - timedelta(days=730))


def listed(answer) -> set[str]:
    return {row.limit.code for row in answer.context["rows"]}


def test_every_role_reads_the_basis(client_as, rules) -> None:
    check_roles(client_as, PAGE, set(Role))
    check_roles(client_as, reverse("rulebook:limit", args=[rules.code]), set(Role))


def test_only_some_may_check(client_as, rules) -> None:
    check_roles(client_as, reverse("rulebook:check", args=[rules.pk]), CHECKERS, method="post")


def test_a_check_is_not_made_by_looking(client_as, rules) -> None:
    answer = client_as(Role.OFFICE).get(reverse("rulebook:check", args=[rules.pk]))
    assert answer.status_code == 405
    assert Entry.objects.count() == 0


def test_an_empty_house_teaches_the_next_step(client_as) -> None:
    answer = client_as(Role.OFFICE).get(PAGE)
    assert answer.status_code == 200
    assert answer.content.decode().count("load_pack") == 2


def test_an_old_check_is_yellow_and_a_fresh_one_is_not(client_as, rules) -> None:
    lights = {row.limit.code: row.light.tone for row in client_as(Role.LEAD).get(PAGE).context["rows"]}
    assert lights.pop("petition.close_days") == "yellow"
    assert set(lights.values()) == {"off"}


def test_never_checked_is_yellow_too(client_as, rules) -> None:
    LimitFactory(code="new", checked_on=None, checked_by="")
    rows = client_as(Role.LEAD).get(PAGE).context["rows"]
    assert [row.light.word for row in rows if row.limit.code == "new"] == ["从未核验"]


@pytest.mark.parametrize(("days", "tone"), [(365, "off"), (368, "yellow")])
def test_the_cutoff_is_the_rulebooks(client_as, rules, today, days, tone) -> None:
    Limit.objects.filter(pk=rules.pk).update(checked_on=today - timedelta(days=days))
    rows = client_as(Role.LEAD).get(PAGE).context["rows"]
    assert {row.light.tone for row in rows if row.limit.pk == rules.pk} == {tone}


def test_filters_live_in_the_address(client_as, rules) -> None:
    LimitFactory(
        code="assumed.one",
        strength=Strength.ASSUMED,
        group="容错",
        basis="惯例",
        checked_on=timezone.localdate(),
    )
    client = client_as(Role.LEAD)
    assert listed(client.get(PAGE, {"check": "due"})) == {"petition.close_days"}
    assert listed(client.get(PAGE, {"strength": "assumed"})) == {"assumed.one"}
    assert listed(client.get(PAGE, {"group": "容错"})) == {"assumed.one"}
    assert listed(client.get(PAGE, {"text": "信访"})) == {"petition.close_days"}
    assert listed(client.get(PAGE, {"text": "信访 惯例"})) == set()


def test_a_filter_that_makes_no_sense_is_no_filter(client_as, rules) -> None:
    answer = client_as(Role.LEAD).get(PAGE, {"strength": "rumour", "group": "none", "page": "x"})
    assert len(listed(answer)) == Limit.objects.count()


def test_the_opening_counts_what_it_links(client_as, rules) -> None:
    LimitFactory(code="assumed.one", strength=Strength.ASSUMED)
    client = client_as(Role.LEAD)
    numbers = {part.url: part.text for part in client.get(PAGE).context["opening"] if part.url}
    for url, number in numbers.items():
        assert len(client.get(url).context["rows"]) == int(number)
    assert len(numbers) == 3


def test_a_check_returns_to_the_same_list(client_as, rules, today) -> None:
    client = client_as(Role.SUPERVISOR)
    back = f"{PAGE}?check=due#limit-{rules.pk}"
    answer = client.post(reverse("rulebook:check", args=[rules.pk]), {"back": back})
    assert (answer.status_code, answer.url) == (302, back)
    rules.refresh_from_db()
    assert (rules.checked_on, rules.checked_by) == (today, client.post_held.code)


def test_a_check_never_leads_elsewhere(client_as, rules) -> None:
    url = reverse("rulebook:check", args=[rules.pk])
    answer = client_as(Role.OFFICE).post(url, {"back": "https://example.org/"})
    assert answer.url == rules.get_absolute_url()


def test_with_htmx_only_the_row_comes_back(client_as, rules) -> None:
    url = reverse("rulebook:check", args=[rules.pk])
    answer = client_as(Role.OFFICE).post(url, headers={"HX-Request": "true"})
    text = answer.content.decode()
    assert text.startswith(f'<tr id="limit-{rules.pk}">')
    assert "今日已核验" in text


def test_the_button_is_shown_to_those_who_may(client_as, rules) -> None:
    url = reverse("rulebook:check", args=[rules.pk])
    seen = {role: url in client_as(role).get(PAGE).content.decode() for role in Role}
    assert seen == {role: role in CHECKERS for role in Role}


def test_the_calendar_shows_the_year_nobody_has_published(client_as, today) -> None:
    CalendarFactory(year=today.year, days=[[f"{today.year}-10-01", "holiday", "国庆节"]])
    CalendarFactory(year=today.year - 1, status=YearState.PROVISIONAL)
    years = {year.year: year.is_published for year in client_as(Role.LEAD).get(PAGE).context["years"]}
    assert years == {today.year + 1: False, today.year: True, today.year - 1: False}


def test_a_limit_page_shows_every_edition_and_its_history(client_as, rules, today) -> None:
    LimitFactory(code=rules.code, place="上海市", value=Decimal(15))
    client = client_as(Role.OFFICE)
    client.post(reverse("rulebook:check", args=[rules.pk]))
    answer = client.get(rules.get_absolute_url())
    assert len(answer.context["rows"]) == 2
    ((entry, words, row, who),) = answer.context["past"]
    assert (entry.deed, words, row.limit.pk) == ("rulebook.check_limit", "核验时限仍然有效", rules.pk)
    assert who == client.post_held.title


def test_an_unknown_limit_is_not_found(client_as) -> None:
    assert client_as(Role.OFFICE).get(reverse("rulebook:limit", args=["no.such"])).status_code == 404


def test_queries_do_not_grow_with_the_list(client_as, rules, django_assert_max_num_queries) -> None:
    LimitFactory.create_batch(40)
    client = client_as(Role.OFFICE)
    with django_assert_max_num_queries(20):
        client.get(PAGE)
