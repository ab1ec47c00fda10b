"""Start a reform and revise it; a save from an older page shows what changed in between."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.db.models import Q
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minhu.people.models import Organisation, Post
from minhu.reforms.actions.refusals import Refusal, check_not_stale, now_of, plain, told
from minhu.reforms.models import Reform
from minhu.reforms.models.reforms import is_reform_code
from minhu.reforms.states import Category, Origin
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor, changed


@dataclass(frozen=True, slots=True)
class ReformDraft:
    """A reform as a person or a pack describes it; names are those of the fields of the row."""

    code: str
    name: str
    domain: str
    category: str = Category.KEY
    line: int | None = None
    problem: str = ""
    goal: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    lead: Organisation | None = None
    supports: tuple[Organisation, ...] = ()
    leader_post: Post | None = None
    fund_yuan: int | None = None
    risk: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    origin: str = Origin.CLAUSE
    origin_note: str = ""
    illustrative: bool = False

    @property
    def values(self) -> dict[str, Any]:
        """All values by the names of their fields; supporting organisations in the order of the tree."""
        values = {field.name: getattr(self, field.name) for field in fields(self)}
        return values | {"supports": tuple(sorted(self.supports, key=lambda unit: (unit.order, unit.pk)))}


def draft_of(reform: Reform) -> ReformDraft:
    """The reform as a draft, to be changed with `dataclasses.replace`."""
    return ReformDraft(**{field.name: now_of(reform, field.name) for field in fields(ReformDraft)})


def start_reform(
    *, by: Actor, draft: ReformDraft, at: datetime, asked: int = 0, pack_key: str = ""
) -> Reform:
    """Add a reform to the ledger as an idea."""
    check_draft(draft)
    if Reform.objects.filter(code=draft.code).exists():
        raise Refusal(_("The code %(code)s is already in the ledger.") % {"code": draft.code}, "code")
    with transaction.atomic():
        values = draft.values
        supports = values.pop("supports")
        reform = Reform(**values, added_at=at, pack_key=pack_key)
        reform.save(force_insert=True)
        reform.supports.set(supports)
        record(
            by=by, deed="reforms.start_reform", thing=ref(reform), book=reform.book, at=at, asked=asked,
            payload=told(draft.values),
        )  # fmt: skip
        return reform


def revise_reform(
    *, by: Actor, reform: Reform, draft: ReformDraft, rev: int, at: datetime, asked: int = 0
) -> Reform:
    """Change a reform; raises Stale, with the differences, if it was saved since `rev`."""
    check_draft(draft)
    with transaction.atomic():
        row = Reform.objects.select_for_update(of=("self",)).get(pk=reform.pk)
        check_not_stale(row, rev, draft.values, _("Somebody else saved this reform in the meantime."))
        check_keeps_promises(row, draft)
        before = draft_of(row).values
        if before == draft.values:
            return row
        write(row, before, draft.values)
        record(
            by=by, deed="reforms.revise_reform", thing=ref(row), book=row.book, at=at, asked=asked,
            payload=changed(_plain(before), _plain(draft.values)),
        )  # fmt: skip
        return row


def take_from_pack(*, by: Actor, draft: ReformDraft, pack_key: str, at: datetime) -> tuple[Reform, bool]:
    """Start or revise a reform as a pack has it, and remember which item that was; says whether it is new."""
    with transaction.atomic():
        row = Reform.objects.filter(code=draft.code).first()
        if row is None:
            return start_reform(by=by, draft=draft, at=at, pack_key=pack_key), True
        row = revise_reform(by=by, reform=row, draft=draft, rev=row.rev, at=at)
        row.pack_key = pack_key
        row.save(update_fields=["pack_key"])
        return row, False


def write(row: Reform, before: Mapping[str, object], after: Mapping[str, object]) -> None:
    """Put the changed values into the row and count the edit."""
    names = [name for name in after if before[name] != after[name]]
    for name in names:
        if name == "supports":
            row.supports.set(after[name])  # type: ignore[arg-type]
        else:
            setattr(row, name, after[name])
    row.rev += 1
    row.save(update_fields=[*(name for name in names if name != "supports"), "rev"])


def check_draft(draft: ReformDraft) -> None:
    """Refuse what the row could not hold, naming the field."""
    if not draft.name.strip():
        raise Refusal(_("Please give the reform a name."), "name")
    try:
        is_reform_code(draft.code)
    except ValidationError as wrong:
        raise Refusal(wrong.messages[0], "code") from wrong
    if draft.starts_on and draft.ends_on and draft.ends_on < draft.starts_on:
        raise Refusal(_("A reform cannot end before it starts."), "ends_on")
    if draft.lead in draft.supports:
        raise Refusal(_("The lead organisation cannot support itself."), "supports")


def check_keeps_promises(row: Reform, draft: ReformDraft) -> None:
    """A code stays; a live reform keeps its lead and dates; no milestone comes to stand before the start."""
    if draft.code != row.code:
        raise Refusal(_("The code of a reform never changes: the record is kept under it."), "code")
    for name in ("lead", "starts_on", "ends_on") if row.is_live else ():
        if getattr(draft, name) is None:
            raise Refusal(_("A reform that has been approved needs this."), name)
    too_early = Q(planned_on__lt=draft.starts_on) | Q(starts_on__lt=draft.starts_on)
    first = row.milestones.filter(too_early).first() if draft.starts_on else None
    if first:
        raise Refusal(
            _("The milestone “%(title)s” is planned for %(day)s, before this start.")
            % {"title": first.title, "day": date_format(first.starts_on or first.planned_on)},
            "starts_on",
        )


def _plain(values: Mapping[str, object]) -> dict[str, object]:
    return {name: plain(value) for name, value in values.items()}
