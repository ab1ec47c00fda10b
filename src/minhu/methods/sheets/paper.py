"""A workbook being written: its formats, names of sheets, and cells that are never computed."""

import io
from collections.abc import Callable
from datetime import date, datetime
from decimal import Decimal
from typing import Any

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from minhu.methods.sheets.raws import CONTROL, Percent, exact, words_of

MOST_SIGNS = 32_767  # of a cell
FIRST_DAY = date(1900, 3, 1)  # spreadsheets count a 29 February 1900 before it
MADE = datetime(2000, 1, 1)  # the same rows give the same bytes
BASE = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1, "border_color": "#C5CCD3"}
BAD = {"bg_color": "#F6D9D6", "border_color": "#A8322A"}
HEAD = {"bold": True, "text_wrap": True, "bg_color": "#F0F2F4", "valign": "vcenter", "num_format": "@"}
LOOKS: dict[str, dict[str, Any]] = {
    "words": {"text_wrap": True, "num_format": "@"},
    "number": {"num_format": "General"},
    "percent": {"num_format": "0.##%"},
    "day": {"num_format": "yyyy-mm-dd", "align": "left"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm:ss", "align": "left"},
    "head": {"bold": True, "text_wrap": True, "bg_color": "#F0F2F4", "valign": "vcenter", "num_format": "@"},
    "needed": {
        "bold": True,
        "text_wrap": True,
        "bg_color": "#DDE6F0",
        "valign": "vcenter",
        "num_format": "@",
    },
}


class Unwritable(ValueError):
    """A value no cell can hold, with its place."""


class Paper:
    """A workbook that is filled row by row; rows wait in a temporary file, which goes when the block ends."""

    def __init__(self) -> None:
        self.stream = io.BytesIO()
        options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        self.book = Workbook(self.stream, options)
        self.book.set_properties({"created": MADE})
        self.looks: dict[str, Format] = {
            name: self.book.add_format(BASE | look) for name, look in LOOKS.items()
        }
        self.bad = {name: self.book.add_format(BASE | look | BAD) for name, look in LOOKS.items()}
        self.plain = self.book.add_format({"font_name": "宋体", "font_size": 10, "num_format": "@"})
        self.title = self.book.add_format({"font_name": "黑体", "font_size": 14, "bold": True})

    def formats(self, more: dict[str, Any]) -> dict[str, Format]:
        """The looks of cells by name."""
        return {name: self.book.add_format(BASE | look | more) for name, look in LOOKS.items()}

    def page(self, name: str) -> Worksheet:
        """A new sheet that prints on A4 across."""
        taken = {page.get_name().casefold() for page in self.book.worksheets()}
        page = self.book.add_worksheet(sheet_name(name, taken))
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        return page

    def put(self, page: Worksheet, place: tuple[int, int], raw: Any, *, is_bad: bool = False) -> None:
        """Write one raw cell at (row, column), counted from 0; raise `Unwritable` for what is too long."""
        looks = self.bad if is_bad else self.looks
        row, column = place
        if raw is None or raw == "":
            page.write_blank(row, column, None, looks["words"])
        elif isinstance(raw, Percent):
            page.write_number(row, column, raw.share, looks["percent"])
        elif isinstance(raw, (int, float, Decimal)) and not isinstance(raw, bool) and fits(raw):
            page.write_number(row, column, float(raw), looks["number"])
        elif isinstance(raw, date) and (raw.date() if isinstance(raw, datetime) else raw) >= FIRST_DAY:
            is_moment = isinstance(raw, datetime) and raw.time() != MADE.time()
            page.write_datetime(row, column, raw, looks["moment" if is_moment else "day"])
        else:
            page.write_string(row, column, written(words_of(raw), place), looks["words"])

    def head(self, page: Worksheet, place: tuple[int, int], words: str, look: str = "head") -> None:
        """Write a heading."""
        page.write_string(place[0], place[1], written(words, place), self.looks[look])

    def __enter__(self) -> "Paper":
        return self

    def __exit__(self, *_error: object) -> None:
        self.book.close()

    def done(self) -> bytes:
        """The workbook as bytes, after its block."""
        return self.stream.getvalue()


def fits(number: int | float | Decimal) -> bool:
    """Whether a spreadsheet keeps every digit of a number."""
    try:
        return exact(float(number)) == exact(number)
    except OverflowError:
        return False


def written(words: str, place: tuple[int, int]) -> str:
    """Words as a cell holds them: they begin as they begin, for nothing here is ever computed."""
    kept = CONTROL.sub("", words)
    if len(kept) > MOST_SIGNS:
        raise Unwritable(
            f"Row {place[0] + 1}, column {place[1] + 1}: {len(kept)} characters do not fit a cell."
        )
    return kept


def sheet_name(words: str, taken: set[str]) -> str:
    """A name spreadsheets take: no []:*?/\\, at most 31 characters, none twice."""
    bare = "".join(sign for sign in words if sign not in "[]:*?/\\").strip("' ")[:31] or "Sheet"
    name, number = bare, 1
    while name.casefold() in taken:
        number += 1
        name = f"{bare[:27]} {number}"
    return name


def spoken(say: Callable[[str], str] | None) -> Callable[[str], str]:
    """The given translation, or English."""
    return say or str
