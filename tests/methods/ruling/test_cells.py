"""Cells that cannot be read are told with row, column and character."""

import pytest

from minhu.methods.ruling import BadCell, Input, Output, Type, compiled
from minhu.methods.ruling.cells import test_of as read_test
from minhu.methods.ruling.values import spell
from tests.methods.ruling.tables import table

NAMES = {"n": Type.NUMBER, "word": Type.STRING, "事项.级": Type.NUMBER}


@pytest.mark.parametrize(
    ("text", "type_", "value", "held"),
    [
        ("-", "number", None, True),
        ("", "number", 3, True),
        ("(1 + 1) * 2", "number", 4, True),
        ("((1 + 1)..4)", "number", 2, False),
        ("((1 + 1)..4)", "number", 4, False),
        ("]2..4[", "number", 3, True),
        ("-1", "number", -1, True),
        ("- n", "number", -7, True),
        ("-(-1)", "number", 1, True),
        ("< 事项.级 - 1", "number", 1, True),
        ("1, 2, > n", "number", 8, True),
        ("1, 2, > n", "number", 7, False),
        ("not(1, 2)", "number", 3, True),
        ("not(1, 2)", "number", None, None),
        ("null, 1", "number", None, True),
        ('"a\\"b"', "string", 'a"b', True),
        ("word", "string", "w", True),
        ('"not"', "string", "not", True),
        ('[date("2026-01-01")..date("2026-01-31")]', "date", None, None),
        ("false", "boolean", False, True),
    ],
)
def test_cells_mean_what_they_say(text: str, type_: str, value: object, held: bool | None) -> None:
    row = {"n": 7, "word": "w", "事项.级": 3}
    assert read_test(text, Type(type_), NAMES).compiled()(value, row) is held


@pytest.mark.parametrize(
    ("text", "type_", "at", "words"),
    [
        ("< ", "number", 3, "a value is missing"),
        ("1 2", "number", 3, "2 is too much"),
        ("[1..2", "number", 6, "] or ) or [ is missing"),
        ("[1, 2]", "number", 3, ".. is missing"),
        ("[3..1]", "number", 1, "the range begins after its end"),
        ("[null..1]", "number", 2, "null is no end of a range"),
        ('"a"', "number", 1, "a string stands where a number is wanted"),
        ("word", "number", 1, "a string stands where a number is wanted"),
        ('< "a"', "string", 1, "a string has no order"),
        ("letter", "string", 1, "no input is called letter; there are: n, word, 事项.级. A string stands in"),
        ("1 + word", "number", 5, "a string cannot be counted with"),
        ("null + 1", "number", 1, "a null cannot be counted with"),
        ("not 1", "number", 5, "( is missing"),
        ("1 + )", "number", 5, "a value is missing before )"),
        ("$", "number", 1, "'$' has no meaning here"),
        ('date("2026-02-30")', "date", 1, "2026-02-30 is no day"),
        ("date(2026)", "date", 1, 'a day is written date("2026-01-31")'),
        ("(" * 40 + "1", "number", 32, "more than 30 brackets"),
        ("-" * 31 + "1", "number", 31, "more than 30 brackets"),
        ("1" * 31, "number", 1, "more than 30 digits"),
    ],
)
def test_the_character_is_told(text: str, type_: str, at: int, words: str) -> None:
    with pytest.raises(BadCell) as told:
        read_test(text, Type(type_), NAMES)
    assert told.value.at + 1 == at
    assert told.value.words[: len(words)] == words


@pytest.mark.parametrize(
    ("inputs", "outputs", "row", "place"),
    [
        ([Input("n", Type.NUMBER)], [Output("o", Type.NUMBER)], (["1"], ["x"]), (2, "o", "x")),
        ([Input("n", Type.NUMBER)], [Output("o", Type.NUMBER)], (["a"], ["1"]), (2, "n", "a")),
        ([Input("n", Type.NUMBER, "?")], [Output("o", Type.NUMBER)], (["1"], ["1"]), (0, "n", "?")),
        ([Input("n", Type.NUMBER)], [Output("o", Type.NUMBER, default="n")], (["1"], ["1"]), (0, "o", "n")),
        ([Input("n", Type.NUMBER)], [Output("o", Type.NUMBER, ("1", "n"))], (["1"], ["1"]), (0, "o", "n")),
    ],
)
def test_the_cell_is_told(inputs, outputs, row, place) -> None:
    with pytest.raises(BadCell) as told:
        compiled(table(inputs, outputs, [(["-"], ["1"]), row]))
    assert (told.value.row, told.value.column, told.value.text) == place
    assert told.value.table == "tried"


def test_the_whole_message() -> None:
    with pytest.raises(BadCell) as told:
        compiled(table({"n": "number"}, {"o": "number"}, [(["> 1 1"], ["1"])]))
    assert str(told.value) == "tried, row 1, n, character 5 of '> 1 1': 1 is too much"


def test_values_are_spelled_as_feel_does() -> None:
    assert [spell(value) for value in (None, True, False, 3, 'a"b')] == [
        "null",
        "true",
        "false",
        "3",
        '"a\\"b"',
    ]
