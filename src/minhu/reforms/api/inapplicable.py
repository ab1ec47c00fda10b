"""A clause does not apply here: proposed with a public reason, decided by a second person."""

from datetime import datetime
from typing import Annotated, Any

from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Schema
from pydantic import Field

from minhu.mandates.models import Clause
from minhu.people.rules import require
from minhu.people.wire import Body, Call, Key, Page, PageAsked, conflict, paged
from minhu.reforms.actions import Verdict
from minhu.reforms.actions import coverage_inapplicable as exempting
from minhu.reforms.api.mounted import operations
from minhu.reforms.models import Inapplicable
from minhu.reforms.queries.coverage_review import organisations_of_clause

PK = Path[Key]


class InapplicableShape(Schema):
    """A proposal that a clause does not apply here, and what was decided."""

    id: int
    clause_id: int
    reason: str = Field(description=gettext_noop("Public: anybody may read it."))
    asked_at: datetime
    asked_by_post: str
    asked_by_organisation: str
    granted: bool | None = Field(description=gettext_noop("null while it waits for a second person."))
    answer: str = Field(description=gettext_noop("Why it does apply after all."))
    decided_at: datetime | None
    decided_by_post: str
    decided_by_organisation: str


class InapplicablesAsked(PageAsked):
    """Which proposals."""

    is_open: bool | None = Field(None, description=gettext_noop("Those that wait, or those decided."))
    document: Key | None = None


class ProposalAsked(Body):
    """Why a clause does not apply here."""

    reason: Annotated[str, Field(min_length=1, max_length=2000, pattern=r"\S")] = Field(
        description=gettext_noop("Public: anybody may read it.")
    )


class VerdictAsked(Body):
    """Yes or no; whoever says no says why."""

    granted: bool
    reason: Annotated[str, Field(max_length=2000)] = ""


@operations.get(
    "/inapplicable", right="see_coverage", answer=Page[InapplicableShape], words=_("List “not applicable”")
)
def list_inapplicable(request: Call, asked: Query[InapplicablesAsked]) -> dict[str, Any]:
    """Proposals that a clause does not apply here, the oldest first."""
    rows = Inapplicable.objects.order_by("asked_at", "pk")
    if asked.is_open is not None:
        rows = rows.filter(granted__isnull=asked.is_open)
    if asked.document:
        rows = rows.filter(clause__version__document=asked.document)
    return paged(request, rows, asked)


@operations.post(
    "/clauses/{pk}/inapplicable", right="propose_inapplicable", answer=InapplicableShape,
    words=_("Propose “not applicable”"), status=201, once=True,
)  # fmt: skip
def propose_inapplicable(request: Call, pk: PK, body: ProposalAsked) -> Inapplicable:
    """Propose that a clause does not apply here; it stays a gap until somebody else has agreed."""
    clause = get_object_or_404(Clause.objects.select_related("version__document"), pk=pk)
    require(request.reader, "propose_inapplicable", organisations=organisations_of_clause(clause))
    return exempting.propose_inapplicable(
        by=request.reader.actor, clause=clause, reason=body.reason, at=timezone.now()
    )


@operations.post(
    "/inapplicable/{pk}/decide", right="decide_inapplicable", answer=InapplicableShape,
    words=_("Decide on “not applicable”"),
)  # fmt: skip
def decide_inapplicable(request: Call, pk: PK, body: VerdictAsked) -> Inapplicable:
    """Agree that a clause does not apply, or not; never the one who proposed it; decided once."""
    row = get_object_or_404(Inapplicable.objects.select_related("clause"), pk=pk)
    if row.granted is not None:
        raise conflict(_("This has already been decided."))
    return exempting.decide_inapplicable(
        by=request.reader.actor, inapplicable=row, verdict=Verdict(body.granted, body.reason),
        at=timezone.now(), asked=0 if body.granted else 1,
    )  # fmt: skip
