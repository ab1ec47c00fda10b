"""Families of one-things that stand, and the versions from which families are found."""

from collections.abc import Iterable

from django.db.models import Prefetch, QuerySet

from minhu.services.models import Family, Thing, ThingVersion
from minhu.services.states import VersionState


def standing() -> QuerySet[Family]:
    """The families that have not been dissolved, with their members."""
    members = Thing.objects.select_related("lead")
    return Family.objects.filter(dissolved_at=None).prefetch_related(Prefetch("members", members))


def dissolved() -> QuerySet[Family]:
    """The families that were dissolved, the last first."""
    return Family.objects.exclude(dissolved_at=None).order_by("-dissolved_at")


def current_versions(things: Iterable[Thing] | None = None) -> list[ThingVersion]:
    """Of every one-thing that is not rebuilt the version that is published, else the latest."""
    rows = ThingVersion.objects.filter(thing__reconstructed=False).select_related("thing__lead")
    if things is not None:
        rows = rows.filter(thing__in=list(things))
    found: dict[int, ThingVersion] = {}
    for row in rows.order_by("thing__order", "thing__code", "-number"):
        if row.thing_id not in found or row.state == VersionState.PUBLISHED:
            found[row.thing_id] = row
    return list(found.values())


def offered_families(offered: Iterable[Thing]) -> list[tuple[Family, list[Thing]]]:
    """Families for everybody: those of which at least two members can be applied for."""
    by_key = {thing.pk: thing for thing in offered}
    rows = [
        (family, [by_key[one.pk] for one in family.members.all() if one.pk in by_key])
        for family in standing()
    ]
    return [(family, members) for family, members in rows if len(members) > 1]
