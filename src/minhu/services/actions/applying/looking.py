"""Officers look at what applicants gave: what their organisation needs alone, and every look is recorded."""

from collections.abc import Collection
from datetime import datetime

from django.db import transaction

from minhu.services.actions.applying.drafting import tell
from minhu.services.models import Application, ApplicationPaper
from minhu.services.queries import applying as queries
from minhu.trail.states import Actor


@transaction.atomic
def look_at_values(*, by: Actor, row: Application, keys: Collection[str], at: datetime) -> dict[str, str]:
    """The values of these keys that are still kept; that they were read is recorded, what they say is not."""
    found = {key: value for key, value in queries.values_of(row).items() if key in keys}
    if found:
        tell(row, by, "look_at_values", at, {"keys": sorted(found)})
    return found


@transaction.atomic
def look_at_paper(*, by: Actor, paper: ApplicationPaper, at: datetime) -> None:
    """Record that a paper was opened."""
    said = {"paper": paper.material or paper.requirement, "sha256": paper.sha256}
    tell(paper.application, by, "look_at_paper", at, said)
