"""Figures on what people say: how much, how many wait, how many were answered in time and came back."""

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, F, Min, Q

from minhu.cases.models import Case, Clock, Part
from minhu.cases.states import ClockState
from minhu.people.rules import Reader
from minhu.voices.models import Group, Membership, Reply, Voice, VoiceCase
from minhu.voices.queries.answering import HANDLER
from minhu.voices.queries.groups_inbox import STANDING

PATIENCE = 5
"""Days after which a waiting group is shown as pressing."""


@dataclass(frozen=True, slots=True)
class Answers:
    """First clocks stopped in time, of all that stopped within a year; answers rated, and come back."""

    in_time: int
    whole: int
    rated: int
    back: int


def heard_between(since: date, until: date) -> int:
    """Voices of a span of days, both counted."""
    return Voice.objects.live().filter(said_on__range=(since, until)).count()


def groups_between(since: date, until: date) -> int:
    """Groups that something was said in."""
    rows = Membership.objects.filter(until=None, voice__said_on__range=(since, until))
    return rows.values("group").distinct().count()


def waiting_groups() -> int:
    """Groups that wait for an office."""
    return Group.objects.standing().filter(STANDING["waiting"], size__gt=0).count()


def longest_wait(on: date) -> int:
    """How many days the first of them has waited."""
    first = Group.objects.standing().filter(STANDING["waiting"], size__gt=0).aggregate(first=Min("first_on"))
    return max(0, (on - first["first"]).days) if first["first"] else 0


def answers(on: date) -> Answers:
    """Answers of the last year."""
    year = on - timedelta(days=365)
    clocks = Clock.objects.filter(
        case__in=VoiceCase.objects.values("case"), is_first=True, state=ClockState.STOPPED,
        stopped_on__range=(year, on),
    ).aggregate(whole=Count("pk"), good=Count("pk", filter=Q(stopped_on__lte=F("due_on"))))  # fmt: skip
    rated = Reply.objects.filter(rated_at__isnull=False, sent_at__date__gt=year).aggregate(
        all=Count("pk"), back=Count("pk", filter=Q(level__in=(1, 2)) | Q(is_fixed=False))
    )
    return Answers(clocks["good"], clocks["whole"], rated["all"], rated["back"])


def handles(case: Case, reader: Reader) -> bool:
    """Whether a reader's unit handles a case."""
    return Part.objects.filter(case=case, role=HANDLER, organisation__code=reader.organisation).exists()
