"""Counts for the cockpit: milestones by light; how many finished reforms are fixed in a rule."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from minhu.reforms.models import Milestone, Reform, Rule
from minhu.reforms.states import RuleState
from minhu.reforms.states.lights import BLUE, DONE, OFF, RED, YELLOW, Day
from minhu.reforms.states.words import FINISHED


@dataclass(frozen=True, slots=True)
class Share:
    """So many of so many; the two numbers are shown, never a bare share."""

    part: int
    whole: int


def share_fixed_in_rules() -> Share:
    """Finished reforms, and those of them with a rule in force or lawfully ended by one."""
    kept = Rule.objects.filter(reform=OuterRef("pk")).exclude(state=RuleState.DRAFT)
    counted = Reform.objects.filter(state__in=FINISHED).aggregate(
        whole=Count("pk"), part=Count("pk", filter=Exists(kept))
    )
    return Share(counted["part"], counted["whole"])


def milestones_by_tone(day: Day) -> dict[str, int]:
    """Accepted milestones, and open ones of live reforms by tone; each counted once, in three queries."""
    due, calm = Q(due_on__gte=day.on), Q(due_on__gte=day.on, planned_on__gte=day.on)
    near = Q(due_on__lte=day.near_until)
    live = Milestone.objects.promised().aggregate(
        all=Count("due_on"),
        late=Count("due_on", filter=~due),
        slipped=Count("due_on", filter=due & Q(planned_on__lt=day.on)),
        near=Count("due_on", filter=calm & near),
    )
    # Returned proofs turn milestones yellow that would be blue or off.
    returned = Milestone.objects.returned().promised().filter(calm)
    back = returned.aggregate(all=Count("pk"), near=Count("pk", filter=near))
    yellow, blue = live["slipped"] + back["all"], live["near"] - back["near"]
    done = Milestone.objects.filter(accepted_on__isnull=False).count()
    return {
        RED: live["late"],
        YELLOW: yellow,
        BLUE: blue,
        OFF: live["all"] - live["late"] - yellow - blue,
        DONE: done,
    }
