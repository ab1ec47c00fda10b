"""Sheets as offices send them: titles above, merged cells, blank rows, foreign headings, hidden things."""

from datetime import date, datetime
from decimal import Decimal
from io import BytesIO

import pytest
from openpyxl.comments import Comment
from xlsxwriter import Workbook

from minhu.methods.sheets import Mapping, Refused, Sheet, read
from tests.methods.sheets.making import HEAD, SHAPE, book, cell, package


def values(sheet: Sheet, code: str) -> list[object]:
    return [row.values[code] for row in sheet.rows]


def whys(sheet: Sheet) -> list[tuple[str, str]]:
    return [(problem.cell, problem.why) for problem in sheet.problems]


def notes(sheet: Sheet) -> dict[str, dict[str, object]]:
    return {note.name: dict(note.facts) for note in sheet.notes}


def test_a_plain_sheet():
    data = book(("编号", "名称", "总投资（万元）"), ("A1", "甲", 12.5), ("A2", "乙", "3亿"))
    sheet = read(data, SHAPE)
    assert [row.values for row in sheet.rows] == [
        {"code": "A1", "name": "甲", "fund": Decimal(125_000)},
        {"code": "A2", "name": "乙", "fund": Decimal(300_000_000)},
    ]
    assert [row.number for row in sheet.rows] == [2, 3]
    assert sheet.rows[1].cells == ("A2", "乙", "3亿")
    assert (sheet.name, sheet.heading_row, sheet.columns) == ("台账", 1, ("code", "name", "fund"))
    assert sheet.is_clean


def test_paths_and_streams_are_read_like_bytes(tmp_path):
    data = book(("编号", "名称"), ("A1", "甲"))
    path = tmp_path / "台账.xlsx"
    path.write_bytes(data)
    assert read(path, SHAPE) == read(str(path), SHAPE) == read(BytesIO(data), SHAPE) == read(data, SHAPE)


@pytest.mark.parametrize(
    "heading", ["项目名称", "名 称", "名称：", "*名称", "名称\n", "名称（必填）", "NAME", "ｎａｍｅ"]
)
def test_headings_by_name_alias_code_and_width(heading):
    assert values(read(book(("编号", heading), ("A1", "甲")), SHAPE), "name") == ["甲"]


def test_the_heading_is_found_below_titles_and_what_stands_above_is_told():
    sheet = read(
        book(
            ("江北区改革台账",), (), ("填报单位：改革办", None, "2026年3月"), ("编号", "名称"), ("A1", "甲")
        ),
        SHAPE,
    )
    assert (sheet.heading_row, values(sheet, "code")) == (4, ["A1"])
    assert notes(sheet)["above"] == {"row": 4}
    assert [number for number, _cells in sheet.others] == [1, 3]


def test_a_heading_of_two_rows_with_merged_cells():
    def merge(page):
        for block in ("A1:A2", "B1:B2", "C1:D1"):
            page.merge_cells(block)

    rows = (("编号", "名称", "资金", None), (None, None, "总投资（元）", "已到位"), ("A1", "甲", 5, 3))
    sheet = read(book(*rows, change=merge), SHAPE)
    assert (sheet.heading_row, sheet.rows[0].values) == (2, {"code": "A1", "name": "甲", "fund": 5})
    assert sheet.ignored == ("已到位",)


def test_blank_rows_survive_and_rows_keep_their_numbers():
    sheet = read(book(("编号", "名称"), ("A1", "甲"), (), (None, "  "), ("A2", "乙"), ()), SHAPE)
    assert [(row.number, row.values["code"]) for row in sheet.rows if row.values["code"]] == [
        (2, "A1"),
        (5, "A2"),
    ]


def test_merged_cells_are_filled_and_titles_between_rows_are_no_rows():
    def merge(page):
        page.merge_cells("C2:C3")
        page.merge_cells("A4:C4")

    rows = (
        ("编号", "名称", "类别"),
        ("A1", "甲", "重点改革"),
        ("A2", "乙", None),
        ("一、经济",),
        ("A3", "丙", "重大改革"),
    )
    sheet = read(book(*rows, change=merge), SHAPE)
    assert values(sheet, "kind") == ["key", "key", "major"]
    assert (whys(sheet), notes(sheet)["merged"]) == ([], {"count": 1})
    assert sheet.others == ((4, ("一、经济",)),)


