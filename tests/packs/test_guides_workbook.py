"""Item guides as workbooks: what is written is read back, and every bad cell is named and marked."""

import csv
import io
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from minhu.methods.composing import Form, StepKind, Waiver
from minhu.methods.sheets import Refused
from minhu.packs import open_pack
from minhu.packs.guides import (
    BasisSpec,
    BoundsSpec,
    ItemField,
    ItemOutput,
    ItemRequirement,
    ItemSpec,
    ItemStep,
)
from minhu.packs.guides.linting import catalogue_of, lint
from minhu.packs.guides.workbook import Around, error_workbook, read_guide, write_guide
from tests.packs.guides import KNOWN, PACKS, kerb

CATALOGUE = catalogue_of(open_pack(PACKS / "jiangbei"))
ITEMS = {one.item.code: one.item for one in CATALOGUE.items}
SHEETS = ["基本信息", "依据", "字段", "材料", "环节", "结果"]
with (PACKS / "jiangbei" / "organisations.csv").open(encoding="utf-8") as file:
    ORGANISATIONS = {row["code"]: row["short"] for row in csv.DictReader(file)}
AROUND = Around(
    tuple(one.item for one in CATALOGUE.bearers),
    tuple(one.item for one in CATALOGUE.elements),
    tuple(one.item for one in CATALOGUE.materials),
    ORGANISATIONS,
    {"commitment.verify_days": "告知承诺事后核查"},
)
CODES = st.from_regex(r"[a-z][a-z0-9-]{0,6}", fullmatch=True)
WORDS = st.text("甲乙丙丁无不是否abcXYZ09，、；+=*/-（）.", min_size=1, max_size=10)
SAID = st.just("") | WORDS
COUNTS = st.none() | st.integers(0, 400)
NUMBERS = st.none() | st.decimals(-1000, 1000, places=2)
LISTS = st.lists(WORDS, max_size=3, unique=True).map(tuple)
BOUNDS = st.builds(BoundsSpec, LISTS, NUMBERS, NUMBERS, COUNTS, COUNTS, LISTS)
STRENGTHS = st.sampled_from(["law", "regulation", "local", "assumed"])
SETS = st.lists(st.lists(CODES, min_size=1, max_size=3).map(tuple), min_size=1, max_size=3).map(tuple)


@st.composite
def guides(draw: st.DrawFn) -> ItemSpec:
    """An item guide with anything in it that its columns take."""
    ids = draw(st.lists(CODES, min_size=1, max_size=4, unique=True))
    some, legal = st.sampled_from(ids), draw(st.integers(0, 60))
    steps = st.builds(
        ItemStep, st.none(), st.sampled_from(StepKind), WORDS, st.just(legal), WORDS,
        st.none() | st.integers(0, legal), st.sampled_from(["working_day", "day"]), STRENGTHS,
        st.just("") | CODES, st.lists(some, max_size=3, unique=True).map(tuple), SAID,
        st.booleans(), st.booleans(), st.booleans(), SAID,
    )  # fmt: skip
    needs = st.builds(
        ItemRequirement, CODES, some, SETS, SAID, st.sampled_from(Form), COUNTS, st.sampled_from(Waiver),
        st.just("") | some, st.just("") | CODES, SAID, SAID,
    )  # fmt: skip
    fields = st.builds(ItemField, CODES, CODES, SAID, st.booleans(), SAID, SAID, BOUNDS)
    return ItemSpec(
        draw(CODES), draw(WORDS), draw(CODES), draw(WORDS), draw(CODES),
        tuple(draw(st.lists(st.builds(BasisSpec, WORDS, SAID, STRENGTHS, SAID), max_size=2))),
        draw(SAID), draw(SAID), draw(SAID), draw(COUNTS), draw(st.integers(0, 90)), draw(SAID),
        draw(st.booleans()),
        tuple(draw(st.lists(fields, max_size=3, unique_by=lambda one: one.key))),
        tuple(draw(st.lists(needs, max_size=3, unique_by=lambda one: one.id))),
        tuple(replace(draw(steps), id=one) for one in ids),
        tuple(draw(st.lists(st.builds(ItemOutput, CODES, some, COUNTS, SAID), max_size=2))),
    )  # fmt: skip


