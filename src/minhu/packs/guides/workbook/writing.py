"""An item guide as a workbook, empty or filled, and the same with every bad cell marked."""

from collections.abc import Iterable, Iterator, Mapping
from itertools import zip_longest
from typing import Any

from xlsxwriter.utility import quote_sheetname, xl_range_abs

from minhu.methods.sheets import Shape
from minhu.methods.sheets.answers import Say
from minhu.methods.sheets.columns import Column, Value
from minhu.methods.sheets.headings import MORE
from minhu.methods.sheets.marking import Marks
from minhu.methods.sheets.paper import Paper, spoken
from minhu.methods.sheets.wording import PAPER
from minhu.methods.sheets.writing import fill, note_words, offer
from minhu.packs.guides.parts import ItemField, ItemRequirement
from minhu.packs.guides.specs import ItemSpec
from minhu.packs.guides.workbook.reading import GuideReading
from minhu.packs.guides.workbook.shapes import Around, shapes

BELOW = 200
"""Empty rows that still offer choices."""
FORM = "这是事项办事指南的填报表：六张表各填一类，带底色的列必填；编码从下拉里选。"
Row = Mapping[str, Value]


def write_guide(item: ItemSpec | None, around: Around, *, say: Say | None = None) -> bytes:
    """An .xlsx with a sheet for each part; `item` None gives an empty one to fill in.

    What `read_guide` reads from it equals `item`, blanks at the ends of texts apart.
    """
    made = shapes(around, [one.id for one in item.step] if item else None)
    with Paper() as paper:
        spans = []
        for part, shape in made.items():
            page = paper.page(shape.name)
            top, last = fill(paper, page, shape, rows_of(item, part) if item else [], "")
            spans.append((page, shape, top + 1, last + BELOW))
        lists = write_lists(paper, made)
        write_notes(paper, made.values(), spoken(say))
        for page, shape, first, last in spans:
            for place, column in enumerate(shape):
                own = {column.code: lists[shape.name, column.code]} if column.choices else {}
                offer(page, column, (first, last, place), own, spoken(say))
    return paper.done()


def error_workbook(reading: GuideReading, *, say: Say | None = None) -> bytes:
    """The sheets as they were filled in, every bad cell marked and explained; mended, they are read again."""
    with Paper() as paper:
        for shape, sheet in reading.sheets:
            Marks(paper, sheet, shape, spoken(say)).write()
        for shape in reading.empty:
            fill(paper, paper.page(shape.name), shape, [], "")
    return paper.done()


def rows_of(item: ItemSpec, part: str) -> Iterator[Row]:
    """The rows of one sheet."""
    if part == "item":
        yield cells(item)
    for one in getattr(item, part, ()) if part != "item" else ():
        yield cells(one)


def cells(one: Any) -> Row:
    """What a dataclass says, column by column."""
    said = {name: getattr(one, name) for name in one.__dataclass_fields__}
    if isinstance(one, ItemField):
        bounds = said.pop("bounds")
        said |= {name: getattr(bounds, name) for name in bounds.__dataclass_fields__}
    if isinstance(one, ItemRequirement):
        said["sets"] = "|".join("+".join(each) for each in one.sets)
    return {name: value for name, value in said.items() if value != ""}


def write_lists(paper: Paper, made: Mapping[str, Shape]) -> dict[tuple[str, str], str]:
    """A hidden sheet with all choices; gives the ranges by sheet and column."""
    page = paper.page(f"{MORE} 选项")
    page.hide()
    columns: list[tuple[str, Column]] = [
        (shape.name, column) for shape in made.values() for column in shape if column.choices
    ]
    choices = zip_longest(*([one.title for one in column.choices] for _, column in columns))
    for row, line in enumerate(choices):
        for place, words in enumerate(line):
            paper.put(page, (row, place), words)
    name = quote_sheetname(page.get_name())
    return {
        (sheet, column.code): f"={name}!{xl_range_abs(0, place, len(column.choices) - 1, place)}"
        for place, (sheet, column) in enumerate(columns)
    }


def write_notes(paper: Paper, made: Iterable[Shape], say: Say) -> None:
    """A sheet that explains every column of every sheet."""
    page = paper.page(f"{MORE} 填写说明")
    heads = ["", *(say(PAPER[name]) for name in ("heading", "kind", "needed", "choices", "note"))]
    page.write_string(0, 0, FORM, paper.title)
    for place, (words, width) in enumerate(zip(heads, (12, 22, 16, 8, 48, 60), strict=True)):
        page.set_column(place, place, width)
        paper.head(page, (1, place), words)
    lines = ((shape.name, *note_words(column, say)) for shape in made for column in shape)
    for row, line in enumerate(lines, 2):
        for place, words in enumerate(line):
            paper.put(page, (row, place), words)
