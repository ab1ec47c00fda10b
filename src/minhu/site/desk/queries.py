"""What the desk shows: duties by when they are due, and what the system asked of an organisation."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Count, Sum
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from minhu.rulebook.queries import Missing, limit
from minhu.trail.models import Entry
from minhu.ui.offers import Duty

WEEK = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Pile:
    """Duties that belong together on the desk."""

    key: str
    title: str | Promise
    duties: tuple[Duty, ...]


@dataclass(frozen=True, slots=True)
class Burden:
    """What the forms cost an organisation since a day; minutes only where a cost of a value is known."""

    since: date
    values: int
    deeds: int
    minutes: int | None


def piles(duties: Iterable[Duty], *, on: date) -> tuple[Pile, ...]:
    """Sort duties into late, this week, later and waiting for others; empty piles are left out."""
    titles = {
        "late": _("Late"),
        "week": _("Today and this week"),
        "later": _("Later"),
        "waits": _("Waiting for others"),
    }
    sorted_in: dict[str, list[Duty]] = {key: [] for key in titles}
    for duty in duties:
        sorted_in[pile_of(duty, on=on)].append(duty)
    return tuple(Pile(key, titles[key], tuple(found)) for key, found in sorted_in.items() if found)


def pile_of(duty: Duty, *, on: date) -> str:
    """Which pile a duty lies on; one without a date is wanted this week."""
    if duty.waits:
        return "waits"
    if duty.due_on is None or on <= duty.due_on <= on + WEEK:
        return "week"
    return "late" if duty.due_on < on else "later"


def burden_of(organisation: str, *, since: datetime, on: date) -> Burden:
    """Values typed by posts of an organisation since a moment, priced by the rulebook's cost of a value."""
    asked = Entry.objects.filter(actor_organisation=organisation, at__gte=since, asked__gt=0)
    counted = asked.aggregate(values=Sum("asked"), deeds=Count("id"))
    values = counted["values"] or 0
    try:
        seconds = float(limit("burden.seconds_per_value", on=on).value)
    except Missing:
        return Burden(since.date(), values, counted["deeds"], None)
    return Burden(since.date(), values, counted["deeds"], round(values * seconds / 60))
