"""The same cells as calamine and openpyxl read, and memory that stays within bounds."""

import io
import subprocess
import sys
from datetime import date, datetime, time

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook
from xlsxwriter import Workbook as Writer

from minhu.methods.sheets.answers import Limits
from minhu.methods.sheets.grid import grid_of
from minhu.methods.sheets.raws import Percent
from minhu.methods.sheets.workbook import Workbook

SIGNS = st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"], exclude_characters="\ufffe\uffff")
CELLS = st.one_of(
    st.none(),
    st.text(SIGNS, min_size=1, max_size=20).filter(lambda words: not words.startswith("=")),
    st.integers(-(10**9), 10**9),
    st.floats(-1e9, 1e9, allow_subnormal=False).map(lambda number: round(number, 6)),
    st.booleans(),
    st.datetimes(datetime(1990, 1, 1), datetime(2100, 1, 1)).map(
        lambda moment: moment.replace(microsecond=0)
    ),
)
TABLES = st.lists(st.lists(CELLS, min_size=1, max_size=6), min_size=1, max_size=8)


def ours(data: bytes) -> list[list[object]]:
    book = Workbook.of(data, Limits())
    book.read_shared()
    rows = grid_of(book, book.pages[0], Limits()).rows
    return trimmed([list(rows.get(number, [])) for number in range(1, max(rows, default=0) + 1)])


def trimmed(rows: list[list[object]]) -> list[list[object]]:
    """Rows without empty cells and rows at their ends; midnight as a day, whole floats as integers."""
    out = []
    for row in rows:
        cells = [plain(cell) for cell in row]
        while cells and cells[-1] is None:
            cells.pop()
        out.append(cells)
    while out and not out[-1]:
        out.pop()
    return out


def plain(cell: object) -> object:
    if cell == "":
        return None
    if isinstance(cell, Percent):
        return cell.share
    if isinstance(cell, date) and not isinstance(cell, datetime):
        return datetime.combine(cell, time())
    return round(float(cell), 9) if isinstance(cell, (int, float)) and not isinstance(cell, bool) else cell


@settings(max_examples=100, deadline=None)
@given(TABLES, st.sampled_from([True, False]))
def test_equal_to_calamine_and_openpyxl(table, by_openpyxl):
    data = by_openpyxl_made(table) if by_openpyxl else by_xlsxwriter_made(table)
    theirs = (
        CalamineWorkbook.from_filelike(io.BytesIO(data))
        .get_sheet_by_index(0)
        .to_python(skip_empty_area=False)
    )
    assert ours(data) == trimmed(theirs)
    page = openpyxl.load_workbook(io.BytesIO(data), data_only=True).worksheets[0]
    assert ours(data) == trimmed([list(row) for row in page.iter_rows(values_only=True)])


def by_openpyxl_made(table):
    made = openpyxl.Workbook()
    for row in table:
        made.active.append(row)
    stream = io.BytesIO()
    made.save(stream)
    return stream.getvalue()


def by_xlsxwriter_made(table):
    stream = io.BytesIO()
    made = Writer(
        stream,
        {
            "default_date_format": "yyyy-mm-dd hh:mm:ss",
            "strings_to_urls": False,
            "strings_to_formulas": False,
        },
    )
    page = made.add_worksheet()
    for number, row in enumerate(table):
        page.write_row(number, 0, row)
    made.close()
    return stream.getvalue()


MEASURE = """
import io, resource
from minhu.methods.sheets import Column, Shape, read, write
shape = Shape(tuple(Column(f"c{n}", f"列{n}") for n in range(20)), ("c0",))
base = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
data = write(shape, ({f"c{n}": f"第{row}行第{n}列的内容" for n in range(20)} for row in range(10_000)))
sheet = read(data, shape)
assert len(sheet.rows) == 10_000 and not sheet.problems
print((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - base) // 1024)
"""


def test_ten_thousand_rows_of_twenty_columns_take_less_than_a_hundred_megabytes():
    done = subprocess.run([sys.executable, "-c", MEASURE], capture_output=True, text=True, check=True)
    assert int(done.stdout) <= 100
