"""Tables against the plain meaning of their cells, and every hit policy."""

from datetime import date, datetime
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.ruling import (
    Aggregate,
    Ambiguous,
    BadInput,
    BadTable,
    Basis,
    Decision,
    Hit,
    Input,
    Output,
    Rule,
    RulingError,
    Table,
    Type,
    compiled,
)
from tests.methods.ruling.tables import AGGREGATES, BASIS, LIMITS, questions, random_tables, table


@given(st.data())
def test_a_rule_matches_where_every_cell_means_it(data: st.DataObject) -> None:
    tried, meanings = data.draw(random_tables())
    asked = data.draw(questions(tried))
    expected = tuple(
        number
        for number, row in enumerate(meanings, 1)
        if all(meant(value) is True for meant, value in zip(row, asked.values(), strict=True))
    )
    decided = compiled(tried).decide(asked)
    assert decided.rules == expected
    assert decided.rows == tuple({"o": Decimal(number)} for number in expected)


@given(st.data())
def test_a_look_up_is_the_same_as_asking_every_cell(data: st.DataObject) -> None:
    tried, _ = data.draw(random_tables())
    asked = data.draw(questions(tried))
    for column, value in zip(compiled(tried).columns, asked.values(), strict=True):
        assert column.is_constant is True
        assert column.mask(value, {}) == column.tried(value, {})


@given(st.data())
def test_first_is_the_first_of_all(data: st.DataObject) -> None:
    tried, _ = data.draw(random_tables())
    asked = data.draw(questions(tried))
    every = compiled(tried).decide(asked)
    first = compiled(Table(tried.code, tried.inputs, tried.outputs, tried.rules, BASIS, Hit.FIRST)).decide(
        asked
    )
    assert first.rules == every.rules[:1]
    assert first.rows == (every.rows[:1] or ({"o": None},))


def test_the_limits_of_a_voice() -> None:
    ask = compiled(LIMITS).decide
    day = date(2026, 3, 1)
    assert ask({"channel": "letter", "kind": None, "received_on": day}) == Decision(
        ({"days": Decimal(60), "unit": "day"},), (1,)
    )
    assert ask({"channel": "letter", "kind": None, "received_on": date(2022, 4, 30)}).rows[0]["days"] == 90
    assert ask({"channel": "hotline", "kind": "enterprise", "received_on": day}).rules == (4,)
    # Nobody said the kind: neither `not("enterprise")` nor `"enterprise"` holds, and the defaults stand.
    assert ask({"channel": "hotline", "kind": None, "received_on": day}) == Decision(
        ({"days": None, "unit": "day"},), ()
    )


ROWS = [(["> 0"], ["1"]), (["> 1"], ["2"]), (["> 1"], ["3"])]


def test_unique_refuses_several() -> None:
    tried = compiled(table({"n": "number"}, {"o": "number"}, ROWS))
    assert tried.decide({"n": 1}).rules == (1,)
    with pytest.raises(Ambiguous, match="tried: rows 1, 2, 3 all match, one may") as several:
        tried.decide({"n": 2})
    assert several.value.rules == (1, 2, 3)


def test_any_wants_them_to_agree() -> None:
    rows = [(["> 0"], ["n"]), (["> 1"], ["2"]), (["> 5"], ["7"])]
    tried = compiled(table({"n": "number"}, {"o": "number"}, rows, Hit.ANY))
    assert tried.decide({"n": 2}) == Decision(({"o": 2},), (1, 2))
    with pytest.raises(Ambiguous, match="rows 1, 2 match and disagree"):
        tried.decide({"n": 3})


@pytest.mark.parametrize(
    ("hit", "rules"),
    [(Hit.FIRST, (1,)), (Hit.RULE_ORDER, (1, 2, 3)), (Hit.COLLECT, (1, 2, 3)), (Hit.PRIORITY, (3,)),
     (Hit.OUTPUT_ORDER, (3, 1, 2))],
)  # fmt: skip
def test_policies_choose_and_order(hit: Hit, rules: tuple[int, ...]) -> None:
    out = [Output("o", Type.NUMBER, ("3", "1", "2"))]
    tried = compiled(table({"n": "number"}, out, ROWS, hit))
    assert tried.decide({"n": 2}).rules == rules
    nothing = tried.decide({"n": 0})
    many = hit in {Hit.COLLECT, Hit.RULE_ORDER, Hit.OUTPUT_ORDER}
    assert nothing == Decision(() if many else ({"o": None},), ())


def test_priority_goes_by_the_first_output_and_then_the_next() -> None:
    outs = [Output("a", Type.STRING, ('"x"', '"y"')), Output("b", Type.NUMBER, ("2", "1"))]
    rows = [(["-"], ['"y"', "2"]), (["-"], ['"x"', "1"]), (["-"], ['"x"', "2"])]
    tried = compiled(table({"n": "number"}, outs, rows, Hit.OUTPUT_ORDER))
    assert tried.decide({"n": 0}).rules == (3, 2, 1)


@pytest.mark.parametrize(("aggregate", "total"), AGGREGATES)
def test_collect_counts(aggregate: Aggregate, total: Decimal) -> None:
    tried = compiled(table({"n": "number"}, {"o": "number"}, ROWS, Hit.COLLECT, aggregate=aggregate))
    assert tried.decide({"n": 2}).total == total
    assert tried.decide({"n": 0}).total == (Decimal(0) if aggregate is Aggregate.COUNT else None)


