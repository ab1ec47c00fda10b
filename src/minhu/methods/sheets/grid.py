"""The cells of a sheet, row by row as they come: values, errors, what is hidden and merged."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from functools import lru_cache
from math import isfinite
from typing import Any

from minhu.methods.sheets.answers import Limits, Raw, Refused, letters
from minhu.methods.sheets.raws import Failed, Percent
from minhu.methods.sheets.workbook import LONGEST, Page, Workbook, unescaped, whole

NUMBER = re.compile(r"[-+]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][-+]?[0-9]{1,3})?")
MOST_PLACES = 20_000
MOST_MERGED = 20_000
MOST_FILLED = 200_000
SECTION = 0.6  # a cell merged across this share of the columns is a title


@dataclass
class Grid:
    """A table of raw cells: number of a row → its cells, None for empty ones; blank rows are not kept."""

    rows: dict[int, list[Raw]] = field(default_factory=dict)
    hidden_rows: list[int] = field(default_factory=list)
    hidden_columns: set[int] = field(default_factory=set)
    merged: list[tuple[int, int, int, int]] = field(default_factory=list)  # top, left, bottom, right
    sections: list[int] = field(default_factory=list)  # rows that are one cell across: titles
    formulas: int = 0
    encoding: str = ""

    def fill(self) -> int:
        """Give every cell of a merged block the value of its first; how many cells that were."""
        filled, visited = 0, 0
        width = max(map(len, self.rows.values()), default=0)
        for top, left, bottom, right in self.merged:
            head = self.rows.get(top, [])
            value = head[left] if left < len(head) else None
            if top == bottom and right - left + 1 >= max(SECTION * width, 2):
                self.sections.append(top)
                continue
            for number in range(top, bottom + 1) if value is not None else ():
                filled += self.fill_row(number, left, right, value)
                visited += 1
                if visited > MOST_FILLED:
                    return filled
        return filled

    def fill_row(self, number: int, left: int, right: int, value: Raw) -> int:
        """Fill the empty cells of one row of a block."""
        row = self.rows.get(number)
        if row is None:
            return 0  # a row with nothing of its own stays blank
        row.extend([None] * (right + 1 - len(row)))
        empty = [place for place in range(left, right + 1) if row[place] is None]
        for place in empty:
            row[place] = value
        return len(empty)


@dataclass
class Walk:
    """The state of one pass over a sheet."""

    book: Workbook
    limits: Limits
    grid: Grid
    row: list[Raw] = field(default_factory=list)
    number: int = 0
    place: int = -1
    kind: str = ""
    style: int = -1
    inside: str = ""
    text: list[str] = field(default_factory=list)
    has_formula: bool = False
    is_phonetic: bool = False
    is_hidden: bool = False
    length: int = 0
    cells: int = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self.start_cell(attributes)
        elif name in {"v", "t"}:
            self.inside = name
        elif name == "f":
            self.has_formula = True
        elif name == "row":
            self.start_row(attributes)
        elif name == "rPh":
            self.is_phonetic = True
        elif name == "mergeCell":
            self.merge(attributes.get("ref", ""))
        elif name == "col" and attributes.get("hidden") in {"1", "true"}:
            first, last = whole(attributes.get("min")) - 1, whole(attributes.get("max")) - 1
            self.grid.hidden_columns.update(range(max(first, 0), min(last, self.limits.columns) + 1))

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2] if ":" in tag else tag
        if name == "c":
            self.end_cell()
        elif name in {"v", "t"}:
            self.inside = ""
        elif name == "row":
            self.end_row()
        elif name == "rPh":
            self.is_phonetic = False

    def words(self, more: str) -> None:
        """Words within an element."""
        if self.inside and not self.is_phonetic:
            self.text.append(more)
            self.length += len(more)
            if self.length > LONGEST:
                raise Refused("broken", part=f"row {self.number}")

    def start_row(self, attributes: dict[str, str]) -> None:
        """A row begins; one without a number follows the one before."""
        number = whole(attributes.get("r"))
        if number != -1 and number <= self.number:
            raise Refused("broken", part=f"row {number}")
        self.number = number if number != -1 else self.number + 1
        self.row, self.place = [], -1
        self.is_hidden = attributes.get("hidden") in {"1", "true"}

    def start_cell(self, attributes: dict[str, str]) -> None:
        """A cell begins; one without a reference follows the one before."""
        reference = attributes.get("r")
        self.place = column_of(reference) if reference else self.place + 1
        self.kind, self.style = attributes.get("t", "n"), whole(attributes.get("s"))
        self.text.clear()
        self.length = 0
        self.has_formula = False

    def end_cell(self) -> None:
        """A cell ends: keep its value, unless it is empty."""
        value = self.value("".join(self.text)) if self.text else None
        if self.has_formula:
            self.grid.formulas += 1
            value = Failed("") if value is None and self.kind != "str" else value
        if value is None:
            return
        if self.place >= self.limits.columns:
            raise Refused("wide", cell=f"{letters(self.place)}{self.number}", most=self.limits.columns)
        if self.place >= len(self.row):
            self.row.extend([None] * (self.place + 1 - len(self.row)))
        self.row[self.place] = value

    def end_row(self) -> None:
        """A row ends: keep it unless it is blank."""
        if not any(cell is not None for cell in self.row):
            return
        if len(self.grid.rows) >= self.limits.rows + self.limits.heading_within:
            raise Refused("many", most=self.limits.rows)
        self.cells += len(self.row)
        if self.cells > self.limits.cells:
            raise Refused("full", most=self.limits.cells)
        self.grid.rows[self.number] = self.row
        if self.is_hidden:
            self.grid.hidden_rows.append(self.number)

    def value(self, words: str) -> Raw:
        """The value of a cell by its type."""
        kind = self.kind
        if kind == "s":
            place = whole(words.strip())
            if not 0 <= place < len(self.book.shared):
                raise Refused("broken", part="xl/sharedStrings.xml")
            return self.book.shared[place] or None
        if kind in {"inlineStr", "str"}:
            return unescaped(words) or None
        if kind == "b":
            return words.strip() in {"1", "true"}
        if kind == "e":
            return Failed(words.strip())
        return iso_day(words) if kind == "d" else self.number_value(words)

    def number_value(self, words: str) -> Raw:
        """A number, or what its format makes of it."""
        if not NUMBER.fullmatch(words.strip()):
            return words.strip() or None
        number: float | int = int(words) if words.isdecimal() and len(words) < 16 else float(words)
        if not isfinite(number):
            return words.strip()
        shows = self.book.formats[self.style] if 0 <= self.style < len(self.book.formats) else ""
        if shows == "day" or (shows == "time" and number >= 1):
            return self.book.moment(number)
        if shows == "time":
            moment = self.book.moment(number)
            return moment.time() if isinstance(moment, datetime) else number
        return Percent(number) if shows == "percent" else number

    def merge(self, reference: str) -> None:
        """A merged block."""
        first, _colon, last = reference.partition(":")
        if len(self.grid.merged) < MOST_MERGED and first and last:
            block = (row_of(first), column_of(first), row_of(last), column_of(last))
            if block[3] < self.limits.columns and block[0] <= block[2]:
                self.grid.merged.append(block)


def grid_of(book: Workbook, page: Page, limits: Limits) -> Grid:
    """Read one sheet."""
    walk = Walk(book, limits, Grid())
    book.package.walk(page.part, walk.start, walk.end, walk.words)
    return walk.grid


def column_of(reference: str) -> int:
    """The column of a reference such as AB12, counted from 0."""
    return place_of(reference.rstrip("0123456789"))


@lru_cache(maxsize=20_000)
def place_of(name: str) -> int:
    """The place of a column such as AB, counted from 0; what names none stands beyond every sheet."""
    place = 0
    for sign in name.replace("$", "").upper():
        if not "A" <= sign <= "Z" or place > MOST_PLACES:
            return MOST_PLACES
        place = place * 26 + ord(sign) - 64
    return place - 1 if place else MOST_PLACES


def row_of(reference: str) -> int:
    """The row of a reference such as AB12."""
    return whole(reference.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ$").strip("$"))


def iso_day(words: str) -> Any:
    """A day and time in ISO 8601 (cells of type d); midnight is the day alone."""
    try:
        return datetime.fromisoformat(words.strip())
    except ValueError:
        return words.strip() or None
