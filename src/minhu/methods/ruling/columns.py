"""A column of tests, compiled: a value is looked up once, and the rules it passes come back as bits.

Where all cells hold constants, the values between which the answer changes cut the domain into atoms; finding
the atom of a value is one dictionary look-up or one bisection, however many rules there are.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal, localcontext
from itertools import pairwise
from typing import Any

from minhu.methods.ruling.terms import Literal, Row, Test, Tested
from minhu.methods.ruling.values import Type, Value, spell


@dataclass(frozen=True, slots=True)
class Atom:
    """Values a column cannot tell apart: one of them, the ends `low` and `high`, whether it is a point."""

    sample: Value
    low: Value = None
    high: Value = None
    is_point: bool = True
    is_rest: bool = False


class Column:
    """The tests of one input over all rules."""

    def __init__(self, type_: Type, tests: Sequence[Test]) -> None:
        self.type, self.tests = type_, tuple(tests)
        masks: dict[Test, int] = {}
        for number, test in enumerate(tests):
            masks[test] = masks.get(test, 0) | 1 << number
        self.parts: list[tuple[Tested, int]] = [(test.compiled(), mask) for test, mask in masks.items()]
        self.is_constant = all(isinstance(term, Literal) for test in tests for term in test.terms)
        constants = {term.value for test in tests for term in test.terms if isinstance(term, Literal)}
        self.points: list[Any] = sorted(value for value in constants if value is not None)
        self.null, self.at_point, self.gaps = 0, dict[Any, int](), list[int]()
        if self.is_constant:
            self.null = self.tried(None, {})
            self.at_point = {point: self.tried(point, {}) for point in self.points}
            self.gaps = [0 if value is None else self.tried(value, {}) for value in self.between()]

    def mask(self, value: Any, row: Row) -> int:
        """The rules whose test the value passes, rule `n` (from 0) as bit `n`."""
        if not self.is_constant:
            return self.tried(value, row)
        if value is None:
            return self.null
        found = self.at_point.get(value)
        if found is not None:
            return found
        return self.gaps[bisect_left(self.points, value) if len(self.gaps) > 1 else 0]

    def tried(self, value: Any, row: Row) -> int:
        """The same by asking every different test."""
        found = 0
        for tested, mask in self.parts:
            if tested(value, row) is True:
                found |= mask
        return found

    def between(self) -> list[Value]:
        """A value of each stretch between the points, from below the first on; None if it is empty."""
        if self.type is Type.STRING:
            return [_other(self.points)]
        if self.type is Type.BOOLEAN:
            return [next((flag for flag in (True, False) if flag not in self.points), None)]
        return [_inside(self.type, low, high) for low, high in pairwise([None, *self.points, None])]

    def atoms(self) -> Iterator[Atom]:
        """All atoms but null, in order."""
        if self.type is Type.BOOLEAN:
            yield from (Atom(False), Atom(True))
            return
        if self.type is Type.STRING:
            yield from (Atom(point) for point in self.points)
            yield Atom(_other(self.points), is_point=False, is_rest=True)
            return
        ends = [None, *self.points, None]
        for low, high, sample in zip(ends, ends[1:], self.between(), strict=False):
            if sample is not None:
                yield Atom(sample, low, high, False)
            if high is not None:
                yield Atom(high, high, high)


def words_of(atoms: Sequence[Atom], points: Sequence[Value]) -> str:
    """Atoms of one column as a cell that holds of just these values."""
    if any(atom.is_rest for atom in atoms):
        others = [spell(point) for point in points if point not in {atom.sample for atom in atoms}]
        return f"not({', '.join(others)})" if others else "-"
    if any(atom.low is None and atom.high is None and not atom.is_point for atom in atoms):
        return "-"
    if isinstance(atoms[0].sample, str | bool):
        return ", ".join(spell(atom.sample) for atom in atoms)
    return ", ".join(_stretch(run) for run in _runs(atoms))


def _runs(atoms: Sequence[Atom]) -> Iterator[list[Atom]]:
    """Atoms that touch each other."""
    run: list[Atom] = []
    for atom in atoms:
        if run and (run[-1].high is None or run[-1].high != atom.low or run[-1].is_point is atom.is_point):
            yield run
            run = []
        run.append(atom)
    if run:
        yield run


def _stretch(run: Sequence[Atom]) -> str:
    """A run of atoms as one test."""
    first, last = run[0], run[-1]
    if len(run) == 1 and first.is_point:
        return spell(first.sample)
    if first.low is None and last.high is None:
        return "-"
    if first.low is None:
        return f"{'<=' if last.is_point else '<'} {spell(last.high)}"
    if last.high is None:
        return f"{'>=' if first.is_point else '>'} {spell(first.low)}"
    opened, closed = "[" if first.is_point else "(", "]" if last.is_point else ")"
    return f"{opened}{spell(first.low)}..{spell(last.high)}{closed}"


def _other(points: Sequence[str]) -> str:
    """A string that is none of these."""
    return "x" * (max(map(len, points), default=0) + 1)


def _inside(type_: Type, low: Any, high: Any) -> Value:
    """A value strictly between two others, or None if there is none."""
    if type_ is Type.DATE:
        return _day_inside(low, high)
    if low is None and high is None:
        return Decimal(0)
    with localcontext(prec=100):
        if low is None:
            return Decimal(high - 1)
        return Decimal(low + 1) if high is None else Decimal((low + high) / 2)


def _day_inside(low: date | None, high: date | None) -> date | None:
    """A day strictly between two others."""
    if low is None and high is None:
        return date(2000, 1, 1)
    if low is None:
        return high - timedelta(days=1) if high and high > date.min else None
    if low == date.max:
        return None
    following = low + timedelta(days=1)
    return following if high is None or following < high else None
