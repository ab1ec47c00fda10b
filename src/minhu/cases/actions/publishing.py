"""Publishing: kinds of case in their versions, and who answers for what at which place."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict, replace
from datetime import datetime
from typing import Any

from django.db import transaction

from minhu.cases.models import Case, Kind, Power
from minhu.packs import Counts
from minhu.packs.kind_values import digest_of, to_plain
from minhu.packs.kinds import KindSpec, PowerSpec
from minhu.people.models import Organisation
from minhu.rulebook.models import PackVersion
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor, changed

BOOK = "kinds"
POWER_FACTS = ("title", "basis", "article", "strength", "ends_on", "note", "order")


@transaction.atomic
def publish_kinds(*, by: Actor, specs: Sequence[KindSpec], version: PackVersion, at: datetime) -> Counts:
    """Bring kinds to what a pack says: another digest is another version, and the current one from now on.

    Cases keep the version they were opened with. A kind the pack no longer names stays as it is.
    """
    counts = Counts()
    for order, spec in enumerate(specs):
        rows = {row.digest: row for row in Kind.objects.select_for_update().filter(code=spec.code)}
        digest = digest_of(spec)
        current = next((row for row in rows.values() if row.is_current), None)
        if current and current.digest == digest:
            counts += _renew(current, spec, order)
            continue
        if current:
            current.is_current = False
            current.save(update_fields=["is_current"])
        row = rows.get(digest) or _published(spec, digest, version, at)
        row.traces, row.is_current, row.order = to_plain(spec).get("trace", []), True, order
        # Whole rows would name columns that are never changed, and be refused by the database.
        row.save(update_fields=["traces", "is_current", "order"] if row.pk else None)
        said = {"code": spec.code, "before": current.digest if current else "", "after": digest}
        record(by=by, deed="cases.publish_kind", thing=ref(row), book=BOOK, at=at, payload=said)
        counts += Counts(changed=1) if current else Counts(created=1)
    return counts


def _published(spec: KindSpec, digest: str, version: PackVersion, at: datetime) -> Kind:
    """The row of a version that was never published before."""
    return Kind(
        code=spec.code, title=spec.title, group=spec.group, digest=digest,
        spec=to_plain(replace(spec, trace=())), pack_version=version,
        published_at=at, is_confidential=spec.confidential,
    )  # fmt: skip


def _renew(row: Kind, spec: KindSpec, order: int) -> Counts:
    """The same version again: only its traces and its place in lists may be new."""
    traces = to_plain(spec).get("trace", [])
    if row.traces == traces and row.order == order:
        return Counts(unchanged=1)
    more = row.traces != traces
    row.traces, row.order = traces, order
    row.save(update_fields=["traces", "order"])
    return Counts(changed=1) if more else Counts(unchanged=1)


@transaction.atomic
def load_powers(*, by: Actor, drafts: Sequence[PowerSpec], version: PackVersion, at: datetime) -> Counts:
    """Bring the list of powers in; one that a pack no longer names stays: it ends by `ends_on`."""
    units = {unit.code: unit for unit in Organisation.objects.all()}
    known = {
        (row.matter, row.place.code, row.effective_on): row
        for row in Power.objects.select_for_update(of=("self",)).select_related("place", "line")
    }
    counts = Counts()
    for order, draft in enumerate(drafts):
        row = known.get((draft.matter, draft.place, draft.effective_on))
        before = _power_facts(row) if row else {}
        after = {key: value for key, value in asdict(draft).items() if key in (*POWER_FACTS, "line")}
        difference = changed(before, after | {"order": order})
        if not difference["after"]:
            counts += Counts(unchanged=1)
            continue
        row = row or Power(matter=draft.matter, place=units[draft.place], effective_on=draft.effective_on)
        for name in POWER_FACTS:
            setattr(row, name, order if name == "order" else getattr(draft, name))
        row.line, row.pack_version = units[draft.line], version
        row.save()
        payload = {"matter": draft.matter, "place": draft.place, **_spelled(difference)}
        record(by=by, deed="cases.load_power", thing=ref(row), book=BOOK, at=at, payload=payload)
        counts += Counts(changed=1) if before else Counts(created=1)
    return counts


def _power_facts(row: Power) -> dict[str, Any]:
    """What a pack may say of a power."""
    return {**{name: getattr(row, name) for name in POWER_FACTS}, "line": row.line.code}


def _spelled(difference: Mapping[str, Any]) -> dict[str, Any]:
    """A change as plain JSON."""
    return {
        side: {
            key: value.isoformat() if hasattr(value, "isoformat") else value for key, value in said.items()
        }
        for side, said in difference.items()
    }


def mark_illustrative(*, numbers: Sequence[str]) -> None:
    """Mark cases that a pack made up to show how things look."""
    Case.objects.filter(number__in=numbers).update(illustrative=True)
