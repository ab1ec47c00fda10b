"""What a visitor of the demonstration should find already done."""

from datetime import datetime

from django.utils import timezone

from minhu.mandates.models import Version
from minhu.mandates.states import DocumentKind
from minhu.reforms.actions.coverage_suggestions import suggest_answers
from minhu.reforms.queries.coverage_limits import thresholds_or_none
from minhu.trail.states import SYSTEM


def look_for_answers(at: datetime) -> None:
    """Suggest answers to the clauses of every upstream document, so that there is something to confirm."""
    limits = thresholds_or_none(timezone.localdate(at))
    if limits is None:
        return
    for version in Version.objects.filter(is_current=True, document__kind=DocumentKind.UPSTREAM):
        suggest_answers(by=SYSTEM, version=version, possible=limits.possible, at=at)
