"""The clock of a case: what happened to a limit, folded into its last day, what is spent and what is left."""

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import date
from enum import StrEnum

from minhu.methods.timing.calendar import Calendar
from minhu.methods.timing.errors import TimingError
from minhu.methods.timing.units import Due, Unit, month_later


class BadClock(TimingError):
    """Something that cannot happen to this clock: it says what, when and what would be allowed."""


class Kind(StrEnum):
    """What may happen to a clock."""

    STARTED = "started"
    PAUSED = "paused"
    RESUMED = "resumed"
    EXTENDED = "extended"
    STOPPED = "stopped"


class State(StrEnum):
    """How a clock stands at the end of a day."""

    WAITING = "waiting"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Term:
    """A limit as the rulebook gives it: `count` units counted from the day after the start.

    `roll`: a last day that is not worked moves on (民法典 第二百零三条). `reasons`: the closed list of
    grounds for a pause, each with the clause that licenses it. `extensions`: how often it may be extended;
    one unless the law licenses more.
    """

    count: int
    unit: Unit = Unit.WORKING_DAY
    roll: bool = False
    reasons: frozenset[tuple[str, str]] = frozenset()
    extensions: int = 1


@dataclass(frozen=True, slots=True)
class Tick:
    """One event of a clock on a day.

    A pause holds `reason`, `clause` and `document`; an extension holds `count`, `unit` and in `document` the
    reference of its approval.
    """

    kind: Kind
    on: date
    reason: str = ""
    clause: str = ""
    document: str = ""
    count: int = 0
    unit: Unit = Unit.WORKING_DAY


@dataclass(frozen=True, slots=True)
class Clock:
    """A limit and what happened to it, in the order in which it was recorded.

    Days never go back; events of one day follow each other as recorded, and a state is that at the day's end.
    """

    term: Term
    ticks: tuple[Tick, ...] = ()

    def state(self, on: date = date.max) -> State:
        """How the clock stands at the end of a day."""
        standing = State.WAITING
        for tick in self.ticks:
            if tick.on <= on and tick.kind is not Kind.EXTENDED:
                standing = _AFTER[tick.kind]
        return standing

    def then(self, tick: Tick) -> "Clock":
        """The clock after one more event. Raises BadClock if it may not happen."""
        if self.ticks and tick.on < self.ticks[-1].on:
            raise BadClock(f"{tick.kind} on {tick.on}: the clock already tells of {self.ticks[-1].on}")
        if (standing := self.state()) not in _MAY[tick.kind]:
            allowed = " or ".join(_MAY[tick.kind])
            raise BadClock(f"{tick.kind} on {tick.on}: the clock is {standing}, not {allowed}")
        if tick.kind is Kind.PAUSED:
            _refuse_unlicensed(self.term, tick)
        if tick.kind is Kind.EXTENDED:
            _refuse_extension(self, tick)
        return replace(self, ticks=(*self.ticks, tick))

    def start(self, on: date) -> "Clock":
        """Accepted on a day; the day after is the first that counts."""
        return self.then(Tick(Kind.STARTED, on))

    def pause(self, on: date, reason: str, clause: str, document: str) -> "Clock":
        """Held up on a licensed ground: no day counts from the day after until the day it resumes."""
        return self.then(Tick(Kind.PAUSED, on, reason, clause, document))

    def resume(self, on: date) -> "Clock":
        """Runs again: the day after is the first that counts."""
        return self.then(Tick(Kind.RESUMED, on))

    def extend(self, on: date, count: int, unit: Unit, document: str) -> "Clock":
        """Given more units from the last day, by an approval named by its reference."""
        return self.then(Tick(Kind.EXTENDED, on, document=document, count=count, unit=unit))

    def stop(self, on: date) -> "Clock":
        """Done with."""
        return self.then(Tick(Kind.STOPPED, on))


@dataclass(frozen=True, slots=True)
class Reading:
    """A clock read at the end of a day.

    `due`: the last day (while paused: if it resumed on this day). `spent` and `left` are counted in `unit`;
    limits in months are read in days. `left` is negative by as many units as it is overdue.
    """

    state: State
    due: Due
    spent: int
    left: int
    unit: Unit
    paused_days: int
    extended: int


def clock_of(term: Term, ticks: Iterable[Tick]) -> Clock:
    """The fold of events into a clock. Raises BadClock at the first that may not happen."""
    clock = Clock(term)
    for tick in ticks:
        clock = clock.then(tick)
    return clock


