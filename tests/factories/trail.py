"""Made-up entries, written the way the record writes them."""

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from minhu.trail.actions import record
from minhu.trail.models import Entry
from minhu.trail.states import Actor

MORNING = datetime(2026, 3, 2, 1, 30, tzinfo=UTC)
OFFICER = Actor(7, "reform-office.clerk", "reform-office")


def write(
    book: str = "reform:r-1",
    *,
    deed: str = "reforms.edit_reform",
    thing: str = "reforms.reform:1",
    by: Actor = OFFICER,
    payload: Mapping[str, object] | None = None,
    hour: int = 0,
) -> Entry:
    """One entry."""
    at = MORNING + timedelta(hours=hour)
    return record(by=by, deed=deed, thing=thing, book=book, at=at, payload=payload or {"hour": hour}, asked=1)


def write_book(book: str = "reform:r-1", entries: int = 5) -> list[Entry]:
    """A book of some entries, an hour apart."""
    return [write(book, hour=hour) for hour in range(entries)]
