"""What answers a clause: read it, confirm it, refuse it, take that back, name an answer by hand."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Path, Query, Schema
from pydantic import Field

from minhu.mandates.models import Clause
from minhu.people.wire import Body, Call, Key, Page, PageAsked, Text, conflict, invalid, paged
from minhu.reforms.actions import coverage_answers as answering
from minhu.reforms.api.mounted import operations
from minhu.reforms.models import Answer, Reform
from minhu.reforms.queries.coverage_lists import with_ends
from minhu.reforms.states import AnswerState

PK = Path[Key]


class AnswerShape(Schema):
    """Something that answers a clause, or might: a reform, or a clause of a local document."""

    id: int
    clause_id: int
    reform: str | None = Field(None, description=gettext_noop("Code of the reform, if it is one."))
    local_clause_id: int | None = Field(description=gettext_noop("The local clause, if it is one."))
    title: str = Field("", description=gettext_noop("What answers, by name."))
    state: AnswerState
    score: float | None = Field(description=gettext_noop("How near the words are, from 0 to 1."))
    spans: list[list[int]] = Field(
        description=gettext_noop("Shared words as [start, end in the clause, start, end in the answer].")
    )
    suggested_at: datetime
    decided_at: datetime | None
    decided_by_post: str
    decided_by_organisation: str

    @staticmethod
    def resolve_reform(row: Any) -> str | None:
        """The code of the reform."""
        return row.reform.code if row.reform else None

    @staticmethod
    def resolve_title(row: Any) -> str:
        """The name of the reform; of a local clause its document and label."""
        if row.reform:
            return str(row.reform.name)
        return f"{row.local_clause.version.document.title} {row.local_clause.name}"


class AnswersAsked(PageAsked):
    """Which answers."""

    state: AnswerState | None = None
    document: Key | None = Field(None, description=gettext_noop("To clauses of this document in force."))
    clause: Key | None = None
    reform: Text = Field("", description=gettext_noop("By the reform of this code."))


class Seen(Body):
    """What was seen when this was decided."""

    seen: AnswerState = Field(description=gettext_noop("The state the answer had when it was read."))


class AnswerAsked(Body):
    """What answers a clause: exactly one of the two."""

    reform: Text = Field("", description=gettext_noop("Code of a reform."))
    local_clause: Key | None = Field(None, description=gettext_noop("A clause of a local document."))


@operations.get("/answers", right="see_coverage", answer=Page[AnswerShape], words=_("List answers"))
def list_answers(request: Call, asked: Query[AnswersAsked]) -> dict[str, Any]:
    """Answers of clauses, as suggested or decided."""
    filters = {
        "state": asked.state, "clause": asked.clause, "reform__code": asked.reform,
        "clause__version__document": asked.document, "clause__version__is_current": bool(asked.document),
    }  # fmt: skip
    said = {name: value for name, value in filters.items() if value}
    return paged(request, whole().filter(**said).order_by("clause", "-score", "pk"), asked)


@operations.get("/answers/{pk}", right="see_coverage", answer=AnswerShape, words=_("Read an answer"))
def read_answer(request: Call, pk: PK) -> Answer:
    """One answer."""
    return get_object_or_404(whole(), pk=pk)


@operations.post(
    "/answers/{pk}/confirm", right="match_clause", answer=AnswerShape, words=_("Confirm an answer")
)
def confirm_answer(request: Call, pk: PK, body: Seen) -> Answer:
    """This answers the clause; said twice it changes nothing."""

    def deed(row: Answer, at: datetime) -> Answer:
        return answering.confirm_answer(
            by=request.reader.actor,
            clause=row.clause,
            reform=row.reform,
            local_clause=row.local_clause,
            at=at,
        )

    return decided(pk, body.seen, AnswerState.CONFIRMED, deed)


@operations.post(
    "/answers/{pk}/refuse", right="match_clause", answer=AnswerShape, words=_("Refuse an answer")
)
def refuse_answer(request: Call, pk: PK, body: Seen) -> Answer:
    """This does not answer the clause, and is not suggested again; said twice it changes nothing."""
    return decided(
        pk, body.seen, AnswerState.REFUSED,
        lambda row, at: answering.refuse_answer(by=request.reader.actor, answer=row, at=at),
    )  # fmt: skip


@operations.post(
    "/answers/{pk}/undo", right="match_clause", answer=AnswerShape | None, words=_("Take a decision back")
)
def undo_answer(request: Call, pk: PK, body: Seen) -> Answer | None:
    """It is a suggestion again; an answer that was named by hand is gone, and null comes back."""

    decided(
        pk, body.seen, AnswerState.SUGGESTED,
        lambda row, at: answering.undo_answer(by=request.reader.actor, answer=row, at=at),
    )  # fmt: skip
    return whole().filter(pk=pk).first()


@operations.post(
    "/clauses/{pk}/answers", right="match_clause", answer=AnswerShape, words=_("Name an answer"), status=201,
    once=True,
)  # fmt: skip
def add_answer(request: Call, pk: PK, body: AnswerAsked) -> Answer:
    """Say that a reform, or a clause of a local document, answers a clause."""
    clause = get_object_or_404(Clause, pk=pk)
    reform = Reform.objects.filter(code=body.reform).first() if body.reform else None
    if body.reform and reform is None:
        words = _("There is no reform with the code “%(code)s”.") % {"code": body.reform}
        raise invalid(words, where="body.reform")
    local = Clause.objects.filter(pk=body.local_clause).first() if body.local_clause else None
    if body.local_clause and local is None:
        raise invalid(_("There is no such clause."), where="body.local_clause")
    answer = answering.confirm_answer(
        by=request.reader.actor, clause=clause, reform=reform, local_clause=local, at=timezone.now(), asked=1
    )
    return whole().get(pk=answer.pk)


def decided(
    pk: int, seen: AnswerState, wanted: AnswerState, deed: Callable[[Answer, datetime], Answer | None]
) -> Answer:
    """Decide an answer that still stands as it was seen; one that stands as wanted is left as it is."""
    with transaction.atomic():
        rows = Answer.objects.select_for_update(of=("self",))
        row = get_object_or_404(rows.select_related("clause", "reform", "local_clause"), pk=pk)
        if row.state != wanted:
            if row.state != seen:
                said = _("Somebody decided this in the meantime: %(state)s. Look again before you change it.")
                raise conflict(said % {"state": row.get_state_display()}, where="body.seen")
            deed(row, timezone.now())
    return whole().filter(pk=pk).first() or row


def whole() -> QuerySet[Answer]:
    """Answers with both ends by name."""
    return with_ends(Answer.objects.all())
