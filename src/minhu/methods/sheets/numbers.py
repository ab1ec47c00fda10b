"""Numbers as people write them: full width, thousands, 万 and 亿, percent, units, brackets for minus."""

import re
import unicodedata
from dataclasses import dataclass
from decimal import Decimal
from functools import lru_cache
from typing import Any

from minhu.methods.sheets.columns import Column, Type
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
MONEY = frozenset({"元", "美元", "欧元", "港元", "日元"})


@dataclass(frozen=True, slots=True)
class Measure:
    """A unit people write: how many of its base it holds (万元: 10,000 and 元)."""

    scale: Decimal
    base: str

    @classmethod
    @lru_cache(maxsize=1000)
    def of(cls, words: str) -> "Measure":
        """The measure in a unit such as 万元, 亿, 元 or %."""
        found = UNIT.fullmatch(unicodedata.normalize("NFKC", words).strip())
        scale, base = (found[1] or "", found[2].strip()) if found else ("", words)
        return cls(Decimal("0.01") if base == "%" else Decimal(SCALES[scale]), base)

    def takes(self, other: "Measure") -> bool:
        """Whether a number in another measure may stand here: one of the same base, a bare one, a share."""
        return other.base in {"", self.base} or (other.base == "%" and not self.base)


def number_of(raw: Any, column: Column, shown: str = "") -> Decimal:
    """The number in a cell, as it is kept. `shown` is the unit the heading of the sheet names, if another.

    Raises `Bad` (no_number, unit, digits_lost).
    """
    own = Measure.of(column.unit)
    if isinstance(raw, Percent):
        return kept(exact(raw.share), own, column) if own.base in {"", "%"} else refuse_unit(raw, "%", column)
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
    if not own.takes(written):
        return refuse_unit(raw, written.base, column)
    return kept(number * written.scale, own, column)


def refuse_unit(raw: Any, unit: str, column: Column) -> Decimal:
    """The refusal of a number in a unit that is not the column's, or of words after a number without one."""
    found = shortened(words_of(raw))
    if not column.unit:
        raise Bad("no_number", found=found)
    raise Bad("unit", found=found, unit=unit, wanted=column.unit)


def heading_unit(bracket: str, column: Column) -> str:
    """The unit the bracket of a heading names, "" for one that names none; `Bad` (unit) for a strange one."""
    own, named = Measure.of(column.unit), Measure.of(bracket)
    is_unit = named.scale != 1 or named.base in MONEY or named.base == own.base
    if column.type not in {Type.WHOLE, Type.DECIMAL} or not bracket or not is_unit:
        return ""
    if not own.takes(named):
        raise Bad("unit", found=bracket, unit=named.base, wanted=column.unit or "1")
    return bracket


def kept(whole: Decimal, own: Measure, column: Column) -> Decimal:
    """A number in base units as the column keeps it."""
    return whole / own.scale * column.factor if own.scale != 1 or column.factor != 1 else whole


def parsed(words: str) -> tuple[Decimal, str, str] | None:
    """The bare number in words, its scale (万) and its unit; None where there is no number."""
    if len(words) > MOST_SIGNS:
        return None
    tight = "".join(unicodedata.normalize("NFKC", words).split())
    found = NUMBER.fullmatch(tight)
    if found is None or bool(found["open"]) != bool(found["close"]):
        return None
    number = Decimal(found["digits"].replace(",", "") + (found["power"] or ""))
    signs = found["sign"] + found["late"]
    if len(signs) > 1:
        return None
    is_minus = signs in {"-", "−", "–"} or bool(found["open"])
    return (-number if is_minus else number), found["scale"] or "", found["unit"].strip()
