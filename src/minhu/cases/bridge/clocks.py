"""Clocks and timers of a case: rows to `methods.timing` and back."""

from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from minhu.cases.bridge.outcome import TimerNew, Work
from minhu.cases.states import CaseRefused, ClockNow, ClockState, LimitNow, TimerState, Why
from minhu.methods import timing
from minhu.methods.flow import Alarm, Deed, Event, Happened
from minhu.methods.timing import Calendar, Clock, Due, Kind, Reading, Term, Tick, Unit
from minhu.packs.kinds import ClockSpec, StepSpec

LAW = ("limit", "count", "unit", "rolls", "extensions", "licences")
GONE = ClockState.STOPPED.value
HELD = ClockState.PAUSED.value


def clock_of(row: Any) -> Clock:
    """The clock a row (or a plain clock) tells of."""
    reasons = frozenset((str(reason), str(clause)) for reason, clause in row.licences)
    return Clock(Term(row.count, Unit(row.unit), row.rolls, reasons, row.extensions), ticks_of(row.ticks))


def ticks_of(plain: list[dict[str, Any]]) -> tuple[Tick, ...]:
    """Events of a clock from their plain form."""
    return tuple(
        Tick(
            Kind(one["kind"]),
            date.fromisoformat(one["on"]),
            one.get("reason", ""),
            one.get("clause", ""),
            one.get("document", ""),
            one.get("count", 0),
            Unit(one.get("unit", "working_day")),
        )
        for one in plain
    )


def plain_tick(tick: Tick) -> dict[str, Any]:
    """An event of a clock in its plain form."""
    said: dict[str, Any] = {"kind": tick.kind.value, "on": tick.on.isoformat()}
    if tick.kind is Kind.PAUSED:
        said |= {"reason": tick.reason, "clause": tick.clause, "document": tick.document}
    if tick.kind is Kind.EXTENDED:
        said |= {"count": tick.count, "unit": tick.unit.value, "document": tick.document}
    return said


def reading_of(row: Any, calendar: Calendar, on: date) -> Reading:
    """A clock read at the end of a day: last day, spent, left."""
    return timing.read(clock_of(row), calendar, on)


def settled(row: Any, calendar: Calendar) -> Reading:
    """A clock read when something last happened to it: what its row keeps."""
    return timing.read(clock_of(row), calendar, date.fromisoformat(row.ticks[-1]["on"]))


def run_clocks(work: Work, events: tuple[Event, ...], alarms: tuple[Alarm, ...], *, timer: str) -> None:
    """Start, stop, hold and release clocks, arm and disarm timers, as the net's events tell."""
    codes = (event.code for event in events if event.what not in (Happened.LEFT, Happened.CHANGED))
    for code in codes:
        for spec in work.kind.stops.get(code, ()):
            stop(work, spec)
        for spec in work.kind.starts.get(code, ()):
            start(work, spec)
    for alarm in alarms:
        heed(work, alarm, timer)
    if work.state.end:
        for spec in work.kind.spec.clock:
            stop(work, spec)
        for code in {one.code for one in work.state.timers}:
            finish_timers(work, code, "", timer)
    mirror(work)


def heed(work: Work, alarm: Alarm, timer: str) -> None:
    """Do what the net says to a timer or to the clocks."""
    if alarm.deed is Deed.ARM:
        arm(work, alarm)
    elif alarm.deed is Deed.DISARM:
        finish_timers(work, alarm.code, alarm.place, timer)
    elif alarm.deed is Deed.PAUSE:
        hold(work, alarm)
    else:
        release(work, alarm)


def running(work: Work, code: str) -> ClockNow | None:
    """The clock of a code that has not stopped."""
    for clock in reversed(work.state.clocks):
        if clock.code == code and clock.state != GONE:
            return clock
    return None


