"""Measures and milestones: added, revised, removed; approved dates move only by a postponement."""

from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.db import transaction
from django.db.models import Max
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minhu.people.models import Organisation
from minhu.reforms.actions.refusals import Difference, Refusal, Stale, check_not_stale, plain, told
from minhu.reforms.models import Measure, Milestone, Reform
from minhu.trail.actions import link, record, unlink
from minhu.trail.models import ref
from minhu.trail.states import Actor, changed


@dataclass(frozen=True, slots=True)
class MilestoneDraft:
    """A milestone as a person or a pack describes it; names are those of the fields of the row."""

    title: str
    due_on: date
    deliverable: str
    acceptor: Organisation
    weight: int = 1
    starts_on: date | None = None

    @property
    def values(self) -> dict[str, Any]:
        """All values by the names of their fields."""
        return {field.name: getattr(self, field.name) for field in fields(self)}


def add_measure(*, by: Actor, reform: Reform, title: str, at: datetime, asked: int = 0) -> Measure:
    """Add a measure at the end of a reform."""
    title = title.strip()
    if not title:
        raise Refusal(_("Please say what the measure is."), "title")
    with transaction.atomic():
        held = lock(reform)
        if held.measures.filter(title=title).exists():
            raise Refusal(_("The reform already has a measure of this title."), "title")
        measure = Measure.objects.create(reform=held, title=title, order=next_order(held.measures))
        note(by, measure, "reforms.add_measure", at, asked, {"title": title})
        return measure


def revise_measure(
    *, by: Actor, measure: Measure, title: str, at: datetime, asked: int = 0, seen: str = ""
) -> Measure:
    """Put a measure into other words; raises Stale if it no longer says what was `seen`."""
    title = title.strip()
    if not title:
        raise Refusal(_("Please say what the measure is."), "title")
    with transaction.atomic():
        held = lock(measure.reform)
        row = held.measures.get(pk=measure.pk)
        check_seen(row, title, seen)
        if held.measures.filter(title=title).exclude(pk=row.pk).exists():
            raise Refusal(_("The reform already has a measure of this title."), "title")
        payload = changed({"title": row.title}, {"title": title})
        if row.title != title:
            row.title = title
            row.save(update_fields=["title"])
            note(by, row, "reforms.revise_measure", at, asked, payload)
        return row


def check_seen(row: Measure, title: str, seen: str) -> None:
    """Refuse to overwrite unseen what somebody else saved."""
    if not seen or row.title in (seen, title):
        return
    said = _(
        "Somebody else saved this measure in the meantime. It now says: %(title)s. "
        "Save again to put yours in its place."
    )
    raise Stale(said % {"title": row.title}, 0, (Difference("title", _("Measure"), row.title, title),))


def remove_measure(*, by: Actor, measure: Measure, at: datetime) -> None:
    """Take away a measure that carries no milestone."""
    with transaction.atomic():
        row = lock(measure.reform).measures.get(pk=measure.pk)
        if row.milestones.exists():
            raise Refusal(_("This measure still has milestones. Move or remove them first."))
        note(by, row, "reforms.remove_measure", at, 0, {"title": row.title})
        row.delete()


def add_milestone(
    *, by: Actor, measure: Measure, draft: MilestoneDraft, at: datetime, asked: int = 0
) -> Milestone:
    """Add a milestone to a measure; its first date is its plan."""
    with transaction.atomic():
        reform = lock(measure.reform)
        check_draft(draft, reform, measure)
        milestone = Milestone.objects.create(
            **draft.values, measure=measure, reform=reform, planned_on=draft.due_on, added_at=at,
            order=next_order(measure.milestones),
        )  # fmt: skip
        link(by=by, src=ref(reform), dst=ref(milestone), kind="carried_by", at=at)
        note(by, milestone, "reforms.add_milestone", at, asked, told(draft.values))
        return milestone