def test_a_note_beside_the_table_is_no_row():
    sheet = read(book(("编号", "名称", "备注"), ("A1", "甲"), (None, None, "填表人：某")), SHAPE)
    assert values(sheet, "code") == ["A1"]
    assert notes(sheet)["titles"] == {"count": 1, "first": 3}


def test_a_heading_printed_again_on_the_next_page_is_no_row():
    rows = (("编号", "名称 "), ("A1", "甲"), (" 编号", "名称"), ("A2", "名称"), ("编号", "乙"))
    sheet = read(book(*rows), SHAPE)
    assert values(sheet, "code") == ["A1", "A2", "编号"]
    assert notes(sheet)["titles"] == {"count": 1, "first": 3}


def test_columns_without_a_heading_are_told_when_they_hold_something():
    sheet = read(book(("编号", None, "名称"), ("A1", "x", "甲", None, "y")), SHAPE)
    assert notes(sheet)["unnamed"] == {"names": "B、E"}
    assert "unnamed" not in notes(read(book(("编号", None, "名称"), ("A1", None, "甲")), SHAPE))


def test_every_bad_cell_is_named_with_its_place_and_its_reason():
    data = book(
        ("编号", "名称", "户数", "完成时限", "类别"),
        ("A1", None, "十户", "2026年3月", "重点改格"),
        ("A1", "乙", 3.5, "2026-02-30", "天气"),
    )
    sheet = read(data, SHAPE)
    assert whys(sheet) == [
        ("A2", "twice"), ("B2", "required"), ("C2", "no_number"), ("D2", "no_day"), ("E2", "near_choice"),
        ("A3", "twice"), ("C3", "no_whole"), ("D3", "no_such_day"), ("E3", "no_choice"),
    ]  # fmt: skip
    assert sheet.problems[3].message == "“2026年3月” names no day."
    assert sheet.problems[3].hint == "Write year, month and day, such as 2026-03-05."
    assert sheet.problems[0].message == "“A1” stands in row 2 and in row 3."
    assert sheet.problems[4].heading == "类别"
    assert sheet.rows[0].values["due"] is None
    assert sheet.good_rows == ()


def test_the_words_of_a_problem_can_be_translated():
    problem = read(book(("编号", "名称"), ("A1", None)), SHAPE).problems[0]
    chinese = {"The cell is empty.": "此格为空。", "Fill it in.": "请填写。"}
    assert problem.said(chinese.__getitem__) == ("此格为空。", "请填写。")


def test_columns_that_are_absent_doubled_strange_or_nearly_right():
    sheet = read(
        book(("编号", "项目名", "户数", "户 数", "满意程度", "备注"), ("A1", "甲", 1, 2, 3, "x")), SHAPE
    )
    assert [(one.cell, one.why, one.heading) for one in sheet.problems] == [
        ("B1", "near_column", "名称"), ("D1", "heading_twice", "户数"),
    ]  # fmt: skip
    assert dict(sheet.problems[0].facts) == {"heading": "名称", "near": "项目名"}
    assert notes(sheet)["ignored"] == {"names": "户 数、满意程度、备注"}
    assert "总投资（万元）" in str(notes(sheet)["no_column"]["names"])
    assert sheet.rows[0].values == {"code": "A1", "homes": 1}
    sheet = read(book(("编号", "天气"), ("A1", "x")), SHAPE)
    assert [(one.cell, one.why) for one in sheet.problems] == [("", "no_column")]


def test_a_heading_in_another_currency_is_a_problem():
    sheet = read(book(("编号", "名称", "总投资（万美元）"), ("A1", "甲", 5)), SHAPE)
    assert whys(sheet) == [("C1", "unit")]


