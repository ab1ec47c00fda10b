"""The record of a case in words: what was done, by whom, what it said, where it led."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import pgettext

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.clock_views import amount
from minhu.cases.bridge.values import shown
from minhu.cases.queries.naming import aside, listed
from minhu.cases.queries.page import Sheet
from minhu.methods.timing import Kind
from minhu.packs.kinds import FieldType
from minhu.trail.models import Entry
from minhu.trail.states import SYSTEM
from minhu.ui.offers import deeds


@dataclass(frozen=True, slots=True)
class Telling:
    """One deed in words; `lines` are pairs of a label and words, `asked` the number of values typed."""

    seq: int
    at: datetime
    title: str
    who: str
    by_itself: bool
    lines: tuple[tuple[str, str], ...]
    led_to: str
    asked: int


def tell(kind: Compiled, entry: Entry, sheet: Sheet) -> Telling:
    """One entry of the record of a case."""
    said = entry.payload
    unit = sheet.names.get(entry.actor_organisation, entry.actor_organisation)
    by_itself = entry.actor_post == SYSTEM.post
    who = _("By itself") if by_itself else aside(unit, sheet.posts.get(entry.actor_post, entry.actor_post))
    lines = [*values_told(kind, sheet, said), *assigns_told(kind, sheet, said)]
    lines += people_told(kind, entry)
    papers = [str(one) for one in said.get("papers") or ()]
    lines += [(_("Papers"), listed(papers))] if papers else []
    lines += [line for tick in said.get("clocks") or () if (line := tick_told(kind, tick))]
    return Telling(
        entry.seq,
        entry.at,
        title_of(kind, entry),
        who,
        by_itself,
        tuple(lines),
        led_to(kind, said),
        entry.asked,
    )


def title_of(kind: Compiled, entry: Entry) -> str:
    """What was done: the title of the step, or the words of the deed."""
    said = entry.payload
    if entry.deed == "cases.act":
        return str(said.get("title") or kind.title(str(said.get("on", ""))))
    words = str(deeds().get(entry.deed, entry.deed))
    return words[:1].upper() + words[1:]


def values_told(kind: Compiled, sheet: Sheet, said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """The values a deed laid down; of personal ones only that they were given."""
    for key, plain in (said.get("values") or {}).items():
        spec = kind.fields.get(key)
        if spec is None or plain is None:
            continue
        if spec.type is FieldType.ORGANISATION:
            words = sheet.names.get(str(plain), str(plain))
        elif spec.type is FieldType.FILE:
            words = next((p.title for p in sheet.papers if p.sha256 == plain), str(plain)[:12])
        else:
            words = shown(kind, key, plain)
        yield spec.title, words
    for key in said.get("digests") or {}:
        yield kind.title(key), _("given; personal, not in the record")


def assigns_told(kind: Compiled, sheet: Sheet, said: Mapping[str, Any]) -> Iterable[tuple[str, str]]:
    """Whom a deed gave which role."""
    for role, codes in (said.get("assigns") or {}).items():
        names = codes if isinstance(codes, list) else [codes]
        yield kind.title(role), listed(sheet.names.get(code, code) for code in names)


def people_told(kind: Compiled, entry: Entry) -> Iterable[tuple[str, str]]:
    """What was erased and on what ground; at which place it was said who works on it."""
    said = entry.payload
    if entry.deed == "cases.erase_personal":
        yield _("Erased"), listed(kind.title(str(key)) for key in said.get("keys") or ())
        yield _("Ground"), str(said.get("ground", ""))
    if entry.deed == "cases.assign_person":
        yield _("Place"), kind.title(str(said.get("place", "")))


def tick_told(kind: Compiled, told: Mapping[str, Any]) -> tuple[str, str] | None:
    """What happened to a clock."""
    tick, spec = told.get("tick") or {}, kind.clocks.get(str(told.get("code", "")))
    due = spoken(told.get("due"))
    title = spec.title if spec else str(told.get("code", ""))
    said: dict[str, str] = {
        Kind.STARTED: pgettext("clock", "started, due on %(day)s") % {"day": due},
        Kind.PAUSED: pgettext("clock", "held: %(why)s") % {"why": pause_title(kind, tick)},
        Kind.RESUMED: pgettext("clock", "runs again, due on %(day)s") % {"day": due},
        Kind.EXTENDED: pgettext("clock", "extended by %(more)s, due on %(day)s")
        % {"more": amount(int(tick.get("count", 0)), tick.get("unit", "day")), "day": due},
        Kind.STOPPED: pgettext("clock", "stopped"),
    }
    words = said.get(str(tick.get("kind")))
    return (title, words) if words else None


def pause_title(kind: Compiled, tick: Mapping[str, Any]) -> str:
    """Why a clock was held."""
    pause = kind.pauses.get(str(tick.get("reason", "")))
    return aside(pause.title, pause.clause) if pause else str(tick.get("reason", ""))


def led_to(kind: Compiled, said: Mapping[str, Any]) -> str:
    """The places a deed led to and where the case stayed."""
    events = [tuple(event) for event in said.get("events") or ()]
    left = {(code, attempt) for what, code, attempt in events if what == "left"}
    entered = [(code, n) for what, code, n in events if what in ("entered", "reached", "ended")]
    return listed(kind.title(code) for code, n in entered if (code, n) not in left)


def spoken(day: object) -> str:
    """A day of a payload as the screen says it."""
    return date_format(date.fromisoformat(str(day)), "DATE_FORMAT") if day else ""
