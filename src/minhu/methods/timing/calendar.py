"""A working-day calendar: a weekly pattern, and the days on which a published year departs from it."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

import numpy as np
from numpy.typing import NDArray

from minhu.methods.timing.errors import BadCount, BadDay, BadWeekend, Contradiction, OutOfTime
from minhu.methods.timing.units import Due, Unit, month_later

LAST = date.max.toordinal()
EPOCH = date(1970, 1, 1).toordinal()
Ordinals = NDArray[np.int64]


@dataclass(frozen=True)
class Calendar:
    """Which days are worked, and how far limits reach.

    `weekend`: ISO weekdays (1 Monday … 7 Sunday) not worked. `published`: years whose holidays are known;
    every other year follows the weekly pattern and is provisional. `holidays`: days off; `workdays`: days
    worked although the pattern says off. `tail_days`: so many last days of a year also wait for the next
    year's notice, which may move them (New Year's Eve of 2018 was settled by the notice for 2019).

    Prefix sums of worked days over the known years make every question O(1); outside them the weekly
    pattern has a closed form.
    """

    weekend: frozenset[int] = frozenset({6, 7})
    published: frozenset[int] = frozenset()
    holidays: frozenset[date] = frozenset()
    workdays: frozenset[date] = frozenset()
    tail_days: int = 0
    _first: int = field(init=False, repr=False, compare=False)
    _before: Ordinals = field(init=False, repr=False, compare=False)
    _worked: Ordinals = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        _refuse_bad_weekend(self.weekend)
        _refuse_bad_days(self.holidays, self.workdays)
        if both := sorted(self.holidays & self.workdays):
            raise Contradiction(f"{both[0]} is both a holiday and an extra workday")
        first, end = self._known_span()
        days = np.arange(first, end, dtype=np.int64)
        works = ~np.isin((days - 1) % 7 + 1, sorted(self.weekend))
        works[_offsets(self.holidays, first)] = False
        works[_offsets(self.workdays, first)] = True
        before = np.concatenate(([0], np.cumsum(works))).astype(np.int64)
        for name, value in (("_first", first), ("_before", before), ("_worked", days[works])):
            object.__setattr__(self, name, value)

    # -- one day ------------------------------------------------------------------------------------------
    def is_working(self, day: date) -> bool:
        """Whether `day` is worked."""
        ordinal = _ordinal(day)
        return self._count(ordinal + 1) > self._count(ordinal)

    def is_provisional(self, day: date) -> bool:
        """Whether the notice that settles `day` is still to come."""
        ordinal = _ordinal(day)
        return self._is_open(ordinal, ordinal)

    def roll(self, day: date) -> Due:
        """`day` itself if it is worked, else the next day that is."""
        ordinal = _ordinal(day)
        found = ordinal if self.is_working(day) else self._nth(self._count(ordinal))
        return Due(_day(found), self._is_open(ordinal, found))

    # -- limits -------------------------------------------------------------------------------------------
    def add(self, start: date, count: int, unit: Unit | str = Unit.WORKING_DAY, *, roll: bool = False) -> Due:
        """The last day of a limit of `count` units accepted on `start`; counting begins the day after.

        A negative count goes back: the `count`-th unit before `start`. A count of 0 is `start` itself.
        With `roll` a last day that is not worked moves to the next that is (民法典 第二百零三条).
        """
        ordinal, whole = _ordinal(start), _whole(count)
        if Unit(unit) is Unit.WORKING_DAY:
            due = self._add_worked(ordinal, whole)
        elif Unit(unit) is Unit.DAY:
            due = Due(_day(ordinal + whole))
        else:
            due = Due(month_later(start, whole))
        if not roll:
            return due
        rolled = self.roll(due.on)
        return Due(rolled.on, rolled.provisional or due.provisional)

    def diff(self, start: date, end: date, unit: Unit | str = Unit.WORKING_DAY) -> int:
        """Units after `start` up to and with `end`; negative if `end` comes first.

        Working days and days only: months have no length of their own (raises BadCount).
        """
        first, last = _ordinal(start), _ordinal(end)
        if Unit(unit) is Unit.MONTH:
            raise BadCount("months have no fixed length: ask for days or working days")
        if Unit(unit) is Unit.DAY:
            return last - first
        if last < first:
            return -self.diff(end, start, unit)
        return self._count(last + 1) - self._count(first + 1)

    def due_many(self, starts: NDArray[np.datetime64], counts: Ordinals) -> NDArray[np.datetime64]:
        """`add` in working days for many limits at once.

        `starts`: datetime64[D] of shape (n,); `counts`: whole numbers ≥ 1 of shape (n,) or (); the answer
        is datetime64[D] of shape (n,). All days must lie inside the known years (raises OutOfTime).
        """
        if counts.size and counts.min() < 1:
            raise BadCount("counts must be 1 or more")
        offsets = starts.astype("datetime64[D]").astype(np.int64) + EPOCH - self._first
        if offsets.size and (offsets.min() < 0 or offsets.max() + 1 >= len(self._before)):
            raise OutOfTime("a start lies outside the known years")
        wanted = self._before[offsets + 1] + counts - 1
        if wanted.size and wanted.max() >= len(self._worked):
            raise OutOfTime("a limit ends outside the known years")
        ends: NDArray[np.datetime64] = (self._worked[wanted] - EPOCH).astype("datetime64[D]")
        return ends

    # -- inside -------------------------------------------------------------------------------------------
    def _known_span(self) -> tuple[int, int]:
        """Ordinals from the first known day to the day after the last."""
        years = self.published | {day.year for day in self.holidays | self.workdays}
        if not years:
            return 1, 1
        return date(min(years), 1, 1).toordinal(), date(max(years), 12, 31).toordinal() + 1

    def _add_worked(self, ordinal: int, count: int) -> Due:
        """The `count`-th worked day after (before) a day."""
        if count == 0:
            return Due(_day(ordinal))
        seen = self._count(ordinal + 1) - 1 if count > 0 else self._count(ordinal)
        found = self._nth(seen + count)
        low, high = (ordinal + 1, found) if count > 0 else (found, ordinal - 1)
        return Due(_day(found), self._is_open(low, high))

    def _count(self, ordinal: int) -> int:
        """Worked days before `ordinal`, counted from the first known day (negative before it)."""
        offset = ordinal - self._first
        if 0 <= offset < len(self._before):
            return int(self._before[offset])
        inside = min(max(offset, 0), len(self._before) - 1)
        known = int(self._before[inside])
        return known + self._pattern(self._first + offset) - self._pattern(self._first + inside)

    def _nth(self, index: int) -> int:
        """The ordinal of the worked day with `index` worked days before it."""
        total = len(self._worked)
        if 0 <= index < total:
            return int(self._worked[index])
        edge = self._first if index < 0 else self._first + len(self._before) - 1
        return self._pattern_nth(self._pattern(edge) + index - (0 if index < 0 else total))

    def _pattern(self, ordinal: int) -> int:
        """Days before `ordinal` that the weekly pattern alone calls worked, from ordinal 1, a Monday."""
        weeks, rest = divmod(ordinal - 1, 7)
        worked = self._weekdays()
        return weeks * len(worked) + sum(weekday <= rest for weekday in worked)

    def _pattern_nth(self, index: int) -> int:
        """The ordinal of the day with `index` pattern-worked days before it."""
        worked = self._weekdays()
        weeks, rest = divmod(index, len(worked))
        return weeks * 7 + worked[rest]

    def _weekdays(self) -> list[int]:
        """The worked weekdays, 1 for Monday."""
        return [weekday for weekday in range(1, 8) if weekday not in self.weekend]

    def _is_open(self, low: int, high: int) -> bool:
        """Whether any day from `low` to `high` belongs to a year still to be published."""
        if high < low:
            return False
        years = range(_day(low).year, _day(min(high + self.tail_days, LAST)).year + 1)
        return not all(year in self.published for year in years)


def _refuse_bad_weekend(weekend: Iterable[int]) -> None:
    """A weekend must name ISO weekdays and leave a day to work on."""
    if strange := [day for day in weekend if day not in range(1, 8)]:
        raise BadWeekend(f"{strange[0]!r} is no weekday: 1 is Monday, 7 is Sunday")
    if len(set(weekend)) == 7:
        raise BadWeekend("a weekend of seven days leaves no day to work on")


def _refuse_bad_days(*groups: Iterable[date]) -> None:
    """Holidays and workdays must be plain dates."""
    for group in groups:
        for day in group:
            _ordinal(day)


def _offsets(days: Iterable[date], first: int) -> Ordinals:
    """Places of days in the known span."""
    return np.array([day.toordinal() - first for day in days], dtype=np.int64)


def _ordinal(day: date) -> int:
    """The day as a running number; a moment is refused, because its day depends on the time zone."""
    if not isinstance(day, date) or isinstance(day, datetime):
        raise BadDay(f"{day!r} is not a plain date")
    return day.toordinal()


def _whole(count: int) -> int:
    """A count that is a whole number."""
    if isinstance(count, bool) or not isinstance(count, int | np.integer):
        raise BadCount(f"{count!r} is not a whole number")
    return int(count)


def _day(ordinal: int) -> date:
    """A running number as a day."""
    if not 1 <= ordinal <= LAST:
        raise OutOfTime("the day lies outside the years 1 to 9999")
    return date.fromordinal(ordinal)
