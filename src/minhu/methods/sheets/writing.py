"""Write rows as a workbook or CSV that `read` takes back unchanged."""

import csv
import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from decimal import Decimal
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_range_abs
from xlsxwriter.worksheet import Worksheet

from minhu.methods.sheets.answers import Say
from minhu.methods.sheets.cells import NOTHING, SEPARATORS
from minhu.methods.sheets.columns import Column, Shape, Type, Value
from minhu.methods.sheets.delimited import escaped_formula
from minhu.methods.sheets.headings import MORE
from minhu.methods.sheets.paper import Paper, spoken
from minhu.methods.sheets.raws import clean, one_line, words_of
from minhu.methods.sheets.wording import PAPER

WIDTHS = {Type.LONG: 48, Type.DATE: 12, Type.FLAG: 8, Type.WHOLE: 12, Type.DECIMAL: 14, Type.LIST: 28}
PLAIN_WIDTH = 20
BELOW = 1_000  # empty rows that still offer choices
LISTS_FROM = 8  # column of the notes sheet where the lists of choices begin
MOST_HINT = 255


def write(
    shape: Shape,
    rows: Iterable[Mapping[str, Value]],
    *,
    title: str = "",
    say: Say | None = None,
) -> bytes:
    """Write an .xlsx: a heading, rows by code of column, lists to choose from, a sheet that explains all.

    Words stay words whatever they begin with. `title` stands in a row above; `say` translates `PAPER`.
    Raises `Unwritable` for words of more than 32,767 characters.
    """
    with Paper() as paper:
        page = paper.page(shape.name)
        top, last = fill(paper, page, shape, rows, clean(title))
        lists = write_notes(paper, shape, spoken(say))
        for place, column in enumerate(shape):
            offer(page, column, (top + 1, last + BELOW, place), lists, spoken(say))
    return paper.done()


def fill(
    paper: Paper, page: Worksheet, shape: Shape, rows: Iterable[Mapping[str, Value]], title: str
) -> tuple[int, int]:
    """Write title, heading and rows; gives the places of the heading and of the last row."""
    top = int(bool(title))
    for place, column in enumerate(shape):
        page.set_column(place, place, width_of(column))
    if title:
        page.write_string(0, 0, title, paper.title)
    for place, column in enumerate(shape):
        paper.head(page, (top, place), column.heading, "needed" if column.required else "head")
    page.freeze_panes(top + 1, 1)
    page.repeat_rows(top)
    last, shown = top, [(column.code, shower_of(column)) for column in shape]
    for last, row in enumerate(rows, top + 1):
        for place, (code, show) in enumerate(shown):
            paper.put(page, (last, place), show(row.get(code)))
    page.autofilter(top, 0, max(last, top + 1), len(shape.columns) - 1)
    return top, last


def write_csv(shape: Shape, rows: Iterable[Mapping[str, Value]]) -> bytes:
    """Write CSV in UTF-8 with its mark, as spreadsheets expect it; words like formulas get an apostrophe."""
    stream = io.StringIO(newline="")
    lines = csv.writer(stream)
    lines.writerow([column.heading for column in shape])
    shown = [(column, shower_of(column)) for column in shape]
    for row in rows:
        lines.writerow([csv_words(show(row.get(column.code)), column) for column, show in shown])
    return b"\xef\xbb\xbf" + stream.getvalue().encode()


def csv_words(raw: Any, column: Column) -> str:
    """One cell of CSV; numbers keep their minus."""
    is_number = column.type in {Type.WHOLE, Type.DECIMAL}
    return words_of(raw) if is_number else escaped_formula(words_of(raw))


def shower_of(column: Column) -> Callable[[Any], Any]:
    """A function from a value to what its cell shows."""
    titles = {choice.value: choice.title for choice in column.choices}
    if column.type is Type.CHOICE:
        return lambda value: titles.get(value, value)
    if column.type is Type.LIST:
        return lambda value: joined([titles.get(part, part) for part in value or ()])
    if column.type is Type.FLAG:
        return lambda value: None if value is None else words_of(bool(value))
    if column.type in {Type.WHOLE, Type.DECIMAL}:
        return lambda value: None if value is None else shown_number(value, column)
    if column.type is Type.DATE:
        return lambda value: value if value is None or isinstance(value, date) else words_of(value)
    return lambda value: None if value is None else clean(words_of(value)) or None


def shown_number(value: Any, column: Column) -> Any:
    """A number in the unit people see."""
    return value if column.factor == 1 else Decimal(value) / column.factor


def joined(parts: Sequence[str]) -> str | None:
    """The parts of a list in one cell: by 、, or by lines where a part holds such a sign itself."""
    named = [part for part in (one_line(clean(part)) for part in parts) if part]
    if not named:
        return None
    if any(SEPARATORS.search(part) or part.casefold() in NOTHING for part in named):
        return "\n".join(named) + "\n" * (len(named) == 1)
    return "、".join(named)


def width_of(column: Column) -> float:
    """How wide a column should be, in digits."""
    longest = max((len(choice.title) for choice in column.choices), default=0)
    usual = WIDTHS.get(column.type, PLAIN_WIDTH)
    return min(max(usual, 2 * min(len(column.heading), 10) + 2, 2 * min(longest, 14) + 4), 60)


def write_notes(paper: Paper, shape: Shape, say: Say) -> dict[str, str]:
    """A sheet that explains every column; gives the ranges of choices by code."""
    page = paper.page(f"{MORE} {say(PAPER['notes'])}")
    heads = [say(PAPER[name]) for name in ("heading", "kind", "needed", "choices", "note")]
    for place, (words, width) in enumerate(zip(heads, (24, 28, 8, 48, 60), strict=True)):
        page.set_column(place, place, width)
        paper.head(page, (0, place), words)
    choosing = [column for column in shape if column.choices]
    depth = max([len(shape.columns), *(len(column.choices) for column in choosing)])
    page.set_column(LISTS_FROM, LISTS_FROM + len(choosing), None, None, {"hidden": True})
    for row in range(1, depth + 1):
        if row <= len(shape.columns):
            for place, words in enumerate(note_words(shape.columns[row - 1], say)):
                paper.put(page, (row, place), words)
        for place, column in enumerate(choosing, LISTS_FROM):
            if row <= len(column.choices):
                paper.put(page, (row, place), column.choices[row - 1].title)
    name = quote_sheetname(page.get_name())
    return {
        column.code: f"={name}!{xl_range_abs(1, place, len(column.choices), place)}"
        for place, column in enumerate(choosing, LISTS_FROM)
    }


def note_words(column: Column, say: Say) -> list[str]:
    """What the notes say of a column: its name, kind, whether it is required, choices, note and example."""
    choices = "、".join(choice.title for choice in column.choices[:50])
    more = "…" if len(column.choices) > 50 else ""
    note = "\n".join(part for part in (column.note, column.example) if part)
    return [
        column.heading, say(PAPER[column.type.value]), say(PAPER["yes"]) if column.required else "",
        choices + more, note,
    ]  # fmt: skip


def offer(
    page: Worksheet, column: Column, span: tuple[int, int, int], lists: Mapping[str, str], say: Say
) -> None:
    """Let the cells of a column (first row, last row, place) be chosen from a list."""
    source: Any = ["是", "否"] if column.type is Type.FLAG else lists.get(column.code)
    if source is None or column.type is Type.LIST:
        return
    hint = (column.note or say(PAPER["pick"]))[:MOST_HINT]
    rule = {"validate": "list", "source": source, "input_message": hint, "error_message": say(PAPER["pick"])}
    page.data_validation(span[0], span[2], span[1], span[2], rule)
