"""Time and the worker for one case and those opened from it, while a trace or a made-up case is told."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from minhu.cases.actions.effects import carry_out, finish
from minhu.cases.actions.timers import let_run_out
from minhu.cases.models import Case, Effect, Timer
from minhu.cases.queries.outbox import Patience
from minhu.cases.states import CaseRefused, EffectState, TimerState, Why

AT_ONCE = Patience(1, timedelta(0))
"""Nothing is tried twice: what fails is said."""


def family(number: str) -> QuerySet[Case]:
    """A case, the one it was opened from, and those opened from it."""
    return Case.objects.filter(Q(number=number) | Q(parent__number=number) | Q(children__number=number))


def let_all_run_out(number: str, at: datetime) -> None:
    """Timers whose moment has come, each at its moment. Raises CaseRefused where a case does not take it."""
    while timer := _next_timer(number, at):
        if not let_run_out(timer=timer, at=max(timer.due_at, timer.case.opened_at)):
            timer.refresh_from_db()
            raise CaseRefused(Why.NOT_HERE, f"timer {timer.code}: {timer.error}")


def _next_timer(number: str, at: datetime) -> Timer | None:
    """The timer that runs out next."""
    rows = Timer.objects.filter(case__in=family(number), state=TimerState.ARMED, due_at__lte=at)
    return rows.select_related("case").order_by("due_at", "pk").first()


def carry_out_all(number: str, at: datetime) -> None:
    """Effects that wait. Letters go to nobody: these cases are made up. Raises CaseRefused if one fails."""
    while effect := _next_effect(number):
        if carry_out(effect, AT_ONCE, at):
            finish(effect, at)
        elif effect.state == EffectState.DEAD:
            raise CaseRefused(Why.UNKNOWN, f"effect {effect.kind}: {effect.error}")


def _next_effect(number: str) -> Effect | None:
    """The effect that has waited longest."""
    rows = Effect.objects.filter(case__in=family(number), state=EffectState.WAITING)
    return rows.select_related("case__kind").order_by("pk").first()
