"""Opening personal values: who looks at them is told in the record, what they say is not."""

from datetime import datetime

from django.db import transaction

from minhu.cases.models import Case
from minhu.cases.states import Doer
from minhu.trail.actions import record
from minhu.trail.models import ref


@transaction.atomic
def open_personal(*, by: Doer, case: Case, at: datetime) -> dict[str, str]:
    """The personal values of a case that have not been erased, by key; that they were read is recorded."""
    rows = dict(case.personal.filter(erased_at=None).values_list("key", "value"))
    if rows:
        record(
            by=by.actor, deed="cases.open_personal", thing=ref(case), book=case.book, at=at,
            payload={"keys": sorted(rows)},
        )  # fmt: skip
    return rows
