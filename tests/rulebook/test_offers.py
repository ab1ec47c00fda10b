"""The rulebook's offers: a duty to check, hits of the search, names for the record."""

from datetime import date

import pytest

from minhu.people.states import Role
from minhu.rulebook import offers
from minhu.rulebook.models import Calendar, Limit, PackVersion
from minhu.rulebook.states import Unit, YearState
from minhu.trail.models import ref
from minhu.ui.offers import thing_link
from tests.factories.rulebook import CalendarFactory, LimitFactory, lay_rulebook

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def duties(reader) -> list:
    return list(offers.limits_to_check(reader, DAY))


def test_old_checks_are_one_duty(reader) -> None:
    lay_rulebook()
    for day in (date(2025, 3, 1), date(2024, 1, 1)):
        LimitFactory(checked_on=day)
    (duty,) = duties(reader(Role.OFFICE))
    assert (str(duty.title), duty.url, duty.light.tone) == (
        "复核 2 条时限和阈值",
        "/basis/?check=due",
        "yellow",
    )


def test_nothing_old_is_no_duty(reader) -> None:
    lay_rulebook()
    LimitFactory(checked_on=date(2025, 3, 2))
    assert duties(reader(Role.OFFICE)) == []


def test_those_who_may_not_check_owe_nothing(reader) -> None:
    lay_rulebook()
    LimitFactory(checked_on=date(2024, 1, 1))
    assert duties(reader(Role.LEAD)) == []


def test_without_a_rule_there_is_no_duty(reader) -> None:
    LimitFactory(checked_on=date(2001, 1, 1))
    assert duties(reader(Role.OFFICE)) == []


@pytest.mark.parametrize(
    ("on", "role", "owed"),
    [
        (date(2026, 9, 30), Role.OFFICE, []),
        (date(2026, 10, 1), Role.OFFICE, [("加载2027年工作日历", date(2026, 12, 31))]),
        (date(2026, 12, 31), Role.OFFICE, [("加载2027年工作日历", date(2026, 12, 31))]),
        (date(2026, 12, 31), Role.SUPERVISOR, []),
        (date(2027, 1, 1), Role.OFFICE, []),
    ],
)
def test_the_next_calendar_is_a_duty_of_the_last_months(reader, on: date, role: Role, owed: list) -> None:
    LimitFactory(code="calendar.remind_months", value=3, unit=Unit.MONTH)
    CalendarFactory(year=2027, status=YearState.PROVISIONAL)
    found = [(str(duty.title), duty.due_on) for duty in offers.calendar_to_load(reader(role), on)]
    assert found == owed


def test_a_published_year_or_no_rule_is_no_duty(reader) -> None:
    assert list(offers.calendar_to_load(reader(Role.OFFICE), date(2026, 12, 1))) == []
    LimitFactory(code="calendar.remind_months", value=3, unit=Unit.MONTH)
    CalendarFactory(year=2027, status=YearState.PUBLISHED)
    assert list(offers.calendar_to_load(reader(Role.OFFICE), date(2026, 12, 1))) == []


def test_the_search_finds_limits(reader) -> None:
    row = LimitFactory(name="信访办结", basis="信访工作条例", article="第三十四条")
    LimitFactory(name="督查复核")
    (found,) = offers.find_limits("信访", reader(Role.LEAD), 5)
    assert (found.title, found.snippet) == ("信访办结 · 5 个工作日", "信访工作条例 · 第三十四条")
    assert found.url == f"/basis/limits/{row.code}/#limit-{row.pk}"


def test_the_search_keeps_to_its_measure(reader) -> None:
    LimitFactory.create_batch(7, basis="信访工作条例")
    assert len(list(offers.find_limits("信访", reader(Role.LEAD), 5))) == 5


def test_without_a_post_nothing_is_found(reader) -> None:
    from django.contrib.auth.models import AnonymousUser

    from minhu.people.rules import Reader

    LimitFactory(basis="信访工作条例")
    assert list(offers.find_limits("信访", Reader(AnonymousUser()), 5)) == []


def test_the_record_names_its_things() -> None:
    lay_rulebook(range(2026, 2027))
    limit = Limit.objects.get(code="claim.days")
    assert thing_link(ref(limit)) == (str(limit), limit.get_absolute_url())
    assert thing_link(ref(Calendar.objects.get())) == ("2026 年工作日历", "/basis/#calendar")
    assert thing_link(ref(PackVersion.objects.get())) == ("Town 1", "/basis/#packs")