def read(clock: Clock, calendar: Calendar, on: date) -> Reading:
    """The clock at the end of a day, by one pass over its events; read it again when a calendar is published.

    The last day is the first at whose end the clock runs, all units are spent and, if the limit rolls,
    that is worked. Raises BadClock if the clock has not started by then.
    """
    fold = _Fold(clock.term, calendar)
    for tick in clock.ticks:
        if tick.on <= on:
            fold.take(tick)
    if fold.started is None:
        raise BadClock(f"the clock has not started by {on}")
    state, end = clock.state(on), min(on, fold.stopped or on)
    if fold.paused is not None:
        fold.take(Tick(Kind.RESUMED, end))
    due, unit = fold.due(), fold.unit
    spent = calendar.diff(fold.started, end, unit) - fold.held
    return Reading(state, due, spent, calendar.diff(end, due.on, unit), unit, fold.paused_days, fold.extended)


def may_ask_extension(clock: Clock, calendar: Calendar, on: date, lead: int, unit: Unit) -> bool:
    """Whether at least `lead` units are left on a day to ask for an extension, such as 15 working days."""
    return calendar.diff(on, read(clock, calendar, on).due.on, unit) >= lead


@dataclass
class _Fold:
    """The running sums of one reading; `raw` is the last day before it rolls."""

    term: Term
    calendar: Calendar
    started: date | None = None
    stopped: date | None = None
    paused: date | None = None
    raw: date = date.min
    counted_from: date = date.min
    held: int = 0
    paused_days: int = 0
    extended: int = 0
    open_past: bool = False
    open_year: bool = False
    unit: Unit = field(init=False)

    def __post_init__(self) -> None:
        self.unit = Unit.DAY if self.term.unit is Unit.MONTH else self.term.unit

    def take(self, tick: Tick) -> None:
        """One event."""
        if tick.kind is Kind.STARTED:
            self.started = self.counted_from = tick.on
            self.move(tick.on, self.term.count, self.term.unit)
        elif tick.kind is Kind.PAUSED:
            self.paused = tick.on
        elif tick.kind is Kind.RESUMED and self.paused is not None:
            self.go_on(self.paused, tick.on)
        elif tick.kind is Kind.EXTENDED:
            self.extended += 1
            self.move(self.raw, tick.count, tick.unit)
        elif tick.kind is Kind.STOPPED:
            self.stopped = tick.on

    def go_on(self, since: date, until: date) -> None:
        """End a pause: what was left on the day it began is left on the day it ends."""
        self.paused = None
        self.held += self.calendar.diff(since, until, self.unit)
        self.paused_days += (until - since).days
        if since > self.due().on or until == since:
            return
        left = max(self.calendar.diff(since, self.raw, self.unit), 0)
        gone = self.calendar.diff(self.counted_from, since, self.unit)
        self.open_past |= self.calendar.add(self.counted_from, gone, self.unit).provisional
        self.counted_from, self.open_year = until, self.open_past
        self.move(until, left, self.unit)

    def move(self, start: date, count: int, unit: Unit) -> None:
        """The last day, so many units after a day."""
        if unit is Unit.MONTH:
            self.raw = month_later(start, count)
            return
        due = self.calendar.add(start, count, unit)
        self.raw, self.open_year = due.on, self.open_year or due.provisional

    def due(self) -> Due:
        """The last day as it stands."""
        rolled = self.calendar.roll(self.raw) if self.term.roll else Due(self.raw)
        return Due(rolled.on, rolled.provisional or self.open_year)


def _refuse_unlicensed(term: Term, tick: Tick) -> None:
    """A pause needs a listed reason with its clause, and a document."""
    if (tick.reason, tick.clause) not in term.reasons:
        listed = ", ".join(f"{reason} ({clause})" for reason, clause in sorted(term.reasons)) or "none"
        raise BadClock(f"no pause for {tick.reason!r} under {tick.clause!r}; licensed are: {listed}")
    if not tick.document.strip():
        raise BadClock(f"a pause for {tick.reason} needs a document that shows it")


def _refuse_extension(clock: Clock, tick: Tick) -> None:
    """An extension needs an approval, some length, and a licence if it is not the first."""
    had = sum(earlier.kind is Kind.EXTENDED for earlier in clock.ticks)
    if had >= clock.term.extensions:
        raise BadClock(f"extended {had} times already; licensed are {clock.term.extensions}")
    if tick.count < 1:
        raise BadClock(f"an extension by {tick.count} is none")
    if not tick.document.strip():
        raise BadClock("an extension needs the reference of its approval")


_AFTER = {
    Kind.STARTED: State.RUNNING,
    Kind.PAUSED: State.PAUSED,
    Kind.RESUMED: State.RUNNING,
    Kind.STOPPED: State.STOPPED,
}
_GOING = (State.RUNNING, State.PAUSED)
_MAY = {
    Kind.STARTED: (State.WAITING,),
    Kind.PAUSED: (State.RUNNING,),
    Kind.RESUMED: (State.PAUSED,),
    Kind.EXTENDED: _GOING,
    Kind.STOPPED: _GOING,
}
