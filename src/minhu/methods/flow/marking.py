"""Where a case stands, and the events that brought it there: a marking is the fold of its events."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from minhu.methods.flow.guards import Value
from minhu.methods.flow.net import Effect, Place


class Happened(StrEnum):
    """What an event tells."""

    FIRED = "fired"
    LEFT = "left"
    ENTERED = "entered"
    REACHED = "reached"
    ENDED = "ended"
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened: to a transition (fired), a place (with its attempt) or a value (changed).

    Values themselves are not in it: they may be personal.
    """

    what: Happened
    code: str
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Marking:
    """`marked`: place -> attempt, where the case is. `attempts`: place -> how often it was entered.

    `fired`: how many transitions have fired; `end`: the end it came to, or nothing.
    """

    marked: Mapping[str, int] = field(default_factory=dict)
    attempts: Mapping[str, int] = field(default_factory=dict)
    fired: int = 0
    end: str = ""


@dataclass(frozen=True, slots=True)
class Command:
    """Somebody does `on`, or a timer runs out (`is_timer`), or only `values` change (`on` empty).

    `place` and `attempt` name the step it is meant for; they may be left out where only one offers it.
    """

    on: str = ""
    values: Mapping[str, Value] = field(default_factory=dict)
    place: str = ""
    attempt: int = 0
    is_timer: bool = False


class Deed(StrEnum):
    """What to do with a timer or with the clocks."""

    ARM = "arm"
    DISARM = "disarm"
    PAUSE = "pause"
    RESUME = "resume"


@dataclass(frozen=True, slots=True)
class Alarm:
    """Arm or disarm the timer `code`, or hold and release the clocks for the reason `code`, at a place."""

    deed: Deed
    code: str
    place: str
    attempt: int
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Ordered:
    """An effect to be done once: `key` is unique within the case and the same on every replay."""

    key: str
    effect: Effect
    transition: str


@dataclass(frozen=True, slots=True)
class Step:
    """What one command does: all of it follows from net, marking, data and command.

    `reads`: the values that decided; a command typed before one of them changed is stale.
    """

    events: tuple[Event, ...]
    effects: tuple[Ordered, ...]
    timers: tuple[Alarm, ...]
    marking: Marking
    reads: frozenset[str]


def fold(events: Iterable[Event], start: Marking | None = None) -> Marking:
    """The marking to which events lead."""
    start = start or Marking()
    marked, attempts = dict(start.marked), dict(start.attempts)
    fired, end = start.fired, start.end
    for event in events:
        if event.what is Happened.FIRED:
            fired += 1
        elif event.what is Happened.LEFT:
            del marked[event.code]
        elif event.what is not Happened.CHANGED:
            marked[event.code] = attempts[event.code] = event.attempt
            end = event.code if event.what is Happened.ENDED else end
    return Marking(marked, attempts, fired, end)


def moved(marking: Marking, renamed: Mapping[str, str], places: Iterable[Place]) -> tuple[Marking, list[str]]:
    """A marking carried over to another version of its net, and the marked places that have no home there."""
    known = {place.code for place in places}
    homeless = sorted(code for code in marking.marked if renamed.get(code, code) not in known)
    counts = {renamed.get(code, code): count for code, count in marking.attempts.items()}
    marked = {renamed.get(code, code): attempt for code, attempt in marking.marked.items()}
    attempts = {code: count for code, count in counts.items() if code in known}
    here = {code: attempt for code, attempt in marked.items() if code in known}
    return Marking(here, attempts, marking.fired, renamed.get(marking.end, marking.end)), homeless
