"""A cell before it has a meaning: what readers hand over, and how it looks in words."""

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

# XML takes no control signs but these two, and no lone surrogates; spreadsheets neither.
CONTROL = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x84\x86-\x9f\ud800-\udfff\ufffe\uffff]")
EDGES = " \t\r\n\u3000\xa0\u200b\u200c\u200d\ufeff\x85\u2028\u2029"
EXACT = 10**15  # spreadsheets keep fifteen digits


@dataclass(frozen=True, slots=True)
class Percent:
    """A number shown with a percent sign: 0.85 for 85 %."""

    share: float


@dataclass(frozen=True, slots=True)
class Failed:
    """A formula that gives an error (#REF!), or, without words, one that nobody has computed."""

    words: str


class Bad(Exception):
    """A cell that cannot be read: the short name of the reason and the facts that fill its sentence."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(why)
        self.why = why
        self.facts = facts


def words_of(raw: Any) -> str:
    """A cell as a person sees it."""
    if raw is None:
        return ""
    if isinstance(raw, str):
        return raw
    if isinstance(raw, bool):
        return "是" if raw else "否"
    if isinstance(raw, Percent):
        return f"{exact(raw.share) * 100:f}%"
    if isinstance(raw, Failed):
        return raw.words
    if isinstance(raw, (int, float, Decimal)):
        return f"{exact(raw):f}"
    return day_words(raw)


def day_words(raw: date | datetime | time | timedelta) -> str:
    """A day, with its time where it has one."""
    if isinstance(raw, datetime):
        return f"{raw:%Y-%m-%d %H:%M:%S}" if raw.time() != time() else f"{raw:%Y-%m-%d}"
    return raw.isoformat() if isinstance(raw, (date, time)) else str(raw)


def exact(number: int | float | Decimal) -> Decimal:
    """A number as a spreadsheet shows it: fifteen digits, no tails of binary fractions."""
    if not isinstance(number, float):
        return Decimal(number)
    short = Decimal(format(number, ".15g"))
    return short.quantize(Decimal(1)) if short == short.to_integral_value() and abs(short) < EXACT else short


def clean(words: str) -> str:
    """Words without control signs and blanks at the edges; line breaks made one kind."""
    if words.isprintable():
        return words.strip(EDGES)
    plain = words.replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", plain).strip(EDGES)


def one_line(words: str) -> str:
    """Words on one line: Chinese put together, others with a blank between."""
    if "\n" not in words:
        return words
    out = ""
    for line in (part.strip(EDGES) for part in words.split("\n")):
        gap = " " if out[-1:].isascii() and line[:1].isascii() else ""
        out = f"{out}{gap}{line}" if out and line else out or line
    return out


def shortened(words: str, most: int = 40) -> str:
    """Words short enough to stand in a sentence."""
    flat = " ".join(CONTROL.sub("", words).split())
    return flat if len(flat) <= most else f"{flat[:most]}…"
