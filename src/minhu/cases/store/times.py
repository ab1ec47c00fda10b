"""When a legal day is over."""

from datetime import UTC, date, datetime, timedelta

from minhu.cases.queries.readings import HOME


def last_moment(on: date) -> datetime:
    """The moment a day has passed: the midnight after it, Shanghai time, as UTC."""
    after = on + timedelta(days=1)
    return datetime(after.year, after.month, after.day, tzinfo=HOME).astimezone(UTC)
