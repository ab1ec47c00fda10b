"""A 1-safe net with guards: places where a case rests, transitions that move it, timers, effects, pauses.

State machines are nets whose transitions take one place and put one. As in CMMN, a sentry is an automatic
transition (its places are the on-part, its guard the if-part), a discretionary task is a transition that only
reads its place, and a milestone is a place that stays marked.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from enum import StrEnum
from typing import TypeVar

from minhu.methods.flow.guards import TRIES, Guard

Key = TypeVar("Key")
Item = TypeVar("Item")

ALL = "*"
"""In `clears`: every place that is not a milestone."""


class Kind(StrEnum):
    """What a place is."""

    START = "start"
    END = "end"
    TASK = "task"
    WAIT = "wait"
    ROUTE = "route"
    MILESTONE = "milestone"


@dataclass(frozen=True, slots=True)
class Place:
    """Where a case may rest. `role` does the task; `pauses` is the reason for which clocks are held here.

    A ROUTE only chooses the way and is left at once. `most`: how often it may be entered; 0 for any number.
    """

    code: str
    kind: Kind = Kind.TASK
    title: str = ""
    role: str = ""
    pauses: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class Effect:
    """Something to be done outside when a transition has fired, such as a notice."""

    kind: str
    args: tuple[tuple[str, str], ...] = ()


@dataclass(frozen=True, slots=True)
class Transition:
    """Moves a case from the places it takes to the places it puts.

    `on`: the command or timer that fires it; empty means automatic, as soon as it can. `reads`: places that
    must be marked and stay so. `clears`: places emptied if they are marked (`*` for all). Of several that
    could fire, the one declared first does.
    """

    code: str
    takes: tuple[str, ...] = ()
    puts: tuple[str, ...] = ()
    on: str = ""
    guard: Guard | None = None
    title: str = ""
    role: str = ""
    reads: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    effects: tuple[Effect, ...] = ()
    needs: tuple[str, ...] = field(init=False, repr=False, compare=False)
    """The places that must be marked: those it takes and those it reads."""

    def __post_init__(self) -> None:
        object.__setattr__(self, "needs", self.takes + self.reads)


@dataclass(frozen=True, slots=True)
class Timer:
    """Runs while `place` is marked, then gives the command named like it; `limit`: a code of the rulebook."""

    code: str
    place: str
    limit: str = ""


@dataclass(frozen=True, slots=True)
class Pause:
    """A licensed ground for holding the clocks: the clause that licenses it, the paper that shows it."""

    reason: str
    clause: str
    document: str = ""


@dataclass(frozen=True)
class Net:
    """A kind of case. `parallels`: groups of places that its source declares to run side by side."""

    code: str
    places: tuple[Place, ...]
    transitions: tuple[Transition, ...]
    timers: tuple[Timer, ...] = ()
    pauses: tuple[Pause, ...] = ()
    parallels: tuple[frozenset[str], ...] = ()
    title: str = ""
    index: "Index" = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "index", Index(self))

    @property
    def codes(self) -> list[str]:
        """The codes of places, then of transitions."""
        return [place.code for place in self.places] + [transition.code for transition in self.transitions]


class Index:
    """What a step looks up, so that its cost does not grow with the net."""

    def __init__(self, net: Net) -> None:
        self.place = {place.code: place for place in net.places}
        self.transition = {transition.code: transition for transition in net.transitions}
        self.timers = _grouped((timer.place, timer) for timer in net.timers)
        self.timer_codes = frozenset(timer.code for timer in net.timers)
        named = [transition for transition in net.transitions if transition.on]
        self.commands = _grouped((transition.on, transition) for transition in named)
        self.at = _grouped(((t.on, code), t) for t in named for code in t.needs)
        self.offers = _grouped((t.needs[0], t) for t in named if t.needs)
        autos = [(number, t) for number, t in enumerate(net.transitions) if not t.on]
        self.entered = _grouped((code, number) for number, t in autos for code in t.needs)
        self.left = _grouped((code, number) for number, t in autos for code in t.puts)
        self.changed = _grouped((key, number) for number, t in autos if t.guard for key in t.guard.keys)
        arcs = (
            (t.code, code) for t in net.transitions for code in (*t.needs, *t.puts, *t.clears) if code != ALL
        )
        self.unknown = tuple((code, place) for code, place in arcs if place not in self.place)
        self.tried = {code: self.changed.get(TRIES + code, ()) for code in self.place}


def _grouped(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    """Items by key, in their order."""
    found: dict[Key, list[Item]] = {}
    for key, item in pairs:
        found.setdefault(key, []).append(item)
    return {key: tuple(items) for key, items in found.items()}
