"""Working days against a day-by-day counter and against two published calendars."""

from datetime import date, datetime, timedelta

import chinese_calendar
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.timing import (
    BadCount,
    BadDay,
    BadWeekend,
    Calendar,
    Contradiction,
    Due,
    OutOfTime,
    TimingError,
    Unit,
)

ONE_DAY = timedelta(days=1)
NEAR = st.dates(date(2019, 1, 1), date(2026, 12, 31))
WEEKENDS = st.frozensets(st.integers(1, 7), max_size=6)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    days = draw(st.frozensets(st.dates(date(2021, 1, 1), date(2023, 12, 31)), max_size=40))
    off = frozenset(day for day in days if draw(st.booleans()))
    years = draw(st.frozensets(st.integers(2020, 2024), max_size=4))
    return Calendar(draw(WEEKENDS), years, off, days - off, draw(st.integers(0, 5)))


def works(calendar: Calendar, day: date) -> bool:
    """The definition, without arithmetic."""
    if day in calendar.holidays or day in calendar.workdays:
        return day in calendar.workdays
    return day.isoweekday() not in calendar.weekend


def counted(calendar: Calendar, start: date, count: int) -> date:
    """The `count`-th worked day from `start`, by walking."""
    step, day, left = (ONE_DAY if count > 0 else -ONE_DAY), start, abs(count)
    while left:
        day += step
        left -= works(calendar, day)
    return day


def china() -> Calendar:
    """The Chinese calendar as its package knows it."""
    from chinese_calendar.constants import holidays, workdays

    worked = frozenset(workdays) | {MISSED}
    return Calendar(frozenset({6, 7}), frozenset(range(2004, 2027)), frozenset(holidays), worked)


# 国办发明电〔2005〕35号 makes this Saturday a workday; chinesecalendar 1.11 does not know it.
MISSED = date(2005, 12, 31)
CHINA = china()


@given(calendars(), NEAR)
def test_a_day_is_worked_as_defined(calendar: Calendar, day: date) -> None:
    assert calendar.is_working(day) == works(calendar, day)


@given(calendars(), NEAR, st.integers(-60, 60))
def test_add_walks_day_by_day(calendar: Calendar, start: date, count: int) -> None:
    assert calendar.add(start, count).on == counted(calendar, start, count)


@given(calendars(), NEAR, st.integers(1, 300))
def test_diff_undoes_add(calendar: Calendar, start: date, count: int) -> None:
    assert calendar.diff(start, calendar.add(start, count).on) == count


@given(calendars(), NEAR, NEAR)
def test_diff_counts_worked_days_and_changes_sign(calendar: Calendar, start: date, end: date) -> None:
    low, high = sorted((start, end))
    worked = sum(works(calendar, low + n * ONE_DAY) for n in range(1, (high - low).days + 1))
    assert calendar.diff(low, high) == worked
    assert calendar.diff(high, low) == -worked


@given(calendars(), NEAR, NEAR, NEAR)
def test_diff_adds_up(calendar: Calendar, a: date, b: date, c: date) -> None:
    assert calendar.diff(a, c) == calendar.diff(a, b) + calendar.diff(b, c)


@given(calendars(), NEAR)
def test_roll_finds_the_next_worked_day(calendar: Calendar, day: date) -> None:
    expected = day
    while not works(calendar, expected):
        expected += ONE_DAY
    assert calendar.roll(day).on == expected


@given(calendars(), NEAR, st.integers(0, 40), st.integers(0, 5))
def test_a_longer_limit_never_ends_earlier(calendar: Calendar, start: date, count: int, more: int) -> None:
    for unit in Unit:
        assert calendar.add(start, count, unit).on <= calendar.add(start, count + more, unit).on


@given(calendars(), NEAR, st.integers(1, 60))
def test_a_limit_is_provisional_when_it_counts_through_an_open_day(
    calendar: Calendar, start: date, count: int
) -> None:
    due = calendar.add(start, count)
    days = [start + n * ONE_DAY for n in range(1, (due.on - start).days + 1)]
    assert due.provisional == any(calendar.is_provisional(day) for day in days)


@given(NEAR, st.integers(-400, 400))
def test_plain_days_need_no_calendar(start: date, count: int) -> None:
    assert CHINA.add(start, count, Unit.DAY) == Due(start + count * ONE_DAY)
    assert CHINA.diff(start, start + count * ONE_DAY, Unit.DAY) == count


@pytest.mark.parametrize(
    ("start", "months", "end"),
    [
        (date(2024, 1, 31), 1, date(2024, 2, 29)),
        (date(2023, 1, 31), 1, date(2023, 2, 28)),
        (date(2023, 11, 30), 3, date(2024, 2, 29)),
        (date(2024, 3, 15), 6, date(2024, 9, 15)),
        (date(2024, 3, 31), -1, date(2024, 2, 29)),
        (date(2024, 12, 31), 12, date(2025, 12, 31)),
        (date(2024, 5, 5), 0, date(2024, 5, 5)),
    ],
)
def test_months_keep_the_day_number_or_take_the_last(start: date, months: int, end: date) -> None:
    assert CHINA.add(start, months, "month") == Due(end)


