"""What is late and why, what is due soon, what somebody owes, decides, or waits for."""

from typing import TypeVar

from django.db.models import Q, QuerySet

from minhu.people.rules import Reader
from minhu.people.states import Role
from minhu.reforms.models import Milestone, Postponement, Proof
from minhu.reforms.queries.lights import lit, milestones_to_light
from minhu.reforms.states import LIVE, ProofState
from minhu.reforms.states.lights import Day

Row = TypeVar("Row", Proof, Postponement)


def late_milestones(day: Day, *, most: int | None = None) -> list[Milestone]:
    """Red milestones, the longest late first, each with its `light`: why, and whom it waits for."""
    return lit(milestones_to_light().late(day).order_by("due_on", "id")[:most], day)


def near_milestones(day: Day, *, most: int | None = None) -> list[Milestone]:
    """Milestones due within the near days, the soonest first, each with its `light`."""
    return lit(milestones_to_light().near(day).order_by("due_on", "id")[:most], day)


def owed_by(organisation_id: int | None, day: Day) -> list[Milestone]:
    """What an organisation has to prove now: late, slipped, returned or near, and no proof under way."""
    mine = milestones_to_light().promised().filter(reform__lead=organisation_id)
    pressing = Q(due_on__lte=max(day.near_until, day.on)) | Q(planned_on__lt=day.on)
    pressing |= Q(last_proof=ProofState.RETURNED)
    return lit(mine.filter(pressing).exclude(last_proof=ProofState.WAITING).order_by("due_on", "id"), day)  # type: ignore[misc]


def proofs_to_accept(reader: Reader) -> QuerySet[Proof]:
    """Proofs that wait for the reader's organisation, the own ones left out, the oldest first."""
    waiting = with_reform(Proof.objects.filter(state=ProofState.WAITING, milestone__reform__state__in=LIVE))
    waiting = waiting.filter(milestone__acceptor=reader.organisation_id)
    return waiting.exclude(submitted_by_user=reader.user.pk).order_by("submitted_at", "id")


def postponements_to_decide(reader: Reader) -> QuerySet[Postponement]:
    """Open postponements the reader may decide: for a leader those of the own reforms."""
    if not reader.may("decide_postponement"):
        return Postponement.objects.none()
    rows = with_reform(Postponement.objects.filter(granted=None)).exclude(asked_by_user=reader.user.pk)
    if reader.role == Role.LEADER:
        rows = rows.filter(milestone__reform__leader_post=reader.post_id)
    return rows.order_by("asked_at", "id")


def proofs_waiting_for_others(reader: Reader) -> QuerySet[Proof]:
    """Proofs the reader's organisation handed in and nobody has decided."""
    rows = with_reform(Proof.objects.filter(state=ProofState.WAITING))
    return rows.filter(submitted_by_organisation=reader.organisation).order_by("submitted_at", "id")


def postponements_waiting_for_others(reader: Reader) -> QuerySet[Postponement]:
    """Postponements the reader's organisation asked for and nobody has decided."""
    rows = with_reform(Postponement.objects.filter(granted=None))
    return rows.filter(asked_by_organisation=reader.organisation).order_by("asked_at", "id")


def with_reform(rows: QuerySet[Row]) -> QuerySet[Row]:
    """Proofs or postponements with milestone, reform, lead and acceptor at hand."""
    return rows.select_related("milestone__acceptor", "milestone__reform__lead")
