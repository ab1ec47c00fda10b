"""CSV as rows of raw cells: encoding and separator found, escapes of formulas taken off."""

import csv
import io
from collections import Counter
from collections.abc import Iterator
from math import prod

from minhu.methods.sheets.answers import Limits, Refused, letters
from minhu.methods.sheets.grid import Grid
from minhu.methods.text import Unreadable, decode

FORMULA = ("=", "+", "-", "@", "\t", "\r")
SEPARATORS = (",", "\t", ";", "，")
ENCODINGS = ((b"\xef\xbb\xbf", "UTF-8"), (b"\xff\xfe", "UTF-16"), (b"\xfe\xff", "UTF-16"))
LONGEST_CELL = 1_000_000


def csv_grid(data: bytes, limits: Limits) -> Grid:
    """Read CSV; every cell is words. Raises `Refused` (no_text, empty, quotes, many, wide)."""
    try:
        words = decode(data).removeprefix("\ufeff")
    except Unreadable as error:
        raise Refused("empty" if not data.strip() else "no_text", offset=error.offset) from error
    grid, filled = Grid(encoding=encoding_of(data)), 0
    for number, cells in rows_of(words):
        if len(cells) > limits.columns and any(map(str.strip, cells[limits.columns :])):
            raise Refused("wide", cell=f"{letters(limits.columns)}{number}", most=limits.columns)
        if not any(map(str.strip, cells)):
            continue
        if len(grid.rows) >= limits.rows + limits.heading_within:
            raise Refused("many", most=limits.rows)
        filled += min(len(cells), limits.columns)
        if filled > limits.cells:
            raise Refused("full", most=limits.cells)
        grid.rows[number] = [unescaped_formula(cell) or None for cell in cells[: limits.columns]]
    return grid


def rows_of(words: str) -> Iterator[tuple[int, list[str]]]:
    """The rows with their numbers, counted as a spreadsheet counts them."""
    csv.field_size_limit(LONGEST_CELL)
    lines = csv.reader(io.StringIO(words, newline=""), delimiter=separator_of(words), strict=True)
    number = 0
    try:
        for number, cells in enumerate(lines, 1):
            yield number, cells
    except csv.Error as error:
        raise Refused("quotes", row=number + 1) from error


def separator_of(words: str) -> str:
    """The sign that parts the cells: the one that stands most often, and evenly, in the first lines."""
    lines = [line for line in words[:20_000].splitlines()[:20] if line.strip()]
    counts = {sign: Counter(line.count(sign) for line in lines) for sign in SEPARATORS}
    return max(SEPARATORS, key=lambda sign: max(map(prod, counts[sign].items()), default=0))


def unescaped_formula(words: str) -> str:
    """Words without the apostrophe that keeps a spreadsheet from computing them."""
    return words[1:] if words.startswith("'") and words.lstrip("'").startswith(FORMULA) else words


def escaped_formula(words: str) -> str:
    """Words no spreadsheet computes: an apostrophe before those that begin like a formula."""
    return f"'{words}" if words.lstrip("'").startswith(FORMULA) else words


def encoding_of(data: bytes) -> str:
    """The name of the encoding the words were read in."""
    marked = next((name for mark, name in ENCODINGS if data.startswith(mark)), "")
    if marked:
        return marked
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return "GB 18030"
    return "UTF-8"
