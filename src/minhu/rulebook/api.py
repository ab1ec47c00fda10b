"""For programs: limits with their basis, and questions about working days."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from pydantic import Field

from minhu.people.wire import Asked, Call, Operations, Page, PageAsked, Text, invalid, paged, unset
from minhu.rulebook import queries
from minhu.rulebook.queries import Missing
from minhu.rulebook.states import Strength, Unit

operations = Operations(
    _("Limits and working days"), refusals={Missing: lambda missing: unset(missing.code)}
)  # fmt: skip
MOST_DAYS = 36_500
On = Annotated[date | None, Field(description=gettext_noop("The day asked about; without it today."))]


class LimitShape(Schema):
    """A limit or threshold, with its basis."""

    code: str
    name: str
    value: str = Field(description=gettext_noop("A decimal number as text, so that nothing is rounded."))
    unit: Unit
    place: str = Field(description=gettext_noop("Empty: everywhere."))
    kind: str = Field(description=gettext_noop("Empty: for every kind."))
    basis: str
    article: str
    edition: str
    strength: Strength
    effective_on: date
    ends_on: date | None
    checked_on: date | None
    note: str

    @staticmethod
    def resolve_value(row: Any) -> str:
        """Without zeros nobody wrote."""
        return f"{row.value:f}".rstrip("0").rstrip(".") if "." in f"{row.value:f}" else f"{row.value:f}"


class LimitsAsked(PageAsked):
    """Which limits."""

    on: On = None
    code: Text = Field("", description=gettext_noop("Exactly this code."))
    q: Text = Field("", description=gettext_noop("Words anywhere in the limit."))
    strength: Strength | None = None
    unit: Unit | None = None


class DayAsked(Asked):
    """Which day."""

    on: On = None


class AfterAsked(Asked):
    """From which day, how many."""

    start_on: date
    count: Annotated[int, Field(ge=1, le=MOST_DAYS)]
    unit: Literal["working_day", "day", "month"] = "working_day"


class DayShape(Schema):
    """What is known of a day."""

    on: date
    is_working: bool
    is_provisional: bool = Field(
        description=gettext_noop("The days off of this year are not published: the answer may change.")
    )


@operations.get("/limits", right="see_basis", answer=Page[LimitShape], words=_("List limits and thresholds"))
def list_limits(request: Call, asked: Query[LimitsAsked]) -> dict[str, Any]:
    """Limits that hold on a day or will, each with basis, article, edition and the day of its last check."""
    on = asked.on or timezone.localdate()
    rows = queries.limits_on(on, text=asked.q, strength=asked.strength or "", unit=asked.unit or "")
    return paged(request, rows.filter(code=asked.code) if asked.code else rows, asked)


@operations.get(
    "/calendar/day", right="see_basis", answer=DayShape, words=_("Ask whether a day is a working day")
)
def ask_day(request: Call, asked: Query[DayAsked]) -> dict[str, Any]:
    """Whether people work on a day, and whether that is certain."""
    on = asked.on or timezone.localdate()
    days = queries.calendar(on=timezone.localdate())
    return {"on": on, "is_working": days.is_working(on), "is_provisional": days.is_provisional(on)}


@operations.get("/calendar/after", right="see_basis", answer=DayShape, words=_("Ask which day a period ends"))
def ask_after(request: Call, asked: Query[AfterAsked]) -> dict[str, Any]:
    """The day on which so many working days, days or months are over; the first day is not counted."""
    days = queries.calendar(on=timezone.localdate())
    try:
        due = days.add(asked.start_on, asked.count, asked.unit)
    except ValueError as out:
        raise invalid(_("This leads out of the years that can be counted."), where="query.count") from out
    return {"on": due.on, "is_working": days.is_working(due.on), "is_provisional": due.provisional}
