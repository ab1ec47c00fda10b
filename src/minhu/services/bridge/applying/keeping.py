"""Until when something is kept."""

from datetime import date

from minhu.methods.timing import month_later
from minhu.rulebook.queries import calendar


def kept_until(on: date, months: int) -> date:
    """The last day of so many months."""
    return month_later(on, months)


def working_days_later(on: date, days: int) -> date:
    """The day so many working days later. Raises rulebook.Missing without a calendar."""
    return calendar(on=on).add(on, days).on
