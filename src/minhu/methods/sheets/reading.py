"""Read a workbook or CSV by a shape: rows of values, and every bad cell with its reason."""

from collections.abc import Callable, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from typing import TypeAlias

from minhu.methods.sheets.answers import CellProblem, Limits, Note, Raw, Refused, Row, Sheet, letters
from minhu.methods.sheets.cells import Reader, reader_of
from minhu.methods.sheets.columns import Column, Shape, Value, plain
from minhu.methods.sheets.delimited import csv_grid
from minhu.methods.sheets.grid import Grid, grid_of
from minhu.methods.sheets.headings import Headings, Names, find_headings, is_ours, judge
from minhu.methods.sheets.mapping import NOTHING, Mapping
from minhu.methods.sheets.package import Source, contents, is_workbook
from minhu.methods.sheets.raws import Bad, clean, shortened, words_of
from minhu.methods.sheets.workbook import Page, Workbook

Told: TypeAlias = Callable[[int, int], None]
EVERY = 500  # rows between two words of progress
ENOUGH = 0.5  # a sheet that names this share of the columns is the one


@dataclass
class Task:
    """What is asked: a shape, a mapping, limits, and whom to tell of progress."""

    shape: Shape
    mapping: Mapping
    limits: Limits
    told: Told | None
    names: Names = field(init=False)

    def __post_init__(self) -> None:
        self.mapping.check(self.shape)
        self.names = Names(self.shape, self.mapping.columns)


def read(
    source: Source,
    shape: Shape,
    mapping: Mapping | None = None,
    limits: Limits | None = None,
    told: Told | None = None,
) -> Sheet:
    """Read bytes, a path or a binary stream of an .xlsx or a CSV.

    Gives a `Sheet`: rows with values by code (columns the sheet lacks have none), problems by cell, notes.
    `told(done, all)` hears of progress. Raises `Refused` for what is no such file or goes beyond `limits`.
    """
    task = Task(shape, mapping or NOTHING, limits or Limits(), told)
    data = contents(source, task.limits)
    if not is_workbook(data):
        grid = csv_grid(data, task.limits)
        notes = [Note("encoding", {"encoding": grid.encoding})]
        return table(task, grid, shape.name, notes)
    book = Workbook.of(data, task.limits)
    del data
    book.read_shared()
    page, grid, notes = chosen(book, task)
    if book.has_macros:
        notes.append(Note("macros"))
    return table(task, grid, page.name, notes)


def chosen(book: Workbook, task: Task) -> tuple[Page, Grid, list[Note]]:
    """The sheet that is read: the one the mapping names, else the first shown one that holds the headings."""
    shown = [page for page in book.pages if not page.is_hidden and not is_ours(page.name)]
    wanted = task.mapping.sheet
    if wanted:
        shown = [page for page in book.pages if plain(page.name) == plain(wanted)]
        if not shown:
            raise Refused("no_sheet", wanted=wanted, names="、".join(page.name for page in book.pages))
    best, most = None, -1
    for page in shown or book.pages:
        grid = grid_of(book, page, task.limits)
        found = find_headings(grid.rows, task.names, task.limits.heading_within, task.mapping.heading_row)
        matched = found.matched if found else 0
        if matched > most:
            best, most = (page, grid), matched
        if matched >= ENOUGH * len(task.shape.columns):
            break
    if best is None:
        raise Refused("empty")
    return *best, sheet_notes(book, best[0])


def sheet_notes(book: Workbook, page: Page) -> list[Note]:
    """Which sheets were not read."""
    hidden = [other.name for other in book.pages if other.is_hidden and other is not page]
    others = [
        other.name
        for other in book.pages
        if not other.is_hidden and other is not page and not is_ours(other.name)
    ]
    found = [("hidden_sheets", hidden), ("other_sheets", others)]
    return [Note(name, {"names": "、".join(names)}) for name, names in found if names]


def table(task: Task, grid: Grid, name: str, notes: list[Note]) -> Sheet:
    """The rows of a grid below its heading."""
    if not grid.rows:
        raise Refused("empty")
    filled = grid.fill()
    headings = find_headings(grid.rows, task.names, task.limits.heading_within, task.mapping.heading_row)
    if headings is None or not headings.matched:
        raise Refused("no_heading", expected="、".join(column.heading for column in task.shape))
    ignore = {plain(word) for word in task.mapping.ignore}
    headings.words = ["" if plain(word) in ignore else word for word in headings.words]
    judge(headings, task.shape, task.names, name, frozenset(task.mapping.constants))
    body = Body(task, name, headings)
    below, titles = body.parted(grid)
    if len(below) > task.limits.rows:
        raise Refused("many", most=task.limits.rows)
    if not below:
        raise Refused("no_rows")
    notes += grid_notes(grid, headings, filled) + body.left_out(grid, titles)
    rows = body.rows(grid, below)
    notes += headings.notes
    if body.more:
        notes.append(Note("more_problems", {"count": task.limits.problems}))
    return Sheet(
        name,
        rows,
        tuple(sorted(headings.problems + body.problems, key=place_of)),
        tuple(headings.words),
        headings.row,
        tuple(column.code if column else "" for column in headings.columns),
        headings.ignored,
        tuple(notes),
        tuple((number, tuple(grid.rows[number])) for number in sorted(grid.rows) if number != headings.row),
    )


def place_of(problem: CellProblem) -> tuple[int, int, str]:
    """Where a problem stands, row by row from left to right."""
    return problem.row, len(problem.column), problem.column


