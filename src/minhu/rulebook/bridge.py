"""Rows to `methods.timing` and back: which checks are too old, what a year holds; a pack not loaded."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from pathlib import Path

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.methods.timing import month_later
from minhu.packs import Section, open_pack
from minhu.people.models import Post
from minhu.rulebook import queries
from minhu.rulebook.models import Calendar, Limit
from minhu.rulebook.states import LimitDraft
from minhu.trail.models import Entry, ref
from minhu.trail.states import SYSTEM
from minhu.ui.offers import Light, deeds

RECHECK = "basis.recheck_months"
REMIND = "calendar.remind_months"
MOST_PAST = 50
LIMITS = Section("limits", "limit", LimitDraft, key=("code", "place", "kind", "effective_on"))


@dataclass(frozen=True, slots=True)
class LimitRow:
    """A limit with the light of its last check and the post that made it."""

    limit: Limit
    light: Light
    checker: str


@dataclass(frozen=True, slots=True)
class Year:
    """A year of the calendar; one without a row follows the week and is provisional."""

    year: int
    row: Calendar | None
    working_days: int

    @property
    def is_published(self) -> bool:
        """Whether its holidays are known."""
        return self.row is not None and self.row.is_published

    @property
    def holidays(self) -> list[tuple[date, str]]:
        """Weekdays off, with the name of the festival."""
        return self._days("holiday")

    @property
    def workdays(self) -> list[tuple[date, str]]:
        """Days of the weekend that are worked."""
        return self._days("workday")

    def _days(self, kind: str) -> list[tuple[date, str]]:
        """Days of one kind."""
        days = self.row.days if self.row else []
        return [(date.fromisoformat(day), name) for day, one, name in days if one == kind]


def recheck_months(on: date) -> int | None:
    """After how many months a limit is to be checked again; None if no pack says so."""
    return months_of(RECHECK, on)


def months_of(code: str, on: date) -> int | None:
    """A limit in months; None if no pack says so."""
    try:
        return queries.limit(code, on=on).days
    except queries.Missing:
        return None


def year_to_publish(on: date) -> int | None:
    """The next year, when the end of this one is near and its days off are not known yet."""
    months, new_year = months_of(REMIND, on), date(on.year + 1, 1, 1)
    if months is None or on < month_later(new_year, -months) or queries.is_published(new_year.year):
        return None
    return new_year.year


def cutoff(on: date, months: int | None) -> date:
    """A check made before this day is too old; without a rule no check is."""
    return date.min if months is None else month_later(on, -months)


def limit_rows(limits: Iterable[Limit], *, on: date) -> list[LimitRow]:
    """Limits with lights and the titles of the posts that checked them; three queries."""
    rows, months = list(limits), recheck_months(on)
    too_old = cutoff(on, months)
    titles = titles_of({row.checked_by for row in rows})
    return [
        LimitRow(row, check_light(row, too_old, months or 0), titles.get(row.checked_by, row.checked_by))
        for row in rows
    ]


def titles_of(posts: Collection[str]) -> dict[str, str]:
    """Titles of posts by their codes; the software itself has one too."""
    return {
        SYSTEM.post: _("the system"),
        **dict(Post.objects.filter(code__in=posts).values_list("code", "title")),
    }


def past_of(rows: Iterable[LimitRow]) -> list[tuple[Entry, str, LimitRow, str]]:
    """What was done to some limits, newest first: the entry, its words, the limit, and who."""
    known = {ref(row.limit): row for row in rows}
    entries = list(Entry.objects.filter(thing__in=known).order_by("-at", "-id")[:MOST_PAST])
    words, titles = deeds(), titles_of({entry.actor_post for entry in entries})
    return [
        (
            one,
            str(words.get(one.deed, one.deed)),
            known[one.thing],
            titles.get(one.actor_post, one.actor_post),
        )
        for one in entries
    ]


def check_light(limit: Limit, too_old: date, months: int) -> Light:
    """Yellow once a check is too old or was never made."""
    if limit.checked_on is None:
        return Light("yellow", _("Never checked"))
    if limit.checked_on < too_old:
        reason = ngettext("over %(n)s month ago", "over %(n)s months ago", months) % {"n": months}
        return Light("yellow", _("Check again"), reason)
    return Light("off", _("Checked"))


def years(on: date) -> list[Year]:
    """The calendar year by year, the latest first, with the year after `on` even if nobody published it."""
    rows = {row.year: row for row in queries.calendars()}
    if not rows:
        return []
    known = queries.calendar(on=on)
    wanted = sorted({*rows, on.year, on.year + 1}, reverse=True)
    return [
        Year(year, rows.get(year), known.diff(date(year - 1, 12, 31), date(year, 12, 31))) for year in wanted
    ]


def limits_of_pack(folder: Path, codes: Sequence[str], *, on: date) -> dict[str, Decimal]:
    """The general limits of a pack folder that hold on a day; raises PackError, or KeyError naming a code."""
    rows = [located.item for located in open_pack(folder).read(LIMITS)]
    holding = [row for row in rows if not row.place and not row.kind and row.effective_on <= on]
    holding = [row for row in holding if row.ends_on is None or on <= row.ends_on]
    found = {row.code: row.value for row in sorted(holding, key=lambda row: row.effective_on)}
    return {code: found[code] for code in codes}
