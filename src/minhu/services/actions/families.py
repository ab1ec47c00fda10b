"""The office names a family of one-things (一类事) the software has found, or dissolves one."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.families import facts_of
from minhu.services.models import Family, Thing
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

BOOK = "families"


@dataclass(frozen=True, slots=True)
class Naming:
    """What a family is to be called, and who belongs to it."""

    name: str
    summary: str
    members: Collection[str]


@transaction.atomic
def confirm_family(*, by: Actor, naming: Naming, at: datetime) -> Family:
    """Confirm a family under a name: the public catalogue shows it from now on.

    Raises Refusal for fewer than two members, one that is rebuilt or in another family, a name taken.
    """
    things = list(Thing.objects.select_for_update(of=("self",)).filter(code__in=set(naming.members)))
    refuse_members(naming, things)
    name = naming.name.strip()
    if not name:
        raise Refusal(_("Give the family a name."))
    if Family.objects.filter(name=name, dissolved_at=None).exists():
        raise Refusal(_("There is a family called “%s” already.") % name)
    row = Family.objects.create(
        name=name, summary=naming.summary.strip(), found=facts_of(things), confirmed_by=by.post,
        confirmed_at=at,
    )  # fmt: skip
    row.members.set(things)
    payload = {"name": name, "members": sorted(thing.code for thing in things), "found": row.found}
    record(by=by, deed="services.confirm_family", thing=ref(row), book=BOOK, at=at, payload=payload, asked=1)
    return row


def refuse_members(naming: Naming, things: Collection[Thing]) -> None:
    """Members that are not there, too few, rebuilt, or taken."""
    known = {thing.code for thing in things}
    for code in sorted(set(naming.members) - known):
        raise Refusal(_("There is no one-thing with the code %(code)s.") % {"code": code})
    if len(known) < 2:
        raise Refusal(_("A family has at least two members."))
    for thing in things:
        if thing.reconstructed:
            words = _("“%s” is rebuilt from published counts: it can be in no family.")
            raise Refusal(words % thing.name)
        if other := thing.families.filter(dissolved_at=None).first():
            raise Refusal(
                _("“%(thing)s” is in the family “%(family)s” already: dissolve that first.")
                % {"thing": thing.name, "family": other.name}
            )


@transaction.atomic
def dissolve_family(*, by: Actor, family: Family, reason: str, at: datetime) -> Family:
    """Dissolve a family, with a reason; its one-things stay what they are."""
    row = Family.objects.select_for_update().get(pk=family.pk)
    if not row.stands:
        raise Refusal(_("It has been dissolved already."))
    if not reason.strip():
        raise Refusal(_("Say why it is dissolved."))
    row.dissolved_by, row.dissolved_at, row.reason = by.post, at, reason.strip()
    row.save(update_fields=["dissolved_by", "dissolved_at", "reason"])
    payload = {"name": row.name, "reason": row.reason}
    record(by=by, deed="services.dissolve_family", thing=ref(row), book=BOOK, at=at, payload=payload, asked=1)
    return row
