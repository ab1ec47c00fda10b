"""Which limit holds on a day, and the calendar the rows make."""

from datetime import date
from decimal import Decimal

import pytest

from minhu.methods.timing import Due
from minhu.rulebook import queries
from minhu.rulebook.queries import Missing
from minhu.rulebook.states import Unit, YearState
from tests.factories.rulebook import CalendarFactory, LimitFactory, PackVersionFactory, lay_rulebook

pytestmark = pytest.mark.django_db
DAY = date(2026, 3, 2)


def value(**asked: object) -> Decimal:
    return queries.limit("reply", **{"on": DAY, **asked}).value


@pytest.fixture
def replies() -> None:
    """One code, ruled in general, for a place, for a kind, and for both."""
    for place, kind, days in (("", "", 15), ("yuyao", "", 10), ("", "firm", 5), ("yuyao", "firm", 3)):
        LimitFactory(code="reply", place=place, kind=kind, value=Decimal(days))


@pytest.mark.usefixtures("replies")
@pytest.mark.parametrize(
    ("place", "kind", "days"),
    [
        (None, None, 15),
        ("cixi", None, 15),
        ("yuyao", None, 10),
        (None, "firm", 5),
        ("cixi", "firm", 5),
        ("yuyao", "firm", 3),
        ("yuyao", "resident", 10),
    ],
)
def test_the_most_specific_limit_holds(place: str | None, kind: str | None, days: int) -> None:
    assert value(place=place, kind=kind) == days


def test_the_place_goes_before_the_kind() -> None:
    LimitFactory(code="reply", place="yuyao", value=Decimal(10))
    LimitFactory(code="reply", kind="firm", value=Decimal(5))
    assert value(place="yuyao", kind="firm") == 10


def test_the_edition_of_the_day_holds() -> None:
    LimitFactory(code="reply", value=Decimal(7), effective_on=date(2020, 1, 1))
    LimitFactory(code="reply", value=Decimal(6), effective_on=date(2026, 3, 2))
    LimitFactory(code="reply", value=Decimal(5), effective_on=date(2026, 3, 3))
    assert [value(on=date(2026, 3, day)) for day in (1, 2, 3)] == [7, 6, 5]


def test_a_limit_holds_on_its_last_day_and_no_longer() -> None:
    LimitFactory(code="reply", effective_on=date(2026, 3, 1), ends_on=date(2026, 3, 2))
    assert value() == 5
    for day in (date(2026, 2, 28), date(2026, 3, 3)):
        with pytest.raises(Missing):
            value(on=day)


def test_a_missing_limit_names_code_and_day() -> None:
    with pytest.raises(Missing, match="no “reply” on 2026-03-02"):
        value()


def test_another_places_limit_is_no_limit() -> None:
    LimitFactory(code="reply", place="yuyao")
    with pytest.raises(Missing):
        value(place="cixi")


def test_several_limits_cost_one_query(django_assert_num_queries) -> None:
    lay_rulebook()
    with django_assert_num_queries(1):
        found = queries.limits(["light.near_days", "match.possible"], on=DAY)
    assert {code: row.amount for code, row in found.items()} == {
        "light.near_days": "5 个工作日",
        "match.possible": "0.25",
    }
    with pytest.raises(Missing, match="nothing"):
        queries.limits(["light.near_days", "nothing"], on=DAY)


def test_the_calendar_is_made_of_its_rows(django_assert_num_queries) -> None:
    days = [
        ["2026-02-16", "holiday", "春节"],
        ["2026-02-17", "holiday", "春节"],
        ["2026-02-14", "workday", "春节"],
    ]
    CalendarFactory(year=2026, days=days, tail_days=2)
    CalendarFactory(year=2027, status=YearState.PROVISIONAL, days=[["2027-01-01", "holiday", "元旦"]])
    with django_assert_num_queries(1):
        calendar = queries.calendar(on=DAY)
    assert calendar.add(date(2026, 2, 13), 2) == Due(date(2026, 2, 18))
    assert calendar.published == {2026}
    assert calendar.is_working(date(2027, 1, 1)) is False


def test_without_a_calendar_the_error_says_so() -> None:
    with pytest.raises(Missing, match="no “calendar” on 2026-03-02"):
        queries.calendar(on=DAY)


def test_the_list_is_narrowed_by_every_word() -> None:
    LimitFactory(code="a", name="信访登记", basis="信访工作条例")
    LimitFactory(code="b", name="信访复核", basis="信访工作条例", group="信访")
    LimitFactory(code="c", name="督查复核", ends_on=date(2026, 3, 1))
    found = queries.limits_on(DAY, text="信访 复核")
    assert [row.code for row in found] == ["b"]
    assert [row.code for row in queries.limits_on(DAY, text="复核")] == ["b"]
    assert [row.code for row in queries.limits_on(DAY, group="信访")] == ["b"]
    assert queries.groups_of_limits() == ["信访"]


def test_the_latest_version_of_a_pack_is_the_last_loaded() -> None:
    first, second = PackVersionFactory(), PackVersionFactory(version="2")
    PackVersionFactory(code="other")
    assert queries.latest_pack_version("town") == second
    assert first in queries.pack_versions()
    assert queries.latest_pack_version("nowhere") is None


@pytest.mark.parametrize(
    ("amount", "unit", "english", "chinese"),
    [
        ("5", Unit.WORKING_DAY, "5 working days", "5 个工作日"),
        ("1.0000", Unit.WORKING_DAY, "1 working day", "1 个工作日"),
        ("30", Unit.DAY, "30 days", "30 日"),
        ("3", Unit.MONTH, "3 months", "3 个月"),
        ("0.5500", Unit.SCORE, "0.55", "0.55"),
        ("0.95", Unit.SHARE, "95 %", "95 %"),
        ("20", Unit.MEGABYTE, "20 MB", "20 MB"),
        ("20", Unit.SECOND, "20 seconds", "20 秒"),
        ("1", Unit.COUNT, "1 time", "1 次"),
        ("1200", Unit.COUNT, "1200 times", "1200 次"),
    ],
)
def test_amounts_are_said_in_words(amount: str, unit: Unit, english: str, chinese: str) -> None:
    from django.utils.translation import override

    row = LimitFactory.build(value=Decimal(amount), unit=unit, pack_version=None)
    said = []
    for language in ("en", "zh-hans"):
        with override(language):
            said.append(row.amount)
    assert said == [english, chinese]
