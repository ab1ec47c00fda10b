"""What the rulebook offers: its door, the duty to check again, search, and words for the record."""

from collections.abc import Collection, Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from minhu.people.rules import Reader
from minhu.rulebook import bridge, queries
from minhu.rulebook.models import Calendar, Limit, PackVersion
from minhu.ui.offers import DeedWord, Duty, DutySource, Finder, Found, Light, Named, Nav, ThingLink


def limits_to_check(reader: Reader, on: date) -> Iterable[Duty]:
    """One duty for all limits whose last check is too old, for those who may check."""
    months = bridge.recheck_months(on)
    if months is None or not reader.may("check_limit"):
        return
    waiting = queries.due_for_check(queries.limits_on(on), bridge.cutoff(on, months)).count()
    if waiting:
        words = ngettext("Check %(n)s limit again", "Check %(n)s limits again", waiting)
        yield Duty(
            title=words % {"n": waiting},
            why=gettext("Last checked over %(n)s months ago, or never") % {"n": months},
            url=reverse("rulebook:basis") + "?check=due",
            light=Light("yellow", _("Check again")),
            order=70,
        )


def calendar_to_load(reader: Reader, on: date) -> Iterable[Duty]:
    """Towards the end of a year: the days off of the next one, for those who may load a pack."""
    year = bridge.year_to_publish(on) if reader.may("load_pack") else None
    if year:
        yield Duty(
            title=gettext("Load the working days of %(year)s") % {"year": year},
            why=gettext("Until then every limit that counts through that year is provisional"),
            url=reverse("rulebook:basis") + "#calendar",
            due_on=date(on.year, 12, 31),
            light=Light("off", _("Not loaded yet")),
            order=72,
        )


def find_limits(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Limits by any of their words."""
    if not reader.may("see_basis"):
        return
    for row in queries.limits_of_words(text)[:most]:
        yield Found(f"{row} · {row.amount}", row.get_absolute_url(), row.source)


def limit_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names limits."""
    return {str(row.pk): (str(row), row.get_absolute_url()) for row in Limit.objects.filter(pk__in=keys)}


def calendar_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names years of the calendar."""
    url = reverse("rulebook:basis") + "#calendar"
    rows = Calendar.objects.filter(pk__in=keys)
    return {str(row.pk): (gettext("Calendar of %(year)s") % {"year": row.year}, url) for row in rows}


def pack_links(keys: Collection[str]) -> dict[str, Named]:
    """How the record names versions of packs."""
    url = reverse("rulebook:basis") + "#packs"
    return {str(row.pk): (str(row), url) for row in PackVersion.objects.filter(pk__in=keys)}


NAV = [Nav("", _("Basis"), "rulebook:basis", 80, "see_basis")]
DUTIES = [DutySource(limits_to_check, order=70), DutySource(calendar_to_load, order=72)]
FIND = [Finder(_("Limits and their basis"), find_limits, order=70)]
DEEDS = [
    DeedWord("rulebook.load_limits", _("brought in a limit from a pack")),
    DeedWord("rulebook.load_calendar", _("brought in a year of the calendar from a pack")),
    DeedWord("rulebook.record_pack_version", _("loaded a version of a pack")),
    DeedWord("rulebook.check_limit", _("checked that the limit still holds")),
]
THINGS = [
    ThingLink("rulebook.limit", limit_links),
    ThingLink("rulebook.calendar", calendar_links),
    ThingLink("rulebook.packversion", pack_links),
]