def start(work: Work, spec: ClockSpec) -> None:
    """Begin a clock, unless it runs already."""
    if running(work, spec.code):
        return
    by = work.state.data.get(spec.by) if spec.by else None
    limit = work.rules.limit(spec.limit, str(by) if by is not None else "")
    check_unit(limit)
    licences = [[one.reason, one.clause] for one in work.kind.spec.pause if one.reason in spec.pauses]
    attempt = 1 + max((one.attempt for one in work.state.clocks if one.code == spec.code), default=0)
    is_first = spec is work.kind.spec.clock[0]
    clock = ClockNow(
        0, spec.code, attempt, is_first, spec.limit, limit.count, limit.unit, spec.rolls, spec.extensions,
        licences, limit.basis, limit.strength, [], ClockState.RUNNING.value, work.on, work.on,
    )  # fmt: skip
    work.state.clocks.append(clock)
    work.out.clocks_new.append(clock)
    law = {
        name: getattr(clock, name) for name in ("limit", "count", "unit", "rolls", "extensions", "licences")
    }
    then(work, clock, Tick(Kind.STARTED, work.on), law)


def stop(work: Work, spec: ClockSpec) -> None:
    """End a clock that runs."""
    if clock := running(work, spec.code):
        then(work, clock, Tick(Kind.STOPPED, work.on))


def then(work: Work, clock: ClockNow, tick: Tick, more: dict[str, Any] | None = None) -> None:
    """One more event of a clock. Raises timing.BadClock if it may not happen."""
    after = clock_of(clock).then(tick)
    clock.ticks = [*clock.ticks, plain_tick(tick)]
    reading = timing.read(after, work.rules.calendar(), tick.on)
    clock.state = reading.state.value
    clock.due_on, clock.is_provisional = reading.due.on, reading.due.provisional
    clock.stopped_on = tick.on if tick.kind is Kind.STOPPED else clock.stopped_on
    if clock not in work.out.clocks_new and clock not in work.out.clocks_moved:
        work.out.clocks_moved.append(clock)
    told = {"code": clock.code, "attempt": clock.attempt, "tick": clock.ticks[-1]}
    work.out.ticks.append(told | {"due": clock.due_on.isoformat()} | (more or {}))


def hold(work: Work, alarm: Alarm) -> None:
    """Hold the clocks that honour a reason; only a licensed one with its paper may."""
    pause = work.kind.pauses.get(alarm.code)
    if pause is None:
        words = _("“%(place)s” would hold the clock for “%(reason)s”, which no clause licenses.")
        said = {"place": work.kind.title(alarm.place), "reason": alarm.code}
        raise CaseRefused(Why.PAUSE, words % said)
    for clock in work.state.clocks:
        spec = work.kind.clocks.get(clock.code)
        if spec is None or clock.state != ClockState.RUNNING or pause.reason not in spec.pauses:
            continue
        document = work.state.data.get(pause.document)
        if document is None:
            words = _("The clock is held for “%(reason)s” only with a paper that shows it: give “%(field)s”.")
            said = {"reason": pause.title, "field": work.kind.title(pause.document)}
            raise CaseRefused(Why.PAUSE, words % said)
        tick = Tick(Kind.PAUSED, work.on, pause.reason, pause.clause, str(document))
        try:
            then(work, clock, tick)
        except timing.BadClock as wrong:
            raise CaseRefused(Why.PAUSE, str(wrong)) from None


def release(work: Work, alarm: Alarm) -> None:
    """Let clocks run again, unless another place of the case still holds them."""
    holding = {work.kind.places[place].pauses for place in work.state.stays} - {""}
    for clock in work.state.clocks:
        spec = work.kind.clocks.get(clock.code)
        if spec and clock.state == HELD and alarm.code in spec.pauses and not holding & set(spec.pauses):
            then(work, clock, Tick(Kind.RESUMED, work.on))


