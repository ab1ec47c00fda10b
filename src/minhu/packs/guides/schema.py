"""JSON Schema 2020-12 of the guide format, made from the dataclasses, so that it cannot say otherwise."""

import json
from collections.abc import Iterator
from dataclasses import MISSING, fields, is_dataclass
from datetime import date
from decimal import Decimal
from enum import Enum
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints

from minhu.packs.guides.specs import BEARERS, ELEMENTS, ITEMS, MATERIALS, THINGS

SECTIONS = (BEARERS, ELEMENTS, MATERIALS, ITEMS, THINGS)
PLAIN: dict[object, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    bool: {"type": "boolean"},
    Decimal: {"type": "number"},
    date: {"type": "string", "format": "date"},
}


def schema() -> dict[str, Any]:
    """The schema of a file of guides: any of the arrays `bearer`, `element`, `material`, `item`, `thing`.

    Returns plain JSON. What a file says in TOML it may say in JSON; days are text like 2026-01-31.
    """
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Item guides and one-things",
        "type": "object",
        "additionalProperties": False,
        "properties": {one.singular: {"type": "array", "items": _kind(one.type)} for one in SECTIONS},
        "$defs": {kind.__name__: _object(kind) for kind in _reached()},
    }


def written() -> str:
    """The schema as the docs hold it."""
    return json.dumps(schema(), ensure_ascii=False, indent=1) + "\n"


def _reached() -> Iterator[type]:
    """Every dataclass of the format, each once, in the order in which it is met."""
    seen: dict[type, None] = {}
    waiting: list[type] = [one.type for one in SECTIONS]
    while waiting:
        kind = waiting.pop(0)
        if kind not in seen:
            seen[kind] = None
            waiting += [part for hint in get_type_hints(kind).values() for part in _classes(hint)]
    yield from seen


def _classes(hint: object) -> list[type]:
    """The dataclasses inside a type."""
    if isinstance(hint, type) and is_dataclass(hint):
        return [hint]
    return [found for inner in get_args(hint) for found in _classes(inner)]


def _object(kind: type) -> dict[str, Any]:
    """A dataclass as an object; a field without a default is required."""
    hints = get_type_hints(kind)
    needed = [one.name for one in fields(kind) if one.default is MISSING and one.default_factory is MISSING]
    return {
        "description": " ".join((kind.__doc__ or "").split()),
        "type": "object",
        "additionalProperties": False,
        "required": needed,
        "properties": {name: _filled(_kind(hints[name]), name in needed) for name in hints},
    }


def _filled(said: dict[str, Any], needed: bool) -> dict[str, Any]:
    """Text that is required may not be blank."""
    return {**said, "pattern": r"\S"} if needed and said == PLAIN[str] else said


def _kind(hint: object) -> dict[str, Any]:
    """A type as a schema."""
    if get_origin(hint) in (Union, UnionType):
        return _kind(next(one for one in get_args(hint) if one is not NoneType))
    if get_origin(hint) is tuple:
        return {"type": "array", "items": _kind(get_args(hint)[0])}
    if get_origin(hint) is Literal:
        return {"enum": list(get_args(hint))}
    if isinstance(hint, type) and issubclass(hint, Enum):
        return {"enum": [str(one.value) for one in hint]}
    if isinstance(hint, type) and is_dataclass(hint):
        return {"$ref": f"#/$defs/{hint.__name__}"}
    return dict(PLAIN[hint])
