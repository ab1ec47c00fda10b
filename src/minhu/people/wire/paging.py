"""Long lists page by page: how many there are, and the address of the next page."""

from collections.abc import Callable, Iterable, Sequence
from typing import Annotated, Any, Generic, TypeVar

from django.db.models import QuerySet
from ninja import Schema
from pydantic import Field

from minhu.people.wire.asking import Asked, Call

Item = TypeVar("Item")
MOST = 200
LAST = 1_000_000


class PageAsked(Asked):
    """Which page, and how many on it; the filters of a list are a class that inherits this."""

    page: Annotated[int, Field(ge=1, le=LAST, description="Counted from 1.")] = 1
    size: Annotated[int, Field(ge=1, le=MOST, description="How many on a page.")] = 50


class Page(Schema, Generic[Item]):
    """A page of a list."""

    items: list[Item]
    count: int = Field(description="How many there are on all pages.")
    next: str | None = Field(description="Address of the next page, if there is one.")


def paged(
    request: Call,
    rows: QuerySet[Any] | Sequence[Any],
    asked: PageAsked,
    shape: Callable[[Any], Any] | None = None,
) -> dict[str, Any]:
    """The page asked for, each row turned into its shape; beyond the last page there is nothing."""
    count = rows.count() if isinstance(rows, QuerySet) else len(rows)
    start = (asked.page - 1) * asked.size
    found: Iterable[Any] = rows[start : start + asked.size] if start < count else ()
    items = [shape(row) if shape else row for row in found]
    more = start + asked.size < count
    return {"items": items, "count": count, "next": next_address(request, asked.page + 1) if more else None}


def next_address(request: Call, page: int) -> str:
    """The address of another page of the same list."""
    query = request.GET.copy()
    query["page"] = str(page)
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
