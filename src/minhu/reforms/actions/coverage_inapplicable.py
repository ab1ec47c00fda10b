"""A clause does not apply here: proposed with a reason anybody may read, decided by a second person."""

from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.mandates.models import Clause
from minhu.reforms.actions.refusals import Refusal, Verdict, check_other_person
from minhu.reforms.actions.signing import signature
from minhu.reforms.models import Inapplicable
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.queries import history
from minhu.trail.states import Actor

TAKEN_OVER = "reforms.take_over_inapplicable"


def propose_inapplicable(
    *, by: Actor, clause: Clause, reason: str, at: datetime, asked: int = 1
) -> Inapplicable:
    """Propose that a clause does not apply here; it stays a gap until somebody else has agreed."""
    reason = reason.strip()
    if not reason:
        raise Refusal(_("Please say why it does not apply: the reason is public."), "reason")
    with transaction.atomic():
        Clause.objects.select_for_update().get(pk=clause.pk)
        standing = Inapplicable.objects.filter(clause=clause).exclude(granted=False).first()
        if standing:
            said = (
                _("It was already agreed that this clause does not apply.")
                if standing.granted
                else _("This has been proposed already and waits for a second person.")
            )
            raise Refusal(said)
        row = Inapplicable.objects.create(
            clause=clause, reason=reason, asked_at=at, asked_by_user=by.user_id, asked_by_post=by.post,
            asked_by_organisation=by.organisation,
        )  # fmt: skip
        write(by, row, "reforms.propose_inapplicable", at, asked, reason)
        return row


def decide_inapplicable(
    *, by: Actor, inapplicable: Inapplicable, verdict: Verdict, at: datetime, asked: int = 0
) -> Inapplicable:
    """Agree or not; never the one who proposed it; whoever says no says why."""
    answer = verdict.reason.strip()
    with transaction.atomic():
        row = held(inapplicable)
        if row.granted is not None:
            raise Refusal(_("This has already been decided."))
        check_other_person(
            by, row.asked_by_user, _("You proposed this yourself; somebody else has to decide.")
        )
        if not verdict.yes and not answer:
            raise Refusal(_("Please say why it does apply."), "answer")
        row.granted, row.answer, row.decided_at = verdict.yes, answer, at
        row.decided_by_user, row.decided_by_post = by.user_id, by.post
        row.decided_by_organisation = by.organisation
        row.save()
        deed = "reforms.grant_inapplicable" if verdict.yes else "reforms.refuse_inapplicable"
        write(by, row, deed, at, asked, answer)
        return row


@dataclass(frozen=True, slots=True)
class Agreement:
    """What two posts agreed before this house kept the record: who asked, who decided, when."""

    reason: str
    asked_by: Actor
    decided_by: Actor
    agreed_at: datetime


def take_over_inapplicable(
    *, by: Actor, clause: Clause, agreement: Agreement, at: datetime
) -> Inapplicable | None:
    """Enter an agreement made elsewhere; no account stands behind it, and the record says who entered it.

    None where the clause is settled or waits already, or where this was entered before and then taken back.
    """
    asked, decided = agreement.asked_by, agreement.decided_by
    if asked.post == decided.post:
        raise Refusal(_("One post cannot agree with itself; a second one has to decide."), "decided_by")
    if not agreement.reason.strip():
        raise Refusal(_("Please say why it does not apply: the reason is public."), "reason")
    with transaction.atomic():
        Clause.objects.select_for_update().get(pk=clause.pk)
        standing = Inapplicable.objects.filter(clause=clause).exclude(granted=False)
        if standing.exists() or history(ref(clause)).filter(deed=TAKEN_OVER).exists():
            return None
        row = Inapplicable.objects.create(
            clause=clause, reason=agreement.reason.strip(), granted=True, asked_at=agreement.agreed_at,
            decided_at=agreement.agreed_at, **signature("asked_by", asked),
            **signature("decided_by", decided),
        )  # fmt: skip
        payload = {
            "inapplicable": ref(row), "reason": row.reason, "asked_by_post": asked.post,
            "decided_by_post": decided.post, "accepted_on": agreement.agreed_at.date(),
        }  # fmt: skip
        book = clause.version.document.book
        record(by=by, deed=TAKEN_OVER, thing=ref(clause), book=book, at=at, payload=payload)
        return row


def undo_inapplicable(*, by: Actor, inapplicable: Inapplicable, at: datetime) -> None:
    """Take back an open proposal (its asker), or an agreement (who may decide): the clause asks again."""
    with transaction.atomic():
        row = held(inapplicable)
        if row.granted is False:
            raise Refusal(_("This has already been decided."))
        if row.granted is None and by.user_id != row.asked_by_user:
            raise Refusal(_("Only who proposed it can take it back; others decide."))
        write(by, row, "reforms.undo_inapplicable", at, 0, row.reason)
        row.delete()


def held(inapplicable: Inapplicable) -> Inapplicable:
    """The row as it stands now, held until the transaction ends."""
    rows = Inapplicable.objects.select_for_update(of=("self",))
    return (
        rows.select_related("clause__version__document")
        .defer("clause__version__text")
        .get(pk=inapplicable.pk)
    )


def write(by: Actor, row: Inapplicable, deed: str, at: datetime, asked: int, words: str) -> None:
    """The entry stands at the clause, in the book of its document."""
    document = row.clause.version.document
    payload = {"inapplicable": ref(row), "reason": words}
    record(by=by, deed=deed, thing=ref(row.clause), book=document.book, at=at, asked=asked, payload=payload)
