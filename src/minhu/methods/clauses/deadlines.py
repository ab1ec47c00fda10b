"""By when: the words of a deadline and, where they decide it, the day."""

import calendar
import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from minhu.methods.clauses.head import MONTHS, day_in

QUARTERS = {"一": 3, "二": 6, "三": 9, "四": 12, "1": 3, "2": 6, "3": 9, "4": 12, "上半年": 6, "下半年": 12}
COUNT = r"[\d一二两三四五六七八九十百]+"


@dataclass(frozen=True, slots=True)
class Deadline:
    """`words` stand at `start` of the sentence; `on` is None where the day hangs on an event or recurs."""

    words: str
    start: int
    on: date | None


Reading = Callable[[re.Match[str], date | None], date | None]


def month_end(year: int, month: int) -> date | None:
    """The last day of a month, None if there is no such month."""
    return date(year, month, calendar.monthrange(year, month)[1]) if 1 <= month <= 12 else None


def year_of(found: re.Match[str], issued_on: date | None, month: int) -> int | None:
    """The year a deadline names, else the year of issue, or the next if that month had passed by then."""
    named = found.groupdict()
    if named.get("year"):
        return int(named["year"])
    if issued_on is None:
        return None
    return issued_on.year + (1 if named.get("next") or month < issued_on.month else 0)


def by_day(found: re.Match[str], issued_on: date | None) -> date | None:
    """2026年3月5日前."""
    year = year_of(found, issued_on, int(found["month"]))
    return day_in(f"{year}年{found['month']}月{found['day']}日") if year else None


def by_month(found: re.Match[str], issued_on: date | None) -> date | None:
    """2026年6月底前, 6月底前."""
    month = int(found["month"])
    year = year_of(found, issued_on, month)
    return month_end(year, month) if year else None


def by_part(found: re.Match[str], issued_on: date | None) -> date | None:
    """2026年一季度, 上半年, 年底前, 年内."""
    month = QUARTERS.get((found.groupdict().get("part") or "").removesuffix("季度"), 12)
    year = year_of(found, issued_on, month)
    return month_end(year, month) if year else None


def to_year(found: re.Match[str], issued_on: date | None) -> date | None:
    """到2027年: its last day; 2027年前: the last day of the year before."""
    return date(int(found["year"]) - (1 if found[0].endswith("前") else 0), 12, 31)


def english(found: re.Match[str], issued_on: date | None) -> date | None:
    """By 30 June 2026, by June 2026, by the end of 2026."""
    year, month = int(found["year"]), found["month"]
    if not month:
        return date(year, 12, 31)
    number = MONTHS.index(month.lower()) + 1
    return day_in(f"{found['day']} {month} {year}") if found["day"] else month_end(year, number)


def undecided(found: re.Match[str], issued_on: date | None) -> date | None:
    """A deadline that hangs on an event, or comes back every year."""
    return None


YEAR = r"(?:(?P<year>20\d\d)年|(?P<next>明年)|今年|当年|本年)?"
YEARS = r"(?:(?P<year>20\d\d)|(?P<next>明)|今|(?<!应)当|本)?年"
BEFORE = r"(?:之前|以前|前)"
READINGS: tuple[tuple[re.Pattern[str], Reading], ...] = tuple(
    (re.compile(pattern, re.IGNORECASE), reading)
    for pattern, reading in (
        (rf"每(?:半年|年|季度|季|月|周)度?(?:(?:\d{{1,2}}月)?(?:底|末|\d{{1,2}}日)?{BEFORE})?", undecided),
        (
            rf"(?:自[^，。；]{{1,30}}起)?{COUNT}个?(?:工作日|自然日|日|天|月|年|小时)(?:之内|以内|内)",
            undecided,
        ),
        (rf"{YEAR}(?P<month>\d{{1,2}})月(?P<day>\d{{1,2}})日{BEFORE}", by_day),
        (rf"{YEAR}(?P<month>\d{{1,2}})月(?:份?{BEFORE}|[底末]{BEFORE}?)", by_month),
        (rf"{YEAR}第?(?P<part>[一二三四1-4]季度|上半年|下半年)(?:{BEFORE}|[底末内]{BEFORE}?)", by_part),
        (r"(?P<year>20\d\d)年第?(?P<part>[一二三四1-4]季度|上半年|下半年)", by_part),
        (rf"{YEARS}年?(?:[底末]{BEFORE}?|内)", by_part),
        (r"(?:到|至)(?P<year>20\d\d)年(?!\d{1,2}月|[底末])", to_year),
        (rf"(?P<year>20\d\d)年{BEFORE}", to_year),
        (r"\bwithin\s+\w+\s+(?:working\s+|calendar\s+)?(?:days?|months?|weeks?|years?)\b", undecided),
        (
            r"\b(?:by|before|no later than|not later than)\s+(?:the\s+end\s+of\s+)?(?:(?P<day>\d{1,2})\s+)?"
            rf"(?:(?P<month>{'|'.join(MONTHS)})\s+)?(?P<year>20\d\d)",
            english,
        ),
    )
)


def deadline_in(sentence: str, issued_on: date | None = None) -> Deadline | None:
    """The first deadline of a sentence; months without a year are read from the day of issue."""
    hits = [
        (found.start(), i, found)
        for i, (pattern, _) in enumerate(READINGS)
        if (found := pattern.search(sentence))
    ]
    if not hits:
        return None
    start, i, found = min(hits, key=lambda hit: hit[:2])
    return Deadline(found[0], start, READINGS[i][1](found, issued_on))
