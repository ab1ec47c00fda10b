"""The preview: what a sheet would add and change."""

from datetime import date
from decimal import Decimal

import pytest

from minhu.methods.sheets import CellChange, Column, Row, Shape, compare, read, write
from tests.methods.sheets.making import SHAPE

PRESENT = [
    {"code": "A1", "name": "甲", "note": "x\r\ny ", "homes": 3, "fund": Decimal("15000.00"),
     "due": date(2026, 3, 5), "leads": ["发改局", "财政局"]},
    {"code": "A2", "name": "乙", "note": None, "kind": "key", "open": False},
    {"code": "A3", "name": "丙"},
]  # fmt: skip


def test_an_export_edited_comes_back_with_exactly_the_changes_made():
    rows = [dict(row) for row in PRESENT[:2]] + [{"code": "A9", "name": "新"}]
    rows[0] |= {"homes": 4, "leads": ("发改局",)}
    changes = compare(read(write(SHAPE, rows), SHAPE).rows, PRESENT, SHAPE)
    assert [row.values["code"] for row in changes.added] == ["A9"]
    assert [(one.key, one.cells) for one in changes.changed] == [
        (("A1",), (CellChange("homes", 3, 4), CellChange("leads", ("发改局", "财政局"), ("发改局",)))),
    ]  # fmt: skip
    assert ([row.values["code"] for row in changes.same], changes.missing) == (["A2"], (("A3",),))
    assert (changes.is_empty, changes.cells) == (False, 2)


def test_columns_the_sheet_lacks_do_not_count_and_emptied_cells_do():
    changes = compare([Row(2, {"code": "A1", "name": "甲", "homes": None}, ())], PRESENT, SHAPE)
    assert changes.changed[0].cells == (CellChange("homes", 3, None),)


def test_order_changes_nothing():
    rows = read(write(SHAPE, PRESENT[::-1]), SHAPE).rows
    assert compare(rows, PRESENT, SHAPE).is_empty
    assert compare(rows[::-1], PRESENT[::-1], SHAPE).is_empty


def test_rows_without_a_key_are_added():
    changes = compare([Row(2, {"code": None, "name": "甲"}, ())], PRESENT, SHAPE)
    assert (len(changes.added), len(changes.missing)) == (1, 3)


def test_what_cannot_be_compared_is_an_error():
    with pytest.raises(ValueError, match="Two present rows bear the key"):
        compare([], [{"code": "A1"}, {"code": " Ａ1 "}], SHAPE)
    with pytest.raises(ValueError, match="A shape without a key"):
        compare([], [], Shape((Column("a", "甲"),)))
