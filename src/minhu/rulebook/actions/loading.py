"""What a pack brings: its version, its limits, its calendar; loading the same again changes nothing."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from django.db import transaction

from minhu.packs import Counts, Pack
from minhu.packs.calendars import CalendarDay, CalendarHead
from minhu.rulebook.models import Calendar, Limit, PackVersion
from minhu.rulebook.queries import latest_pack_version
from minhu.rulebook.states import LimitDraft, YearState
from minhu.trail.actions import record, record_many
from minhu.trail.models import ref
from minhu.trail.states import Actor, Deed, changed

BOOK = "rulebook"
KEY = ("code", "place", "kind", "effective_on")
CHECK = ("checked_on", "checked_by")


@transaction.atomic
def record_pack_version(*, by: Actor, pack: Pack, at: datetime) -> PackVersion:
    """Note which files are loaded; the same files twice in a row are one version."""
    last = latest_pack_version(pack.code)
    if last and last.digest == pack.digest:
        return last
    facts = {"code": pack.code, "name": pack.name, "version": pack.version, "digest": pack.digest}
    row = PackVersion.objects.create(**facts, loaded_at=at)
    deed = "rulebook.record_pack_version"
    record(by=by, deed=deed, thing=ref(row), book=BOOK, at=at, payload={"before": {}, "after": facts})
    return row


@transaction.atomic
def load_limits(*, by: Actor, drafts: Sequence[LimitDraft], version: PackVersion, at: datetime) -> Counts:
    """Bring limits in; one that a pack no longer names stays: it ends by `ends_on`, never silently."""
    known = {tuple(getattr(row, name) for name in KEY): row for row in Limit.objects.select_for_update()}
    fresh, moved, deeds = [], [], []
    for order, draft in enumerate(drafts):
        row = known.get(draft.key)
        if row is None:
            fresh.append(Limit(**asdict(draft), order=order, pack_version=version))
        elif difference := renew(row, draft, order):
            row.pack_version = version
            moved.append(row)
            deeds.append(_loaded(row, difference, by, at))
    Limit.objects.bulk_create(fresh)
    if moved:
        names = [field.name for field in Limit._meta.concrete_fields if field.name not in {"id", *KEY}]
        Limit.objects.bulk_update(moved, names)
    record_many([*(_loaded(row, {"before": {}, "after": facts_of(row)}, by, at) for row in fresh), *deeds])
    return Counts(len(fresh), len(moved), len(drafts) - len(fresh) - len(moved))


def renew(row: Limit, draft: LimitDraft, order: int) -> dict[str, object]:
    """Put a draft's values into a row and answer what changed.

    A check made on screen is newer than the pack's and stays, unless the pack changes what was checked.
    """
    before, after = facts_of(row), {**asdict(draft), "order": order}
    content = [name for name in after if name not in (*CHECK, "order")]
    same = all(before[name] == after[name] for name in content)
    if same and row.checked_on and not (draft.checked_on and draft.checked_on > row.checked_on):
        after |= {name: before[name] for name in CHECK}
    for name, value in after.items():
        setattr(row, name, value)
    difference = changed(before, after)
    return difference if difference["after"] else {}


def facts_of(row: Limit) -> dict[str, Any]:
    """What a pack may say of a limit."""
    return {name: getattr(row, name) for name in (*LimitDraft.__dataclass_fields__, "order")}


def _loaded(row: Limit, difference: dict[str, object], by: Actor, at: datetime) -> Deed:
    """The entry of one limit brought in or changed."""
    return Deed(by, "rulebook.load_limits", ref(row), BOOK, at, {"code": row.code, **difference})


@transaction.atomic
def load_calendar(
    *, by: Actor, head: CalendarHead, days: Iterable[CalendarDay], version: PackVersion, at: datetime
) -> Counts:
    """Bring the calendar in, year by year; a year with days but not published is provisional."""
    wanted = years_of(head, days)
    known = {row.year: row for row in Calendar.objects.select_for_update()}
    created, moved = 0, 0
    for year, facts in sorted(wanted.items()):
        row = known.get(year) or Calendar(year=year)
        before = {name: getattr(row, name) for name in facts} if row.pk else {}
        difference = changed(before, facts)
        if not difference["after"]:
            continue
        for name, value in facts.items():
            setattr(row, name, value)
        created, moved = created + (row.pk is None), moved + (row.pk is not None)
        row.pack_version = version
        row.save()
        payload = {"year": year, **difference}
        record(by=by, deed="rulebook.load_calendar", thing=ref(row), book=BOOK, at=at, payload=payload)
    return Counts(created, moved, len(wanted) - created - moved)


def years_of(head: CalendarHead, days: Iterable[CalendarDay]) -> dict[int, dict[str, Any]]:
    """The values of each year's row."""
    by_year: dict[int, list[list[str]]] = {year: [] for year in head.published}
    for day in sorted(days, key=lambda row: row.date):
        by_year.setdefault(day.date.year, []).append([day.date.isoformat(), day.kind.value, day.name])
    return {
        year: {
            "status": YearState.PUBLISHED if year in head.published else YearState.PROVISIONAL,
            "weekend": sorted(head.weekend),
            "tail_days": head.tail_days,
            "days": rows,
            "basis": head.basis,
        }
        for year, rows in by_year.items()
    }
