"""What exports read besides definitions: who publishes, full names of organisations, families."""

from minhu.people.models import Organisation
from minhu.services.models import Family, ThingVersion
from minhu.services.states import VersionState


def publisher() -> str:
    """The organisation at the top of the tree: the catalogue is its own."""
    return Organisation.objects.filter(parent=None).values_list("code", flat=True).first() or ""


def full_names() -> dict[str, str]:
    """Organisations by code, as official papers name them."""
    return {
        code: name or short for code, short, name in Organisation.objects.values_list("code", "short", "name")
    }


def family_names() -> dict[int, str]:
    """The family each one-thing belongs to, by its key."""
    rows = Family.objects.filter(dissolved_at=None).values_list("members", "name")
    return {thing: name for thing, name in rows if thing is not None}


def published_versions() -> list[ThingVersion]:
    """Everything that can be applied for, in the order of the catalogue."""
    rows = ThingVersion.objects.filter(state=VersionState.PUBLISHED, thing__reconstructed=False)
    return list(rows.select_related("thing__lead").order_by("thing__order", "thing__code"))
