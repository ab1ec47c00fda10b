"""A kind of case as plain JSON and back, and the digest that names a version of it."""

import hashlib
import json
from dataclasses import fields, is_dataclass, replace
from datetime import date
from decimal import Decimal
from enum import Enum
from typing import Any

from minhu.packs.kinds import KindSpec
from minhu.packs.positions import PackError, Path, Position
from minhu.packs.shapes import Reading

DAY, NUMBER = "$day", "$number"
"""JSON has neither days nor exact numbers: `{"$day": "2026-01-31"}`, `{"$number": "0.5"}`."""


def to_plain(spec: KindSpec) -> dict[str, Any]:
    """A kind as JSON. What equals its default is left out: a new key of the format changes no digest."""
    return _fields(spec)


def from_plain(plain: dict[str, Any]) -> KindSpec:
    """The kind that `to_plain` wrote; raises PackError if it is none."""
    reading = Reading(_Nowhere(), typed=True)
    spec: KindSpec = reading.build(KindSpec, _rich(plain), ())
    if reading.problems:
        raise PackError(reading.problems)
    return spec


def digest_of(spec: KindSpec) -> str:
    """sha256 of a kind without its traces: they try a kind and do not change how its cases go."""
    return hashlib.sha256(canonical(to_plain(replace(spec, trace=())))).hexdigest()


def canonical(plain: object) -> bytes:
    """JSON in its one spelling."""
    return json.dumps(plain, ensure_ascii=False, sort_keys=True, separators=(",", ":")).encode()


class _Nowhere:
    """Values that stand in no file."""

    def key(self, path: Path) -> Position:
        """The way to a key instead of its line."""
        return Position(".".join(map(str, path)) or "kind")

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
