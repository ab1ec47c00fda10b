"""A CSV file as rows of text, each cell with its place."""

import csv
from dataclasses import dataclass
from io import StringIO

from minhu.packs.positions import PackError, Path, Position, Problem


@dataclass(frozen=True)
class CsvFile:
    """Rows of a file; a path is (row, heading)."""

    name: str
    headings: tuple[str, ...]
    rows: tuple[dict[str, str], ...]
    lines: tuple[int, ...]

    def key(self, path: Path) -> Position:
        """Where a cell stands: the line on which its row begins, and the number of the cell."""
        line = self.lines[int(path[0])] if path else 1
        known = len(path) > 1 and path[1] in self.headings
        return Position(self.name, line, self.headings.index(str(path[1])) + 1 if known else 1)

    value = key


def read_csv(text: str, name: str) -> CsvFile:
    """Parse; cells are trimmed, empty cells are left out, blank rows are passed over."""
    reader = csv.reader(StringIO(text), strict=True)
    rows, lines, begin = [], [], 1
    headings: tuple[str, ...] = ()
    try:
        for cells in reader:
            trimmed = [cell.strip() for cell in cells]
            if not headings:
                headings = _headings(trimmed, name)
            elif any(trimmed):
                rows.append(_row(trimmed, headings, Position(name, begin)))
                lines.append(begin)
            begin = reader.line_num + 1
    except csv.Error as error:
        where = Position(name, reader.line_num)
        raise PackError(
            [Problem(where, f"not CSV: {error}", 'a cell with " or , in it goes in " "')]
        ) from None
    return CsvFile(name, headings, tuple(rows), tuple(lines))


def _headings(cells: list[str], name: str) -> tuple[str, ...]:
    """The first row: every column named, and named once."""
    problems = []
    if len(cells) == 1 and set(cells[0]) & {";", "\t"}:
        hint = "save the file with commas between the columns"
        raise PackError([Problem(Position(name), f"the headings “{cells[0]}” are one cell", hint)])
    for number, cell in enumerate(cells, 1):
        if not cell:
            problems.append(Problem(Position(name, 1, number), "this column has no heading"))
        elif cell in cells[: number - 1]:
            problems.append(Problem(Position(name, 1, number), f"the heading “{cell}” stands twice"))
    if problems:
        raise PackError(problems)
    return tuple(cells)


def _row(cells: list[str], headings: tuple[str, ...], at: Position) -> dict[str, str]:
    """One row by heading."""
    if len(cells) > len(headings) and any(cells[len(headings) :]):
        where = Position(at.file, at.line, len(headings) + 1)
        message = f"{len(cells)} cells under {len(headings)} headings"
        raise PackError([Problem(where, message, 'a cell with , in it goes in " "')])
    return {heading: cell for heading, cell in zip(headings, cells, strict=False) if cell}
