"""Which voices a program may read by Open311: those everybody may read, and those its post sees."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from minhu.people.rules import Reader
from minhu.voices.models import Voice
from minhu.voices.queries.inbox import seen_voices
from minhu.voices.states.hearing import State

MOST = 1000
OPEN = (State.RECEIVED, State.HELD, State.OPEN)


@dataclass(frozen=True, slots=True)
class Asked:
    """What a program asks for; empty filters nothing."""

    ids: tuple[str, ...] = ()
    codes: tuple[str, ...] = ()
    statuses: tuple[str, ...] = ()
    start: datetime | None = None
    end: datetime | None = None


def readable(reader: Reader | None) -> QuerySet[Voice]:
    """What this program may read at all."""
    rows = seen_voices(reader) if reader else Voice.objects.published()
    return rows.select_related("place", "office").defer("text")


def requests_for(reader: Reader | None, asked: Asked) -> QuerySet[Voice]:
    """The latest first, at most a thousand."""
    rows = readable(reader)
    wanted: dict[str, Any] = {
        "number__in": asked.ids, "sort__in": asked.codes,
        "received_at__gte": asked.start, "received_at__lte": asked.end,
    }  # fmt: skip
    rows = rows.filter(**{name: value for name, value in wanted.items() if value})
    if len(set(asked.statuses)) == 1:
        is_open = asked.statuses[0] == "open"
        rows = rows.filter(state__in=OPEN) if is_open else rows.exclude(state__in=OPEN)
    return rows[:MOST]
