"""Units of a limit, the day it runs out, and steps of whole months."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from minhu.methods.timing.errors import OutOfTime


class Unit(StrEnum):
    """In what a limit is counted."""

    DAY = "day"
    WORKING_DAY = "working_day"
    MONTH = "month"


@dataclass(frozen=True, slots=True, order=True)
class Due:
    """The last day of a limit; provisional while a year it counted through has no published calendar."""

    on: date
    provisional: bool = False


def month_later(day: date, months: int) -> date:
    """The same day number `months` later (earlier if negative), or that month's last day if it is shorter.

    Source: 民法典 第二百零二条 (a period of months ends on the same day number; without one, on the
    month's last day).
    """
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not date.min.year <= year <= date.max.year:
        raise OutOfTime(f"{months} months from {day} lies outside the years 1 to 9999")
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))
