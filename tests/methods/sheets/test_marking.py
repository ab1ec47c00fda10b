"""The error workbook: the user's own rows, every bad cell marked, enough to mend and load again."""

import io

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.sheets import error_workbook, read
from tests.methods.sheets.making import SHAPE, book

ROWS = (
    ("江北区改革台账",),
    (),
    ("编号", "备注", "名称", "户数", "完成时限", "类别"),
    ("A1", "甲乙", None, "十户", "2026年3月", "重点改格"),
    (),
    ("A2", "=x", "乙", 3, 46086, "重大改革"),
    ("A2", None, "丙", 3.5, "2026-02-30", None),
)


def opened(data):
    made = openpyxl.load_workbook(io.BytesIO(data))
    return made, made.worksheets[0]


def places(sheet):
    return [(problem.cell, problem.why) for problem in sheet.problems]


def test_rows_stand_where_they_stood_and_bad_cells_are_marked_and_explained():
    sheet = read(book(*ROWS), SHAPE)
    made, page = opened(error_workbook(sheet, SHAPE))
    assert [cell.value for cell in page["A"]] == ["江北区改革台账", None, "编号", "A1", None, "A2", "A2"]
    assert [cell.value for cell in page[3]] == [
        "编号",
        "备注",
        "名称",
        "户数",
        "完成时限",
        "类别",
        "⚠ Problem",
    ]
    bad = [
        cell.coordinate
        for row in page.iter_rows(max_col=6)
        for cell in row
        if cell.fill.fgColor.rgb == "FFF6D9D6"
    ]
    assert bad == ["C4", "D4", "E4", "F4", "A6", "A7", "D7", "E7"]
    assert page["D4"].value == "十户"
    assert page["D4"].comment.text == "“十户” is not a number. Write digits, such as 1200, 1,200 or 0.12万."
    assert page["G4"].value.splitlines()[0] == "名称: The cell is empty. Fill it in."
    assert [page[f"G{number}"].value is not None for number in (4, 5, 6, 7)] == [True, False, True, True]
    every = made["⚠ Problems"]
    assert [cell.value for cell in every["A"]] == ["Cell", *bad]
    assert [cell.value for cell in every["C"]][2:4] == ["十户", "2026年3月"]


def test_loaded_again_it_says_the_same_and_ignores_what_was_added():
    sheet = read(book(*ROWS), SHAPE)
    again = read(error_workbook(sheet, SHAPE), SHAPE)
    assert places(again) == places(sheet)
    assert [row.values for row in again.rows] == [row.values for row in sheet.rows]
    assert (again.ignored, again.heading_row) == (("备注",), 3)
    third = read(error_workbook(again, SHAPE), SHAPE)
    assert (places(third), len(third.headings)) == (places(sheet), 7)


def test_mended_it_is_clean():
    made, page = opened(error_workbook(read(book(*ROWS), SHAPE), SHAPE))
    for cell, value in (
        ("C4", "甲"),
        ("D4", "10户"),
        ("E4", "2026-03-05"),
        ("F4", "重点改革"),
        ("A7", "A3"),
        ("D7", 3),
        ("E7", "2026-02-28"),
    ):
        page[cell].value = value
    stream = io.BytesIO()
    made.save(stream)
    sheet = read(stream.getvalue(), SHAPE)
    assert (sheet.problems, [row.values["code"] for row in sheet.rows]) == ((), ["A1", "A2", "A3"])


def test_a_missing_column_stands_there_to_be_filled():
    sheet = read(book(("编号", "户数"), ("A1", 3)), SHAPE)
    assert places(sheet) == [("", "no_column")]
    _made, page = opened(error_workbook(sheet, SHAPE))
    assert [cell.value for cell in page[1]] == ["编号", "户数", "名称", "⚠ Problem"]
    again = read(error_workbook(sheet, SHAPE), SHAPE)
    assert places(again) == [("C2", "required")]


def test_a_failed_formula_stays_a_problem():
    sheet = read(book(("编号", "名称", "户数"), ("A1", "甲", "=1+1")), SHAPE)
    assert places(sheet) == [("C2", "not_computed")]
    _made, page = opened(error_workbook(sheet, SHAPE))
    assert page["C2"].comment.text.startswith("The formula has not been computed.")


def test_its_words_are_translated():
    chinese = {
        "Problem": "问题",
        "Problems": "问题清单",
        "The cell is empty.": "此格为空。",
        "Fill it in.": "请填写。",
    }
    sheet = read(book(("编号", "名称"), ("A1", None)), SHAPE)
    made, page = opened(error_workbook(sheet, SHAPE, lambda words: chinese.get(words, words)))
    assert (page["C1"].value, page["C2"].value, made.sheetnames[1]) == (
        "⚠ 问题",
        "名称: 此格为空。 请填写。",
        "⚠ 问题清单",
    )


def test_csv_becomes_a_workbook_too():
    sheet = read("编号,名称\nA1,\nA2,=1\n".encode("gb18030"), SHAPE)
    assert places(read(error_workbook(sheet, SHAPE), SHAPE)) == places(sheet) == [("B2", "required")]


CELLS = st.one_of(
    st.none(),
    st.integers(-(10**6), 10**6),
    st.booleans(),
    st.dates(),
    st.sampled_from(["=1", "", "甲", "重点改革", "3亿", "2026年3月", "√"]),
)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.tuples(*[CELLS] * 10), min_size=1, max_size=6))
def test_whatever_is_wrong_the_error_workbook_is_as_wrong(rows):
    data = book(
        [column.heading for column in SHAPE],
        *[[words if words != "=1" else "'=1" for words in row] for row in rows],
    )
    if not any(cell not in (None, "") for row in rows for cell in row):
        return
    sheet = read(data, SHAPE)
    again = read(error_workbook(sheet, SHAPE), SHAPE)
    assert places(again) == places(sheet)
    assert [row.values for row in again.rows] == [row.values for row in sheet.rows]
