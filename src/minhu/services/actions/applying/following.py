"""After submission: corrections handed in, papers brought, the application taken back, the service rated."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases import actions as cases
from minhu.cases.actions.effects import hand_over_link
from minhu.cases.models import Effect
from minhu.cases.states import MACHINE, Ask, CaseRefused, EffectState
from minhu.services.actions.applying.drafting import locked, tell, touch
from minhu.services.bridge.applying.asking import shown_blanks
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.standing import standing_of
from minhu.services.models import Application
from minhu.services.queries import applying as queries
from minhu.services.states import MENDS, WITHDRAWS, ApplicationRefused, ApplicationState, PaperState
from minhu.trail.states import Actor


@transaction.atomic
def hand_in_corrections(*, by: Actor, pk: int, at: datetime) -> None:
    """The one correction notice is answered: the case goes on with what was changed."""
    row, number = sent(pk)
    plan = plan_of(row.version, row.answers)
    standing = standing_of(number, plan)
    if not standing.is_mending:
        raise ApplicationRefused(_("No correction is asked for now."))
    give(number, MENDS, f"mend:{row.pk}:{standing.attempt}", at)
    keys = [one.key for one in shown_blanks(plan, queries.values_of(row))]
    tell(row, by, "hand_in_corrections", at, {"case": number, "fields": len(keys)})
    bring_waiting(by=by, pk=row.pk, at=at)


@transaction.atomic
def bring_waiting(*, by: Actor, pk: int, at: datetime) -> int:
    """Let the case go on wherever it waited for papers that are there now; returns for how many."""
    row, number = sent(pk)
    there = {(one.material, one.form) for one in queries.papers_of(row) if one.state == PaperState.GIVEN}
    plan = plan_of(row.version, row.answers)
    waits = standing_of(number, plan).commands or {}
    codes = [want.code for want in plan.wants if (want.material, want.form) in there]
    brought = list(dict.fromkeys(on for code in codes for on in waits.get(code, ())))
    for on in brought:
        give(number, on, f"{on}:{row.pk}", at)
    if brought:
        tell(row, by, "bring_papers", at, {"case": number, "count": len(brought)})
    return len(brought)


@transaction.atomic
def withdraw(*, by: Actor, pk: int, at: datetime) -> None:
    """Take an application back while nothing is decided; its values are kept no longer than they must be."""
    row, number = sent(pk)
    if not standing_of(number, plan_of(row.version, row.answers)).may_withdraw:
        raise ApplicationRefused(_("It cannot be taken back any more."))
    give(number, WITHDRAWS, f"withdraw:{row.pk}", at)
    row.state, row.ended_at = ApplicationState.WITHDRAWN, at
    touch(row, at, "state", "ended_at")
    tell(row, by, "withdraw_application", at, {"case": number})


@transaction.atomic
def rate(*, pk: int, level: int, words: str, at: datetime) -> None:
    """Rate a finished application, once, by the token the case kept for its author."""
    _row, number = sent(pk)
    effect = Effect.objects.filter(case__number=number, kind="rating", state=EffectState.DONE).last()
    token = hand_over_link(by=MACHINE, effect=effect, at=at) if effect else ""
    if not token:
        raise ApplicationRefused(_("It cannot be rated now: it was rated before, or is not finished yet."))
    try:
        cases.rate(token=token, level=level, words=words, at=at)
    except CaseRefused as refused:
        raise ApplicationRefused(refused.words) from None


def sent(pk: int) -> tuple[Application, str]:
    """An application that was sent, held, with the number of its case. Raises ApplicationRefused."""
    row = locked(pk)
    if not row.is_submitted or row.case is None:
        raise ApplicationRefused(_("This application has not been sent, or was taken back."))
    return row, row.case.number


def give(number: str, on: str, key: str, at: datetime) -> None:
    """A command to the case. Raises ApplicationRefused."""
    try:
        cases.act(by=MACHINE, ask=Ask(number, on, key), at=at)
    except CaseRefused as refused:
        raise ApplicationRefused(refused.words) from None
