"""The calendar of a pack: exceptional days as rows, and the working-day calendar made of them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from minhu.methods.timing import Calendar

WorkingDays = Calendar
"""The name under which rooms, whose own Calendar is a row, speak of it."""


class DayKind(StrEnum):
    """How a day departs from the week."""

    HOLIDAY = "holiday"
    WORKDAY = "workday"


@dataclass(frozen=True, slots=True)
class CalendarDay:
    """A row of calendar.csv."""

    date: date
    kind: DayKind
    name: str = ""


@dataclass(frozen=True, slots=True)
class CalendarHead:
    """The table `[calendar]`: the weekend (1 Monday … 7 Sunday), the years known, and on what basis."""

    weekend: tuple[int, ...]
    published: tuple[int, ...]
    basis: str = ""
    tail_days: int = 0

    def __post_init__(self) -> None:
        Calendar(frozenset(self.weekend))
        if strange := [year for year in self.published if not 1 <= year <= 9999]:
            raise ValueError(f"published: {strange[0]} is not a year")
        if self.tail_days < 0:
            raise ValueError("tail_days must be 0 or more")


def build_calendar(head: CalendarHead, days: Iterable[CalendarDay]) -> Calendar:
    """The working-day calendar of these rows."""
    rows = tuple(days)
    return Calendar(
        frozenset(head.weekend),
        frozenset(head.published),
        frozenset(row.date for row in rows if row.kind is DayKind.HOLIDAY),
        frozenset(row.date for row in rows if row.kind is DayKind.WORKDAY),
        head.tail_days,
    )