@settings(max_examples=40, deadline=None)
@given(guides())
def test_any_guide_is_read_back_as_it_was_written(item: ItemSpec) -> None:
    reading = read_guide(write_guide(item, Around()), Around(), "a.xlsx")
    assert reading.problems == ()
    assert reading.located is not None
    assert reading.located.item == item


def changed(content: bytes, **cells: object) -> bytes:
    """A workbook with some cells typed over: `字段_B3="nmae"`."""
    book = load_workbook(io.BytesIO(content))
    for where, value in cells.items():
        sheet, cell = where.split("_")
        book[sheet][cell] = value
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def wrong(content: bytes) -> list[tuple[str, str, str]]:
    """Sheet, cell and words of each bad cell."""
    reading = read_guide(content, AROUND, "a.xlsx")
    assert reading.located is None
    return [(one.sheet, one.cell, one.message) for one in reading.problems]


@pytest.mark.parametrize("code", ITEMS)
def test_what_is_written_is_read_back(code: str) -> None:
    reading = read_guide(write_guide(ITEMS[code], AROUND), AROUND, "a.xlsx")
    assert reading.problems == ()
    assert reading.located is not None
    assert reading.located.item == ITEMS[code]


@pytest.mark.parametrize("code", ["birth-benefit", "food-small", "exit-registration"])
def test_it_is_read_back_where_no_dictionary_is_known(code: str) -> None:
    reading = read_guide(write_guide(ITEMS[code], Around()), Around(), "a.xlsx")
    assert reading.located is not None
    assert reading.located.item == ITEMS[code]


def test_a_saved_workbook_is_read_as_it_was() -> None:
    item = ITEMS["food-small"]
    reading = read_guide(changed(write_guide(item, AROUND)), AROUND, "a.xlsx")
    assert reading.located is not None
    assert reading.located.item == item


def test_it_has_six_sheets_with_lists_to_choose_from() -> None:
    book = load_workbook(io.BytesIO(write_guide(ITEMS["food-permit"], AROUND)))
    assert [page.title for page in book if not page.title.startswith("ℹ")] == SHEETS
    offered = {page.title: len(page.data_validations.dataValidation) for page in book}
    assert {name: offered[name] for name in SHEETS} == {
        "基本信息": 2, "依据": 1, "字段": 3, "材料": 5, "环节": 7, "结果": 2,
    }  # fmt: skip
    assert book["字段"]["B2"].value == "enterprise_name 名称"


def test_an_empty_one_is_to_be_filled_in() -> None:
    empty = write_guide(None, AROUND)
    with pytest.raises(Refused) as caught:
        read_guide(empty, AROUND, "a.xlsx")
    assert caught.value.why == "no_rows"
    filled = changed(
        empty, 基本信息_A2="lamp", 基本信息_B2="路灯", 基本信息_C2="zhujian", 基本信息_D2="公共服务",
        基本信息_E2="1", 环节_A2="go", 环节_B2="受理", 环节_C2="受理", 环节_D2=3, 环节_G2="示例",
    )  # fmt: skip
    reading = read_guide(filled, AROUND, "a.xlsx")
    assert reading.located is not None
    item = reading.located.item
    assert (item.code, item.department, item.kind) == ("lamp", "zhujian", "公共服务")
    assert [(step.id, step.kind, step.legal) for step in item.step] == [("go", "accept", 3)]


