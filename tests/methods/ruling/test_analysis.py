"""Gaps and clashes of small tables, against asking every value."""

from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.ruling import Hit, Input, Output, Type, analysed, compiled
from minhu.methods.ruling.cells import test_of as read_test
from tests.methods.ruling.tables import LIMITS, questions, random_tables, table


def inside(where, tried, asked) -> bool:
    """Whether values lie in a region told by the analysis."""
    types = {column.name: column.type for column in tried.inputs}
    return all(
        read_test(cell, types[name], {}).compiled()(asked[name], {}) is True for name, cell in where.items()
    )


@given(st.data())
def test_what_no_rule_matches_is_told_and_nothing_else(data: st.DataObject) -> None:
    tried, _ = data.draw(random_tables())
    asked = data.draw(questions(tried))
    table_ = compiled(tried)
    report = analysed(table_, most=10_000)
    assert report.is_whole is True
    assert any(inside(gap, tried, asked) for gap in report.gaps) == (table_.decide(asked).rules == ())


@given(st.data())
def test_rules_that_clash_are_told_with_where_they_do(data: st.DataObject) -> None:
    tried, _ = data.draw(random_tables(Hit.UNIQUE))
    asked = data.draw(questions(tried))
    table_ = compiled(tried)
    rules = table_.matching(asked)
    told = {meeting.rules: meeting.where for meeting in analysed(table_).meetings}
    for a, b in product(rules, rules):
        if a < b:
            assert (a, b) in told
    for pair, where in told.items():
        if inside(where, tried, asked):
            assert set(pair) <= set(rules)


@given(st.data())
def test_a_rule_that_decides_is_not_idle(data: st.DataObject) -> None:
    hit = data.draw(st.sampled_from([Hit.FIRST, Hit.RULE_ORDER]))
    tried, _ = data.draw(random_tables(hit))
    table_ = compiled(tried)
    report = analysed(table_, most=10_000)
    assert set(report.idle) & set(table_.decide(data.draw(questions(tried))).rules) == set()


def gaps(*rows: str, type_: str = "number", **more) -> list[str]:
    inputs = [Input("n", Type(type_), **more)]
    tried = compiled(table(inputs, {"o": "number"}, [([row], ["1"]) for row in rows], Hit.FIRST))
    return [gap["n"] if gap else "-" for gap in analysed(tried).gaps]


@pytest.mark.parametrize(
    ("rows", "more", "found"),
    [
        ((), {}, ["-"]),
        (("-",), {}, []),
        (("< 0", "> 0"), {}, ["0"]),
        (("< 0", "> 10"), {}, ["[0..10]"]),
        (("[0..10]",), {}, ["< 0, > 10"]),
        (("(0..10)",), {}, ["<= 0, >= 10"]),
        (("0", "10"), {}, ["< 0, (0..10), > 10"]),
        (("< 0", "> 0"), {"optional": True}, ["0", "null"]),
        (("-",), {"optional": True}, []),
        (("null",), {"optional": True}, ["not(null)"]),
        (("> 0", "null"), {"optional": True}, ["<= 0"]),
        (("> 0",), {"allowed": "[-5..5]"}, ["[-5..0]"]),
        (("[0..5]",), {"allowed": "[0..5]"}, []),
        (('"a"',), {"type_": "string"}, ['not("a")']),
        (('not("a")',), {"type_": "string"}, ['"a"']),
        (('"a"',), {"type_": "string", "allowed": '"a", "b", "c"'}, ['"b", "c"']),
        (('"a"', '"b"'), {"type_": "string", "allowed": '"a", "b"'}, []),
        (("true",), {"type_": "boolean"}, ["false"]),
        ((), {"type_": "boolean"}, ["-"]),
        (('date("2026-01-01")', '>= date("2026-01-02")'), {"type_": "date"}, ['< date("2026-01-01")']),
        (('<= date("2026-01-01")', '> date("2026-01-02")'), {"type_": "date"}, ['date("2026-01-02")']),
    ],
)
def test_gaps_are_told_as_cells(rows, more, found) -> None:
    assert gaps(*rows, **more) == found


def test_the_limits_of_a_voice_leave_one_gap() -> None:
    report = analysed(compiled(LIMITS))
    assert report.gaps == ({"channel": '"hotline"', "kind": "null"},)
    assert (report.meetings, report.idle, report.unclear, report.is_whole) == ((), (), (), True)


def test_any_lets_rules_meet_that_agree() -> None:
    rows = [(["> 0"], ["1"]), (["> 5"], ["1"]), (["> 9"], ["2"])]
    report = analysed(compiled(table({"n": "number"}, {"o": "number"}, rows, Hit.ANY)))
    assert [meeting.rules for meeting in report.meetings] == [(1, 3), (2, 3)]
    assert report.meetings[0].where == {"n": "> 9"}


def test_a_rule_behind_another_is_idle() -> None:
    rows = [(["> 0"], ["1"]), (["> 5"], ["1"]), (["-"], ["2"])]
    assert analysed(compiled(table({"n": "number"}, {"o": "number"}, rows, Hit.FIRST))).idle == (2,)
    assert analysed(compiled(table({"n": "number"}, {"o": "number"}, rows, Hit.COLLECT))).idle == ()


def test_cells_that_read_names_are_named_and_do_not_count() -> None:
    rows = [(["> m", "-"], ["1"]), (["-", "> 3"], ["2"])]
    report = analysed(compiled(table({"n": "number", "m": "number"}, {"o": "number"}, rows)))
    assert (report.unclear, report.gaps, report.idle) == (("n",), ({"m": "<= 3"},), ())


def test_a_bound_is_said() -> None:
    inputs = {f"i{n}": "number" for n in range(6)}
    rows = [([str(n)] * 6, ["1"]) for n in range(8)]
    report = analysed(compiled(table(inputs, {"o": "number"}, rows)), bound=100, most=5)
    assert (report.is_whole, len(report.gaps), report.idle) == (False, 5, ())


def test_outputs_do_not_matter_to_gaps() -> None:
    tried = table({"n": "number"}, [Output("o", Type.STRING, default='"x"')], [(["> 0"], ['"y"'])])
    assert analysed(compiled(tried)).gaps == ({"n": "<= 0"},)