def grid_notes(grid: Grid, headings: Headings, filled: int) -> list[Note]:
    """What was met on the way."""
    last = max(grid.rows)
    hidden = [number for number in grid.hidden_rows if number <= last and number in grid.rows]
    width = len(headings.words)
    columns = sorted(place for place in grid.hidden_columns if place < width)
    notes = [
        Note("above", {"row": headings.row}) if min(grid.rows) < headings.row else None,
        Note("hidden_rows", {"count": len(hidden), "first": hidden[0]}) if hidden else None,
        Note("hidden_columns", {"count": len(columns), "first": letters(columns[0])}) if columns else None,
        Note("merged", {"count": filled}) if filled else None,
        Note("formulas", {"count": grid.formulas}) if grid.formulas else None,
    ]
    return [note for note in notes if note]


class Body:
    """The rows below a heading, read one by one."""

    def __init__(self, task: Task, sheet: str, headings: Headings) -> None:
        self.task, self.sheet, self.headings = task, sheet, headings
        self.problems: list[CellProblem] = []
        self.more = 0
        self.readers: list[tuple[int, Column, Reader]] = []
        for place, column in enumerate(headings.columns):
            if column is not None:
                reader = reader_of(column, headings.units[place], task.mapping.order)
                reader = translated(reader, task.mapping.values.get(column.code, {}))
                self.readers.append((place, column, reader))
        self.constants = self.constant_values()
        self.seen: dict[tuple[Value, ...], int] = {}

    def constant_values(self) -> dict[str, Value]:
        """The values every row gets by the mapping."""
        found: dict[str, Value] = {}
        for code, raw in self.task.mapping.constants.items():
            try:
                found[code] = reader_of(self.task.shape[code])(raw)
            except Bad as bad:
                raise Refused("mapping", found=f"{code} = {raw} ({bad.why})") from bad
        return found

    def rows(self, grid: Grid, numbers: Sequence[int]) -> tuple[Row, ...]:
        """All rows, telling how far it is."""
        rows, told = [], self.task.told
        for done, number in enumerate(numbers):
            rows.append(self.row(number, grid.rows.pop(number)))
            if told and done % EVERY == 0:
                told(done, len(numbers))
        if told:
            told(len(numbers), len(numbers))
        return tuple(rows)

    def parted(self, grid: Grid) -> tuple[list[int], list[int]]:
        """The numbers of the rows below the heading, and of those that are titles or hold nothing for it."""
        sections = set(grid.sections)
        rows: list[int] = []
        titles: list[int] = []
        for number, cells in grid.rows.items():
            if number > self.headings.row:
                is_row = number not in sections and self.is_row(cells)
                (rows if is_row else titles).append(number)
        return rows, titles

    def is_row(self, cells: Sequence[Raw]) -> bool:
        """Whether a row holds anything in the columns that are read, and is not the heading once more."""
        width = len(cells)
        held = [(cells[place], place) for place, _column, _reader in self.readers if place < width]
        if all(raw is None for raw, _place in held):
            return False
        first, at = held[0]
        is_again = isinstance(first, str) and clean(first) == self.headings.words[at]
        return not is_again or any(clean(words_of(raw)) != self.headings.words[at] for raw, at in held)

    def left_out(self, grid: Grid, titles: Sequence[int]) -> list[Note]:
        """What stands below the heading and is not read."""
        words = self.headings.words
        width = max(map(len, grid.rows.values()))
        bare = [place for place in range(width) if place >= len(words) or not words[place]]
        held = {
            place
            for number, cells in grid.rows.items()
            for place in bare
            if number > self.headings.row and place < len(cells) and cells[place] is not None
        }
        names = "、".join(letters(place) for place in sorted(held))
        notes = [Note("titles", {"count": len(titles), "first": titles[0]})] if titles else []
        return notes + ([Note("unnamed", {"names": names})] if names else [])

    def row(self, number: int, cells: Sequence[Raw]) -> Row:
        """One row: its values and what is wrong in it."""
        values: dict[str, Value] = dict(self.constants)
        width = len(cells)
        for place, column, reader in self.readers:
            try:
                values[column.code] = reader(cells[place] if place < width else None)
            except Bad as bad:
                values[column.code] = None
                self.add(number, place, column, bad)
        self.check_key(number, values)
        return Row(number, values, tuple(cells))

    def check_key(self, number: int, values: dict[str, Value]) -> None:
        """No two rows may bear one key."""
        key = tuple(values.get(code) for code in self.task.shape.key)
        if not key or None in key:
            return
        other = self.seen.setdefault(key, number)
        if other != number:
            place, column, _reader = next(
                one for one in self.readers if one[1].code == self.task.shape.key[0]
            )
            found = " ".join(shortened(words_of(part)) for part in key)
            for row, twin in ((number, other), (other, number)):
                self.add(
                    row, place, column, Bad("twice", found=found, other=min(row, twin), row=max(row, twin))
                )

    def add(self, number: int, place: int, column: Column, bad: Bad) -> None:
        """Keep a problem, unless there are too many already."""
        if len(self.problems) >= self.task.limits.problems:
            self.more += 1
            return
        where = letters(place)
        found = CellProblem(self.sheet, number, where, column.title, f"{where}{number}", bad.why, bad.facts)
        self.problems.append(found)


def translated(reader: Reader, table: Table[str, str]) -> Reader:
    """A reader that first changes foreign words to ours."""
    known = {plain(theirs): ours for theirs, ours in table.items()}
    if not known:
        return reader
    return lambda raw: reader(known.get(plain(clean(words_of(raw))), raw))
