"""What the table of the life of reforms wants to know of one reform."""

from dataclasses import dataclass

from django.db.models import Count, Q

from minhu.reforms.models import Reform
from minhu.reforms.states import RuleState, State
from minhu.reforms.states.life import NEEDS, Facts, Words, lacking, moves_from, needs_reason


def facts_of(reform: Reform, *, reason: str = "", has_target: bool = False) -> Facts:
    """The facts of a reform as it stands, with what the mover says; two queries."""
    counted = reform.milestones.aggregate(
        all=Count("pk"), accepted=Count("pk", filter=Q(accepted_on__isnull=False))
    )
    return Facts(
        problem=reform.problem,
        goal=reform.goal,
        has_lead=reform.lead_id is not None,
        has_dates=reform.starts_on is not None and reform.ends_on is not None,
        milestones=counted["all"],
        accepted=counted["accepted"],
        rules_in_force=reform.rules.filter(state=RuleState.IN_FORCE).count(),
        reason=reason,
        has_target=has_target,
    )


@dataclass(frozen=True, slots=True)
class NextStep:
    """A stage a reform may go to, and what it still lacks for that."""

    state: State
    lacks: tuple[Words, ...]
    needs_reason: bool


def steps_from(reform: Reform) -> tuple[NextStep, ...]:
    """The steps the table allows from here; a reason and a target are asked for by the form itself."""
    facts = facts_of(reform, reason="-", has_target=True)
    return tuple(
        NextStep(
            to,
            tuple(NEEDS[need] for need in lacking(reform.state, to, facts)),
            needs_reason(reform.state, to),
        )
        for to in moves_from(reform.state)
    )