def test_a_sheet_without_the_headings_is_refused_with_what_is_expected():
    with pytest.raises(Refused) as refused:
        read(book(("天气", "风"), (1, 2)), SHAPE)
    assert refused.value.why == "no_heading"
    assert str(refused.value.facts["expected"]).startswith("编号、名称、说明、户数、总投资（万元）")
    with pytest.raises(Refused) as refused:
        read(book(("编号", "名称")), SHAPE)
    assert refused.value.why == "no_rows"
    with pytest.raises(Refused) as refused:
        read(book(), SHAPE)
    assert refused.value.why == "empty"


def test_the_sheet_with_the_headings_is_found_and_the_others_are_told():
    def more(page):
        page.parent.create_sheet("说明", 0).append(["名称要写全称"])
        page.parent.create_sheet("旧表").sheet_state = "hidden"
        page.parent.create_sheet("⚠ 问题").append(["编号", "名称"])

    sheet = read(book(("编号", "名称"), ("A1", "甲"), change=more), SHAPE)
    assert (sheet.name, values(sheet, "code")) == ("台账", ["A1"])
    assert notes(sheet)["hidden_sheets"] == {"names": "旧表"}
    assert notes(sheet)["other_sheets"] == {"names": "说明"}


def test_hidden_rows_and_columns_are_read_and_told():
    def hide(page):
        page.row_dimensions[3].hidden = True
        page.column_dimensions["B"].hidden = True

    sheet = read(book(("编号", "名称"), ("A1", "甲"), ("A2", "乙"), change=hide), SHAPE)
    assert values(sheet, "code") == ["A1", "A2"]
    assert notes(sheet)["hidden_rows"] == {"count": 1, "first": 3}
    assert notes(sheet)["hidden_columns"] == {"count": 1, "first": "B"}


def test_formulas_give_their_last_results_and_errors_are_problems():
    stream = BytesIO()
    made = Workbook(stream)
    page = made.add_worksheet("台账")
    page.write_row(0, 0, ["编号", "名称", "户数", "完成时限"])
    page.write_formula(1, 0, '="A"&1', None, "A1")
    page.write_formula(1, 1, "=#REF!", None, "#REF!")
    page.write_formula(1, 2, "=1+2", None, 3)
    page.write_formula(1, 3, "=1/0", None, "#DIV/0!")
    made.close()
    sheet = read(stream.getvalue(), SHAPE)
    assert (sheet.rows[0].values["code"], sheet.rows[0].values["homes"]) == ("A1", 3)
    assert whys(sheet) == [("B2", "failed"), ("D2", "failed")]
    assert sheet.problems[0].message == "The formula gives #REF!."
    assert notes(sheet)["formulas"] == {"count": 4}
    never = read(book(("编号", "名称"), ("A1", '="甲"&"乙"')), SHAPE)
    assert whys(never) == [("B2", "not_computed")]


def test_formats_decide_what_is_a_day_and_what_a_percent():
    def shape(page):
        page["C2"].number_format = "0.0%"
        page["D2"].number_format = 'yyyy"年"m"月"d"日"'
        page["D3"].number_format = "General"
        page["D4"].number_format = "[$-804]aaaa yyyy/m/d;@"
        page["A2"].comment = Comment("x", "y")

    rows = (
        ("编号", "名称", "满意率", "完成时限"),
        ("A1", "甲", 0.925, 46086),
        ("A2", "乙", 92.5, 46086),
        ("A3", "丙", "92.5%", 46086),
    )
    sheet = read(book(*rows, change=shape), SHAPE)
    assert values(sheet, "rate") == [Decimal("92.5")] * 3
    assert values(sheet, "due") == [date(2026, 3, 5)] * 3


def test_days_counted_from_1904():
    def since(page):
        page.parent.epoch = datetime(1904, 1, 1)

    sheet = read(book(("编号", "名称", "完成时限"), ("A1", "甲", date(2026, 3, 5)), change=since), SHAPE)
    assert values(sheet, "due") == [date(2026, 3, 5)]


