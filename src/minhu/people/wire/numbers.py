"""The limits of the API stand in the rulebook, which stands above: who mounts the API says how to read."""

from collections.abc import Callable
from datetime import date
from decimal import Decimal

TOKEN_DAYS = "api.token_days"  # noqa: S105 (a code, no secret)
PER_MINUTE = "api.requests_per_minute"
KEY_DAYS = "api.key_days"
Source = Callable[[str, date], Decimal | int]
_source: list[Source] = []


class Unset(LookupError):
    """A limit that the API needs and no pack has brought."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(f"the rulebook has no “{code}”: a pack's limits.toml must bring it")


def numbers_from(source: Source) -> None:
    """Read limits by this function (code, day) from now on; the last one named counts."""
    _source[:] = [source]


def number(code: str, on: date) -> int:
    """A limit as a whole number; raises what the source raises where it is missing."""
    if not _source:
        raise LookupError(f"nobody said where to read {code!r}: mount the API (site/api.py)")
    try:
        return int(_source[0](code, on))
    except LookupError as missing:
        raise Unset(code) from missing
