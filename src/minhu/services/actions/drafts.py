"""The draft of a one-thing: it follows guides, dictionaries and signatures until it is published."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import datetime

from django.db import transaction

from minhu.packs.guides import (
    BearerSpec,
    Definition,
    ElementSpec,
    ItemSpec,
    MaterialSpec,
    MergeSpec,
    ThingSpec,
    define,
    digest_of,
    from_plain,
    to_plain,
)
from minhu.rulebook.models import PackVersion
from minhu.services.models import Bearer, Element, Item, ItemVersion, Material, Thing, ThingVersion
from minhu.services.states import MergeState, VersionState
from minhu.trail.actions import link, record, unlink
from minhu.trail.models import ref
from minhu.trail.states import Actor

USES = "uses_item"


@transaction.atomic
def refresh_draft(*, by: Actor, thing: Thing, pack_version: PackVersion, at: datetime) -> ThingVersion:
    """The newest version of a one-thing as things stand: the latest one if nothing is new, else a draft."""
    thing = Thing.objects.select_for_update(of=("self",)).get(pk=thing.pk)
    guides = latest_guides(thing.data.get("items", []))
    whole = definition_now(thing, guides)
    digest = digest_of(whole)
    latest = thing.versions.order_by("-number").first()
    if latest and latest.digest == digest:
        return latest
    draft = latest if latest and latest.state == VersionState.DRAFT else None
    made = draft or ThingVersion(thing=thing, number=1 + (latest.number if latest else 0))
    made.definition, made.digest, made.made_at, made.pack_version = to_plain(whole), digest, at, pack_version
    made.save()
    rebind(by, made, guides, at)
    payload = {"number": made.number, "digest": digest, "items": {g.item.code: g.number for g in guides}}
    record(by=by, deed="services.draft_thing", thing=ref(made), book=thing.book, at=at, payload=payload)
    return made


def latest_guides(codes: Iterable[str]) -> list[ItemVersion]:
    """The latest guide of each of these items, in their order."""
    found = {}
    for row in ItemVersion.objects.filter(item__code__in=codes).select_related("item").order_by("number"):
        found[row.item.code] = row
    return [found[code] for code in codes if code in found]


def definition_now(thing: Thing, guides: Iterable[ItemVersion]) -> Definition:
    """Everything a one-thing is made of, as it stands today."""
    spec = from_plain(ThingSpec, thing.data)
    signed = thing.merges.filter(state=MergeState.SIGNED).order_by("key", "same_as")
    merges = tuple(
        MergeSpec(one.key, one.same_as, one.signed_by, one.signed_at.date(), one.reason) for one in signed
    )
    return define(
        replace(spec, merge=merges),
        (from_plain(ItemSpec, row.data) for row in guides),
        (from_plain(MaterialSpec, row.data) for row in Material.objects.all()),
        (from_plain(ElementSpec, row.data) for row in Element.objects.all()),
        (from_plain(BearerSpec, row.data) for row in Bearer.objects.all()),
    )


def rebind(by: Actor, version: ThingVersion, guides: list[ItemVersion], at: datetime) -> None:
    """Pin the guides a draft is made of, and say so in the graph."""
    before = set(Item.objects.filter(versions__thing_versions=version))
    version.items.set(guides)
    after = {guide.item for guide in guides}
    for item in sorted(before - after, key=lambda one: one.pk):
        unlink(by=by, src=ref(version), dst=ref(item), kind=USES, at=at)
    for item in sorted(after - before, key=lambda one: one.pk):
        link(by=by, src=ref(version), dst=ref(item), kind=USES, at=at)