def test_cells_by_hand_rich_text_phonetics_prefixes_and_missing_references():
    head = "<x:row>" + "".join(
        f'<x:c t="inlineStr"><x:is><x:t>{words}</x:t></x:is></x:c>' for words in ("编号", "名称", "完成时限")
    )
    rich = "<x:r><x:t>甲</x:t></x:r><x:r><x:t>乙_x000D_</x:t></x:r><x:rPh><x:t>jia</x:t></x:rPh>"
    row = f'<x:row><x:c t="str"><x:f>1</x:f><x:v>A1</x:v></x:c><x:c t="inlineStr"><x:is>{rich}</x:is></x:c>'
    day = '<x:c t="d"><x:v>2026-03-05T00:00:00</x:v></x:c>'
    data = package(
        f'<x:sheetData xmlns:x="http://schemas.openxmlformats.org/spreadsheetml/2006/main">{head}</x:row>{row}{day}</x:row></x:sheetData>'
    )
    assert read(data, SHAPE).rows[0].values == {"code": "A1", "name": "甲乙", "due": date(2026, 3, 5)}


def test_a_far_cell_costs_nothing():
    far = f'<row r="1048576">{cell("A1048576", "A1")}{cell("B1048576", "甲")}</row>'
    sheet = read(package(f"<sheetData>{HEAD}{far}</sheetData>"), SHAPE)
    assert [(row.number, row.values["code"]) for row in sheet.rows] == [(1048576, "A1")]


def test_progress_is_told():
    heard = []
    rows = [(f"A{n}", "甲") for n in range(1200)]
    read(book(("编号", "名称"), *rows), SHAPE, told=lambda done, total: heard.append((done, total)))
    assert heard == [(0, 1200), (500, 1200), (1000, 1200), (1200, 1200)]


MAPPING = """
heading_row = 2
sheet = "Projects"
order = "mdy"
ignore = ["Agency"]
[columns]
"Project ID" = "code"
"Project Name" = "name"
"Finish" = "due"
"Type" = "kind"
[values.kind]
"Infrastructure" = "key"
[constants]
open = "是"
fund = "3亿"
"""


def test_a_foreign_sheet_is_read_by_its_mapping_file(tmp_path):
    path = tmp_path / "us.toml"
    path.write_text(MAPPING, encoding="utf-8")
    rows = (
        ("编号", "名称"),
        ("Project ID", "Project Name", "Finish", "Type", "Agency"),
        ("7", "Bridge", "3/5/2026", "infrastructure", "x"),
    )
    sheet = read(book(*rows, name="Projects"), SHAPE, Mapping.from_file(path))
    assert sheet.rows[0].values == {
        "code": "7", "name": "Bridge", "due": date(2026, 3, 5), "kind": "key",
        "open": True, "fund": 300_000_000,
    }  # fmt: skip
    assert (sheet.problems, sheet.ignored) == ((), ())


@pytest.mark.parametrize(
    ("words", "found"),
    [
        ("[columns", "Expected"), ("colums = 1", "colums is none of"),
        ('order = "ymd"', "order is mdy or dmy"),
        ("[columns]\nA = 'zzz'", "zzz is none of"), ("[constants]\nhomes = 'x'", "homes = x (no_number)"),
        ("columns = 3", "columns is a table"), ("heading_row = 'x'", "heading_row is a number"),
    ],
)  # fmt: skip
def test_a_wrong_mapping_is_refused_with_what_is_wrong(words, found):
    with pytest.raises(Refused) as refused:
        read(book(("编号", "名称"), ("A1", "甲")), SHAPE, Mapping.of(words))
    assert (refused.value.why, found in str(refused.value.facts["found"])) == ("mapping", True)


def test_a_sheet_that_is_not_there_is_refused_with_those_that_are():
    with pytest.raises(Refused) as refused:
        read(book(("编号", "名称"), ("A1", "甲")), SHAPE, Mapping(sheet="Projects"))
    assert (refused.value.why, refused.value.facts["names"]) == ("no_sheet", "台账")
