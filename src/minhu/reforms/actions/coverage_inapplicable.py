"""A clause does not apply here: proposed with a reason anybody may read, decided by a second person."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.mandates.models import Clause
from minhu.reforms.actions.refusals import Refusal, Verdict, check_other_person
from minhu.reforms.models import Inapplicable
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


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
