"""Who answers for a matter at a place."""

from datetime import date
from typing import Annotated, Any, Literal

from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Query, Schema
from pydantic import Field

from minhu.cases.api.mounted import operations
from minhu.cases.models import Power
from minhu.cases.queries.matrix import GIVEN, KEPT, OWN, powers_for
from minhu.cases.queries.readings import day_of
from minhu.people.models import Organisation
from minhu.people.wire import Asked, Call, Page, PageAsked, Problem, Text, paged

HOW = gettext_noop("own: the place's own duty; given: handed down to it; kept: its line keeps it.")


class PowerShape(Schema):
    """A matter that a place answers for."""

    matter: str
    title: str
    line: str = Field(description=gettext_noop("Code of the department that handed it down."))
    place: str = Field(description=gettext_noop("Code of the place."))
    how: Literal["own", "given"] = Field(description=HOW)
    basis: str
    article: str
    strength: str
    effective_on: date
    ends_on: date | None
    note: str

    @staticmethod
    def resolve_line(row: Power) -> str:
        """The code of the line."""
        return row.line.code

    @staticmethod
    def resolve_place(row: Power) -> str:
        """The code of the place."""
        return row.place.code

    @staticmethod
    def resolve_how(row: Power) -> str:
        """Whether it was handed down."""
        return OWN if row.line_id == row.place_id else GIVEN


class AnswererShape(Schema):
    """Who answers for a matter at a place."""

    matter: str
    title: str
    place: str
    how: Literal["own", "given", "kept"] = Field(description=HOW)
    organisations: list[str] = Field(description=gettext_noop("Codes of the organisations that answer."))
    power: PowerShape | None = Field(description=gettext_noop("The power by which the place answers."))


class PowersAsked(PageAsked):
    """Which powers."""

    matter: Text = ""
    place: Text = ""
    line: Text = ""


class AnswererAsked(Asked):
    """Which matter, and where."""

    matter: Annotated[str, Field(min_length=1, max_length=60)]
    place: Annotated[str, Field(min_length=1, max_length=60)] = Field(
        description=gettext_noop("Code of the place.")
    )


@operations.get("/powers", right="see_powers", answer=Page[PowerShape], words=_("List powers"))
def list_powers(request: Call, asked: Query[PowersAsked]) -> dict[str, Any]:
    """The matters that places answer for today."""
    filters = {"matter": asked.matter, "place__code": asked.place, "line__code": asked.line}
    rows = Power.objects.in_force(today()).select_related("line", "place")
    return paged(request, rows.filter(**{name: value for name, value in filters.items() if value}), asked)


@operations.get(
    "/powers/answering", right="see_powers", answer=AnswererShape, words=_("Ask who answers for a matter")
)
def read_answering(request: Call, asked: Query[AnswererAsked]) -> dict[str, Any]:
    """Who answers for a matter at a place today: the place itself, or the departments that keep it."""
    rows = powers_for(asked.matter, today())
    if not rows:
        raise Problem(404, _("No power names this matter."), "query.matter")
    if not Organisation.objects.standing().filter(code=asked.place).exists():
        raise Problem(404, _("There is no such place."), "query.place")
    power = next((row for row in rows if row.place.code == asked.place), None)
    lines = dict.fromkeys(row.line.code for row in rows if row.line_id != row.place_id)
    how = KEPT if power is None else OWN if power.line_id == power.place_id else GIVEN
    return {
        "matter": asked.matter, "title": (power or rows[0]).title, "place": asked.place, "how": how,
        "organisations": [asked.place] if power else list(lines), "power": power,
    }  # fmt: skip


def today() -> date:
    """The legal day."""
    return day_of(timezone.now())
