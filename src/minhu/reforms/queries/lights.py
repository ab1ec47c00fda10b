"""Lights of rows: the day they are judged on, the facts they depend on, milestones lit."""

from collections.abc import Iterable
from datetime import date, timedelta

from minhu.reforms.models import Milestone, Reform
from minhu.reforms.models.ledger import MilestoneQuerySet
from minhu.reforms.states.lights import Day, MilestoneFacts, milestone_light, reform_light
from minhu.rulebook.queries import Missing, calendar, limit
from minhu.ui.offers import Light


def day_of(on: date) -> Day:
    """The day with its near end by the rulebook; without such a limit nothing counts as near."""
    try:
        days = limit("light.near_days", on=on).days
        return Day(on, calendar(on=on).add(on, days).on)
    except Missing:
        return Day(on, on - timedelta(days=1))


def facts_of_milestone(milestone: Milestone, reform: Reform) -> MilestoneFacts:
    """The facts of a milestone read `with_last_proof`, with acceptor and lead at hand."""
    return MilestoneFacts(
        state=reform.state,
        due_on=milestone.due_on,
        planned_on=milestone.planned_on,
        accepted_on=milestone.accepted_on,
        last_proof=milestone.last_proof,
        acceptor=milestone.acceptor.short,
        lead=reform.lead.short if reform.lead else "",
        title=milestone.title,
    )


def lit(milestones: Iterable[Milestone], day: Day) -> list[Milestone]:
    """The milestones, each with its `light`; read them by `milestones_to_light`."""
    rows = list(milestones)
    for row in rows:
        row.light = milestone_light(facts_of_milestone(row, row.reform), day)
    return rows


def light_of(reform: Reform, milestones: Iterable[Milestone], day: Day) -> Light:
    """The light of a reform from its milestones read `with_last_proof`."""
    return reform_light(reform.state, [facts_of_milestone(row, reform) for row in milestones], day)


def milestones_to_light() -> MilestoneQuerySet:
    """Milestones with all that their lights depend on."""
    return Milestone.objects.with_last_proof().select_related("acceptor", "reform__lead")
