"""Numbers in every spelling."""

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.sheets.columns import Column, Type
from minhu.methods.sheets.numbers import heading_unit, number_of
from minhu.methods.sheets.raws import Bad, Percent

YUAN = Column("fund", "资金", Type.DECIMAL, unit="元")
WAN = Column("fund", "资金", Type.DECIMAL, unit="万元", factor=10_000)
SHOWN_WAN = Column("fund", "资金", Type.DECIMAL, unit="万元")
RATE = Column("rate", "满意率", Type.DECIMAL, unit="%")
BARE = Column("n", "数量", Type.DECIMAL)


@pytest.mark.parametrize(
    ("words", "value"),
    [
        ("1200", "1200"), ("1,200", "1200"), ("1，200", "1200"), ("１２００", "1200"), ("1 200", "1200"),
        ("1,234,567.89", "1234567.89"), ("０．５", "0.5"), (".5", "0.5"), ("-3", "-3"), ("－3", "-3"),
        ("−3", "-3"), ("(1,200)", "-1200"), ("（1200）", "-1200"), ("+7", "7"), ("1.2万", "12000"),
        ("1.2 万元", "12000"), ("3亿", "300000000"), ("3亿元", "300000000"), ("2千万", "20000000"),
        ("1.5万亿元", "1500000000000"), ("￥1,200.50", "1200.50"), ("¥1200元", "1200"), ("1.2E3", "1200"),
        ("人民币5万元", "50000"), ("  8 ", "8"), ("1200.", "1200"),
    ],
)  # fmt: skip
def test_spellings(words, value):
    assert number_of(words, YUAN) == Decimal(value)


@pytest.mark.parametrize(
    "words",
    ["abc", "12a", "1,2", "1,23,456", "1.2.3", "--3", "-+3", "(3", "约100", "一百", "", "nan", "inf", "1_000",
     "1e9999", "9" * 100, "12:30"],
)  # fmt: skip
def test_words_that_are_no_number(words):
    with pytest.raises(Bad) as refused:
        number_of(words, BARE)
    assert (refused.value.why, refused.value.facts["found"]) == (
        "no_number",
        words[:40] + "…" * (len(words) > 40),
    )


def test_bare_numbers_are_in_the_unit_of_the_column_and_written_units_are_heeded():
    found = [number_of(raw, WAN) for raw in (12.5, "12.5", "12.5万", "12.5万元", "125000元", "0.00125亿元")]
    assert found == [125_000] * 6
    assert [number_of(raw, SHOWN_WAN) for raw in (12.5, "12.5万元", "125000元")] == [Decimal("12.5")] * 3


def test_the_unit_of_the_heading_goes_before_that_of_the_column():
    assert number_of(3, WAN, "元") == 3
    assert number_of("3", WAN, "亿元") == 300_000_000
    assert number_of("3万元", WAN, "元") == 30_000


def test_percents():
    assert [number_of(raw, RATE) for raw in (Percent(0.85), "85%", "85％", "85", 85)] == [85] * 5
    assert [number_of(raw, BARE) for raw in (Percent(0.85), "85%")] == [Decimal("0.85")] * 2
    with pytest.raises(Bad) as refused:
        number_of("85%", YUAN)
    assert refused.value.why == "unit"
    with pytest.raises(Bad) as refused:
        number_of(Percent(0.5), YUAN)
    assert refused.value.facts == {"found": "50.0%", "unit": "%", "wanted": "元"}


def test_another_unit_is_refused_and_named():
    with pytest.raises(Bad) as refused:
        number_of("5万美元", WAN)
    assert (refused.value.why, refused.value.facts["unit"], refused.value.facts["wanted"]) == (
        "unit", "美元", "万元",
    )  # fmt: skip
    with pytest.raises(Bad) as refused:
        number_of("5户", BARE)
    assert refused.value.why == "no_number"


def test_brackets_of_headings():
    assert [heading_unit(words, WAN) for words in ("元", "亿元", "必填", "")] == ["元", "亿元", "", ""]
    assert heading_unit("万元", Column("name", "名称")) == ""
    with pytest.raises(Bad):
        heading_unit("万美元", WAN)


def test_binary_tails_are_cut_and_booleans_are_no_numbers():
    assert number_of(0.1 + 0.2, BARE) == Decimal("0.3")
    with pytest.raises(Bad):
        number_of(True, BARE)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=4, min_value=-(10**12), max_value=10**12))
def test_however_a_number_is_written_it_is_the_same(number):
    spellings = [f"{number:f}", f"{number:,f}", f"{number:f} 元", f"{number / 10_000:f}万元"]
    wide = f"{number:f}".translate({ord(sign): ord(sign) + 0xFEE0 for sign in "0123456789.-"})
    assert {number_of(words, YUAN) for words in [*spellings, wide]} == {number}
