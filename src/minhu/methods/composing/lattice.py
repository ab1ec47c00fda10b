"""What a field may hold, as a lattice: the meet of two constraints allows what both allow."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from functools import reduce


@dataclass(frozen=True, slots=True)
class Constraint:
    """Options (None: any), least and greatest number, shortest and longest text, patterns of the whole."""

    options: frozenset[str] | None = None
    least: Decimal | None = None
    greatest: Decimal | None = None
    shortest: int | None = None
    longest: int | None = None
    patterns: frozenset[str] = frozenset()

    @property
    def allowed(self) -> frozenset[str] | None:
        """The options that the other parts leave, or None if there is no list."""
        if self.options is None:
            return None
        return frozenset(option for option in self.options if self.admits(option))

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be entered."""
        if self.options is not None:
            return not self.allowed
        return crossed(self.least, self.greatest) or crossed(self.shortest, self.longest)

    def admits(self, value: str) -> bool:
        """Whether a value may be entered (bounds apply to what reads as a number)."""
        if self.options is not None and value not in self.options:
            return False
        if crossed(self.shortest, len(value)) or crossed(len(value), self.longest):
            return False
        if not all(re.fullmatch(pattern, value) for pattern in self.patterns):
            return False
        return (self.least is None and self.greatest is None) or self.bounds_admit(value)

    def bounds_admit(self, value: str) -> bool:
        """Whether a value is a number within the bounds."""
        if not re.fullmatch(r"[+-]?\d+(\.\d+)?", value):
            return False
        return not (crossed(self.least, Decimal(value)) or crossed(Decimal(value), self.greatest))


FREE = Constraint()


def crossed(low: Decimal | int | None, high: Decimal | int | None) -> bool:
    """Whether a lower bound stands above the upper one."""
    return low is not None and high is not None and low > high


def meet(one: Constraint, other: Constraint) -> Constraint:
    """The greatest constraint below both: commutative, associative, idempotent."""
    if other == FREE or one == other:
        return one
    options = one.options if other.options is None else other.options
    if one.options is not None and other.options is not None:
        options = one.options & other.options
    return Constraint(
        options,
        max((bound for bound in (one.least, other.least) if bound is not None), default=None),
        min((bound for bound in (one.greatest, other.greatest) if bound is not None), default=None),
        max((bound for bound in (one.shortest, other.shortest) if bound is not None), default=None),
        min((bound for bound in (one.longest, other.longest) if bound is not None), default=None),
        one.patterns | other.patterns,
    )


def meet_all(constraints: Iterable[Constraint]) -> Constraint:
    """The meet of any number; of none, anything goes."""
    return reduce(meet, constraints, FREE)


def quarrel(constraints: list[Constraint]) -> list[int]:
    """Indices of a smallest-by-dropping set whose meet is empty; an empty list if the meet is not."""
    if not meet_all(constraints).is_empty:
        return []
    kept = list(range(len(constraints)))
    for index in range(len(constraints)):
        rest = [other for other in kept if other != index]
        if meet_all(constraints[other] for other in rest).is_empty:
            kept = rest
    return kept
