"""Files that are refused before they are read whole, and damaged ones that must not crash."""

import io
import struct
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.sheets import REFUSALS, Limits, Refused, read
from minhu.methods.sheets.package import MEGABYTE, contents
from tests.methods.sheets.making import HEAD, SHAPE, book, cell, package, zipped

ROW = f'<row r="2">{cell("A2", "A1")}{cell("B2", "甲")}</row>'


def why(data, limits=None):
    with pytest.raises(Refused) as refused:
        read(data, SHAPE, limits=limits)
    return refused.value.why


class Endless(io.RawIOBase):
    """A stream that says it is 200 MB long and fails when it is read."""

    def seek(self, offset, whence=0):
        self.place = 200 * MEGABYTE if whence == io.SEEK_END else offset
        return self.place

    def tell(self):
        return self.place

    def read(self, size=-1):
        raise AssertionError("read before it was refused")


def test_a_workbook_of_200_megabytes_is_refused_before_it_is_read():
    with pytest.raises(Refused) as refused:
        contents(Endless(), Limits())
    assert str(refused.value) == "The file has 200.0 MB; at most 20 MB are read. Split it."


def test_a_big_file_is_refused_by_its_size_on_disk(tmp_path):
    path = tmp_path / "big.xlsx"
    with path.open("wb") as stream:
        stream.truncate(200 * MEGABYTE)
    assert why(path) == "big"


def test_a_bomb_is_refused_by_what_its_directory_declares():
    filling = " " * (60 * MEGABYTE)
    bomb = package(f"<sheetData>{HEAD}{ROW}</sheetData>{filling}")
    assert len(bomb) < MEGABYTE
    assert why(bomb) == "bomb"
    assert why(bomb, Limits(unpacked_megabytes=50, ratio=10**9)) == "bomb"
    assert len(read(bomb, SHAPE, limits=Limits(ratio=10**9)).rows) == 1


def test_a_bomb_that_lies_about_its_size_unpacks_no_further_than_it_declares():
    bomb = bytearray(package(f"<sheetData>{HEAD}{ROW}</sheetData>{' ' * (60 * MEGABYTE)}"))
    name = b"xl/worksheets/sheet1.xml"
    directory = bomb.rindex(name) - 46
    assert bomb[directory : directory + 4] == b"PK\x01\x02"
    struct.pack_into("<I", bomb, directory + 24, 1000)
    assert why(bytes(bomb)) == "broken"


def test_a_bomb_beside_the_sheet_is_refused_as_well():
    assert why(package(f"<sheetData>{HEAD}{ROW}</sheetData>", xl__media__a=b"\0" * (60 * MEGABYTE))) == "bomb"


def test_entities_and_document_types_are_refused():
    laughs = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;">]>'
    data = zipped(
        {**parts_of(package("")), "xl/worksheets/sheet1.xml": f"{laughs}<worksheet>&b;</worksheet>"}
    )
    assert why(data) == "broken"


def parts_of(data):
    with zipfile.ZipFile(io.BytesIO(data)) as made:
        return {name: made.read(name) for name in made.namelist()}


def test_five_thousand_columns_are_refused_with_the_first_that_is_too_many():
    with pytest.raises(Refused) as refused:
        read(book(("编号", "名称", *(f"列{n}" for n in range(4998)))), SHAPE)
    assert (refused.value.why, refused.value.facts) == ("wide", {"cell": "GS1", "most": 200})
    words = ",".join(["编号", "名称", *(f"列{n}" for n in range(4998))])
    assert why(f"{words}\nA1,甲\n".encode()) == "wide"


def test_empty_formatted_columns_do_not_count():
    far = f'<row r="2">{cell("A2", "A1")}{cell("B2", "甲")}<c r="XFD2" s="1"/></row>'
    assert len(read(package(f"<sheetData>{HEAD}{far}</sheetData>"), SHAPE).rows) == 1


def test_too_many_rows_are_refused():
    rows = [(f"A{n}", "甲") for n in range(21)]
    assert why(book(("编号", "名称"), *rows), Limits(rows=20)) == "many"
    assert (
        why("编号,名称\n".encode() + "".join(f"A{n},甲\n" for n in range(90)).encode(), Limits(rows=20))
        == "many"
    )
    assert len(read(book(("编号", "名称"), *rows), SHAPE, limits=Limits(rows=21)).rows) == 21


def test_too_many_cells_are_refused():
    rows = [(f"A{n}", "甲") for n in range(50)]
    assert why(book(("编号", "名称"), *rows), Limits(cells=60)) == "full"
    assert (
        why("编号,名称\n".encode() + "".join(f"A{n},甲\n" for n in range(50)).encode(), Limits(cells=60))
        == "full"
    )


def test_a_cell_without_end_is_refused():
    endless = f'<row r="2">{cell("A2", "A1")}{cell("B2", "甲乙" * 600_000)}</row>'
    assert why(package(f"<sheetData>{HEAD}{endless}</sheetData>")) == "broken"


def test_a_cell_as_long_as_spreadsheets_take_is_read():
    long = f'<row r="2">{cell("A2", "A1")}{cell("B2", "甲")}{cell("D2", "长" * 32_767)}</row>'
    head = HEAD.replace("</row>", f"{cell('D1', '说明')}</row>")
    sheet = read(package(f"<sheetData>{head}{long}</sheetData>"), SHAPE)
    assert len(sheet.rows[0].values["note"]) == 32_767


def test_old_and_locked_workbooks_are_told_apart():
    old = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "Workbook".encode("utf-16-le") + b"\0" * 600
    locked = b"\xd0\xcf\x11\xe0" + b"\0" * 600 + "EncryptedPackage".encode("utf-16-le")
    assert (why(old), why(locked)) == ("old", "locked")
    with pytest.raises(Refused, match=r"Open it and save it as \.xlsx"):
        read(old, SHAPE)


