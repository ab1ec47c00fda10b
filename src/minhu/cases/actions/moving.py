"""Moving running cases to another version of their kind: tried first, case by case, each with its entry."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.db.models import F
from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled, compiled
from minhu.cases.bridge.moving import Carried, carried
from minhu.cases.models import Case, Kind, Step, Timer
from minhu.cases.queries.loading import lock_states
from minhu.cases.states import CaseRefused, CaseState, Fault, Status, StepState, Why
from minhu.people.models import Organisation
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class Change:
    """Which kind goes to which of its versions (digest); `renamed`: old place → new place."""

    code: str
    to: str
    renamed: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class CaseMove:
    """What becomes of one case: where it stands, why it cannot move, what to know if it can."""

    number: str
    title: str
    version: str
    places: tuple[str, ...]
    reasons: tuple[str, ...]
    notes: tuple[str, ...]

    @property
    def can(self) -> bool:
        """Whether it moves."""
        return not self.reasons


@transaction.atomic
def move_cases(*, by: Actor, change: Change, at: datetime, try_only: bool) -> tuple[CaseMove, ...]:
    """Every open case of a kind that is under another version; those that cannot move stay as they are.

    `try_only`: only say what would become of each. Raises CaseRefused for a version that is not there, or a
    place that it does not have.
    """
    target = target_of(change)
    new = compiled(target)
    rows = Case.objects.filter(kind__code=change.code, status=Status.OPEN).exclude(kind=target)
    cases = {case.number: case for case in rows.select_related("kind").order_by("id")}
    states = lock_states(list(cases)) if cases else {}
    moves = []
    for number, case in cases.items():
        old, state = compiled(case.kind), states[number]
        found = carried(old, new, state, change.renamed)
        places = tuple(old.title(place) for place in state.stays)
        moves.append(CaseMove(number, case.title, case.kind.version, places, found.reasons, found.notes))
        if found.can and not try_only:
            move(case, target, change.renamed)
            redesk(case, new)
            record(
                by=by, deed="cases.move", thing=ref(case), book=case.book, at=at,
                payload=told(state, target, found, change.renamed),
            )  # fmt: skip
    return tuple(moves)


def target_of(change: Change) -> Kind:
    """The version to go to. Raises CaseRefused."""
    target = Kind.objects.filter(code=change.code, digest=change.to).first()
    if target is None:
        words = _("There is no such version of “%(code)s”: choose one of those published.")
        raise CaseRefused(Why.UNKNOWN, words % {"code": change.code})
    places = compiled(target).places
    words = _("The new version has no place “%(place)s”.")
    faults = [
        Fault(before, words % {"place": after})
        for before, after in change.renamed.items()
        if after not in places
    ]
    if faults:
        raise CaseRefused(Why.VALUE, faults[0].words, faults)
    return target


def move(case: Case, target: Kind, renamed: Mapping[str, str]) -> None:
    """The rows of a case, under the new version and the new codes of places."""
    Case.objects.filter(pk=case.pk).update(kind=target, rev=F("rev") + 1)
    for before, after in renamed.items():
        Step.objects.filter(case=case, node=before).update(node=after)
        Timer.objects.filter(case=case, place=before).update(place=after)


def redesk(case: Case, new: Compiled) -> None:
    """Open stays whose place has another role now go to the desk of that role."""
    for stay in Step.objects.filter(case=case, state=StepState.OPEN):
        role = new.places[stay.node].role
        if stay.role == role:
            continue
        part = case.parts.filter(role=role).select_related("organisation").first()
        spec = new.roles.get(role)
        fixed = Organisation.objects.filter(code=spec.organisation).first() if spec else None
        stay.role, stay.organisation, stay.assignee = role, part.organisation if part else fixed, None
        stay.save(update_fields=["role", "organisation", "assignee"])


def told(state: CaseState, target: Kind, found: Carried, renamed: Mapping[str, str]) -> dict[str, object]:
    """What the entry of a move says: the marking is carried over, and what was told before stays true."""
    marking = {"marked": dict(found.marked), "attempts": dict(found.attempts), "end": ""}
    return {
        "kind": target.code, "from": state.digest, "to": target.digest, "renamed": dict(renamed),
        "rev": state.rev + 1, "marking": marking,
    }  # fmt: skip
