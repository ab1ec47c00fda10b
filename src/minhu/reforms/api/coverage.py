"""Reading coverage: counts, the state of every clause, blind spots, over-claims."""

from datetime import date
from typing import Any

from django.db.models import Q
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Schema
from pydantic import Field

from minhu.mandates.models import Version
from minhu.people.wire import Asked, Call, Key, Page, PageAsked, paged
from minhu.reforms.api.answers import AnswerShape
from minhu.reforms.api.mounted import operations
from minhu.reforms.queries import coverage_lists as lists
from minhu.reforms.queries.coverage import Covered, Row, coverage_of
from minhu.reforms.queries.coverage_limits import thresholds
from minhu.reforms.states.coverage import Coverage

PK = Path[Key]
WORDING = gettext_noop("A wording of the document; without it the one in force.")


class VersionAsked(Asked):
    """Which wording."""

    version: Key | None = Field(None, description=WORDING)


class RowsAsked(PageAsked):
    """Which clauses."""

    version: Key | None = Field(None, description=WORDING)
    state: Coverage | None = None
    is_pending: bool | None = Field(None, description=gettext_noop("Gaps that wait for a person, or not."))


class PartAsked(PageAsked):
    """Which wording, and which page."""

    version: Key | None = Field(None, description=WORDING)


class CountsShape(Schema):
    """How many clauses are in each state."""

    gap: int
    idle: int
    unowned: int
    undated: int
    inapplicable: int
    taken: int


class CoverageShape(Schema):
    """What has become of a document."""

    document_id: int
    version_id: int
    on: date = Field(description=gettext_noop("The day of the limits used."))
    units: int = Field(description=gettext_noop("Clauses that ask for an answer one by one."))
    settled: int = Field(description=gettext_noop("Taken over, or agreed to be not applicable."))
    rate: float | None = Field(description=gettext_noop("settled / units; null where nothing asks."))
    counts: CountsShape
    pending: int = Field(description=gettext_noop("Gaps that wait for a person to decide."))
    blind: int = Field(description=gettext_noop("Gaps for which there is nothing at all."))
    unfinished: int = Field(description=gettext_noop("Answered, but without milestone, lead or date."))
    over_claims: int = Field(description=gettext_noop("Confirmed answers that share no words."))


class RowShape(Schema):
    """One clause and what has become of it."""

    clause_id: int
    label: str
    name: str
    path: str
    begins: str = Field(description=gettext_noop("Its first words."))
    state: Coverage
    word: str = Field(description=gettext_noop("The state as the screen says it."))
    reason: str
    is_settled: bool
    is_pending: bool
    is_blind: bool
    suggestions: int = Field(description=gettext_noop("How many possible answers wait."))
    best: float | None = Field(description=gettext_noop("The best score among them, from 0 to 1."))
    leads: list[str] = Field(description=gettext_noop("Codes of the units that lead an answer."))
    answers: list[int] = Field(description=gettext_noop("Numbers of the confirmed answers."))


class BlindShape(Schema):
    """A gap and the text that comes nearest."""

    clause: RowShape
    nearest: AnswerShape | None
    overdue_since: date | None = Field(
        description=gettext_noop("The day by which it should have been taken over, once that is past.")
    )


@operations.get(
    "/documents/{pk}/coverage", right="see_coverage", answer=CoverageShape, words=_("Coverage of a document")
)
def read_coverage(request: Call, pk: PK, asked: Query[VersionAsked]) -> dict[str, Any]:
    """How many clauses of a document are taken over, and what the others lack."""
    version, whole = covered(pk, asked.version)
    named = ("units", "settled", "rate", "counts", "pending", "blind", "unfinished")
    told = {name: getattr(whole, name) for name in named}
    ids = {"document_id": version.document_id, "version_id": version.pk, "on": timezone.localdate()}
    return ids | told | {"over_claims": len(lists.over_claims(version))}


@operations.get(
    "/documents/{pk}/coverage/clauses", right="see_coverage", answer=Page[RowShape],
    words=_("State of every clause"),
)  # fmt: skip
def list_coverage(request: Call, pk: PK, asked: Query[RowsAsked]) -> dict[str, Any]:
    """Every clause that asks for an answer, its state and why, in the order of the document."""
    _version, whole = covered(pk, asked.version)
    rows = [row for row in whole.rows if asked.state in (None, row.state)]
    rows = [row for row in rows if asked.is_pending in (None, row.is_pending)]
    return paged(request, rows, asked, row_shape)


@operations.get(
    "/documents/{pk}/coverage/blind-spots", right="see_coverage", answer=Page[BlindShape],
    words=_("Blind spots of a document"),
)  # fmt: skip
def list_blind_spots(request: Call, pk: PK, asked: Query[PartAsked]) -> dict[str, Any]:
    """Every gap with the text that comes nearest, those without any hope first."""
    _version, whole = covered(pk, asked.version)
    on = timezone.localdate()
    overdue = lists.overdue_since(whole, claim_days=thresholds(on).claim_days, on=on)

    def shape(spot: lists.Blind) -> dict[str, Any]:
        since = overdue.get(spot.row.clause.pk)
        return {"clause": row_shape(spot.row), "nearest": spot.nearest, "overdue_since": since}

    return paged(request, lists.blind_spots(whole), asked, shape)


@operations.get(
    "/documents/{pk}/coverage/over-claims", right="see_coverage", answer=Page[AnswerShape],
    words=_("Over-claims of a document"),
)  # fmt: skip
def list_over_claims(request: Call, pk: PK, asked: Query[PartAsked]) -> dict[str, Any]:
    """Confirmed answers whose words share nothing with the clause they are said to answer."""
    return paged(request, lists.over_claims(version_of(pk, asked.version)), asked)


def covered(document: int, version: int | None) -> tuple[Version, Covered]:
    """A wording with its coverage by the limits of today."""
    row = version_of(document, version)
    return row, coverage_of(row, possible=thresholds(timezone.localdate()).possible)


def version_of(document: int, version: int | None) -> Version:
    """The wording asked for, or the one in force, without its heavy text."""
    wanted = Q(pk=version) if version else Q(is_current=True)
    rows = Version.objects.select_related("document").defer("text", "furniture")
    return get_object_or_404(rows, wanted, document=document)


def row_shape(row: Row) -> dict[str, Any]:
    """One clause as programs see it."""
    clause = row.clause
    named = (
        "begins",
        "state",
        "word",
        "reason",
        "is_settled",
        "is_pending",
        "is_blind",
        "suggestions",
        "best",
    )
    told = {name: getattr(row, name) for name in (*named, "leads")}
    ids = {"clause_id": clause.pk, "label": clause.label, "name": clause.name, "path": clause.path}
    return ids | told | {"answers": [answer.pk for answer in row.answers]}
