"""The clocks of a case for its page: limit, basis, last day, what is spent and left, what held them."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.cases.bridge.clocks import clock_of
from minhu.cases.bridge.compiling import Compiled
from minhu.cases.states import CaseState, ClockNow
from minhu.methods import timing
from minhu.methods.timing import Calendar, Kind, Reading, Thresholds, Unit
from minhu.rulebook.states import Strength, amount_words
from minhu.ui.offers import Light

MOST_ON_BAR = 100


@dataclass(frozen=True, slots=True)
class Hold:
    """A pause of a clock: why, by which clause, from when to when, and the paper that shows it."""

    title: str
    clause: str
    document: str
    since: date
    until: date | None


@dataclass(frozen=True, slots=True)
class Extension:
    """More time: how much, from when, by which approval."""

    words: str
    on: date
    document: str


@dataclass(frozen=True, slots=True)
class ClockView:
    """A clock as a page shows it; `share` of the limit spent is between 0 and 100."""

    row: ClockNow
    title: str
    light: Light
    limit: str
    spent: str
    left: str
    share: int
    due_on: date
    is_provisional: bool
    holds: tuple[Hold, ...]
    extensions: tuple[Extension, ...]

    @property
    def strength(self) -> str:
        """How firmly the limit stands."""
        return str(Strength(self.row.strength).label) if self.row.strength in Strength else ""

    @property
    def is_assumed(self) -> bool:
        """Whether nobody has read a source for it."""
        return self.row.strength == Strength.ASSUMED

    @property
    def is_stopped(self) -> bool:
        """Whether it is done with."""
        return self.row.stopped_on is not None


def clock_views(kind: Compiled, state: CaseState, calendar: Calendar, on: date, near: int) -> list[ClockView]:
    """The clocks of a case, those that run first."""
    views = [view_of(kind, row, calendar, on, near) for row in state.clocks]
    return sorted(views, key=lambda view: view.is_stopped)


def view_of(kind: Compiled, row: ClockNow, calendar: Calendar, on: date, near: int) -> ClockView:
    """One clock."""
    reading = timing.read(clock_of(row), calendar, on)
    spec = kind.clocks.get(row.code)
    whole = max(reading.spent + reading.left, 1)
    return ClockView(
        row=row,
        title=spec.title if spec else row.code,
        light=light_of(reading, timing.light(reading, Thresholds(near=near))),
        limit=amount(row.count, row.unit),
        spent=amount(max(reading.spent, 0), reading.unit),
        left=amount(abs(reading.left), reading.unit),
        share=max(0, min(MOST_ON_BAR, round(reading.spent * 100 / whole))),
        due_on=reading.due.on,
        is_provisional=reading.due.provisional,
        holds=tuple(holds_of(kind, row.ticks)),
        extensions=tuple(extensions_of(row.ticks)),
    )


def light_of(reading: Reading, tone: timing.Tone) -> Light:
    """The light of a clock in words."""
    n = abs(reading.left)
    days = amount(n, reading.unit)
    if reading.state is timing.State.STOPPED:
        late = _("Stopped %(days)s late") % {"days": days}
        return Light(tone.value, late if reading.left < 0 else _("Stopped in time"))
    if reading.left < 0:
        return Light(tone.value, _("%(days)s over the limit") % {"days": days})
    if reading.state is timing.State.PAUSED:
        return Light(tone.value, _("Clock held"))
    return Light(tone.value, _("%(days)s left") % {"days": days} if n else _("Due today"))


def holds_of(kind: Compiled, ticks: Iterable[dict[str, str]]) -> Iterable[Hold]:
    """What held a clock, in its order."""
    since: dict[str, str] | None = None
    for tick in ticks:
        if tick["kind"] == Kind.PAUSED:
            since = tick
        elif since is not None and tick["kind"] in (Kind.RESUMED, Kind.STOPPED):
            yield hold_of(kind, since, date.fromisoformat(tick["on"]))
            since = None
    if since is not None:
        yield hold_of(kind, since, None)


def hold_of(kind: Compiled, tick: dict[str, str], until: date | None) -> Hold:
    """One pause."""
    pause = kind.pauses.get(tick.get("reason", ""))
    title = pause.title if pause else tick.get("reason", "")
    since = date.fromisoformat(tick["on"])
    return Hold(title, tick.get("clause", ""), tick.get("document", ""), since, until)


def extensions_of(ticks: Iterable[dict[str, object]]) -> Iterable[Extension]:
    """How a clock was extended."""
    for tick in ticks:
        if tick["kind"] == Kind.EXTENDED:
            words = amount(int(str(tick.get("count", 0))), str(tick.get("unit", "")))
            yield Extension(words, date.fromisoformat(str(tick["on"])), str(tick.get("document", "")))


def amount(count: int, unit: str | Unit) -> str:
    """A number of units in words."""
    return amount_words(Decimal(count), str(unit))


def days_words(days: int) -> str:
    """A number of days in words."""
    return ngettext("%(n)s day", "%(n)s days", days) % {"n": days}
