"""Bringing in what departments publish: words, item guides, one-things; twice the same changes nothing."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction

from minhu.packs import Counts
from minhu.packs.guides import (
    BearerSpec,
    ElementSpec,
    ItemSpec,
    MaterialSpec,
    ThingSpec,
    digest_of,
    to_plain,
)
from minhu.people.models import Organisation
from minhu.services.models import Bearer, Element, Item, ItemVersion, Material, Merge, Thing
from minhu.services.states import MergeState
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

BOOK = "items"
Word = BearerSpec | ElementSpec | MaterialSpec
ROWS: Mapping[type[Word], tuple[type[Any], str]] = {
    BearerSpec: (Bearer, "title"),
    ElementSpec: (Element, "title"),
    MaterialSpec: (Material, "name"),
}


@transaction.atomic
def load_words(*, by: Actor, specs: Sequence[Word], at: datetime) -> Counts:
    """Entries of the dictionaries: whose values, which fields, which materials."""
    counts = Counts()
    known: dict[type[Word], dict[str, Any]] = {
        kind: {row.code: row for row in model.objects.select_for_update()}
        for kind, (model, _name) in ROWS.items()
    }
    for order, spec in enumerate(specs):
        model, name = ROWS[type(spec)]
        row = known[type(spec)].get(spec.code)
        facts = {name: getattr(spec, name), "data": to_plain(spec), "order": order}
        if row is not None and all(getattr(row, key) == value for key, value in facts.items()):
            counts += Counts(unchanged=1)
            continue
        before = row.data if row else {}
        row = row or model(code=spec.code)
        for key, value in facts.items():
            setattr(row, key, value)
        row.save()
        if before != facts["data"]:
            payload = {"code": spec.code, "before": before, "after": facts["data"]}
            record(by=by, deed="services.load_words", thing=ref(row), book=BOOK, at=at, payload=payload)
        counts += Counts(changed=1) if before else Counts(created=1)
    return counts


@transaction.atomic
def load_items(*, by: Actor, specs: Sequence[ItemSpec], at: datetime) -> Counts:
    """Guides of items: another digest is another version, which nobody ever changes."""
    units = organisations(spec.department for spec in specs)
    known = {row.code: row for row in Item.objects.select_for_update()}
    counts = Counts()
    for order, spec in enumerate(specs):
        row = known.get(spec.code) or Item(code=spec.code)
        row.name, row.department, row.order = spec.name, units[spec.department], order
        row.save()
        counts += load_guide(row, spec, by, at)
    return counts


def load_guide(row: Item, spec: ItemSpec, by: Actor, at: datetime) -> Counts:
    """The guide of one item: the latest version stays, or there is one more."""
    digest = digest_of(spec)
    latest = row.versions.order_by("-number").first()
    if latest and latest.digest == digest:
        return Counts(unchanged=1)
    older = row.versions.filter(digest=digest).first()
    if older:
        return Counts(
            unchanged=1, notes=(f"{row.code}: this is version {older.number} again, not the latest",)
        )
    made = ItemVersion.objects.create(
        item=row, number=1 + (latest.number if latest else 0), digest=digest, data=to_plain(spec),
        loaded_at=at, loaded_by=by.post, illustrative=spec.illustrative,
    )  # fmt: skip
    payload = {"code": row.code, "number": made.number, "digest": digest}
    record(by=by, deed="services.load_item", thing=ref(row), book=BOOK, at=at, payload=payload)
    return Counts(changed=1) if latest else Counts(created=1)


def organisations(codes: Iterable[str]) -> dict[str, Organisation]:
    """Organisations by code. Raises LookupError naming the first that is not there."""
    wanted = set(codes)
    units = {row.code: row for row in Organisation.objects.filter(code__in=wanted)}
    for code in sorted(wanted - units.keys()):
        raise LookupError(f"there is no organisation “{code}”")
    return units


@transaction.atomic
def load_things(*, by: Actor, specs: Sequence[ThingSpec], at: datetime) -> Counts:
    """One-things; merges signed on screen stay beside those a pack brings."""
    units = organisations(spec.lead for spec in specs)
    known = {row.code: row for row in Thing.objects.select_for_update(of=("self",))}
    counts = Counts()
    for order, spec in enumerate(specs):
        row = known.get(spec.code)
        plain = to_plain(spec)
        plain.pop("merge", None)
        facts: dict[str, Any] = {
            "name": spec.name, "tier": spec.tier, "audience": spec.audience, "stage": str(spec.stage),
            "lead": units[spec.lead], "summary": spec.summary, "reconstructed": spec.reconstructed,
            "illustrative": spec.illustrative, "data": plain, "order": order,
        }  # fmt: skip
        is_same = row is not None and all(getattr(row, key) == value for key, value in facts.items())
        before = row.data if row else {}
        row = row or Thing(code=spec.code)
        for key, value in facts.items():
            setattr(row, key, value)
        if not is_same:
            row.save()
        if before != plain:
            payload = {"before": before, "after": plain}
            record(by=by, deed="services.load_thing", thing=ref(row), book=row.book, at=at, payload=payload)
        more = load_merges(row, spec, at)
        counts += Counts(unchanged=1) if is_same and not more else Counts(changed=1) if before else Counts(1)
    return counts


def load_merges(thing: Thing, spec: ThingSpec, at: datetime) -> int:
    """The merges a pack brings, each with the signature it says; how many are new."""
    there = set(thing.merges.values_list("key", "same_as"))
    fresh = [one for one in spec.merge if (one.key, one.same_as) not in there]
    for one in fresh:
        moment = at.replace(year=one.on.year, month=one.on.month, day=one.on.day)
        Merge.objects.create(
            thing=thing, key=one.key, same_as=one.same_as, state=MergeState.SIGNED, reason=one.reason,
            signed_by=one.post, signed_at=moment,
        )  # fmt: skip
    return len(fresh)
