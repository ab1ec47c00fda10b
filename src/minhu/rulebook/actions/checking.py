"""Somebody read the source again and says that a limit still holds."""

from datetime import date, datetime

from django.db import transaction

from minhu.rulebook.models import Limit
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor

BOOK = "rulebook"


@transaction.atomic
def check_limit(*, by: Actor, limit: Limit, on: date, at: datetime) -> Limit:
    """Note that `by` checked a limit on a day; a check on the same day or an earlier one changes nothing."""
    row = Limit.objects.select_for_update().get(pk=limit.pk)
    if not by.post:
        raise ValueError("a limit is checked from a post: this actor has none")
    if row.checked_on and row.checked_on >= on:
        return row
    before = {"checked_on": row.checked_on, "checked_by": row.checked_by}
    row.checked_on, row.checked_by = on, by.post
    row.save(update_fields=["checked_on", "checked_by"])
    payload = {"code": row.code, "before": before, "after": {"checked_on": on, "checked_by": by.post}}
    record(by=by, deed="rulebook.check_limit", thing=ref(row), book=BOOK, at=at, payload=payload)
    return row
