"""Numbers as people write them: full width, thousands, 万 and 亿, percent, units, brackets for minus."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from minhu.methods.sheets.columns import Column
from minhu.methods.sheets.raws import Bad, Percent, exact, shortened, words_of

SCALES = {
    "": 1, "百": 100, "千": 1_000, "万": 10_000, "十万": 10**5, "百万": 10**6, "千万": 10**7, "亿": 10**8,
    "十亿": 10**9, "百亿": 10**10, "千亿": 10**11, "万亿": 10**12,
}  # fmt: skip
SCALE = "万亿|千亿|百亿|十亿|千万|百万|十万|亿|万|千|百"
UNIT = re.compile(rf"({SCALE})?(.*)", re.DOTALL)
NUMBER = re.compile(
    r"(?P<open>\()?(?P<sign>[-+−–]?)(?:¥|\$|€|CNY|RMB|人民币)?(?P<late>[-+−–]?)"
    r"(?P<digits>\d{1,3}(?:,\d{3})+(?:\.\d*)?|\d+(?:\.\d*)?|\.\d+)(?P<power>e[-+]?\d{1,3})?"
    rf"(?P<scale>{SCALE})?(?P<unit>[^\d()]*)(?P<close>\))?",
    re.IGNORECASE,
)
MOST_SIGNS = 80


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit people write: how many of its base it holds (万元: 10,000 and 元)."""

    scale: Decimal
    base: str

    @classmethod
    def of(cls, words: str) -> "Measure":
        """The measure in a unit such as 万元, 亿, 元 or %."""
        found = UNIT.fullmatch(unicodedata.normalize("NFKC", words).strip())
        scale, base = (found[1] or "", found[2].strip()) if found else ("", words)
        if base == "%":
            return cls(Decimal("0.01"), "")
        return cls(Decimal(SCALES[scale]), base)


def number_of(raw: Any, column: Column, shown: str = "") -> Decimal:
    """The number in a cell, as it is kept. `shown` is the unit the heading of the sheet names, if another.

    Raises `Bad` (no_number, unit, digits_lost).
    """
    own = Measure.of(column.unit)
    if isinstance(raw, Percent):
        return exact(raw.share) / own.scale * column.factor
    bare = Measure.of(shown) if shown else own
    if isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool):
        return kept(exact(raw) * bare.scale, own, column)
    found = parsed(words_of(raw))
    if found is None:
        raise Bad("no_number", found=shortened(words_of(raw)))
    number, scale, unit = found
    if not scale and not unit:
        return kept(number * bare.scale, own, column)
    written = Measure.of(f"{scale}{unit}")
    if written.base not in {"", own.base} and own.base:
        raise Bad("unit", found=shortened(words_of(raw)), unit=written.base, wanted=column.unit)
    if written.base and not own.base:
        raise Bad("no_number", found=shortened(words_of(raw)))
    return kept(number * written.scale, own, column)


def kept(whole: Decimal, own: Measure, column: Column) -> Decimal:
    """A number in base units as the column keeps it."""
    return whole / own.scale * column.factor if own.scale != 1 or column.factor != 1 else whole


def parsed(words: str) -> tuple[Decimal, str, str] | None:
    """The bare number in words, its scale (万) and its unit; None where there is no number."""
    tight = "".join(unicodedata.normalize("NFKC", words).split())
    found = NUMBER.fullmatch(tight) if len(tight) <= MOST_SIGNS else None
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    number = Decimal(found["digits"].replace(",", "") + (found["power"] or ""))
    signs = found["sign"] + found["late"]
    if len(signs) > 1:
        return None
    is_minus = signs in {"-", "−", "–"} or bool(found["open"])
    return (-number if is_minus else number), found["scale"] or "", found["unit"].strip()
