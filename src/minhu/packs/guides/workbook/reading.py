"""An item guide out of a workbook: the spec with the cell of each value, or every bad cell."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from minhu.methods.sheets import CellProblem, Mapping, Refused, Shape, Sheet, letters, read
from minhu.methods.sheets.columns import Column, Value
from minhu.packs.guides.specs import ItemSpec
from minhu.packs.guides.workbook.shapes import Around, shapes
from minhu.packs.plain import spec_of
from minhu.packs.positions import Path, Position, did_you_mean
from minhu.packs.sections import Located

BOUNDS = ("options", "least", "greatest", "shortest", "longest", "patterns")
ITEM = "item"


@dataclass(frozen=True)
class GuideReading:
    """What was read: the item with its cells (None if any cell is bad), the sheets, what is wrong in them.

    `empty`: the sheets in which nothing stands. Positions are sheet, row and number of the cell.
    """

    located: Located[ItemSpec] | None
    sheets: tuple[tuple[Shape, Sheet], ...]
    empty: tuple[Shape, ...]

    @property
    def problems(self) -> tuple[CellProblem, ...]:
        """Every bad cell, sheet by sheet."""
        return tuple(problem for _, sheet in self.sheets for problem in sheet.problems)


def read_guide(content: bytes, around: Around, name: str) -> GuideReading:
    """Read a workbook of an item guide; `name` is how positions call the file.

    Raises sheets.Refused where it is no such workbook, a sheet is missing, or 基本信息 holds not one row.
    """
    loose, _ = _sheet(content, shapes(around)["step"])
    ids = [str(row.values["id"]) for row in loose.rows if row.values.get("id")] if loose else []
    made = shapes(around, ids)
    found = {part: _sheet(content, shape) for part, shape in made.items()}
    sheets = {part: _judged(part, shape, sheet, around) for part, (sheet, shape) in found.items() if sheet}
    if ITEM not in sheets:
        raise Refused("no_rows")
    if len(sheets[ITEM].rows) > 1:
        raise Refused("many", most=1)
    pairs = tuple((made[part], sheet) for part, sheet in sheets.items())
    empty = tuple(made[part] for part in made if part not in sheets)
    if any(sheet.problems for sheet in sheets.values()):
        return GuideReading(None, pairs, empty)
    plain = _values(sheets[ITEM].rows[0].values)
    plain |= {
        part: [_part(part, row.values) for row in sheet.rows]
        for part, sheet in sheets.items()
        if part != ITEM
    }
    finder = _Finder(name, made, sheets)
    item = spec_of(ItemSpec, plain, name)
    return GuideReading(Located(item, finder.find(("code",)), finder.find), pairs, empty)


def _sheet(content: bytes, shape: Shape) -> tuple[Sheet | None, Shape]:
    """One sheet; none where nothing stands below its headings."""
    try:
        return read(content, shape, Mapping(sheet=shape.name)), shape
    except Refused as refused:
        if refused.why != "no_rows":
            raise
        return None, shape


def _values(values: dict[str, Value]) -> dict[str, Any]:
    """What the cells of a row say; empty ones say nothing."""
    return {
        code: list(value) if isinstance(value, tuple) else value
        for code, value in values.items()
        if value not in (None, "", ())
    }


def _part(part: str, values: dict[str, Value]) -> dict[str, Any]:
    """A row as the part of an item it is."""
    said = _values(values)
    if part == "field":
        bounds = {name: said.pop(name) for name in BOUNDS if name in said}
        return {**said, "bounds": bounds} if bounds else said
    if part == "requirement":
        said["sets"] = [one.split("+") for one in str(said["sets"]).split("|")]
    return said


def _judged(part: str, shape: Shape, sheet: Sheet, around: Around) -> Sheet:
    """A sheet with what one cell alone does not show: unknown materials, promises over the limit."""
    more = tuple(_more(part, shape, sheet, around))
    if not more:
        return sheet
    problems = sorted((*sheet.problems, *more), key=lambda one: (one.row, len(one.column), one.column))
    return Sheet(
        sheet.name, sheet.rows, tuple(problems), sheet.headings, sheet.heading_row, sheet.columns,
        sheet.ignored, sheet.notes, sheet.others,
    )  # fmt: skip


def _more(part: str, shape: Shape, sheet: Sheet, around: Around) -> Iterator[CellProblem]:
    """Problems over more than one cell."""
    known = [one.code for one in around.materials]
    for row in sheet.rows:
        if part == "requirement" and known and row.values.get("sets"):
            for code in str(row.values["sets"]).replace("|", "+").split("+"):
                if code not in known:
                    facts = {"found": code, "near": _near(code, known), "choices": "、".join(known[:20])}
                    why = "near_choice" if facts["near"] else "no_choice"
                    yield _problem(sheet, shape["sets"], row.number, why, facts)
        legal, promised = row.values.get("legal"), row.values.get("promised")
        if isinstance(legal, int) and isinstance(promised, int) and promised > legal:
            facts = {"found": str(promised), "high": str(legal)}
            yield _problem(sheet, shape["promised"], row.number, "high", facts)


def _near(code: str, known: list[str]) -> str:
    """The nearest known code, if one is near."""
    hint = did_you_mean(code, known)
    return hint.split("“")[1].split("”")[0] if hint.startswith("did") else ""


def _problem(sheet: Sheet, column: Column, row: int, why: str, facts: dict[str, str]) -> CellProblem:
    """A problem in a cell."""
    letter = letters(sheet.columns.index(column.code))
    return CellProblem(sheet.name, row, letter, column.heading, f"{letter}{row}", why, facts)


class _Finder:
    """Where the values of an item stand."""

    def __init__(self, name: str, made: dict[str, Shape], sheets: dict[str, Sheet]) -> None:
        self.name, self.made, self.sheets = name, made, sheets

    def find(self, path: Path) -> Position:
        """The cell of a value: sheet, row, number of the cell from 1; else the nearest thing to it."""
        part = str(path[0]) if path and path[0] in self.sheets else ITEM
        sheet, rest = self.sheets[part], path[1:] if part != ITEM else path
        index = rest[0] if part != ITEM and rest and isinstance(rest[0], int) else 0
        row = sheet.rows[index].number if index < len(sheet.rows) else sheet.heading_row
        code = next((str(one) for one in rest if one in sheet.columns), "")
        column = sheet.columns.index(code) + 1 if code else 1
        return Position(f"{self.name}#{sheet.name}", row, column)