def revise_milestone(
    *, by: Actor, milestone: Milestone, draft: MilestoneDraft, rev: int, at: datetime, asked: int = 0
) -> Milestone:
    """Change an open milestone; raises Stale, with the differences, if it was saved since `rev`."""
    with transaction.atomic():
        reform = lock(milestone.reform)
        row = Milestone.objects.select_related("measure", "acceptor").get(pk=milestone.pk)
        check_open(row)
        check_not_stale(row, rev, draft.values, _("Somebody else saved this milestone in the meantime."))
        check_draft(draft, reform, row.measure, row)
        before = {name: getattr(row, name) for name in draft.values}
        if before == draft.values:
            return row
        for name, value in draft.values.items():
            setattr(row, name, value)
        if not reform.is_approved:
            row.planned_on = draft.due_on
        row.rev += 1
        row.save()
        plainly = [{name: plain(value) for name, value in side.items()} for side in (before, draft.values)]
        note(by, row, "reforms.revise_milestone", at, asked, changed(*plainly))
        return row


def remove_milestone(*, by: Actor, milestone: Milestone, at: datetime) -> None:
    """Take away a milestone that nothing has been proved of yet."""
    with transaction.atomic():
        reform = lock(milestone.reform)
        row = reform.milestones.get(pk=milestone.pk)
        if row.proofs.exists() or row.postponements.exists():
            raise Refusal(_("This milestone has proofs or postponements; what was done stays in the ledger."))
        if reform.is_live and reform.milestones.count() == 1:
            raise Refusal(_("A reform that has been approved keeps at least one milestone."))
        unlink(by=by, src=ref(reform), dst=ref(row), kind="carried_by", at=at)
        note(by, row, "reforms.remove_milestone", at, 0, {"title": row.title, "due_on": row.due_on})
        row.delete()


def check_open(milestone: Milestone) -> None:
    """Refuse to touch what has been accepted."""
    if milestone.is_accepted:
        raise Refusal(_("This milestone has been accepted and no longer changes."))


def check_draft(
    draft: MilestoneDraft, reform: Reform, measure: Measure, row: Milestone | None = None
) -> None:
    """Refuse what the row could not hold, naming the field."""
    if not draft.title.strip():
        raise Refusal(_("Please say what the milestone is."), "title")
    if not draft.deliverable.strip():
        raise Refusal(_("Please say what is handed over: it is what will be accepted."), "deliverable")
    if draft.weight <= 0:
        raise Refusal(_("A milestone weighs at least 1."), "weight")
    check_dates(draft, reform, row)
    same = measure.milestones.filter(title=draft.title)
    if (same.exclude(pk=row.pk) if row else same).exists():
        raise Refusal(_("The measure already has a milestone of this title."), "title")


def check_dates(draft: MilestoneDraft, reform: Reform, row: Milestone | None) -> None:
    """A milestone stands within its reform, and its approved date stays."""
    if reform.starts_on and draft.due_on < reform.starts_on:
        raise Refusal(
            _("This reform starts on %(day)s; a milestone cannot be due before that.")
            % {"day": date_format(reform.starts_on)},
            "due_on",
        )
    if reform.starts_on and draft.starts_on and draft.starts_on < reform.starts_on:
        raise Refusal(
            _("This reform starts on %(day)s; a milestone cannot start before that.")
            % {"day": date_format(reform.starts_on)},
            "starts_on",
        )
    if draft.starts_on and draft.starts_on > (row.planned_on if row and reform.is_approved else draft.due_on):
        raise Refusal(_("A milestone cannot start after it is due."), "starts_on")
    if row and reform.is_approved and draft.due_on != row.due_on:
        raise Refusal(
            _("The date was approved with the reform. Ask for a postponement, so that the reason is kept."),
            "due_on",
        )


def lock(reform: Reform) -> Reform:
    """The reform, held until the transaction ends: what belongs to it changes one deed at a time."""
    return Reform.objects.select_for_update(of=("self",)).get(pk=reform.pk)


def next_order(rows: object) -> int:
    """The place after the last."""
    return (rows.aggregate(last=Max("order"))["last"] or 0) + 1  # type: ignore[attr-defined]


def note(
    by: Actor, row: Measure | Milestone, deed: str, at: datetime, asked: int, payload: dict[str, object]
) -> None:
    """The record entry of a measure or milestone, in the book of its reform."""
    record(by=by, deed=deed, thing=ref(row), book=row.reform.book, at=at, asked=asked, payload=payload)