def test_a_limit_over_a_spring_festival() -> None:
    # 2024: 10 to 17 February off; Friday 9 and the Sundays 4 and 18 worked.
    assert CHINA.add(date(2024, 2, 8), 5).on == date(2024, 2, 21)
    assert CHINA.diff(date(2024, 2, 9), date(2024, 2, 18)) == 1
    assert CHINA.is_working(date(2024, 2, 18)) is True


def test_a_last_day_on_a_holiday_rolls_on_only_when_asked() -> None:
    assert CHINA.add(date(2024, 9, 16), 15, "day").on == date(2024, 10, 1)
    assert CHINA.add(date(2024, 9, 16), 15, "day", roll=True).on == date(2024, 10, 8)


def test_rolling_into_an_open_year_is_provisional() -> None:
    open_next = Calendar(published=frozenset({2026}))
    assert open_next.add(date(2026, 12, 31), 0, "day", roll=True) == Due(date(2026, 12, 31), False)
    assert open_next.roll(date(2027, 1, 2)) == Due(date(2027, 1, 4), True)
    assert open_next.add(date(2026, 12, 30), 2).provisional is True


def test_the_tail_of_a_year_waits_for_the_next_notice() -> None:
    calendar = Calendar(published=frozenset({2026}), tail_days=3)
    assert [calendar.is_provisional(date(2026, 12, day)) for day in (28, 29, 31)] == [False, True, True]


def test_every_day_of_2004_to_2026_but_one_agrees_with_chinesecalendar() -> None:
    day, wrong = date(2004, 1, 1), []
    while day.year < 2027:
        if CHINA.is_working(day) != chinese_calendar.is_workday(day):
            wrong.append(day)
        day += ONE_DAY
    assert wrong == [MISSED]


def test_every_holiday_of_2004_to_2026_agrees_with_holidays() -> None:
    holidays = pytest.importorskip("holidays")
    theirs = holidays.country_holidays("CN", years=range(2004, 2027))
    days = [date(2004, 1, 1) + n * ONE_DAY for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]
    assert [day for day in days if CHINA.is_working(day) != theirs.is_working_day(day)] == []


def test_many_limits_at_once_equal_one_by_one() -> None:
    starts = np.arange("2004-01-01", "2026-06-01", 17, dtype="datetime64[D]")
    counts = np.arange(len(starts)) % 60 + 1
    ends = CHINA.due_many(starts, counts)
    assert ends.tolist() == [CHINA.add(s, int(n)).on for s, n in zip(starts.tolist(), counts, strict=True)]


def test_no_limits_at_once_is_no_answer() -> None:
    none = np.array([], dtype="datetime64[D]")
    assert CHINA.due_many(none, np.array([], dtype=np.int64)).tolist() == []


@pytest.mark.parametrize(
    ("ask", "error"),
    [
        (lambda: CHINA.add(datetime(2024, 1, 1, 8), 1), BadDay),
        (lambda: CHINA.is_working("2024-01-01"), BadDay),
        (lambda: CHINA.add(date(2024, 1, 1), 1.5), BadCount),
        (lambda: CHINA.add(date(2024, 1, 1), True), BadCount),
        (lambda: CHINA.add(date(9999, 12, 30), 40), OutOfTime),
        (lambda: CHINA.add(date(1, 1, 1), -1), OutOfTime),
        (lambda: CHINA.add(date(9999, 1, 1), 12, "month"), OutOfTime),
        (lambda: CHINA.diff(date(2024, 1, 1), date(2024, 3, 1), "month"), BadCount),
        (lambda: CHINA.add(date(2024, 1, 1), 1, "fortnight"), ValueError),
        (lambda: CHINA.due_many(np.array(["1999-01-01"], "datetime64[D]"), np.array([1])), OutOfTime),
        (lambda: CHINA.due_many(np.array(["2026-12-01"], "datetime64[D]"), np.array([90])), OutOfTime),
        (lambda: CHINA.due_many(np.array(["2024-01-01"], "datetime64[D]"), np.array([0])), BadCount),
        (lambda: Calendar(frozenset({0})), BadWeekend),
        (lambda: Calendar(frozenset(range(1, 8))), BadWeekend),
        (lambda: Calendar(holidays=frozenset({"2024-01-01"})), BadDay),
    ],
)
def test_wrong_questions_are_named(ask, error) -> None:
    with pytest.raises(error):
        ask()


def test_a_contradiction_names_the_day() -> None:
    day = frozenset({date(2024, 5, 1)})
    with pytest.raises(Contradiction, match="2024-05-01 is both"):
        Calendar(holidays=day, workdays=day)


def test_all_refusals_are_timing_errors() -> None:
    refusals = [BadCount, BadDay, BadWeekend, Contradiction, OutOfTime]
    assert [issubclass(error, TimingError) for error in refusals] == [True] * 5


def test_far_years_follow_the_week() -> None:
    monday = date(2300, 1, 1)
    assert monday.isoweekday() == 1
    assert CHINA.add(monday, 5) == Due(date(2300, 1, 8), True)
    assert CHINA.diff(date(1900, 1, 1), date(1900, 1, 8)) == 5