def test_every_bad_cell_is_named_with_what_was_meant() -> None:
    good = write_guide(ITEMS["food-permit"], AROUND)
    slips = {
        "基本信息_C2": "shichan", "字段_B3": "credit_cod", "字段_H4": "many", "材料_C2": "reviw",
        "材料_D3": "food_rule", "材料_D4": "a+|b", "材料_G5": "maybe", "环节_D3": -1, "环节_E4": 9,
        "环节_F3": "week", "环节_J3": "acept", "环节_C6": None, "结果_A2": "permit",
    }  # fmt: skip
    found = {(sheet, cell): words for sheet, cell, words in wrong(changed(good, **slips))}
    assert set(found) == {tuple(where.split("_")) for where in slips}
    assert found["材料", "D3"] == "“food_rule” is none of the choices. Did you mean “food_rules”?"
    assert found["环节", "E4"] == "9 is more than 5."
    assert found["环节", "C6"] == "The cell is empty."
    assert found["字段", "H4"] == "“many” is not a number."


def test_the_error_workbook_marks_them_and_is_loaded_again_once_mended() -> None:
    item = ITEMS["food-permit"]
    bad = changed(write_guide(item, AROUND), 材料_D3="food_rule", 环节_C6=None)
    marked = error_workbook(read_guide(bad, AROUND, "a.xlsx"))
    book = load_workbook(io.BytesIO(marked))
    assert [page.title for page in book] == SHEETS
    assert "food_rules" in book["材料"]["D3"].comment.text
    assert book["环节"]["C6"].comment is not None
    assert len(wrong(marked)) == 2
    mended = read_guide(changed(marked, 材料_D3="food_rules", 环节_C6="发证"), AROUND, "a.xlsx")
    assert mended.located is not None
    assert mended.located.item == item


def test_an_error_workbook_keeps_sheets_that_are_empty() -> None:
    item = replace(ITEMS["waste-record"], output=())
    marked = error_workbook(read_guide(changed(write_guide(item, AROUND), 环节_D2="x"), AROUND, "a.xlsx"))
    assert set(load_workbook(io.BytesIO(marked)).sheetnames) == set(SHEETS)
    mended = read_guide(changed(marked, 环节_D2=0), AROUND, "a.xlsx")
    assert mended.located is not None
    assert mended.located.item == item


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04rest", b"code,name\n1,2\n"])
def test_what_is_no_such_workbook_is_refused(content: bytes) -> None:
    with pytest.raises(Refused):
        read_guide(content, AROUND, "a.xlsx")


def test_a_missing_sheet_and_a_second_item_are_refused() -> None:
    book = load_workbook(io.BytesIO(write_guide(ITEMS["licence"], AROUND)))
    del book["环节"]
    stream = io.BytesIO()
    book.save(stream)
    with pytest.raises(Refused) as caught:
        read_guide(stream.getvalue(), AROUND, "a.xlsx")
    assert (caught.value.why, caught.value.facts["wanted"]) == ("no_sheet", "环节")
    twice = changed(
        write_guide(ITEMS["licence"], AROUND), 基本信息_A3="b", 基本信息_B3="b", 基本信息_C3="yibao",
        基本信息_D3="b", 基本信息_E3="1",
    )  # fmt: skip
    with pytest.raises(Refused) as caught:
        read_guide(twice, AROUND, "a.xlsx")
    assert caught.value.why == "many"


def test_the_linter_says_the_cell_of_what_it_finds(tmp_path: Path) -> None:
    catalogue = kerb(tmp_path)
    around = Around(
        tuple(one.item for one in catalogue.bearers),
        tuple(one.item for one in catalogue.elements),
        tuple(one.item for one in catalogue.materials),
    )
    old: ItemSpec = catalogue.items[1].item
    wrong_step = replace(old.step[1], needs=("decide",))
    item = replace(old, basis=(), step=(old.step[0], wrong_step, old.step[2]))
    located = read_guide(write_guide(item, around), around, "kerb.xlsx").located
    assert located is not None
    found = lint(replace(catalogue, items=(catalogue.items[0], located)), KNOWN)
    assert [str(one).split(": ")[0] for one in found] == ["kerb.xlsx#基本信息:2:1", "kerb.xlsx#环节:3:10"]