def arm(work: Work, alarm: Alarm) -> None:
    """Let a timer run from today."""
    stay = work.state.stays.get(alarm.place)
    if stay is None or stay.attempt != alarm.attempt:
        return  # entered and left again in the same breath
    limit = work.rules.limit(alarm.limit)
    due = timer_due(work.rules.calendar(), work.on, limit)
    work.out.timers_new.append(
        TimerNew(alarm.code, alarm.place, alarm.attempt, alarm.limit, due.on, due.provisional)
    )


def timer_due(calendar: Calendar, since: date, limit: LimitNow) -> Due:
    """The last day of a timer that runs from a day; one that is not worked rolls on."""
    check_unit(limit)
    return calendar.add(since, limit.count, Unit(limit.unit), roll=True)


def check_unit(limit: LimitNow) -> None:
    """Refuse a limit that is not counted in days or months."""
    if limit.unit not in tuple(Unit):
        words = _("The limit “%(code)s” is counted in %(unit)s: a clock needs days, working days or months.")
        raise CaseRefused(Why.UNKNOWN, words % {"code": limit.code, "unit": limit.unit})


def finish_timers(work: Work, code: str, place: str, timer: str) -> None:
    """End the timers of a code, at one place or everywhere."""
    state = TimerState.FIRED if code == timer else TimerState.DISARMED
    for one in work.state.timers:
        if one.code == code and place in ("", one.place):
            work.out.timers_done.append((one.id, state.value))
    work.state.timers = [one for one in work.state.timers if one.code != code or place not in ("", one.place)]
    if not place:
        work.out.timers_new = [one for one in work.out.timers_new if one.code != code]


def extend(work: Work, step: StepSpec, document: str) -> None:
    """Give clocks more time by the limits a step names; `document` is the reference of its approval."""
    for said in step.extends:
        code, _equals, limit_code = said.partition("=")
        clock = running(work, code)
        title = work.kind.clocks[code].title
        if clock is None:
            words = _("“%(clock)s” does not run: there is nothing to extend.")
            raise CaseRefused(Why.GUARD, words % {"clock": title})
        limit = work.rules.limit(limit_code)
        if sum(tick["kind"] == Kind.EXTENDED for tick in clock.ticks) >= clock.extensions:
            words = _("“%(clock)s” may be extended %(n)d times, and was.")
            raise CaseRefused(Why.GUARD, words % {"clock": title, "n": clock.extensions})
        tick = Tick(Kind.EXTENDED, work.on, document=document, count=limit.count, unit=Unit(limit.unit))
        then(work, clock, tick)


def check_lead(work: Work, step: StepSpec) -> None:
    """Refuse a step that comes too late before the last day of a clock."""
    if step.lead is None:
        return
    clock, title = running(work, step.lead.clock), work.kind.clocks[step.lead.clock].title
    if clock is None:
        words = _("“%(clock)s” does not run.")
        raise CaseRefused(Why.LATE, words % {"clock": title})
    limit, calendar = work.rules.limit(step.lead.limit), work.rules.calendar()
    now = clock_of(clock)
    if timing.may_ask_extension(now, calendar, work.on, limit.count, Unit(limit.unit)):
        return
    due = timing.read(now, calendar, work.on).due.on
    last = calendar.add(due, -limit.count, Unit(limit.unit)).on
    words = _("“%(step)s” had to be asked by %(last)s, before the last day %(due)s of “%(clock)s”.")
    said = {"step": step.title or step.code, "last": last, "due": due, "clock": title}
    raise CaseRefused(Why.LATE, words % said)


def mirror(work: Work) -> None:
    """Copy the first clock into the case, for lists; a clock that has stopped leaves no day behind."""
    state = work.state
    first = next((one for one in reversed(state.clocks) if one.is_first), None)
    if first is None or first.state == GONE:
        state.due_on, state.is_held, state.is_provisional = None, False, False
        return
    state.due_on, state.is_held, state.is_provisional = (
        first.due_on,
        first.state == HELD,
        first.is_provisional,
    )
