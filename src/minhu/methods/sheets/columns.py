"""What a sheet should hold: columns with their kind of value, and which of them name a row."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from enum import StrEnum
from typing import TypeAlias

Value: TypeAlias = str | int | Decimal | date | bool | tuple[str, ...] | None
BLANKS = re.compile(r"[\s\u200b-\u200d\ufeff_*＊:：·]+")
BRACKET = re.compile(r"[(（【\[][^()（）【】\[\]]*[)）】\]]$")


class Type(StrEnum):
    """Kinds of value: what the reader gives for a cell stands in `Column`."""

    TEXT = "text"
    LONG = "long"
    CODE = "code"
    WHOLE = "whole"
    DECIMAL = "decimal"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    LIST = "list"


@dataclass(frozen=True, slots=True)
class Choice:
    """One of the values a cell may hold: what we keep, what people write, and what else they write."""

    value: str
    title: str
    aliases: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Column:
    """A column. An empty cell gives None (LIST: an empty tuple); others give

    TEXT, LONG, CODE a str · WHOLE an int · DECIMAL a Decimal · DATE a date · CHOICE the str `value` of a
    choice · FLAG a bool · LIST a tuple of str (values of `choices` where there are any).

    `most` and `least`: characters of words, parts of a LIST. `low` and `high`: numbers, as kept, and days.
    `unit` is the unit people see; `factor` what a bare number is multiplied by to be kept (kept in 元, shown
    in 万元: 10000); `unit="%"` keeps 85 for 85 %. `places`: decimals a number may have, as kept. `month`: the
    day a date without one stands for: "first", "last", or "" to refuse it. `pattern`: what a CODE must
    match. `note` and `example` are for the people who fill the sheet in.
    """

    code: str
    title: str
    type: Type = Type.TEXT
    aliases: tuple[str, ...] = ()
    required: bool = False
    choices: tuple[Choice, ...] = ()
    most: int | None = None
    least: int | None = None
    low: Decimal | int | date | None = None
    high: Decimal | int | date | None = None
    unit: str = ""
    factor: Decimal | int = 1
    places: int | None = None
    month: str = ""
    pattern: str = ""
    note: str = ""
    example: str = ""

    def __post_init__(self) -> None:
        if self.type is Type.CHOICE and not self.choices:
            raise ValueError(f"Column {self.code}: a choice needs choices.")
        if self.month not in {"", "first", "last"}:
            raise ValueError(f"Column {self.code}: month is first, last or empty, not {self.month}.")

    @property
    def heading(self) -> str:
        """The title with its unit: 总投资（万元）."""
        unit = f"（{self.unit}）" if self.unit and self.unit not in self.title else ""
        return f"{self.title}{unit}"

    @property
    def names(self) -> tuple[str, ...]:
        """Everything the column may be called, the usual name first."""
        return (self.heading, self.title, *self.aliases, self.code)


@dataclass(frozen=True)
class Shape:
    """The columns of a sheet, in their order, and the codes of those that name a row together."""

    columns: tuple[Column, ...]
    key: tuple[str, ...] = ()
    name: str = "Sheet"
    by_code: dict[str, Column] = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        codes = {column.code: column for column in self.columns}
        if len(codes) != len(self.columns):
            raise ValueError("Two columns bear one code.")
        unknown = [code for code in self.key if code not in codes]
        if unknown:
            raise ValueError(f"The key names no column: {', '.join(unknown)}.")
        owners: dict[str, str] = {}
        for column in self.columns:
            for name in column.names:
                other = owners.setdefault(plain(name), column.code)
                if other != column.code:
                    raise ValueError(f"Columns {other} and {column.code} are both called {name}.")
        object.__setattr__(self, "by_code", codes)

    def __iter__(self) -> Iterator[Column]:
        return iter(self.columns)

    def __getitem__(self, code: str) -> Column:
        return self.by_code[code]


def plain(words: str) -> str:
    """Words as they are compared: full width and case made one, blanks, stars and colons gone."""
    return BLANKS.sub("", unicodedata.normalize("NFKC", words)).casefold()


def without_bracket(words: str) -> tuple[str, str]:
    """A heading and the bracket at its end, without its signs: 总投资(万元) is 总投资 and 万元."""
    found = BRACKET.search(words.strip())
    if not found:
        return words, ""
    return words.strip()[: found.start()], found.group()[1:-1].strip()
