"""Conditions on the data of a case, as a small tree.

A tree of our own, and not a function the caller compiles: a pack is data, so a condition must be read from
text, drawn on a screen, written to BPMN, and asked which values it reads (a command that was typed against
older values is refused only if one of them changed). Logic is Kleene's: a missing value makes a comparison
unknown, and unknown opens no gate, neither plain nor negated.
"""

import operator
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any

from minhu.methods.flow.errors import BadGuard

Value = str | bool | int | Decimal | date | None
Values = Mapping[str, Value]
Lookup = Callable[[str], Value]

TRIES = "attempts."
"""`attempts.<place>` reads how often a place was entered."""

OPERATORS: dict[str, Callable[[Any, Any], bool]] = {
    "=": operator.eq,
    "!=": operator.ne,
    "<": operator.lt,
    "<=": operator.le,
    ">": operator.gt,
    ">=": operator.ge,
}


@dataclass(frozen=True, slots=True)
class Name:
    """A value of the case, by its key."""

    key: str

    def __str__(self) -> str:
        return self.key


@dataclass(frozen=True, slots=True)
class Compare:
    """`left` stands to `right` as `op` says."""

    left: Name
    op: str
    right: Name | Value

    def holds(self, look: Lookup) -> bool | None:
        """True, false, or unknown."""
        left = look(self.left.key)
        right = look(self.right.key) if isinstance(self.right, Name) else self.right
        if left is None or right is None:
            return None
        if sort_of(left) != sort_of(right):
            raise BadGuard(f"{self}: {self.left} is {sort_of(left)}, not {sort_of(right)}")
        return OPERATORS[self.op](left, right)

    @property
    def keys(self) -> frozenset[str]:
        """The values it reads."""
        both = (self.left, self.right)
        return frozenset(side.key for side in both if isinstance(side, Name))

    def __str__(self) -> str:
        return f"{self.left} {self.op} {spell(self.right)}"


@dataclass(frozen=True, slots=True)
class OneOf:
    """The value is one of those listed."""

    left: Name
    values: tuple[Value, ...]

    def holds(self, look: Lookup) -> bool | None:
        """True, false, or unknown."""
        left = look(self.left.key)
        if left is None:
            return None
        if strange := [value for value in self.values if sort_of(value) != sort_of(left)]:
            raise BadGuard(f"{self}: {self.left} is {sort_of(left)}, not {sort_of(strange[0])}")
        return left in self.values

    @property
    def keys(self) -> frozenset[str]:
        """The values it reads."""
        return frozenset({self.left.key})

    def __str__(self) -> str:
        return f"{self.left} in [{', '.join(map(spell, self.values))}]"


@dataclass(frozen=True, slots=True)
class Missing:
    """Nobody has said it yet. Never unknown."""

    left: Name

    def holds(self, look: Lookup) -> bool | None:
        """True or false."""
        return look(self.left.key) is None

    @property
    def keys(self) -> frozenset[str]:
        """The values it reads."""
        return frozenset({self.left.key})

    def __str__(self) -> str:
        return f"{self.left} is missing"


@dataclass(frozen=True, slots=True)
class Not:
    """The contrary; unknown stays unknown."""

    inner: "Guard"

    def holds(self, look: Lookup) -> bool | None:
        """True, false, or unknown."""
        held = self.inner.holds(look)
        return None if held is None else not held

    @property
    def keys(self) -> frozenset[str]:
        """The values it reads."""
        return self.inner.keys

    def __str__(self) -> str:
        return f"not ({self.inner})"


@dataclass(frozen=True, slots=True)
class Every:
    """All of them (`and`): one that is false decides, then one that is unknown."""

    parts: tuple["Guard", ...]

    def holds(self, look: Lookup) -> bool | None:
        """True, false, or unknown."""
        held = [part.holds(look) for part in self.parts]
        return False if False in held else None if None in held else True

    @property
    def keys(self) -> frozenset[str]:
        """The values it reads."""
        return frozenset[str]().union(*(part.keys for part in self.parts))

    def __str__(self) -> str:
        return " and ".join(_inside(part) for part in self.parts)


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of them (`or`): one that is true decides, then one that is unknown."""

    parts: tuple["Guard", ...]

    def holds(self, look: Lookup) -> bool | None:
        """True, false, or unknown."""
        held = [part.holds(look) for part in self.parts]
        return True if True in held else None if None in held else False

    @property
    def keys(self) -> frozenset[str]:
        """The values it reads."""
        return frozenset[str]().union(*(part.keys for part in self.parts))

    def __str__(self) -> str:
        return " or ".join(_inside(part) for part in self.parts)


Guard = Compare | OneOf | Missing | Not | Every | Some


def sort_of(value: object) -> str:
    """What sort of value it is; only values of one sort are compared."""
    if isinstance(value, bool):
        return "yes or no"
    if isinstance(value, int | Decimal):
        return "a number"
    if isinstance(value, str):
        return "a text"
    if isinstance(value, date):
        return "a date"
    raise BadGuard(f"{value!r} is no text, number, date, or yes or no")


def spell(value: object) -> str:
    """A value as it stands in a condition."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, Decimal):
        return format(value, "f")
    return value.isoformat() if isinstance(value, date) else str(value)


def _inside(part: Guard) -> str:
    """A part of a longer condition, in brackets where they are needed."""
    return f"({part})" if isinstance(part, Every | Some) else str(part)
