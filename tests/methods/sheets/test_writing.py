"""What is written comes back unchanged, and nothing in it is ever computed."""

import io
from datetime import date
from decimal import Decimal

import openpyxl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.sheets import Column, Shape, Type, Unwritable, compare, read, write, write_csv
from minhu.methods.sheets.raws import clean
from tests.methods.sheets.making import SHAPE

ERRORS = {"#REF!", "#N/A", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", "#SPILL!", "#CALC!"}
SIGNS = st.characters(codec="utf-8")
LIKE_FORMULAS = st.sampled_from(
    ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", "_x000D_", "甲\n乙", "\r=1", "⚠", "007", "1e5"]
)
WORDS = st.one_of(st.text(SIGNS, max_size=20), LIKE_FORMULAS)
NUMBERS = st.decimals(allow_nan=False, allow_infinity=False, places=6, min_value=-(10**14), max_value=10**14)
PARTS = st.one_of(WORDS, st.sampled_from(["无", "/", "甲、乙", "甲,乙", "a;b"]))
ROWS = st.lists(
    st.fixed_dictionaries(
        {
            "name": WORDS.filter(lambda words: clean(words) and clean(words) not in ERRORS),
            "note": st.none() | st.text(SIGNS, max_size=60).filter(lambda words: clean(words) not in ERRORS),
            "homes": st.none() | st.integers(0, 10**18),
            "fund": st.none() | NUMBERS,
            "rate": st.none() | st.decimals(min_value=0, max_value=100, places=3),
            "due": st.none() | st.dates(date(2000, 1, 1), date(2300, 1, 1)),
            "kind": st.sampled_from([None, "major", "key"]),
            "open": st.sampled_from([None, True, False]),
            "leads": st.lists(PARTS.filter(lambda words: clean(words) not in ERRORS), max_size=4).map(tuple),
        }
    ),
    min_size=1,
    max_size=6,
)
WIDE = Shape(
    tuple(column if column.code != "name" else Column("name", "名称", required=True) for column in SHAPE),
    ("code",),
)


@settings(max_examples=120, deadline=None)
@given(ROWS, st.sampled_from([write, write_csv]))
def test_an_export_that_is_loaded_again_changes_nothing(rows, writer):
    rows = [{"code": f"JB-{number}", **row} for number, row in enumerate(rows)]
    sheet = read(writer(WIDE, rows), WIDE)
    assert sheet.problems == ()
    changes = compare(sheet.rows, rows, WIDE)
    assert (changes.is_empty, changes.missing, len(changes.same)) == (True, (), len(rows))


@settings(max_examples=60, deadline=None)
@given(ROWS)
def test_no_cell_is_a_formula(rows):
    data = write(WIDE, [{"code": f"={number}", **row} for number, row in enumerate(rows)])
    for page in openpyxl.load_workbook(io.BytesIO(data)):
        assert {cell.data_type for row in page.iter_rows() for cell in row if cell.value is not None} <= {
            "s",
            "n",
            "d",
        }


def test_what_stands_in_the_workbook():
    rows = [
        {
            "code": "A1",
            "name": "=1+1",
            "homes": 3,
            "fund": Decimal(125_000),
            "due": date(2026, 3, 5),
            "kind": "key",
            "open": True,
            "leads": ("甲", "乙"),
        }
    ]
    made = openpyxl.load_workbook(io.BytesIO(write(SHAPE, rows, title="台账")))
    page = made["台账"]
    assert [cell.value for cell in page[2]] == [column.heading for column in SHAPE]
    shown = [cell.value for cell in page[3]]
    assert shown[:6] == ["A1", "=1+1", None, 3, 12.5, None]
    assert (page["G3"].value.date(), shown[7:]) == (date(2026, 3, 5), ["重点改革", "是", "甲、乙"])
    assert page["B3"].number_format == "@"
    assert page.freeze_panes == "B3"
    rules = {str(rule.sqref): rule.formula1 for rule in page.data_validations.dataValidation}
    assert rules == {"H3:H1003": "'ℹ Notes'!$I$2:$I$3", "I3:I1003": '"是,否"'}
    notes = made["ℹ Notes"]
    assert [cell.value for cell in notes[2]][:3] == ["编号", "Code", "yes"]
    assert [notes["I2"].value, notes["I3"].value] == ["重大改革", "重点改革"]


def test_words_of_the_workbook_are_translated():
    chinese = {"Notes": "填表说明", "Column": "列"}
    made = openpyxl.load_workbook(io.BytesIO(write(SHAPE, [], say=lambda words: chinese.get(words, words))))
    assert (made.sheetnames, made["ℹ 填表说明"]["A1"].value) == (["台账", "ℹ 填表说明"], "列")


def test_the_same_rows_give_the_same_bytes():
    rows = [{"code": "A1", "name": "甲"}]
    assert write(SHAPE, rows) == write(SHAPE, rows)


def test_numbers_with_more_digits_than_a_cell_holds_are_written_as_words():
    rows = [{"code": "A1", "name": "甲", "homes": 10**17 + 1, "fund": Decimal("12345678901234567.89")}]
    sheet = read(write(SHAPE, rows), SHAPE)
    assert (sheet.rows[0].values["homes"], sheet.rows[0].values["fund"]) == (
        rows[0]["homes"],
        rows[0]["fund"],
    )


def test_numbers_beyond_every_measure_are_written_as_words():
    rows = [{"code": "A1", "name": "甲", "homes": 10**79}]
    assert read(write(SHAPE, rows), SHAPE).rows[0].values["homes"] == 10**79


def test_words_too_long_for_a_cell_are_refused_with_their_place():
    with pytest.raises(Unwritable, match="Row 2, column 3: 32768 characters do not fit a cell"):
        write(SHAPE, [{"code": "A1", "name": "甲", "note": "长" * 32_768}])
    assert (
        len(
            read(write(SHAPE, [{"code": "A1", "name": "甲", "note": "长" * 32_767}]), SHAPE)
            .rows[0]
            .values["note"]
        )
        == 32_767
    )


def test_names_of_sheets_are_what_spreadsheets_take():
    shape = Shape((Column("a", "甲"),), name="改革/台账[2026]:*?" + "长" * 40)
    made = openpyxl.load_workbook(io.BytesIO(write(shape, [{"a": "x"}])))
    assert made.sheetnames[0] == ("改革台账2026" + "长" * 40)[:31]


def test_a_days_before_spreadsheets_count_are_words():
    shape = Shape((Column("a", "甲", Type.DATE),))
    assert read(write(shape, [{"a": date(1899, 1, 1)}]), shape).rows[0].values == {"a": date(1899, 1, 1)}
