"""Which post may see and do what in a case: the kind names the roles, the rights of the house frame them."""

from collections.abc import Collection, Mapping
from typing import Protocol

from django.db.models import Q

from minhu.cases.models import Case, Kind, Part, Step
from minhu.cases.states import Doer
from minhu.packs.kinds import AUTOMATIC, OPENER, PlaceSpec, RoleSpec, StepSpec
from minhu.people.rules import Reader
from minhu.people.states import Role

Parts = Mapping[str, Collection[str]]
SEE_ALL = frozenset({Role.OFFICE, Role.LEADER, Role.SUPERVISOR, Role.AUDITOR})


class Roles(Protocol):
    """A kind, as far as roles go."""

    @property
    def roles(self) -> Mapping[str, RoleSpec]:
        """Roles by code, the opener among them."""
        ...

    @property
    def places(self) -> Mapping[str, PlaceSpec]:
        """Places by code."""
        ...


def doer_of(reader: Reader) -> Doer:
    """Whoever looks at a page, as the one who acts from it."""
    return Doer(reader.actor, reader.role or "")


def role_of(kind: Roles, step: StepSpec) -> str:
    """The role that does a step: its own, else that of the place it takes a case from."""
    if step.role:
        return step.role
    places = (kind.places.get(code) for code in (*step.takes, *step.reads))
    return next((place.role for place in places if place and place.role), "")


def may_do(doer: Doer, kind: Roles, parts: Parts, step: StepSpec) -> bool:
    """Whether somebody may do a step: machines what machines do, posts what the step's role allows."""
    if step.on == AUTOMATIC:
        return False
    if doer.is_system or step.on:
        return doer.is_system and bool(step.on)
    return has_role(doer, kind, parts, role_of(kind, step))


def has_role(doer: Doer, kind: Roles, parts: Parts, role: str) -> bool:
    """Whether a post has a role of a kind in a case with these parts. Auditors read and never write."""
    spec = kind.roles.get(role)
    if spec is None or doer.role == Role.AUDITOR or doer.role not in spec.posts:
        return False
    mine = doer.actor.organisation
    if role == OPENER or spec.assigned:
        return mine in parts.get(role, ())
    return not spec.organisation or spec.organisation == mine


def may_open(doer: Doer, opens: Collection[str], opened_by: Collection[str]) -> bool:
    """Whether somebody may open a case of a kind."""
    if doer.is_system:
        return True
    by = doer.actor.organisation
    return doer.role != Role.AUDITOR and doer.role in opens and (not opened_by or by in opened_by)


def visible(reader: Reader) -> Q:
    """The cases a reader may see: those with the own organisation; of the rest what is not confidential.

    Whoever has a case on the desk reads also what was opened from it and is not confidential: answers are
    there to be put together.
    A confidential kind names the roles of posts that read all the same.
    """
    if not reader.has_post:
        return Q(pk__in=())
    on_desk = Step.objects.filter(organisation__code=reader.organisation).values("case")
    own = Q(pk__in=Part.objects.filter(organisation__code=reader.organisation).values("case"))
    open_kinds = Kind.objects.filter(is_confidential=False).values("pk")
    own |= Q(pk__in=on_desk) | Q(parent__in=on_desk, kind__in=open_kinds)
    told = Kind.objects.filter(is_confidential=True).values_list("pk", "spec")
    read = [pk for pk, spec in told if str(reader.role) in spec.get("readers", ())]
    if reader.role in SEE_ALL:
        return own | Q(kind__in=open_kinds) | Q(kind__in=read)
    return own | Q(kind__in=read) if read else own


def may_see(reader: Reader, case: Case) -> bool:
    """Whether a reader may see one case."""
    return Case.objects.filter(visible(reader), pk=case.pk).exists()
