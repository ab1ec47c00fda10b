"""Values of a table: decimal numbers, strings, booleans, dates, and null."""

from datetime import date, datetime
from decimal import Context, Decimal
from enum import StrEnum

Value = Decimal | str | bool | date | None

ARITHMETIC = Context(prec=34)
"""Decimal128, as DMN counts."""


class Type(StrEnum):
    """What a column holds, by FEEL's names."""

    NUMBER = "number"
    STRING = "string"
    BOOLEAN = "boolean"
    DATE = "date"


def type_of(value: object) -> Type | None:
    """The type of a value; None if it is none of ours. A float is none: it has lost digits already."""
    if isinstance(value, bool):
        return Type.BOOLEAN
    if isinstance(value, int | Decimal):
        return Type.NUMBER if not isinstance(value, Decimal) or value.is_finite() else None
    if isinstance(value, str):
        return Type.STRING
    return Type.DATE if isinstance(value, date) and not isinstance(value, datetime) else None


def spell(value: Value | int) -> str:
    """A value as FEEL writes it."""
    if value is None:
        return "null"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'
    if isinstance(value, date):
        return f'date("{value.isoformat()}")'
    return format(value, "f") if isinstance(value, Decimal) else str(value)