def test_no_digit_is_lost() -> None:
    rows = [(["> 0.1"], ["n * 3 - 0.1 + 2 / 4"]), (["0.1"], ["0.1 + 0.2"])]
    tried = compiled(table({"n": "number"}, {"o": "number"}, rows))
    assert tried.decide({"n": Decimal("1234567890123456789012.34")}).rows[0]["o"] == Decimal(
        "3703703670370370367037.42"
    )
    assert tried.decide({"n": Decimal("0.1")}).rows[0]["o"] == Decimal("0.3")


def test_null_spreads_and_nothing_is_divided_by_nothing() -> None:
    inputs = [Input("n", Type.NUMBER, optional=True), Input("m", Type.NUMBER, optional=True)]
    tried = compiled(table(inputs, {"o": "number"}, [(["-", "-"], ["(n + 1) / m"])]))
    asked = [(1, 2), (None, 2), (1, None), (1, 0)]
    assert [tried.decide({"n": n, "m": m}).rows[0]["o"] for n, m in asked] == [1, None, None, None]


def test_cells_compare_inputs_with_each_other() -> None:
    inputs = [Input("done_on", Type.DATE), Input("due_on", Type.DATE, optional=True)]
    rows = [(["<= due_on", "-"], ['"in time"']), (["> due_on", "-"], ['"late"']), (["-", "null"], ["null"])]
    tried = compiled(table(inputs, {"o": "string"}, rows))
    day, later = date(2026, 3, 1), date(2026, 3, 2)
    asked = [(day, day), (later, day), (day, None)]
    assert [tried.decide({"done_on": a, "due_on": b}).rules for a, b in asked] == [(1,), (2,), (3,)]


def test_a_row_handed_out_is_not_the_table_s_own() -> None:
    tried = compiled(LIMITS)
    asked = {"channel": "deputy", "kind": None, "received_on": date(2026, 3, 1)}
    tried.decide(asked).rows[0]["days"] = 0
    assert tried.decide(asked).rows[0]["days"] == 3


DAY = date(2026, 3, 1)


@pytest.mark.parametrize(
    ("asked", "words"),
    [
        ({"channel": "letter", "received_on": DAY}, "voice.limit: kind is missing"),
        ({"channel": None, "kind": "a", "received_on": DAY}, "channel is null, but not optional"),
        ({"channel": "letter", "kind": 3, "received_on": DAY}, "kind is 3, not a string"),
        ({"channel": "fax", "kind": "a", "received_on": DAY}, "channel is 'fax', not among \"letter\", "),
        ({"channel": "letter", "kind": "a", "received_on": datetime(2026, 3, 1)}, "not a date"),
    ],
)
def test_a_wrong_question_is_told_by_its_input(asked: dict[str, object], words: str) -> None:
    with pytest.raises(BadInput, match=words):
        compiled(LIMITS).decide(asked)


@pytest.mark.parametrize("value", [1.5, True, "1", Decimal("NaN"), Decimal("Infinity")])
def test_only_whole_and_decimal_numbers_are_numbers(value: object) -> None:
    with pytest.raises(BadInput, match="not a number"):
        compiled(table({"n": "number"}, {"o": "number"}, ROWS)).decide({"n": value})


ONE_IN, ONE_OUT = (Input("n", Type.NUMBER),), (Output("o", Type.NUMBER),)


@pytest.mark.parametrize(
    ("parts", "words"),
    [
        (("t", (), ONE_OUT, (), BASIS), "t: a table needs an input and an output"),
        (("t", ONE_IN, ONE_OUT, (), Basis(" ")), "a table names its legal basis"),
        (("a b", ONE_IN, ONE_OUT, (), BASIS), "'a b' is no name"),
        (("t", (Input("null", Type.NUMBER),), ONE_OUT, (), BASIS), "'null' is no name"),
        (("t", ONE_IN * 2, ONE_OUT, (), BASIS), "two columns are called n"),
        (("t", ONE_IN, ONE_OUT, (Rule((), ("1",)),), BASIS), "row 1 has 0 tests for 1 inputs"),
        (("t", ONE_IN, ONE_OUT, (Rule(("1",), ()),), BASIS), "row 1 has 0 values for 1 outputs"),
        (("t", ONE_IN, ONE_OUT, (), BASIS, Hit.PRIORITY), "hit policy P needs the values of every output"),
        (("t", ONE_IN, ONE_OUT, (), BASIS, Hit.FIRST, Aggregate.SUM), "only hit policy C aggregates, not F"),
        (("t", ONE_IN, (*ONE_OUT, Output("p", Type.NUMBER)), (), BASIS, Hit.COLLECT, Aggregate.SUM),
         "only a table with one output aggregates"),
        (("t", ONE_IN, (Output("o", Type.STRING),), (), BASIS, Hit.COLLECT, Aggregate.SUM),
         "SUM needs a number, not a string"),
    ],
)  # fmt: skip
def test_parts_that_do_not_fit_are_told(parts: tuple, words: str) -> None:
    with pytest.raises(BadTable, match=words):
        Table(*parts)


def test_a_value_without_priority_is_told() -> None:
    out = [Output("o", Type.NUMBER, ("1", "2"))]
    with pytest.raises(BadTable, match="tried, row 3: 3 is not among the values of o"):
        compiled(table({"n": "number"}, out, ROWS, Hit.PRIORITY))
    later = compiled(table({"n": "number"}, out, [(["-"], ["n"])], Hit.PRIORITY))
    with pytest.raises(BadTable, match="row 1: 5 is not among the values of o"):
        later.decide({"n": 5})


def test_all_refusals_are_ruling_errors() -> None:
    assert [issubclass(error, RulingError) for error in (Ambiguous, BadInput, BadTable)] == [True] * 3
