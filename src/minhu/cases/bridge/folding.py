"""Cases proved: what their record tells, folded, must be what their rows say."""

import hashlib
from collections.abc import Iterator, Sequence
from typing import Any

from django.utils.translation import gettext as _

from minhu.cases.bridge.clocks import settled
from minhu.cases.queries.record import Kept, every_case
from minhu.cases.states import Plain, StepState
from minhu.methods import flow, timing
from minhu.methods.flow import Event, Happened, Marking
from minhu.rulebook import queries as rulebook
from minhu.trail.models import Entry


def verify_cases(numbers: Sequence[str] = ()) -> Iterator[str]:
    """Every way in which a case is not what its record says, in words; nothing if all is well."""
    calendar: timing.Calendar | None = None
    last = Entry.objects.order_by("-at").values_list("at", flat=True).first()
    try:
        calendar = rulebook.calendar(on=last.date()) if last else None
    except rulebook.Missing:
        calendar = None
    for kept in every_case(numbers):
        yield from faults_of(kept, calendar)


def digest_of(salt: str, key: str, text: str) -> str:
    """What the record keeps of a personal value: nothing for nothing."""
    return hashlib.sha256(f"{salt}\0{key}\0{text}".encode()).hexdigest() if text else ""


def marking_told(kept: Kept) -> Marking:
    """Where the record says a case is: the fold of all its events; a move carries the marking over."""
    marking = Marking()
    for _deed, said in kept.deeds:
        if renamed := said.get("marking"):
            marking = Marking(renamed["marked"], renamed["attempts"], marking.fired, renamed.get("end", ""))
        events = (Event(Happened(what), code, attempt) for what, code, attempt in said.get("events", ()))
        marking = flow.fold(events, marking)
    return marking


def faults_of(kept: Kept, calendar: timing.Calendar | None) -> Iterator[str]:
    """The faults of one case."""
    number = kept.state.number
    if not kept.deeds:
        yield _("%(number)s: the record tells nothing of it.") % {"number": number}
        return
    try:
        yield from marking_faults(kept, marking_told(kept))
    except (KeyError, ValueError, TypeError) as wrong:
        yield _("%(number)s: its record cannot be read: %(why)s") % {"number": number, "why": wrong}
        return
    yield from value_faults(kept)
    yield from clock_faults(kept, calendar)
    yield from personal_faults(kept)


def marking_faults(kept: Kept, told: Marking) -> Iterator[str]:
    """Places, attempts, the count of firings and the end."""
    state, number = kept.state, kept.state.number
    here = {stay.place: stay.attempt for stay in state.stays.values()}
    pairs = (
        (_("where it is"), dict(told.marked), here),
        (_("how often it was where"), dict(told.attempts), state.attempts),
        (_("how many steps were done"), told.fired, state.fired),
        (_("where it ended"), told.end, state.end),
        (_("whether it goes on"), "ended" if told.end else "open", str(state.status)),
        (_("its revision"), max(int(said.get("rev", 0)) for _d, said in kept.deeds), state.rev),
    )
    for what, said, row in pairs:
        if said != row:
            yield differ(number, what, said, row)
    stays = sorted((node, attempt) for node, attempt, how in kept.stays if how == StepState.OPEN)
    if stays != sorted(told.marked.items()):
        yield differ(number, _("its open stays"), sorted(told.marked.items()), stays)


def value_faults(kept: Kept) -> Iterator[str]:
    """Every value is the last one told."""
    told: dict[str, Plain] = {}
    for _deed, said in kept.deeds:
        told |= said.get("values", {})
        for old, new in said.get("renamed_fields", {}).items():
            told[new] = told.pop(old, None)
    for key in sorted(told.keys() | kept.state.data.keys()):
        if told.get(key) != kept.state.data.get(key):
            # The value may not be fit for a screen: say which one, not what it is.
            words = _("%(number)s: the value “%(key)s” is not the one the record tells.")
            yield words % {"number": kept.state.number, "key": key}


def clock_faults(kept: Kept, calendar: timing.Calendar | None) -> Iterator[str]:
    """Ticks are those told, and lead to the state and last day of the row."""
    told: dict[tuple[str, int], list[dict[str, Any]]] = {}
    for _deed, said in kept.deeds:
        for one in said.get("clocks", ()):
            told.setdefault((one["code"], one["attempt"]), []).append(one["tick"])
    rows = {(clock.code, clock.attempt): clock for clock in kept.clocks}
    for key in sorted(told.keys() | rows.keys()):
        name = f"{key[0]} {key[1]}"
        if key not in rows or rows[key].ticks != told.get(key):
            what = _("what happened to the clock %(clock)s") % {"clock": name}
            yield differ(kept.state.number, what, told.get(key), rows[key].ticks if key in rows else None)
        elif calendar:
            yield from reading_faults(kept, rows[key], name, calendar)


def reading_faults(kept: Kept, clock: Any, name: str, calendar: timing.Calendar) -> Iterator[str]:
    """A clock's row against its own events. A clock that stopped keeps the day it had."""
    try:
        reading = settled(clock, calendar)
    except timing.TimingError as wrong:
        yield _("%(number)s: its record cannot be read: %(why)s") % {
            "number": kept.state.number,
            "why": wrong,
        }
        return
    if reading.state.value != clock.state:
        what = _("how the clock %(clock)s stands") % {"clock": name}
        yield differ(kept.state.number, what, reading.state.value, clock.state)
    elif reading.state is not timing.State.STOPPED and reading.due.on != clock.due_on:
        what = _("the last day of the clock %(clock)s") % {"clock": name}
        yield differ(kept.state.number, what, reading.due.on, clock.due_on)


def personal_faults(kept: Kept) -> Iterator[str]:
    """Personal values that were not erased fit the digests told."""
    told: dict[str, str] = {}
    for _deed, said in kept.deeds:
        told |= said.get("digests", {})
    rows = {row.key: row for row in kept.personal}
    for key in sorted(told.keys() | rows.keys()):
        row = rows.get(key)
        if row is None or (row.erased_at is None and digest_of(row.salt, key, row.value) != told.get(key)):
            words = _("%(number)s: the personal value “%(key)s” is not the one that was given.")
            yield words % {"number": kept.state.number, "key": key}


def differ(number: str, what: str, told: object, row: object) -> str:
    """A difference in words."""
    words = _("%(number)s: %(what)s: the record says %(told)s, the row says %(row)s.")
    return words % {"number": number, "what": what, "told": told, "row": row}
