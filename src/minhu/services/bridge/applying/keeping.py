"""Until when something is kept."""

from datetime import date

from minhu.methods.timing import month_later
from minhu.rulebook.queries import calendar
from minhu.services.bridge.applying.plans import Plan
from minhu.services.queries.applying import months


def kept_until(on: date, months: int) -> date:
    """The last day of so many months."""
    return month_later(on, months)


def working_days_later(on: date, days: int) -> date:
    """The day so many working days later. Raises rulebook.Missing without a calendar."""
    return calendar(on=on).add(on, days).on


def child_until(plan: Plan, on: date) -> date:
    """The day until which the last of a child's data are kept."""
    keeps = {one.keep for page in plan.pages if page.kind == "child" for one in page.blanks}
    return max((kept_until(on, months(keep, on)) for keep in keeps), default=on)
