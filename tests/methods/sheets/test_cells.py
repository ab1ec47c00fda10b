"""Cells as values of their columns: words, codes, choices, flags, lists, bounds."""

from datetime import date, datetime, time
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.sheets.cells import reader_of
from minhu.methods.sheets.columns import Choice, Column, Shape, Type
from minhu.methods.sheets.raws import Bad, Failed, Percent, words_of

KINDS = (
    Choice("major", "重大改革", ("重大",)),
    Choice("key", "重点改革"),
    Choice("micro", "微改革、小切口"),
)


def value(raw, kind=Type.TEXT, **more):
    return reader_of(Column("x", "甲", kind, **more))(raw)


def why(raw, kind=Type.TEXT, **more):
    with pytest.raises(Bad) as refused:
        value(raw, kind, **more)
    return refused.value.why, dict(refused.value.facts)


def test_words_lose_blanks_at_their_edges_control_signs_and_line_breaks():
    assert value("\u3000 甲\u200b 乙\x07 \n") == "甲\u200b 乙"
    assert value("甲\r\n乙\nA\nB") == "甲乙A B"
    assert value("甲\r\n乙", Type.LONG) == "甲\n乙"
    assert [value(raw) for raw in (None, "", " \n", "\u3000")] == [None] * 4
    assert value("—") == "—"


def test_other_kinds_of_cell_become_words():
    raws = (7, 7.0, 0.5, True, date(2026, 3, 5), datetime(2026, 3, 5, 8, 30), time(8, 30), Percent(0.85))
    assert [value(raw) for raw in raws] == [
        "7", "7", "0.5", "是", "2026-03-05", "2026-03-05 08:30:00", "08:30:00", "85.00%",
    ]  # fmt: skip
    assert words_of(Decimal("1E+3")) == "1000"


def test_codes_have_no_blanks_and_no_full_width():
    assert value(" ＪＢ－ 001 ", Type.CODE) == "JB-001"
    assert value(7.0, Type.CODE) == "7"
    assert why("B1", Type.CODE, pattern=r"A\d", example="A1") == (
        "bad_code",
        {"found": "B1", "example": "A1"},
    )


def test_numbers_of_more_than_fifteen_digits_have_lost_some():
    assert why(110101199001011234, Type.CODE)[0] == "digits_lost"
    assert why(1.10101199001011e17, Type.TEXT)[0] == "digits_lost"
    assert why("1.10101E+17", Type.CODE)[0] == "digits_lost"
    assert value("110101199001011234", Type.CODE) == "110101199001011234"


def test_formulas_that_fail_or_were_never_computed():
    assert why(Failed("#REF!")) == ("failed", {"found": "#REF!"})
    assert why(Failed(""))[0] == "not_computed"
    assert why(" #N/A ", Type.DATE) == ("failed", {"found": "#N/A"})


@pytest.mark.parametrize("kind", list(Type))
def test_required_cells_may_not_be_empty(kind):
    for raw in (None, "", " \u3000\n"):
        assert why(raw, kind, required=True, choices=KINDS)[0] == "required"
        assert value(raw, kind, choices=KINDS) == (() if kind is Type.LIST else None)


@pytest.mark.parametrize("kind", [Type.WHOLE, Type.DECIMAL, Type.DATE, Type.CHOICE, Type.LIST])
def test_strokes_stand_for_nothing(kind):
    nothing = () if kind is Type.LIST else None
    assert {value(raw, kind, choices=KINDS) for raw in ("/", "—", "——", "-", "无")} == {nothing}
    assert why("—", kind, choices=KINDS, required=True)[0] == "required"


def test_flags():
    assert {value(raw, Type.FLAG) for raw in ("是", "√", "✓", "Yes", "Ｙ", "有", True, 1, 1.0, "TRUE")} == {
        True
    }
    assert {value(raw, Type.FLAG) for raw in ("否", "×", "no", "无", False, 0, "0", " 否 ")} == {False}
    assert why("大概", Type.FLAG) == ("no_flag", {"found": "大概"})
    assert why(2, Type.FLAG)[0] == "no_flag"


def test_choices_by_title_value_and_alias_and_the_nearest_one():
    found = [value(raw, Type.CHOICE, choices=KINDS) for raw in ("重大改革", " 重大 改革", "重大", "MAJOR")]
    assert found == ["major"] * 4
    name, facts = why("重大改各", Type.CHOICE, choices=KINDS)
    assert (name, facts["near"]) == ("near_choice", "重大改革")
    assert why("天气", Type.CHOICE, choices=KINDS) == (
        "no_choice", {"found": "天气", "choices": "重大改革、重点改革、微改革、小切口"},
    )  # fmt: skip
    many = tuple(Choice(str(n), f"第{n}种") for n in range(30))
    assert why("天气", Type.CHOICE, choices=many)[1]["choices"].endswith("第19种…")


