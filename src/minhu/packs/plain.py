"""Frozen dataclasses of packs as plain JSON and back, and JSON in its one spelling."""

import json
from dataclasses import fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any, TypeVar

from minhu.packs.positions import PackError, Path, Position
from minhu.packs.shapes import Reading

T = TypeVar("T")
DAY, NUMBER = "$day", "$number"
"""JSON has neither days nor exact numbers: `{"$day": "2026-01-31"}`, `{"$number": "0.5"}`."""


def plain_of(spec: object) -> dict[str, Any]:
    """A spec as JSON. What equals its default is left out: a new key of the format changes no digest."""
    return _fields(spec)


def spec_of(kind: type[T], plain: dict[str, Any], name: str) -> T:
    """The spec that `plain_of` wrote; raises PackError, with the way to each key, if it is none."""
    reading = Reading(_Nowhere(name), typed=True)
    spec: T = reading.build(kind, _rich(plain), ())
    if reading.problems:
        raise PackError(reading.problems)
    return spec


def canonical(plain: object) -> bytes:
    """JSON in its one spelling."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class _Nowhere:
    """Values that stand in no file."""

    def __init__(self, name: str) -> None:
        self.name = name

    def key(self, path: Path) -> Position:
        """The way to a key instead of its line."""
        return Position(".".join(map(str, path)) or self.name)

    value = key


def _fields(item: Any) -> dict[str, Any]:
    """The fields of a dataclass that say something."""
    said = {one.name: (getattr(item, one.name), one.default) for one in fields(item)}
    return {name: _plain(value) for name, (value, default) in said.items() if value != default}


def _plain(value: object) -> object:
    """Any value of a spec as JSON."""
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Enum):
        return str(value.value)
    if isinstance(value, date):
        return {DAY: value.isoformat()}
    if isinstance(value, Decimal):
        return {NUMBER: format(value, "f")}
    if isinstance(value, dict):
        return {str(key): _plain(one) for key, one in value.items()}
    return [_plain(one) for one in value] if isinstance(value, tuple | list) else value


def _rich(value: object) -> Any:
    """JSON with its days and exact numbers again."""
    if isinstance(value, dict):
        if set(value) == {DAY}:
            return date.fromisoformat(value[DAY])
        if set(value) == {NUMBER}:
            return Decimal(value[NUMBER])
        return {key: _rich(one) for key, one in value.items()}
    return [_rich(one) for one in value] if isinstance(value, list) else value
