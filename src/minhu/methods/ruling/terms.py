"""The small trees a cell is read into, each of which compiles to a closure.

Logic is Kleene's: null makes a comparison unknown, only the test `null` itself is true of it, and a rule
matches only where every test is true. (FEEL calls `null = "a"` false, so that `not("a")` holds of null; here
it is unknown, because a value nobody gave must not decide a case.)
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minhu.methods.ruling.values import ARITHMETIC, Type, Value

Row = Mapping[str, Value]
Computed = Callable[[Row], Any]
Tested = Callable[[Any, Row], bool | None]


@dataclass(frozen=True, slots=True)
class Literal:
    """A value written out."""

    value: Value
    type: Type | None

    def compiled(self) -> Computed:
        """The value, whatever the row."""
        value = self.value
        return lambda row: value


@dataclass(frozen=True, slots=True)
class Name:
    """The value of an input."""

    name: str
    type: Type

    def compiled(self) -> Computed:
        """The value in the row."""
        name = self.name
        return lambda row: row[name]


@dataclass(frozen=True, slots=True)
class Sum:
    """`left` and `right` joined by + - * /; null with anything is null, and so is a division by zero."""

    left: "Term"
    op: str
    right: "Term"
    type: Type = Type.NUMBER

    def compiled(self) -> Computed:
        """The number in a row."""
        left, right, count = self.left.compiled(), self.right.compiled(), _COUNT[self.op]
        by_zero = self.op == "/"

        def computed(row: Row) -> Decimal | None:
            a, b = left(row), right(row)
            return None if a is None or b is None or (by_zero and b == 0) else count(Decimal(a), Decimal(b))

        return computed


Term = Literal | Name | Sum


@dataclass(frozen=True, slots=True)
class Anything:
    """`-`: true of every value and of null."""

    def compiled(self) -> Tested:
        """Always true."""
        return lambda value, row: True

    @property
    def terms(self) -> tuple[Term, ...]:
        """None."""
        return ()


@dataclass(frozen=True, slots=True)
class Equal:
    """The value itself; `null` for the value nobody gave."""

    term: Term

    def compiled(self) -> Tested:
        """True, false, or unknown."""
        if self.term == Literal(None, None):
            return lambda value, row: value is None
        wanted = self.term.compiled()

        def tested(value: Any, row: Row) -> bool | None:
            other = wanted(row)
            return None if value is None or other is None else bool(value == other)

        return tested

    @property
    def terms(self) -> tuple[Term, ...]:
        """What it is compared with."""
        return (self.term,)


@dataclass(frozen=True, slots=True)
class Between:
    """From `low` to `high`, either of which may be absent or left out of the range."""

    low: Term | None
    high: Term | None
    with_low: bool = False
    with_high: bool = False

    def compiled(self) -> Tested:
        """True, false, or unknown."""
        low = self.low.compiled() if self.low else None
        high = self.high.compiled() if self.high else None
        with_low, with_high = self.with_low, self.with_high

        def over(value: Any, row: Row) -> bool | None:
            if low is None:
                return True
            end = low(row)
            return None if end is None else bool(value > end or (with_low and value == end))

        def under(value: Any, row: Row) -> bool | None:
            if high is None:
                return True
            end = high(row)
            return None if end is None else bool(value < end or (with_high and value == end))

        return lambda value, row: None if value is None else _both(over(value, row), under(value, row))

    @property
    def terms(self) -> tuple[Term, ...]:
        """Its ends."""
        return tuple(end for end in (self.low, self.high) if end is not None)


@dataclass(frozen=True, slots=True)
class OneOf:
    """At least one of several tests; negated, none of them."""

    tests: tuple["Test", ...]
    negated: bool = False

    def compiled(self) -> Tested:
        """True, false, or unknown."""
        tests, negated = [test.compiled() for test in self.tests], self.negated

        def tested(value: Any, row: Row) -> bool | None:
            held = [test(value, row) for test in tests]
            found = True if True in held else None if None in held else False
            return found if found is None else found is not negated

        return tested

    @property
    def terms(self) -> tuple[Term, ...]:
        """What the tests are compared with."""
        return tuple(term for test in self.tests for term in test.terms)


Test = Anything | Equal | Between | OneOf


def _both(one: bool | None, other: bool | None) -> bool | None:
    """Both hold."""
    return False if one is False or other is False else None if one is None or other is None else True


_COUNT: dict[str, Callable[[Decimal, Decimal], Decimal]] = {
    "+": ARITHMETIC.add,
    "-": ARITHMETIC.subtract,
    "*": ARITHMETIC.multiply,
    "/": ARITHMETIC.divide,
}
