"""What has become of an upstream clause, as a pure function of what answers it."""

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Coverage(TextChoices):
    """The states of a clause, the worst first."""

    GAP = "gap", pgettext_lazy("state of a clause", "Gap")
    IDLE = "idle", pgettext_lazy("state of a clause", "Idle")
    UNOWNED = "unowned", pgettext_lazy("state of a clause", "No lead")
    UNDATED = "undated", pgettext_lazy("state of a clause", "No date")
    INAPPLICABLE = "inapplicable", pgettext_lazy("state of a clause", "Not applicable")
    TAKEN = "taken", pgettext_lazy("state of a clause", "Taken over")


SETTLED = (Coverage.TAKEN, Coverage.INAPPLICABLE)
TONES = {
    Coverage.GAP: "red",
    Coverage.IDLE: "yellow",
    Coverage.UNOWNED: "yellow",
    Coverage.UNDATED: "yellow",
    Coverage.INAPPLICABLE: "off",
    Coverage.TAKEN: "done",
}
REASONS = {
    Coverage.GAP: _("nothing that was confirmed answers it"),
    Coverage.IDLE: _("what answers it has no milestone"),
    Coverage.UNOWNED: _("what answers it has no lead organisation"),
    Coverage.UNDATED: _("what answers it has no end date"),
    Coverage.INAPPLICABLE: _("two people agreed that it does not apply here"),
    Coverage.TAKEN: _("answered, with a lead, milestones and a date"),
}


@dataclass(frozen=True, slots=True)
class Answering:
    """What is asked of a confirmed answer; a local clause in force has everything a reform must show."""

    has_milestone: bool = True
    has_lead: bool = True
    has_date: bool = True


def coverage_state(answers: Iterable[Answering], *, inapplicable: bool) -> Coverage:
    """Taken if one answer shows everything; else what the best of them still lacks; else not answered."""
    rows = list(answers)
    if not rows:
        return Coverage.INAPPLICABLE if inapplicable else Coverage.GAP
    moving = [row for row in rows if row.has_milestone]
    led = [row for row in moving if row.has_lead]
    if not moving:
        return Coverage.IDLE
    if not led:
        return Coverage.UNOWNED
    return Coverage.TAKEN if any(row.has_date for row in led) else Coverage.UNDATED