def test_a_zip_behind_a_password_is_locked():
    data = bytearray(package(f"<sheetData>{HEAD}</sheetData>"))
    place = data.index(b"PK\x01\x02")
    data[place + 8] |= 1
    assert why(bytes(data)) == "locked"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7 x", "PDF"), (b"\x89PNG\r\n", "PNG"), (b"<html><table>", "HTML / XML"),
        (b"\xef\xbb\xbf <?xml version='1.0'?>", "HTML / XML"), (b"Rar!x", "RAR"),
        (zipped({"word/document.xml": "x"}), "Word"), (zipped({"xl/workbook.bin": "x"}), "xlsb"),
        (zipped({"content.xml": "x"}), "ODF"), (zipped({"a.txt": "x"}), "zip"),
    ],
)  # fmt: skip
def test_other_files_are_refused_by_their_kind(data, kind):
    with pytest.raises(Refused) as refused:
        read(data, SHAPE)
    assert (refused.value.why, refused.value.facts) == ("other", {"kind": kind})


def test_macros_are_not_read_and_told():
    data = package(f"<sheetData>{HEAD}{ROW}</sheetData>", xl__vbaProject_bin=b"x")
    data = zipped({**parts_of(data), "xl/vbaProject.bin": b"x"})
    assert [note.name for note in read(data, SHAPE).notes if note.name == "macros"] == ["macros"]


@pytest.mark.parametrize("reference", ["2", "", "2A", "ZZZZZZ2", "Ä2", "$"])
def test_cells_that_say_no_place_are_refused(reference):
    row = f'<row r="2">{cell("A2", "A1")}{cell("B2", "甲")}{cell(reference, "x")}</row>'
    sheet = package(f"<sheetData>{HEAD}{row}</sheetData><mergeCells><mergeCell ref='#REF!:2'/></mergeCells>")
    if reference:
        assert why(sheet) == "wide"
    else:
        assert read(sheet, SHAPE).rows[0].values["fund"] is None


@pytest.mark.parametrize(
    "sheet",
    [
        "<sheetData><row", f'<sheetData>{HEAD}<row r="1">{cell("A1", "x")}</row></sheetData>',
        f'<sheetData>{HEAD}<row r="2"><c r="A2" t="s"><v>7</v></c></row></sheetData>',
        f'<sheetData>{HEAD}<row r="2"><c r="A2" t="s"><v>x</v></c></row></sheetData>',
    ],
)  # fmt: skip
def test_damaged_sheets_are_refused(sheet):
    assert why(package(sheet)) == "broken"


def test_damaged_packages_are_refused():
    good = package(f"<sheetData>{HEAD}{ROW}</sheetData>")
    assert why(good[: len(good) // 2]) == "broken"
    parts = parts_of(good)
    assert why(zipped({name: data for name, data in parts.items() if name != "xl/workbook.xml"})) == "broken"
    assert why(zipped({name: data for name, data in parts.items() if "sheet1" not in name})) == "broken"
    stream = io.BytesIO(good)
    with zipfile.ZipFile(stream, "a") as made, pytest.warns(UserWarning, match="Duplicate name"):
        made.writestr("xl/worksheets/sheet1.xml", b"x")
    assert why(stream.getvalue()) == "broken"
    assert (
        why(zipped({"_rels/.rels": "<x/>", **{f"a{n}": "" for n in range(30)}}), Limits(parts=20)) == "parts"
    )
    assert why(b"") == "empty"


def test_numbers_no_spreadsheet_holds_are_problems_and_no_crash():
    head = HEAD.replace("</row>", f"{cell('D1', '完成时限')}</row>")
    for words in ("NaN", "1e999", "INF", "0x10", "1_0", "٣"):
        bad = "".join(f'<c r="{place}2"><v>{words}</v></c>' for place in "CD")
        sheet = read(
            package(f"<sheetData>{head}<row r='2'>{cell('A2', 'a')}{cell('B2', 'b')}{bad}</row></sheetData>"),
            SHAPE,
        )
        assert [problem.why for problem in sheet.problems] in (["no_number", "no_date"], ["no_date"])


def test_many_merged_blocks_cost_little():
    blocks = "".join(f'<mergeCell ref="A{n}:B1048576"/>' for n in range(2, 3000))
    sheet = read(package(f"<sheetData>{HEAD}{ROW}</sheetData><mergeCells>{blocks}</mergeCells>"), SHAPE)
    assert len(sheet.rows) == 1


def test_problems_are_counted_and_cut():
    rows = [("甲", f"名{n}", "x") for n in range(30)]
    sheet = read(book(("编号", "名称", "户数"), *rows), SHAPE, limits=Limits(problems=20))
    assert len(sheet.problems) == 20
    assert [note.facts for note in sheet.notes if note.name == "more_problems"] == [{"count": 20}]


def outcome(data: bytes) -> str:
    """Why a file is refused, or that it is read."""
    try:
        read(data, SHAPE)
    except Refused as refused:
        return refused.why
    return "read"


GOOD = book(("编号", "名称", "户数"), ("A1", "甲", 3), ("A2", "乙", 4))


@settings(max_examples=150)
@given(st.lists(st.tuples(st.integers(0, len(GOOD) - 1), st.integers(0, 255)), min_size=1, max_size=8))
def test_whatever_bytes_are_changed_the_file_is_read_or_refused(changes):
    data = bytearray(GOOD)
    for place, value in changes:
        data[place] = value
    assert outcome(bytes(data)) in {"read", *REFUSALS}


@settings(max_examples=100)
@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(data):
    assert outcome(data) in {"read", *REFUSALS}