def test_what_is_wrong_a_thousand_times_is_compared_with_the_choices_only_so_often():
    read = reader_of(Column("x", "甲", Type.CHOICE, choices=KINDS))
    found = []
    for number in range(600):
        with pytest.raises(Bad) as refused:
            read(f"重大改各{number:03}")
        found.append(refused.value.why)
    assert found == ["near_choice"] * 500 + ["no_choice"] * 100


def test_very_long_words_are_refused_at_once():
    for kind in (Type.DATE, Type.DECIMAL, Type.CHOICE, Type.FLAG):
        name, facts = why("2026" + " " * 100_000 + "x" + "1" * 5_000, kind, choices=KINDS)
        assert name in {"no_date", "no_number", "no_choice", "no_flag"}
        assert len(facts["found"]) <= 41
    assert why("1e+" + "9" * 5_000, Type.CODE, most=50)[0] == "long"


def test_lists_by_every_separator_and_by_lines_alone_where_there_are_some():
    expected = ("发改局", "财政局", "教育局")
    for sign in "、，,;；\n":
        assert value(sign.join(expected), Type.LIST) == expected
    assert value("发改局、财政局\n教育局", Type.LIST) == ("发改局、财政局", "教育局")
    assert value("甲、乙\n", Type.LIST) == ("甲、乙",)
    assert value("甲、、甲、 乙", Type.LIST) == ("甲", "乙")
    assert value("重大、重点改革", Type.LIST, choices=KINDS) == ("major", "key")
    assert why("重大、天气", Type.LIST, choices=KINDS)[0] == "no_choice"


def test_bounds():
    assert why("甲乙丙", most=2) == ("long", {"length": 3, "most": 2, "over": 1})
    assert why("甲", least=2)[0] == "short"
    assert why("甲、乙", Type.LIST, most=1)[0] == "many"
    assert why("甲", Type.LIST, least=2)[0] == "few"
    assert why(-1, Type.WHOLE, low=0) == ("low", {"found": "-1", "low": 0})
    assert why("101%", Type.DECIMAL, unit="%", high=100) == ("high", {"found": "101", "high": 100})
    assert why(1.5, Type.WHOLE) == ("no_whole", {"found": "1.5"})
    assert value("1e30", Type.DECIMAL, places=2) == Decimal("1e30")
    assert value("1.20", Type.DECIMAL, places=1) == Decimal("1.2")
    assert why("1.234", Type.DECIMAL, places=2) == ("places", {"found": "1.234", "places": 2})
    assert why("1999-1-1", Type.DATE, low=date(2000, 1, 1))[0] == "early"
    assert why("2999-1-1", Type.DATE, high=date(2100, 1, 1))[0] == "late"
    assert value("1.2万", Type.WHOLE) == 12_000
    assert why(True, Type.DATE)[0] == "no_date"


@given(
    st.sampled_from(list(Type)),
    st.one_of(
        st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False, allow_infinity=False),
        st.text(max_size=30), st.datetimes(), st.dates(), st.times(),
        st.builds(Percent, st.floats(-10, 10)), st.builds(Failed, st.sampled_from(["", "#REF!"])),
    ),
)  # fmt: skip
def test_any_cell_gives_a_value_of_its_kind_or_a_reason(kind, raw):
    kinds = {Type.WHOLE: int, Type.DECIMAL: Decimal, Type.DATE: date, Type.FLAG: bool, Type.LIST: tuple}
    try:
        found = value(raw, kind, choices=KINDS)
    except Bad:
        return
    assert found is None or isinstance(found, kinds.get(kind, str))


def test_a_shape_refuses_what_would_be_read_two_ways():
    one, two = Column("a", "名称", aliases=("事项",)), Column("b", "事 项")
    with pytest.raises(ValueError, match="Columns a and b are both called"):
        Shape((one, two))
    with pytest.raises(ValueError, match="Two columns bear one code"):
        Shape((one, one))
    with pytest.raises(ValueError, match="The key names no column: z"):
        Shape((one,), ("z",))
    with pytest.raises(ValueError, match="a choice needs choices"):
        Column("a", "类别", Type.CHOICE)
    with pytest.raises(ValueError, match="month is first, last or empty"):
        Column("a", "日期", Type.DATE, month="middle")
