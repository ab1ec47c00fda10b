"""Postponements: asked with a reason, granted or refused by another person."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minhu.reforms.actions.milestones import check_open, lock
from minhu.reforms.actions.refusals import Refusal, Verdict, check_other_person
from minhu.reforms.actions.signing import sign, signature
from minhu.reforms.models import Milestone, Postponement
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class Wish:
    """Until when, and why."""

    to_on: date
    reason: str


def ask_postponement(
    *, by: Actor, milestone: Milestone, wish: Wish, at: datetime, asked: int = 0
) -> Postponement:
    """Ask to move the due date of an open milestone; the date stays until somebody else has agreed."""
    if not wish.reason.strip():
        raise Refusal(_("Please say why: the reason is kept beside the date."), "reason")
    with transaction.atomic():
        reform = lock(milestone.reform)
        row = reform.milestones.get(pk=milestone.pk)
        check_open(row)
        if wish.to_on <= row.due_on:
            raise Refusal(
                _("It is due on %(day)s; a postponement leads to a later day.")
                % {"day": date_format(row.due_on)},
                "to_on",
            )
        if row.postponements.filter(granted=None).exists():
            raise Refusal(_("A postponement of this milestone has been asked for and is not decided yet."))
        made = Postponement.objects.create(
            milestone=row, from_on=row.due_on, to_on=wish.to_on, reason=wish.reason.strip(), asked_at=at,
            **signature("asked_by", by),
        )  # fmt: skip
        payload = {"from": made.from_on, "to": made.to_on, "reason": made.reason, "postponement": ref(made)}
        record(
            by=by, deed="reforms.ask_postponement", thing=ref(row), book=reform.book, at=at, asked=asked,
            payload=payload,
        )  # fmt: skip
        return made


def decide_postponement(
    *, by: Actor, postponement: Postponement, verdict: Verdict, at: datetime, asked: int = 0
) -> Postponement:
    """Grant or refuse a postponement; a granted one moves the due date, the plan stays."""
    with transaction.atomic():
        reform = lock(postponement.milestone.reform)
        row = Postponement.objects.select_related("milestone").get(pk=postponement.pk)
        check_decision(by, row, verdict)
        row.granted, row.answer = verdict.yes, verdict.reason.strip()
        sign(row, by, at)
        row.save()
        if verdict.yes:
            row.milestone.due_on = row.to_on
            row.milestone.rev += 1
            row.milestone.save(update_fields=["due_on", "rev"])
        deed = "reforms.grant_postponement" if verdict.yes else "reforms.refuse_postponement"
        payload = {"from": row.from_on, "to": row.to_on, "reason": row.answer, "postponement": ref(row)}
        record(
            by=by, deed=deed, thing=ref(row.milestone), book=reform.book, at=at, asked=asked, payload=payload
        )
        return row


def check_decision(by: Actor, row: Postponement, verdict: Verdict) -> None:
    """Refuse a second decision, the own wish, a done milestone, and a refusal without a reason."""
    if row.granted is not None:
        raise Refusal(_("This postponement has already been decided."))
    check_other_person(
        by, row.asked_by_user, _("You asked for this postponement yourself; somebody else has to decide.")
    )
    if verdict.yes:
        check_open(row.milestone)
    if not verdict.yes and not verdict.reason.strip():
        raise Refusal(_("Please say why it is refused."), "reason")
