"""My sections of a pack: limits and calendar; and the questions a pack's tests may ask."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from typing import Any

from minhu.packs import Counts, Pack, PackError, Section, did_you_mean
from minhu.packs.calendars import CalendarDay, CalendarHead
from minhu.people.models import Post
from minhu.rulebook.actions import load_calendar, load_limits, record_pack_version
from minhu.rulebook.bridge import LIMITS
from minhu.rulebook.queries import Missing, calendar, limit
from minhu.trail.states import Actor

CALENDAR = Section("calendar", "calendar", CalendarHead, form="toml", single=True)
DAYS = Section("calendar", "day", CalendarDay, key=("date",), form="csv")
SECTIONS: tuple[Section[Any], ...] = (LIMITS, CALENDAR, DAYS)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring a pack's limits and calendar in, under its version."""
    refuse_unknown_posts(pack)
    version = record_pack_version(by=by, pack=pack, at=at)
    drafts = [row.item for row in pack.read(LIMITS)]
    counts = load_limits(by=by, drafts=drafts, version=version, at=at)
    heads, days = pack.read(CALENDAR), pack.read(DAYS)
    if days and not heads:
        raise PackError([days[0].problem("there are days but no weekend", hint="add calendar.toml")])
    if heads:
        rows = [row.item for row in days]
        counts += load_calendar(by=by, head=heads[0].item, days=rows, version=version, at=at)
    return counts


def refuse_unknown_posts(pack: Pack) -> None:
    """Whoever checked a limit must be a post of the place."""
    known = set(Post.objects.values_list("code", flat=True))
    problems = [
        row.problem(f"there is no post “{row.item.checked_by}”", "checked_by",
                    hint=did_you_mean(row.item.checked_by, known))
        for row in pack.read(LIMITS)
        if row.item.checked_by and row.item.checked_by not in known
    ]  # fmt: skip
    if problems:
        raise PackError(problems)


# --- questions of a pack's tests ---------------------------------------------------------------------------
def ask_limit(*, code: str, on: date, place: str = "", kind: str = "") -> dict[str, object]:
    """`limit`: what holds on a day."""
    try:
        row = limit(code, on=on, place=place, kind=kind)
    except Missing:
        return {"missing": True}
    names = ("value", "unit", "basis", "article", "edition", "strength", "effective_on", "place", "kind")
    return {"missing": False, **{name: getattr(row, name) for name in names}}


def ask_deadline(
    *, code: str, start: date, place: str = "", kind: str = "", roll: bool = False
) -> dict[str, object]:
    """`deadline`: when a limit runs out that began on a day."""
    row = limit(code, on=start, place=place, kind=kind)
    due = calendar(on=start).add(start, row.days, row.unit, roll=roll)
    return {"due": due.on, "provisional": due.provisional}


def ask_days(*, start: date, end: date) -> dict[str, object]:
    """`days`: how much lies between two days."""
    known = calendar(on=start)
    return {"working_days": known.diff(start, end), "days": known.diff(start, end, "day")}


def ask_day(*, day: date) -> dict[str, object]:
    """`day`: whether a day is worked, and whether that is settled."""
    known = calendar(on=day)
    return {"working": known.is_working(day), "provisional": known.is_provisional(day)}


QUESTIONS: Mapping[str, Callable[..., dict[str, object]]] = {
    "limit": ask_limit,
    "deadline": ask_deadline,
    "days": ask_days,
    "day": ask_day,
}
