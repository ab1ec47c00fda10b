"""Single values: from TOML's types and from CSV's text to what a field asks for."""

from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal, InvalidOperation

YES = {"true", "yes", "1", "是"}
NO = {"false", "no", "0", "否", ""}


class Unfit(Exception):
    """A value that does not fit, with a hint."""

    def __init__(self, message: str, hint: str = "") -> None:
        super().__init__(message)
        self.hint = hint


def shown(value: object) -> str:
    """A value as an error quotes it."""
    words = f"“{value}”" if isinstance(value, str) else str(value)
    return words if len(words) <= 60 else words[:57] + "…”"


def to_text(value: object, _typed: bool) -> str:
    """Text stays text; numbers and dates are not quietly turned into it."""
    if isinstance(value, str):
        return value
    raise Unfit(f"{shown(value)} is not text", 'put it in " "')


def to_int(value: object, typed: bool) -> int:
    """A whole number."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    if isinstance(value, str) and not typed and value.lstrip("+-").isdecimal():
        return int(value)
    hint = 'write it without " "' if isinstance(value, str) and typed else ""
    raise Unfit(f"{shown(value)} is not a whole number", hint)


def to_decimal(value: object, typed: bool) -> Decimal:
    """A number, exactly as written."""
    if isinstance(value, int | Decimal) and not isinstance(value, bool):
        number = Decimal(value)
    elif isinstance(value, str) and not typed:
        try:
            number = Decimal(value)
        except InvalidOperation:
            raise Unfit(f"{shown(value)} is not a number") from None
    else:
        raise Unfit(f"{shown(value)} is not a number", 'write it without " "' if typed else "")
    if not number.is_finite():
        raise Unfit(f"{shown(value)} is not a number")
    return number


def to_bool(value: object, typed: bool) -> bool:
    """True or false."""
    if isinstance(value, bool):
        return value
    if isinstance(value, str) and not typed and value.lower() in YES | NO:
        return value.lower() in YES
    raise Unfit(f"{shown(value)} is neither true nor false", "write true or false, without quotes")


def to_date(value: object, _typed: bool) -> date:
    """A day, written 2024-03-31."""
    if isinstance(value, date) and not isinstance(value, datetime):
        return value
    try:
        if isinstance(value, str) and len(value) == 10:
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise Unfit(f"{shown(value)} is not a day", "write it like 2024-03-31")


SCALARS: dict[object, Callable[[object, bool], object]] = {
    str: to_text,
    int: to_int,
    Decimal: to_decimal,
    bool: to_bool,
    date: to_date,
    object: lambda value, _typed: value,
}
