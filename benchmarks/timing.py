"""Deadlines: how many per second, and whether any differs from a counter that walks day by day."""

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from random import Random
from time import process_time

import numpy as np

from benchmarks.figure import Figure
from minhu.methods.timing import Calendar, Clock, Term, Unit, read

SEED = 20260101
FIRST, LAST = date(2004, 1, 1), date(2026, 12, 31)
# 国办发明电〔2005〕35号 makes this Saturday a workday; chinesecalendar 1.11 does not know it.
MISSED = date(2005, 12, 31)
ONE_DAY = timedelta(days=1)
REASON = ("more_papers", "行政许可法 第三十二条")


def run(quick: bool) -> Iterator[Figure]:
    """timing.per_s (working-day limits by the array), timing.clocks_per_s, timing.mismatches."""
    calendar, worked = china()
    yield per_second(calendar, 100_000 if quick else 1_000_000)
    yield clocks_per_second(calendar, 2_000 if quick else 20_000)
    yield mismatches(calendar, worked, 5_000 if quick else 100_000)


def china() -> tuple[Calendar, dict[date, bool]]:
    """Our calendar, and day by day what chinesecalendar says."""
    import chinese_calendar
    from chinese_calendar.constants import holidays, workdays

    ours = Calendar(
        frozenset({6, 7}),
        frozenset(range(2004, 2027)),
        frozenset(holidays),
        frozenset(workdays) | {MISSED},
    )
    days = [FIRST + n * ONE_DAY for n in range((LAST - FIRST).days + 1)]
    theirs = {day: day == MISSED or chinese_calendar.is_workday(day) for day in days}
    return ours, theirs


def per_second(calendar: Calendar, count: int) -> Figure:
    """Working-day limits laid down in one array."""
    random = np.random.default_rng(SEED)
    span = (date(2026, 6, 30) - FIRST).days
    starts = np.datetime64(FIRST) + random.integers(0, span, count).astype("timedelta64[D]")
    counts = random.integers(1, 61, count)
    seconds = best(lambda: calendar.due_many(starts, counts))
    return Figure("timing.per_s", round(count / seconds), "1/s", extra={"n": count, "seed": SEED})


def clocks_per_second(calendar: Calendar, count: int) -> Figure:
    """Clocks with one pause and one extension, read one by one."""
    day = date(2025, 3, 3)
    clock = Clock(Term(20, reasons=frozenset({REASON}))).start(day).pause(day + 5 * ONE_DAY, *REASON, "1")
    clock = clock.resume(day + 12 * ONE_DAY).extend(day + 13 * ONE_DAY, 5, Unit.WORKING_DAY, "2")
    asked = [day + n % 60 * ONE_DAY for n in range(count)]
    seconds = best(lambda: [read(clock, calendar, on) for on in asked])
    return Figure("timing.clocks_per_s", round(count / seconds), "1/s", extra={"n": count})


def mismatches(calendar: Calendar, worked: dict[date, bool], count: int) -> Figure:
    """Random limits in days and working days, some rolling, some paused, against the walking counter."""
    random, wrong = Random(SEED), 0
    span = (date(2026, 3, 31) - FIRST).days
    for _ in range(count):
        start = FIRST + random.randrange(span) * ONE_DAY
        unit = random.choice((Unit.DAY, Unit.WORKING_DAY))
        term = Term(random.randint(1, 60), unit, random.random() < 0.3, frozenset({REASON}))
        clock, pause = Clock(term).start(start), None
        if random.random() < 0.5:
            since = start + random.randrange(60) * ONE_DAY
            pause = (since, since + random.randrange(30) * ONE_DAY)
            clock = clock.pause(since, *REASON, "n").resume(pause[1])
        wrong += read(clock, calendar, LAST).due.on != walked(term, start, pause, worked)
    extra = {"n": count, "seed": SEED, "years": "2004-2026"}
    return Figure("timing.mismatches", wrong, "limits", "chinesecalendar, day by day", 0, None, extra)


def walked(term: Term, start: date, pause: tuple[date, date] | None, worked: dict[date, bool]) -> date:
    """The last day, counted on the fingers."""
    day, spent = start, 0
    while True:
        day += ONE_DAY
        held = pause is not None and pause[0] < day <= pause[1]
        spent += (term.unit is Unit.DAY or worked[day]) and not held
        runs = pause is None or not pause[0] <= day < pause[1]
        if spent >= term.count and runs and (worked[day] or not term.roll):
            return day


def best(deed: Callable[[], object], times: int = 3) -> float:
    """The shortest of some runs, in seconds of CPU."""
    found = []
    for _ in range(times):
        start = process_time()
        deed()
        found.append(process_time() - start)
    return min(found)
