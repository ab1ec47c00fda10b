"""Days in every spelling."""

from datetime import date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.sheets.days import FIRST_DAY, day_of
from minhu.methods.sheets.raws import Bad

DAY = date(2026, 3, 5)


@pytest.mark.parametrize(
    "raw",
    [
        "2026-3-5", "2026-03-05", "2026/03/05", "2026/3/5", "2026.3.5", "2026.03.05", "2026年3月5日",
        "2026年03月05日", "2026 年 3 月 5 日", "2026年3月5号", "20260305", 20260305,
        20260305.0, 46086, "46086",
        46086.5, "2026-03-05T08:30:00", "2026-03-05 08:30", "2026-03-05T08:30:00.123+08:00",
        "2026-03-05T00:00Z",
        "20260305083000", "２０２６年３月５日", "二〇二六年三月五日", "二〇二六年三月五号",
        "2026年3月5日 星期四",
        "2026-3-5（周四）", "2026 3 5", date(2026, 3, 5), datetime(2026, 3, 5, 17, 0), "  2026-3-5  ",
    ],
)  # fmt: skip
def test_spellings(raw):
    assert day_of(raw) == DAY


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        ("2026年3月", "no_day"), ("2026-03", "no_day"), ("202603", "no_day"), (202603, "no_day"),
        ("2026年3月底", "no_day"), ("2026", "no_day"), (2026, "no_day"), ("2026年底", "no_day"),
        ("2026年第三季度", "no_day"), ("3月5日", "no_day"), ("二〇二六年三月", "no_day"),
        ("2026-02-30", "no_such_day"), ("2026年13月1日", "no_such_day"), ("20260230", "no_such_day"),
        ("2026年13月", "no_such_day"), ("3/5/2026", "day_or_month"), ("03.05.2026", "day_or_month"),
        ("长期", "no_date"), ("26-3-5", "no_date"), ("1234", "no_day"), (12, "no_date"), ("12", "no_date"),
        (-1, "no_date"), (99_999, "no_date"), ("2026-3-5-7", "no_date"), ("五月", "no_date"),
        (1e300, "no_date"),
    ],
)  # fmt: skip
def test_what_names_no_day_is_refused_with_its_reason(raw, why):
    with pytest.raises(Bad) as refused:
        day_of(raw)
    assert refused.value.why == why


def test_a_month_stands_for_its_first_or_last_day_where_the_column_says_so():
    words = ("2026年2月", "2026-02", "202602", 202602, "2026年2月份", "二〇二六年二月")
    assert {day_of(raw, "last") for raw in words} == {date(2026, 2, 28)}
    assert {day_of(raw, "first") for raw in words} == {date(2026, 2, 1)}


def test_years_that_stand_last_are_read_by_the_order_or_where_only_one_reading_is_a_day():
    assert day_of("3/5/2026", order="mdy") == DAY
    assert day_of("5/3/2026", order="dmy") == DAY
    assert day_of("3/25/2026") == day_of("25/3/2026") == date(2026, 3, 25)
    assert day_of("5/5/2026") == date(2026, 5, 5)
    with pytest.raises(Bad):
        day_of("25/3/2026", order="mdy")


@given(st.dates(date(1960, 1, 1), date(2100, 12, 31)))
def test_all_spellings_of_a_day_are_one(day):
    year, month, number = day.year, day.month, day.day
    spellings = [
        day, day.isoformat(), f"{year}/{month}/{number}", f"{year}.{month:02}.{number}", f"{day:%Y%m%d}",
        f"{year}年{month}月{number}日", (day - FIRST_DAY).days, str((day - FIRST_DAY).days),
        datetime(year, month, number) + timedelta(hours=5), int(f"{day:%Y%m%d}"),
        f"{day.isoformat()}T05:00:00Z",
    ]  # fmt: skip
    assert {day_of(raw) for raw in spellings} == {day}


@given(st.text(max_size=30))
def test_any_words_give_a_day_or_a_reason(words):
    why = ""
    try:
        day_of(words)
    except Bad as bad:
        why = bad.why
    assert why in {"", "no_date", "no_day", "no_such_day", "day_or_month"}
