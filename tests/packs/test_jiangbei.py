"""The calendar and the limits of Jiangbei are facts: held against two published calendars."""

from datetime import date, timedelta
from pathlib import Path

import chinese_calendar
import holidays
import pytest

from minhu.methods.timing import Calendar
from minhu.packs import Pack, Section, open_pack
from minhu.packs.calendars import CalendarDay, CalendarHead, DayKind, build_calendar

FOLDER = Path(__file__).resolve().parents[2] / "packs" / "jiangbei"
HEAD = Section("calendar", "calendar", CalendarHead, form="toml", single=True)
DAYS = Section("calendar", "day", CalendarDay, key=("date",), form="csv")
SPAN = [date(2004, 1, 1) + timedelta(n) for n in range((date(2027, 1, 1) - date(2004, 1, 1)).days)]


@pytest.fixture(scope="module")
def pack() -> Pack:
    return open_pack(FOLDER)


@pytest.fixture(scope="module")
def calendar(pack: Pack) -> Calendar:
    return build_calendar(pack.read(HEAD)[0].item, [row.item for row in pack.read(DAYS)])


def test_every_day_agrees_with_holidays(calendar: Calendar) -> None:
    theirs = holidays.country_holidays("CN", years=range(2004, 2027))
    assert [day for day in SPAN if calendar.is_working(day) != theirs.is_working_day(day)] == []


def test_every_day_but_one_agrees_with_chinesecalendar(calendar: Calendar) -> None:
    # 国办发明电〔2005〕35号 makes 31 December 2005, a Saturday, a workday; chinesecalendar lacks it.
    wrong = [day for day in SPAN if calendar.is_working(day) != chinese_calendar.is_workday(day)]
    assert wrong == [date(2005, 12, 31)]


def test_only_departures_from_the_week_are_listed(pack: Pack) -> None:
    weekend = {row.item.date.isoweekday() >= 6: row.item.kind for row in pack.read(DAYS)}
    assert weekend == {False: DayKind.HOLIDAY, True: DayKind.WORKDAY}


def test_every_day_has_a_festival_and_a_published_year(pack: Pack) -> None:
    published = set(pack.read(HEAD)[0].item.published)
    assert [
        row.at for row in pack.read(DAYS) if not row.item.name or row.item.date.year not in published
    ] == []
    assert published == set(range(2004, 2027))


def test_what_was_not_verified_is_never_called_law() -> None:
    import tomllib

    limits = tomllib.loads((FOLDER / "limits.toml").read_text(encoding="utf-8"))["limit"]
    doubtful = ("未检得", "未核实", "待本区", "惯例", "旧文本", "表单")
    wrong = [
        row["code"]
        for row in limits
        if any(word in row["basis"] + row.get("edition", "") for word in doubtful)
        and row["strength"] != "assumed"
    ]
    assert wrong == []
    assert {row["checked_by"] for row in limits} == {"gaige-zonghe"}
