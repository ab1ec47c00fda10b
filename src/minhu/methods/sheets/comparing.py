"""What a sheet would change: rows added, cells changed, rows that stay and rows it does not name."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from minhu.methods.sheets.answers import Row
from minhu.methods.sheets.cells import code_words
from minhu.methods.sheets.columns import Shape, Type, Value
from minhu.methods.sheets.raws import clean, one_line

Key: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class CellChange:
    """One cell: the code of its column, what stands, what would stand."""

    code: str
    before: Value
    after: Value


@dataclass(frozen=True, slots=True)
class Changed:
    """A row with cells that differ."""

    row: Row
    key: Key
    cells: tuple[CellChange, ...]


@dataclass(frozen=True, slots=True)
class Changes:
    """A preview; `missing` are keys that are present and not in the sheet, which takes nothing away."""

    added: tuple[Row, ...] = ()
    changed: tuple[Changed, ...] = ()
    same: tuple[Row, ...] = ()
    missing: tuple[Key, ...] = ()

    @property
    def is_empty(self) -> bool:
        """Whether loading the sheet would change nothing."""
        return not self.added and not self.changed

    @property
    def cells(self) -> int:
        """How many cells of present rows would change."""
        return sum(len(one.cells) for one in self.changed)


def compare(rows: Iterable[Row], present: Iterable[Mapping[str, Value]], shape: Shape) -> Changes:
    """Compare the rows of a sheet with those present, by the key of the shape.

    Columns a row does not hold do not count. A row without a key is added. Raises `ValueError` where the
    shape has no key or two present rows bear one.
    """
    if not shape.key:
        raise ValueError("A shape without a key cannot be compared.")
    known: dict[Key, Mapping[str, Value]] = {}
    for one in present:
        key = key_of(one, shape)
        if key in known:
            raise ValueError(f"Two present rows bear the key {key}.")
        known[key] = one
    added, changed, same, met = [], [], [], set()
    for row in rows:
        key = key_of(row.values, shape)
        before = known.get(key) if None not in key else None
        if before is None:
            added.append(row)
            continue
        met.add(key)
        cells = differences(before, row.values, shape)
        if cells:
            changed.append(Changed(row, key, cells))
        else:
            same.append(row)
    missing = tuple(key for key in known if key not in met)
    return Changes(tuple(added), tuple(changed), tuple(same), missing)


def differences(
    before: Mapping[str, Value], after: Mapping[str, Value], shape: Shape
) -> tuple[CellChange, ...]:
    """The cells that differ."""
    found = []
    for column in shape:
        if column.code not in after:
            continue
        old, new = before.get(column.code), after[column.code]
        if old == new:
            continue
        old, new = as_read(old, column.type), as_read(new, column.type)
        if old != new:
            found.append(CellChange(column.code, old, new))
    return tuple(found)


def key_of(values: Mapping[str, Value], shape: Shape) -> Key:
    """The key of a row."""
    return tuple(as_read(values.get(code), shape[code].type) for code in shape.key)


def as_read(value: Value | Sequence[str], kind: Type) -> Value:
    """A value as a cell would give it: blanks at edges, control signs and empty words gone."""
    if kind is Type.LIST:
        parts = (one_line(clean(str(part))) for part in value or ())  # type: ignore[union-attr]
        return tuple(dict.fromkeys(part for part in parts if part))
    if not isinstance(value, str):
        return value  # type: ignore[return-value]
    if kind is Type.CODE:
        return code_words(value) or None
    return (clean(value) if kind is Type.LONG else one_line(clean(value))) or None
