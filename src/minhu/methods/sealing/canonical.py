"""One spelling of plain values, so that the same entry gives the same bytes on every machine and database."""

import json
import math
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum

SPELL = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False).encode
"""Made once: json.dumps would make it anew for every entry."""
Json = None | bool | int | float | str | list["Json"] | dict[str, "Json"]


class NotPlain(ValueError):
    """A value that has no single plain spelling; the message says where it stands and what to give."""


def _text(value: str, where: str) -> str:
    """Text that every database can hold: no NUL, no half of a character."""
    if "\x00" in value:
        raise NotPlain(f"{where}: a text holds the character NUL, which no database keeps: remove it")
    try:
        value.encode()
    except UnicodeEncodeError as wrong:
        raise NotPlain(
            f"{where}: a text holds half of a character (at {wrong.start}): decode it again"
        ) from None
    return value


def _number(value: float, where: str) -> int | float:
    """Whole numbers are whole, whatever way a database hands them back."""
    if not math.isfinite(value):
        raise NotPlain(f"{where}: {value!r} is not a number: give None or a text")
    return int(value) if value == int(value) else value


def _scalar(value: object, where: str) -> Json:
    """The plain form of a value that holds no others."""
    if isinstance(value, Enum):
        return _scalar(value.value, where)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return _text(str(value), where)
    if isinstance(value, int | float):
        return int(value) if isinstance(value, int) else _number(value, where)
    return _written(value, where)


def _written(value: object, where: str) -> str:
    """Dates and decimals as text; anything else is refused."""
    if isinstance(value, datetime):
        return instant(value, where)
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, Decimal):
        return str(value)
    kind = type(value).__name__
    raise NotPlain(
        f"{where}: {kind} is not a plain value: give text, numbers, dates, lists or mappings of them"
    )


def instant(value: datetime, where: str = "time") -> str:
    """A moment as text: UTC, microseconds always written."""
    if value.tzinfo is None:
        raise NotPlain(f"{where}: {value} does not say in which time zone: give an aware datetime")
    return value.astimezone(UTC).isoformat(timespec="microseconds")


def plain(value: object, where: str = "payload") -> Json:
    """The plain form of a value: mappings with text keys, lists, text, numbers, booleans, None.

    Dates and decimals become text, whole floats become integers (PostgreSQL's jsonb would do so in its own
    way). Raises NotPlain naming the place (`payload.milestone[2].due_on`) and what to give instead.
    """
    try:
        return _quick(value)
    except _Other:
        return _careful(value, where)


class _Other(Exception):
    """Something that must be looked at with care: nearly every value is a plain one of Python's own types."""


def _quick(value: object) -> Json:
    """The plain form without naming places; whatever is not plain at first sight raises _Other."""
    kind = type(value)
    if kind is str:
        return _quick_text(value)  # type: ignore[arg-type]
    if value is None or kind is int or kind is bool:
        return value  # type: ignore[return-value]
    if kind is list or kind is tuple:
        return [_quick(item) for item in value]  # type: ignore[attr-defined]
    if kind is dict:
        pairs = value.items()  # type: ignore[attr-defined]
        return {_quick_text(key): _quick(item) for key, item in pairs}
    if kind is datetime and value.tzinfo is not None:  # type: ignore[attr-defined]
        return instant(value)  # type: ignore[arg-type]
    raise _Other


def _quick_text(value: str) -> str:
    """A text that surely every database can hold."""
    if type(value) is str and "\x00" not in value and (value.isascii() or value.isprintable()):
        return value
    raise _Other


def _careful(value: object, where: str) -> Json:
    """The plain form of any value, its place told in what is refused."""
    if isinstance(value, Mapping):
        for key in value:
            if not isinstance(key, str):
                raise NotPlain(f"{where}: the key {key!r} is not a text")
        return {_text(str(key), where): _careful(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, Sequence) and not isinstance(value, str | bytes):
        return [_careful(item, f"{where}[{number}]") for number, item in enumerate(value)]
    return _scalar(value, where)


def canonical(value: object, where: str = "entry") -> bytes:
    """The one spelling of a value as bytes: JSON in UTF-8, keys sorted, no blanks (after RFC 8785).

    Unlike RFC 8785 keys are sorted by code point and numbers are written as Python writes them; both are
    stable for the values `plain` lets through. Raises NotPlain.
    """
    return SPELL(plain(value, where)).encode()
