"""What the table of the life of reforms wants to know of one reform."""

from django.db.models import Count, Q

from minhu.reforms.models import Reform
from minhu.reforms.states import RuleState
from minhu.reforms.states.life import Facts


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
