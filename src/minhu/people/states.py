"""Roles, kinds of organisation, scopes of tokens; and the law of the tree: no unit stands above itself."""

from collections.abc import Mapping

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Role(TextChoices):
    """What a post is for; the whole of a person's rights comes from the role of the post."""

    OFFICE = "office", _("Reform office")
    LEAD = "lead", _("Lead-unit officer")
    LEADER = "leader", _("Leader")
    SUPERVISOR = "supervisor", _("Supervisor")
    AUDITOR = "auditor", _("Auditor (reads only)")


class Kind(TextChoices):
    """Kinds of organisation, from the top of the tree down."""

    DISTRICT = "district", _("District")
    DEPARTMENT = "department", _("Department")
    TOWN = "town", _("Town")
    STREET = "street", pgettext_lazy("kind of organisation", "Street")
    COMMUNITY = "community", _("Community")


class Scope(TextChoices):
    """What a token may do with the rights of its post."""

    READ = "read", _("Only read")
    WRITE = "write", _("Read and act")
    # Its secret travels in an address, which many machines write down: it opens the due days alone.
    CALENDAR = "calendar", _("Only show due days in a calendar")


def cycle_in(parents: Mapping[str, str | None]) -> tuple[str, ...] | None:
    """The first ring in a map child → parent (its first code repeated at the end), or nothing."""
    sound: set[str] = set()
    for start in sorted(parents):
        way: list[str] = []
        here: str | None = start
        while here is not None and here not in sound:
            if here in way:
                ring = way[way.index(here) :]
                return (*ring, ring[0])
            way.append(here)
            here = parents.get(here)
        sound |= set(way)
    return None
