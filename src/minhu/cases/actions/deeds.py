"""Deeds on cases: opening, the steps of their kinds, one by one or many at once, and who works on a step."""

from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.cases import store
from minhu.cases.actions.papers import kept
from minhu.cases.models import Case, Step
from minhu.cases.states import Ask, CaseRefused, Doer, Done, Opening, StepState, Why, book_of
from minhu.people.models import Holding
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.ui import offers


def open_case(*, by: Doer, opening: Opening, key: str, at: datetime) -> Done:
    """Open a case; asked again under the same key it is opened once. Raises CaseRefused."""
    return store.open_case(by, kept(opening, at), key, at)


def open_case_about(*, by: Doer, opening: Opening, subjects: Sequence[str], key: str, at: datetime) -> Done:
    """Open a case about things of other rooms, which note it in the same transaction. Raises CaseRefused."""
    files = kept(opening, at)
    with transaction.atomic():
        done = store.open_case(by, files, key, at)
        case = Case.objects.get(number=done.number)
        for thing in subjects if not done.repeated else ():
            if subject := offers.subject(thing):
                subject.tie(thing.partition(":")[2], case, by.actor, at)
        return done


def act(*, by: Doer, ask: Ask, at: datetime) -> Done:
    """Do one step of one case; asked again under the same key it is done once. Raises CaseRefused."""
    return store.apply(by, kept(ask, at), at)


def act_on_many(*, by: Doer, asks: Sequence[Ask], at: datetime) -> list[Done | CaseRefused]:
    """Do a step of many cases; what is refused is answered in its place and stops no other."""
    return store.apply_many(by, [kept(ask, at) for ask in asks], at)


@transaction.atomic
def assign_person(*, by: Doer, number: str, node: str, user_id: int | None, at: datetime) -> Step:
    """Name who works on a step within the organisation whose desk it lies on; None: nobody in particular."""
    case = Case.objects.select_for_update().filter(number=number).first()
    rows = Step.objects.select_related("organisation").filter(case=case, node=node, state=StepState.OPEN)
    step = rows.first() if case else None
    if case is None or step is None:
        raise CaseRefused(Why.NOT_HERE, _("The case is not there any more: look at it again."))
    desk = step.organisation.code if step.organisation else ""
    if by.actor.organisation != desk:
        raise CaseRefused(Why.RIGHT, _("Only the organisation whose desk it lies on says who works on it."))
    held = Holding.objects.current().filter(post__organisation__code=desk)
    if user_id is not None and not held.filter(user_id=user_id).exists():
        raise CaseRefused(Why.VALUE, _("This account holds no post there: choose one that does."))
    before = step.assignee_id
    if before == user_id:
        return step
    step.assignee_id = user_id
    step.save(update_fields=["assignee"])
    payload = {"place": node, "attempt": step.attempt, "before": before, "after": user_id}
    record(
        by=by.actor, deed="cases.assign_person", thing=ref(case), book=book_of(number), at=at, payload=payload
    )
    return step
