"""Duties as iCalendar (RFC 5545): one all-day event for each due day."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from hashlib import sha256

from minhu.ui.offers import Duty

MOST_OCTETS = 75
ESCAPES = str.maketrans({"\\": "\\\\", ";": "\\;", ",": "\\,", "\n": "\\n", "\r": None})


def calendar_of(duties: Iterable[Duty], *, name: str, address: str, on: date) -> str:
    """The calendar as text; the same duties give the same text all day."""
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Minhu//Due days//ZH",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{escaped(name)}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT6H",
        "X-PUBLISHED-TTL:PT6H",
    ]
    seen: dict[str, int] = {}
    for duty in duties:
        if duty.due_on and not duty.waits:
            key = f"{duty.url}|{duty.title}"
            seen[key] = seen.get(key, 0) + 1
            lines += event(
                duty, duty.due_on, sha256(f"{key}|{seen[key]}".encode()).hexdigest()[:32], address, on
            )
    return "\r\n".join(piece for line in [*lines, "END:VCALENDAR"] for piece in folded(line)) + "\r\n"


def event(duty: Duty, due: date, uid: str, address: str, on: date) -> Iterator[str]:
    """One due day. The UID stays when the day moves, so that calendars move it too."""
    host = address.partition("://")[2].partition("/")[0]
    yield from ("BEGIN:VEVENT", f"UID:{uid}@{host}", f"DTSTAMP:{on:%Y%m%d}T000000Z")
    yield f"DTSTART;VALUE=DATE:{due:%Y%m%d}"
    yield f"DTEND;VALUE=DATE:{due + timedelta(days=1):%Y%m%d}"
    yield f"SUMMARY:{escaped(str(duty.title))}"
    if duty.why:
        yield f"DESCRIPTION:{escaped(str(duty.why))}"
    yield f"URL:{address}{duty.url}"
    yield from ("TRANSP:TRANSPARENT", "END:VEVENT")


def escaped(text: str) -> str:
    """A text as a value: backslash, semicolon, comma and line ends are spelled, controls dropped."""
    kept = "".join(sign for sign in text if sign >= " " or sign == "\n")
    return kept.translate(ESCAPES)


def folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, no character cut; those after the first begin with a space."""
    piece, size = "", 0
    for sign in line:
        octets = len(sign.encode())
        if size + octets > MOST_OCTETS:
            yield piece
            piece, size = " ", 1
        piece, size = piece + sign, size + octets
    yield piece
