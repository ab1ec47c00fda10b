"""Plain values into frozen dataclasses; whatever does not fit becomes a problem with its place."""

from collections.abc import Mapping
from dataclasses import MISSING, dataclass, field, fields, is_dataclass
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, Literal, Protocol, Union, get_args, get_origin, get_type_hints

from minhu.packs.positions import Path, Position, Problem, did_you_mean
from minhu.packs.scalars import SCALARS, Unfit, shown

SEPARATOR = ";"
NONE = object()
"""Stands for a value that could not be made; its problem is already noted."""


class Places(Protocol):
    """Whatever knows where keys and values stand."""

    def key(self, path: Path) -> Position: ...  # noqa: D102
    def value(self, path: Path) -> Position: ...  # noqa: D102


@dataclass(frozen=True)
class Shape:
    """One field of a dataclass as a pack writes it."""

    name: str
    key: str
    type: object
    required: bool


@cache
def shapes_of(kind: type) -> tuple[Shape, ...]:
    """The fields of a dataclass; `field(metadata={"key": …})` gives a field another name in the pack."""
    hints = get_type_hints(kind)
    return tuple(
        Shape(
            one.name,
            one.metadata.get("key", one.name),
            hints[one.name],
            one.default is MISSING and one.default_factory is MISSING,
        )
        for one in fields(kind)
        if one.init
    )


@dataclass
class Reading:
    """One file being turned into items; `typed` is false where every value is text (CSV)."""

    places: Places
    typed: bool
    problems: list[Problem] = field(default_factory=list)

    def build(self, kind: type, raw: Mapping[str, object], path: Path) -> Any:
        """An item of `kind`, or NONE if anything in it does not fit."""
        before = len(self.problems)
        shapes = shapes_of(kind)
        self._refuse_unknown(raw, [shape.key for shape in shapes], path)
        values = {
            shape.name: self._field(shape, raw, path) for shape in shapes if self._stands(shape, raw, path)
        }
        if len(self.problems) > before:
            return NONE
        try:
            return kind(**values)
        except ValueError as error:
            self.problems.append(Problem(self.places.key(path), str(error)))
            return NONE

    def _refuse_unknown(self, raw: Mapping[str, object], known: list[str], path: Path) -> None:
        """Every key that no field asks for is a problem."""
        for key in raw:
            if key not in known:
                rest = [name for name in known if name not in raw]
                hint = did_you_mean(key, rest, known)
                where = self.places.key((*path, key))
                self.problems.append(Problem(where, f"unknown key “{key}”", hint))

    def _stands(self, shape: Shape, raw: Mapping[str, object], path: Path) -> bool:
        """Whether a key is there; a missing one is a problem if its field has no default."""
        if shape.key in raw:
            return True
        if shape.required:
            where = self.places.key(path)
            self.problems.append(Problem(where, f"the key “{shape.key}” is missing"))
        return False

    def _field(self, shape: Shape, raw: Mapping[str, object], path: Path) -> Any:
        """The value of one field; text that is required may not be blank."""
        value, here = raw[shape.key], (*path, shape.key)
        if shape.required and isinstance(value, str) and not value.strip():
            self.problems.append(Problem(self.places.value(here), f"{shape.key} is empty"))
            return NONE
        return self.convert(value, shape.type, here)

    def convert(self, value: object, kind: object, path: Path) -> Any:
        """A value as `kind`, or NONE."""
        kind = _without_none(kind)
        try:
            if get_origin(kind) is tuple:
                return self._many(value, get_args(kind)[0], path)
            if is_dataclass(kind):
                return self._table(value, kind, path)  # type: ignore[arg-type]
            return _single(value, kind, self.typed)
        except Unfit as error:
            name = next((str(step) for step in reversed(path) if isinstance(step, str)), "")
            self.problems.append(Problem(self.places.value(path), f"{name}: {error}", error.hint))
            return NONE

    def _many(self, value: object, kind: object, path: Path) -> tuple[Any, ...]:
        """A list; in CSV its members stand in one cell with `;` between them."""
        if isinstance(value, str) and not self.typed:
            value = [part.strip() for part in value.split(SEPARATOR) if part.strip()]
        if not isinstance(value, list):
            name = path[-1]
            hint = f"write [[…{name}]]" if is_dataclass(kind) else f"write {name} = [ … ]"
            raise Unfit(f"{shown(value) if not isinstance(value, dict) else 'one table'} is not a list", hint)
        return tuple(self.convert(member, kind, (*path, index)) for index, member in enumerate(value))

    def _table(self, value: object, kind: type, path: Path) -> Any:
        """A table inside an item."""
        if not isinstance(value, dict):
            raise Unfit(f"{shown(value)} is not a table", "write { key = value, … }")
        return self.build(kind, value, path)


def _without_none(kind: object) -> object:
    """`X` for `X | None`: an absent value is left out in a pack, never written."""
    if get_origin(kind) in (Union, UnionType):
        rest = [one for one in get_args(kind) if one is not NoneType]
        return rest[0] if len(rest) == 1 else object
    return kind


def _single(value: object, kind: object, typed: bool) -> object:
    """A single value: a scalar, a member of an enumeration, or a free table."""
    if isinstance(kind, type) and issubclass(kind, Enum):
        return _member(value, {str(one.value): one for one in kind})
    if get_origin(kind) is Literal:
        return _member(value, {str(one): one for one in get_args(kind)})
    if kind in SCALARS:
        return SCALARS[kind](value, typed)
    if isinstance(value, dict):
        return value
    raise Unfit(f"{shown(value)} is not a table", "write { key = value, … }")


def _member(value: object, members: Mapping[str, object]) -> object:
    """One of a closed list."""
    if not isinstance(value, bool) and str(value) in members:
        return members[str(value)]
    near = did_you_mean(str(value), members)
    raise Unfit(f"{shown(value)} is not one of {', '.join(members)}", near if near.startswith("did") else "")
