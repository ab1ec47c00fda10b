"""Clocks against a counter that walks day by day, and against what the law calls a pause or an extension."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.timing import (
    BadClock,
    Calendar,
    Clock,
    Due,
    Kind,
    Reading,
    State,
    Term,
    Thresholds,
    Tick,
    Tone,
    Unit,
    clock_of,
    light,
    may_ask_extension,
    read,
)

ONE_DAY = timedelta(days=1)
MORE_PAPERS = ("more_papers", "行政许可法 第三十二条")
HEARING = ("hearing", "行政许可法 第四十五条")
REASONS = frozenset({MORE_PAPERS, HEARING})
DAY = st.dates(date(2024, 1, 1), date(2024, 6, 30))
PLAIN = Calendar(published=frozenset({2024, 2025, 2026}))
HOLIDAYS = st.frozensets(st.dates(date(2024, 1, 1), date(2025, 6, 30)), max_size=30)
UNITS = st.sampled_from([Unit.DAY, Unit.WORKING_DAY])
TERMS = st.builds(Term, st.integers(1, 40), UNITS, st.booleans(), st.just(REASONS), st.just(9))


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    return Calendar(published=frozenset({2024, 2025, 2026}), holidays=draw(HOLIDAYS))


@st.composite
def histories(draw: st.DrawFn, terms: st.SearchStrategy[Term] = TERMS) -> Clock:
    """Any clock that may be: started, then paused, resumed and extended at random."""
    clock = Clock(draw(terms)).start(draw(DAY))
    for gap in draw(st.lists(st.integers(0, 25), max_size=7)):
        on = clock.ticks[-1].on + gap * ONE_DAY
        if clock.state() is State.PAUSED:
            clock = clock.resume(on)
        else:
            clock = clock.pause(on, *MORE_PAPERS, "notice 1")
    return clock


def held(clock: Clock, day: date) -> bool:
    """Whether a day lies in a pause: after the day it began, up to the day it ended."""
    since = None
    for tick in clock.ticks:
        if tick.kind is Kind.PAUSED:
            since = tick.on
        elif tick.kind is Kind.RESUMED and since is not None:
            if since < day <= tick.on:
                return True
            since = None
    return since is not None and day > since


def walked(clock: Clock, calendar: Calendar, on: date) -> tuple[date, int]:
    """The last day and the units spent by a day, counted on the fingers."""
    until = clock.ticks[-1].on if clock.state() is not State.PAUSED else on
    day, spent, due, spent_by = clock.ticks[0].on, 0, None, 0
    while due is None or day < on:
        day += ONE_DAY
        worked = clock.term.unit is Unit.DAY or calendar.is_working(day)
        spent += worked and not (held(clock, day) and day <= max(until, on))
        runs = clock.state(day) is State.RUNNING or (clock.state() is State.PAUSED and day >= on)
        if due is None and spent >= clock.term.count and runs:
            due = day if not clock.term.roll or calendar.is_working(day) else None
        if day <= on:
            spent_by = spent
    return due, spent_by


@given(histories(), calendars(), st.integers(0, 40))
def test_a_clock_agrees_with_a_counter_that_walks(clock: Clock, calendar: Calendar, later: int) -> None:
    on = clock.ticks[-1].on + later * ONE_DAY
    reading = read(clock, calendar, on)
    assert (reading.due.on, reading.spent) == walked(clock, calendar, on)


@given(histories(), calendars(), st.integers(0, 30), st.integers(0, 30))
def test_pausing_never_shortens(clock: Clock, calendar: Calendar, gap: int, length: int) -> None:
    if clock.state() is State.PAUSED:
        clock = clock.resume(clock.ticks[-1].on)
    on = clock.ticks[-1].on + gap * ONE_DAY
    end = on + length * ONE_DAY
    longer = clock.pause(on, *HEARING, "notice 2").resume(end)
    assert read(longer, calendar, end).due.on >= read(clock, calendar, end).due.on


@given(histories(), calendars())
def test_a_pause_that_ends_the_day_it_began_is_none(clock: Clock, calendar: Calendar) -> None:
    if clock.state() is State.PAUSED:
        clock = clock.resume(clock.ticks[-1].on)
    on = clock.ticks[-1].on
    assert read(clock.pause(on, *HEARING, "n").resume(on), calendar, on) == read(clock, calendar, on)


@given(TERMS, DAY, calendars(), st.integers(1, 20))
def test_extending_is_a_longer_limit(term: Term, start: date, calendar: Calendar, more: int) -> None:
    longer = Clock(replace(term, count=term.count + more)).start(start)
    extended = Clock(term).start(start).extend(start, more, term.unit, "approval 3")
    assert read(extended, calendar, start).due == read(longer, calendar, start).due
    assert read(extended, calendar, start).extended == 1


@given(histories())
def test_a_clock_is_the_fold_of_its_events(clock: Clock) -> None:
    assert clock_of(clock.term, clock.ticks) == clock


@given(histories(), calendars(), st.integers(0, 60))
def test_what_is_spent_and_left_is_the_whole_until_it_is_overdue(
    clock: Clock, calendar: Calendar, later: int
) -> None:
    on = clock.ticks[-1].on + later * ONE_DAY
    reading = read(clock, calendar, on)
    if reading.left > 0 and not clock.term.roll:
        assert reading.spent + reading.left == clock.term.count


@given(calendars(), DAY, st.integers(1, 12), st.integers(0, 25), st.integers(0, 90))
def test_a_pause_moves_a_limit_in_months_by_its_days(
    calendar: Calendar, start: date, months: int, gap: int, length: int
) -> None:
    clock = Clock(Term(months, Unit.MONTH, reasons=REASONS)).start(start)
    whole = read(clock, calendar, start)
    end = start + (gap + length) * ONE_DAY
    clock = clock.pause(start + gap * ONE_DAY, *HEARING, "n").resume(end)
    reading = read(clock, calendar, end)
    assert reading.due.on == whole.due.on + length * ONE_DAY
    assert (reading.unit, reading.paused_days) == (Unit.DAY, length)


def test_a_state_is_that_at_the_end_of_the_day() -> None:
    day = date(2024, 3, 4)
    clock = Clock(Term(5, reasons=REASONS)).start(day).pause(day, *HEARING, "n").resume(day).stop(day)
    assert clock.state(day - ONE_DAY) is State.WAITING
    assert clock.state(day) is State.STOPPED
    # Recorded the other way round on the same day, it is the later one that stands.
    assert Clock(Term(5, reasons=REASONS)).start(day).pause(day, *HEARING, "n").state(day) is State.PAUSED


def test_a_stopped_clock_stays_as_it_was() -> None:
    clock = Clock(Term(5)).start(date(2024, 3, 4)).stop(date(2024, 3, 6))
    expected = Reading(State.STOPPED, Due(date(2024, 3, 11)), 2, 3, Unit.WORKING_DAY, 0, 0)
    assert read(clock, PLAIN, date(2024, 12, 1)) == expected
    assert read(clock, PLAIN, date(2024, 3, 5)).state is State.RUNNING


def test_stopping_a_paused_clock_ends_the_pause() -> None:
    clock = Clock(Term(5, reasons=REASONS)).start(date(2024, 3, 4)).pause(date(2024, 3, 5), *HEARING, "n")
    reading = read(clock.stop(date(2024, 3, 20)), PLAIN, date(2024, 5, 1))
    assert (reading.spent, reading.left, reading.paused_days) == (1, 4, 15)


def test_a_later_calendar_moves_the_last_day_and_ends_the_doubt() -> None:
    clock = Clock(Term(5)).start(date(2026, 12, 29))
    before = read(clock, Calendar(published=frozenset({2026})), date(2026, 12, 30))
    after = read(
        clock, Calendar(published=frozenset({2026, 2027}), holidays=frozenset({date(2027, 1, 1)})), date.max
    )
    assert (before.due, after.due) == (Due(date(2027, 1, 5), True), Due(date(2027, 1, 6), False))


def test_doubt_about_days_spent_before_a_pause_remains() -> None:
    only_next = Calendar(published=frozenset({2025}))
    clock = Clock(Term(5, reasons=REASONS)).start(date(2024, 12, 25)).pause(date(2024, 12, 27), *HEARING, "n")
    assert read(clock.resume(date(2025, 1, 10)), only_next, date(2025, 1, 10)).due.provisional is True
    day_one = (
        Clock(Term(5, reasons=REASONS)).start(date(2024, 12, 31)).pause(date(2024, 12, 31), *HEARING, "n")
    )
    assert read(day_one.resume(date(2025, 1, 10)), only_next, date(2025, 1, 10)).due.provisional is False


PAUSED = Clock(Term(5, reasons=REASONS)).start(date(2024, 3, 4)).pause(date(2024, 3, 5), *HEARING, "n")
GOING = Clock(Term(5, reasons=REASONS)).start(date(2024, 3, 4))
ONCE = GOING.extend(date(2024, 3, 5), 5, Unit.WORKING_DAY, "approval 1")


@pytest.mark.parametrize(
    ("clock", "tick", "words"),
    [
        (Clock(Term(5)), Tick(Kind.PAUSED, date(2024, 3, 4)), "the clock is waiting, not running"),
        (GOING, Tick(Kind.STARTED, date(2024, 3, 4)), "the clock is running, not waiting"),
        (GOING, Tick(Kind.RESUMED, date(2024, 3, 4)), "the clock is running, not paused"),
        (GOING, Tick(Kind.STOPPED, date(2024, 3, 3)), "the clock already tells of 2024-03-04"),
        (
            GOING.stop(date(2024, 3, 5)),
            Tick(Kind.STOPPED, date(2024, 3, 5)),
            "stopped, not running or paused",
        ),
        (
            GOING,
            Tick(Kind.PAUSED, date(2024, 3, 5), "holiday", "", "n"),
            r"licensed are: hearing \(.*more_pap",
        ),
        (
            GOING,
            Tick(Kind.PAUSED, date(2024, 3, 5), HEARING[0], "第一条", "n"),
            "no pause for 'hearing' under",
        ),
        (GOING, Tick(Kind.PAUSED, date(2024, 3, 5), *HEARING, " "), "needs a document"),
        (
            Clock(Term(5)).start(date(2024, 3, 4)),
            Tick(Kind.PAUSED, date(2024, 3, 5), "x"),
            "licensed are: none",
        ),
        (PAUSED, Tick(Kind.PAUSED, date(2024, 3, 6), *HEARING, "n"), "the clock is paused, not running"),
        (GOING, Tick(Kind.EXTENDED, date(2024, 3, 5), count=5), "needs the reference of its approval"),
        (GOING, Tick(Kind.EXTENDED, date(2024, 3, 5), document="a"), "an extension by 0 is none"),
        (ONCE, Tick(Kind.EXTENDED, date(2024, 3, 6), document="b", count=5), "extended 1 times already"),
    ],
)
def test_what_may_not_happen_is_said(clock: Clock, tick: Tick, words: str) -> None:
    with pytest.raises(BadClock, match=words):
        clock.then(tick)


def test_a_second_extension_needs_a_licence() -> None:
    twice = Clock(Term(60, Unit.DAY, extensions=2)).start(date(2024, 1, 1))
    for number in ("approval 1", "approval 2"):
        twice = twice.extend(date(2024, 2, 1), 30, Unit.DAY, number)
    assert read(twice, PLAIN, date(2024, 2, 1)).due == Due(date(2024, 4, 30))


def test_a_clock_cannot_be_read_before_it_starts() -> None:
    with pytest.raises(BadClock, match="not started by 2024-03-03"):
        read(GOING, PLAIN, date(2024, 3, 3))


def test_an_extension_is_asked_in_time_or_not() -> None:
    clock = Clock(Term(30)).start(date(2024, 3, 1))
    assert read(clock, PLAIN, date(2024, 3, 1)).due.on == date(2024, 4, 12)
    asked = [date(2024, 3, 22), date(2024, 3, 25), date(2024, 4, 12)]
    assert [may_ask_extension(clock, PLAIN, on, 15, Unit.WORKING_DAY) for on in asked] == [True, False, False]


def lit(left: int, state: State = State.RUNNING, progress: Decimal | None = None) -> Tone:
    reading = Reading(state, Due(date(2024, 4, 1)), 100 - left, left, Unit.DAY, 0, 0)
    return light(reading, Thresholds(20, Decimal("0.1"), Decimal("0.85")), progress)


def test_lights_go_from_off_over_blue_and_yellow_to_red() -> None:
    assert [lit(left) for left in (21, 20, 11, 10, 0, -1)] == [
        "off",
        "blue",
        "blue",
        "yellow",
        "yellow",
        "red",
    ]


def test_a_stopped_clock_is_done_unless_it_was_late_and_a_paused_one_is_off() -> None:
    assert [lit(left, State.STOPPED) for left in (5, 0, -1)] == ["done", "done", "red"]
    assert [lit(left, State.PAUSED) for left in (5, 0, -1)] == ["off", "off", "red"]


def test_too_little_done_for_the_time_gone_is_yellow() -> None:
    # Half the time is gone: 0.85 of a half should be done.
    assert lit(50, progress=Decimal("0.425")) is Tone.OFF
    assert lit(50, progress=Decimal("0.42")) is Tone.YELLOW


def test_without_thresholds_only_the_end_is_lit() -> None:
    reading = Reading(State.RUNNING, Due(date(2024, 4, 1)), 9, 1, Unit.DAY, 0, 0)
    assert light(reading, Thresholds()) is Tone.OFF
    empty = Reading(State.RUNNING, Due(date(2024, 4, 1)), 0, 0, Unit.DAY, 0, 0)
    assert light(empty, Thresholds(behind=Decimal("0.5"))) is Tone.BLUE
