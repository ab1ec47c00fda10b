"""Until when something may be kept."""

from datetime import date

from minhu.methods.timing import month_later


def keep_until(day: date, months: int) -> date:
    """The last day on which what came in on a day may be kept."""
    return month_later(day, months)
