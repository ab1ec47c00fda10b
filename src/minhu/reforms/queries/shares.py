"""Counts for the cockpit: by domain, stage and light; how many finished reforms are fixed in a rule."""

from dataclasses import dataclass

from django.db.models import Count, Exists, OuterRef, Q

from minhu.reforms.models import Milestone, Reform, Rule
from minhu.reforms.queries.ledger import counts_by_tone
from minhu.reforms.states import Domain, RuleState, State
from minhu.reforms.states.lights import BLUE, DONE, OFF, RED, WORST_FIRST, YELLOW, Day
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


def counts_by_state() -> dict[str, int]:
    """How many reforms stand at which stage."""
    counted = Reform.objects.order_by().values_list("state").annotate(n=Count("pk"))
    return dict.fromkeys(State.values, 0) | dict(counted)


def tones_by_domain(day: Day) -> dict[str, dict[str, int]]:
    """Domain → tone → how many reforms, in one query."""
    table = {domain: dict.fromkeys(WORST_FIRST, 0) for domain in Domain.values}
    rows = Reform.objects.with_rank(day).order_by().values_list("domain", "rank").annotate(n=Count("pk"))
    for domain, rank, n in rows:
        table[domain][WORST_FIRST[rank]] = n
    return table


def reforms_by_tone(day: Day) -> dict[str, int]:
    """How many reforms show which tone."""
    return counts_by_tone(Reform.objects.all(), day)


def milestones_by_tone(day: Day) -> dict[str, int]:
    """Milestones of live reforms by tone, in one query: each counted once, by its worst matter."""
    stones = Milestone.objects.promised()
    late = Q(due_on__lt=day.on)
    slipped = ~late & (Q(planned_on__lt=day.on) | Q(pk__in=Milestone.objects.returned().values("pk")))
    near = Q(due_on__lte=day.near_until)
    counted = stones.aggregate(
        all=Count("pk"), red=Count("pk", filter=late), yellow=Count("pk", filter=slipped),
        blue=Count("pk", filter=~late & ~slipped & near),
    )  # fmt: skip
    rest = counted["all"] - counted["red"] - counted["yellow"] - counted["blue"]
    done = Milestone.objects.filter(accepted_on__isnull=False).count()
    return {RED: counted["red"], YELLOW: counted["yellow"], BLUE: counted["blue"], OFF: rest, DONE: done}
