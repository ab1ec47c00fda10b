"""The daily mail of an account: choosing it, taking it in hand once, and marking it done."""

from collections.abc import Iterable
from datetime import date, datetime, timedelta

from django.db import transaction
from django.db.models import Q

from minhu.people.actions.record import note
from minhu.people.models import Subscription, User
from minhu.trail.states import Actor

DAY = timedelta(days=1)
IN_HAND = timedelta(minutes=15)
"""How long a mail may be under way, or wait after a failure, before it is tried again."""


@transaction.atomic
def choose_digest(*, by: Actor, user: User, is_wanted: bool, at: datetime) -> None:
    """Whether an account wants the daily mail; twice the same changes nothing."""
    row, _new = Subscription.objects.get_or_create(user=user, defaults={"told_until": at - DAY})
    if row.is_wanted != is_wanted:
        row.is_wanted = is_wanted
        row.save(update_fields=["is_wanted"])
        note(by=by, deed="choose_digest", of=user, at=at, payload={"is_wanted": is_wanted}, asked=1)


def take_digest(*, user: User, on: date, at: datetime) -> Subscription | None:
    """Take the mail of a day in hand; None if it is done, not wanted, or in another worker's hand."""
    # The first mail tells the notices of the day before, also when it goes out only days later.
    row, _new = Subscription.objects.get_or_create(user=user, defaults={"told_until": at - DAY})
    open_now = Q(done_on=None) | Q(done_on__lt=on), Q(tried_at=None) | Q(tried_at__lte=at - IN_HAND)
    mine = Subscription.objects.filter(*open_now, pk=row.pk, is_wanted=True).update(tried_at=at)
    return row if mine else None


def finish_digest(*, subscription: Subscription, on: date, at: datetime, seen: Iterable[str]) -> None:
    """The mail of a day is done, sent or not needed; what it told is not told again as new."""
    rows = Subscription.objects.filter(pk=subscription.pk)
    rows.update(done_on=on, told_until=at, tried_at=None, seen=sorted(seen))
