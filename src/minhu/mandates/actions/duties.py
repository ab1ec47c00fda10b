"""Correct what the machine read as a duty: who, what, by when."""

from dataclasses import asdict, dataclass
from datetime import date, datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.mandates.actions.meanwhile import check_seen
from minhu.mandates.actions.refusals import BadDocument
from minhu.mandates.models import Clause, Duty
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class DutyDraft:
    """Who must do what by when, as a person puts it."""

    what: str
    who: str = ""
    by_words: str = ""
    by_on: date | None = None


def add_duty(*, by: Actor, clause: Clause, draft: DutyDraft, at: datetime, asked: int = 0) -> Duty:
    """Add a duty that the machine did not see; it stands on the whole clause."""
    check_duty(draft)
    with transaction.atomic():
        duty = Duty.objects.create(
            clause=clause, start=clause.start, end=clause.end, is_corrected=True, **asdict(draft)
        )
        write(by, duty, "mandates.add_duty", at, asked, {"after": told(draft)})
        return duty


def draft_of(duty: Duty) -> DutyDraft:
    """The duty as it stands."""
    return DutyDraft(duty.what, duty.who, duty.by_words, duty.by_on)


def correct_duty(
    *, by: Actor, duty: Duty, draft: DutyDraft, at: datetime, asked: int = 0, seen: str = ""
) -> Duty:
    """Put a duty right; what the machine had read stays in the record.

    `seen` is the mark of the duty the form was opened with: another one is refused with what stands there.
    """
    check_duty(draft)
    with transaction.atomic():
        row = Duty.objects.select_for_update().select_related("clause__version__document").get(pk=duty.pk)
        before = draft_of(row)
        check_seen(seen, row, before, draft)
        if before == draft:
            return row
        for name, value in asdict(draft).items():
            setattr(row, name, value)
        row.is_corrected = True
        row.save()
        write(by, row, "mandates.correct_duty", at, asked, {"before": told(before), "after": told(draft)})
        return row


def remove_duty(*, by: Actor, duty: Duty, at: datetime) -> None:
    """Take away what is no duty; the record keeps its words."""
    with transaction.atomic():
        row = Duty.objects.select_for_update().select_related("clause__version__document").get(pk=duty.pk)
        before = draft_of(row)
        write(by, row, "mandates.remove_duty", at, 0, {"before": told(before)})
        row.delete()


def check_duty(draft: DutyDraft) -> None:
    """A duty says what is to be done."""
    if not draft.what.strip():
        raise BadDocument(_("Please say what is to be done."), "what")


def told(draft: DutyDraft) -> dict[str, str]:
    """A duty as the record keeps it."""
    return {name: str(value or "") for name, value in asdict(draft).items()}


def write(by: Actor, duty: Duty, deed: str, at: datetime, asked: int, payload: dict[str, object]) -> None:
    """The record entry of a duty stands at its clause, in the book of the document."""
    document = duty.clause.version.document
    record(by=by, deed=deed, thing=ref(duty.clause), book=document.book, at=at, asked=asked, payload=payload)
