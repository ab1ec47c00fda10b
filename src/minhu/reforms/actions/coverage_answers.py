"""A person confirms or refuses what answers an upstream clause, or takes that back."""

from collections.abc import Iterable
from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.mandates.models import Clause
from minhu.reforms.actions.refusals import Refusal
from minhu.reforms.models import Answer, Reform
from minhu.reforms.queries.coverage_names import name_posts
from minhu.reforms.states import AnswerState
from minhu.trail.actions import link, record, unlink
from minhu.trail.models import ref
from minhu.trail.states import Actor

KIND = "answered_by"


def confirm_answer(
    *,
    by: Actor,
    clause: Clause,
    at: datetime,
    reform: Reform | None = None,
    local_clause: Clause | None = None,
    asked: int = 0,
) -> Answer:
    """Confirm that a reform, or a clause of a local document, answers a clause; twice changes nothing."""
    if (reform is None) == (local_clause is None):
        raise Refusal(_("Please choose one reform, or one clause of a local document."))
    if local_clause == clause:
        raise Refusal(_("A clause cannot answer itself."))
    with transaction.atomic():
        answer, _is_new = Answer.objects.select_for_update().get_or_create(
            clause=clause, reform=reform, local_clause=local_clause, defaults={"suggested_at": at}
        )
        return decide(by, answer, AnswerState.CONFIRMED, at, asked)


def confirm_suggestion(*, by: Actor, answer: Answer, at: datetime, seen: str = "") -> Answer:
    """Confirm what stands as an answer; `seen`: the state the person saw, another one now is refused."""
    with transaction.atomic():
        return decide(by, unchanged(held(answer), seen), AnswerState.CONFIRMED, at, 0)


def refuse_answer(*, by: Actor, answer: Answer, at: datetime, asked: int = 0, seen: str = "") -> Answer:
    """Say that this does not answer the clause; it will not be suggested again. `seen`: as above."""
    with transaction.atomic():
        return decide(by, unchanged(held(answer), seen), AnswerState.REFUSED, at, asked)


def undo_answer(*, by: Actor, answer: Answer, at: datetime, seen: str = "") -> None:
    """Take a decision back: what was suggested is a suggestion again, what was added by hand is gone."""
    with transaction.atomic():
        reopen(by, unchanged(held(answer), seen), at)


def undo_answers(*, by: Actor, answers: Iterable[Answer], at: datetime) -> int:
    """Take back decisions made in one go; returns how many still stood."""
    with transaction.atomic():
        wanted = {answer.pk: answer.decided_at for answer in answers}
        rows = list(locked().filter(pk__in=wanted).exclude(state=AnswerState.SUGGESTED).order_by("pk"))
        # What somebody decided anew in between is that person's.
        rows = [row for row in rows if row.decided_at == wanted[row.pk]]
        for row in rows:
            reopen(by, row, at)
        return len(rows)


def reopen(by: Actor, row: Answer, at: datetime) -> None:
    """Write down that a decision no longer holds."""
    if row.state == AnswerState.SUGGESTED:
        return
    if row.state == AnswerState.CONFIRMED:
        unlink(by=by, src=ref(row.clause), dst=ref(answerer(row)), kind=KIND, at=at)
    write(by, row, "reforms.undo_answer", at, 0)
    if row.score is None:
        row.delete()
        return
    row.state, row.decided_at, row.decided_by_user = AnswerState.SUGGESTED, None, None
    row.decided_by_post = row.decided_by_organisation = ""
    row.save()


def unchanged(row: Answer, seen: str) -> Answer:
    """The row, locked by now, if it still is in the state the person saw; else what happened meanwhile."""
    if not seen or row.state == seen:
        return row
    said = _("Somebody decided this in the meantime: %(state)s. Look again before you change it.")
    words = said % {"state": row.get_state_display()}
    if row.decided_at:
        name_posts([row])
        day = timezone.localtime(row.decided_at)
        words += f" ({getattr(row, 'decider')}, {day:%Y-%m-%d %H:%M})"  # noqa: B009 (an annotation)
    raise Refusal(words)


def confirm_answers(*, by: Actor, answers: Iterable[Answer], at: datetime) -> int:
    """Confirm many suggestions in one deed each; returns how many were still open."""
    with transaction.atomic():
        rows = list(
            locked()
            .filter(pk__in=[answer.pk for answer in answers], state=AnswerState.SUGGESTED)
            .order_by("pk")
        )
        for row in rows:
            decide(by, row, AnswerState.CONFIRMED, at, 0)
        return len(rows)


def decide(by: Actor, row: Answer, state: AnswerState, at: datetime, asked: int) -> Answer:
    """Write a decision down, once, with its edge and its entry."""
    if row.state == state:
        return row
    was_confirmed = row.state == AnswerState.CONFIRMED
    row.state, row.decided_at = state, at
    row.decided_by_user, row.decided_by_post = by.user_id, by.post
    row.decided_by_organisation = by.organisation
    row.save()
    if state == AnswerState.CONFIRMED:
        link(by=by, src=ref(row.clause), dst=ref(answerer(row)), kind=KIND, at=at)
    elif was_confirmed:
        unlink(by=by, src=ref(row.clause), dst=ref(answerer(row)), kind=KIND, at=at)
    deed = "reforms.confirm_answer" if state == AnswerState.CONFIRMED else "reforms.refuse_answer"
    write(by, row, deed, at, asked)
    return row


def locked() -> QuerySet[Answer]:
    """Answers with both their ends, held until the transaction ends."""
    rows = Answer.objects.select_for_update(of=("self",))
    rows = rows.select_related("clause__version__document", "reform", "local_clause")
    return rows.defer("clause__version__text", "clause__version__furniture")


def held(answer: Answer) -> Answer:
    """The row as it stands now, held until the transaction ends."""
    row = locked().filter(pk=answer.pk).first()
    if row is None:
        raise Refusal(_("This suggestion is gone: a newer run no longer found it. Nothing was changed."))
    return row


def answerer(row: Answer) -> Reform | Clause:
    """What answers."""
    found = row.reform or row.local_clause
    assert found is not None  # noqa: S101 (the row itself holds that one of the two is there)
    return found


def write(by: Actor, row: Answer, deed: str, at: datetime, asked: int) -> None:
    """The entry stands at the clause: in the book of the reform, or of the upstream document."""
    book = row.reform.book if row.reform else row.clause.version.document.book
    payload = {"answer": ref(answerer(row)), "score": None if row.score is None else round(row.score, 4)}
    record(by=by, deed=deed, thing=ref(row.clause), book=book, at=at, asked=asked, payload=payload)
