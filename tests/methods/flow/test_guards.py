"""Conditions: read, spelled, and true, false or unknown."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.flow import BadGuard, guard
from minhu.methods.flow.guards import Compare, Every, Missing, Name, Not, OneOf, Some, sort_of

KEYS = st.sampled_from(["n", "level", "by", "paid_on", "attempts.a", "事项"])
NAMES = st.builds(Name, KEYS)
VALUES = st.one_of(
    st.integers(-99, 99).map(Decimal),
    st.decimals(-99, 99, places=2),
    st.text(max_size=5),
    st.booleans(),
    st.dates(),
)
OPS = st.sampled_from(["=", "!=", "<", "<=", ">", ">="])
LEAVES = st.one_of(
    st.builds(Compare, NAMES, OPS, VALUES | NAMES),
    st.builds(OneOf, NAMES, st.lists(VALUES, min_size=1, max_size=3).map(tuple)),
    st.builds(Missing, NAMES),
)


def _joined(kind, inner):
    return st.builds(kind, st.lists(inner, min_size=2, max_size=3).map(tuple))


GUARDS = st.recursive(
    LEAVES, lambda inner: st.builds(Not, inner) | _joined(Every, inner) | _joined(Some, inner), max_leaves=6
)
DATA = st.dictionaries(st.sampled_from(["n", "m"]), st.integers(0, 3), max_size=2)


@given(GUARDS)
def test_what_is_spelled_is_read_again(tried) -> None:
    assert guard(str(tried)) == tried


def truth(text: str, **data) -> bool | None:
    return guard(text).holds(data.get)


@given(DATA)
def test_negation_swaps_true_and_false_and_leaves_the_unknown(data: dict[str, int]) -> None:
    held = guard("n < m").holds(data.get)
    assert guard("not n < m").holds(data.get) is (None if held is None else not held)
    assert (held is None) == (len(data) < 2)


@given(st.lists(st.sampled_from(["yes", "no", "unknown"]), min_size=2, max_size=4))
def test_and_is_the_least_and_or_the_greatest(parts: list[str]) -> None:
    data = {"yes": True, "no": False}
    rank = {"no": False, "unknown": None, "yes": True}
    order = ["no", "unknown", "yes"]
    least, most = min(parts, key=order.index), max(parts, key=order.index)
    spelled = [f"{part} = true" for part in parts]
    assert guard(" and ".join(spelled)).holds(data.get) is rank[least]
    assert guard(" or ".join(spelled)).holds(data.get) is rank[most]


@pytest.mark.parametrize(
    ("text", "data", "held"),
    [
        ("n >= 2", {"n": 2}, True),
        ("n >= 2", {"n": Decimal("1.99")}, False),
        ("n >= 2", {}, None),
        ("n = m", {"n": 1, "m": Decimal("1.0")}, True),
        ('level in ["a", "b"]', {"level": "b"}, True),
        ('level in ["a", "b"]', {"level": "c"}, False),
        ('level in ["a"]', {}, None),
        ("level is missing", {}, True),
        ("not level is missing", {"level": "x"}, True),
        ("on < 2026-03-01", {"on": date(2026, 2, 28)}, True),
        ("urgent = true", {"urgent": False}, False),
        ('a = "x" or b = "y" and c = "z"', {"a": "x"}, True),
        ('(a = "x" or b = "y") and c = "z"', {"a": "x", "c": "no"}, False),
        (r'a = "say \"no\" \\"', {"a": 'say "no" \\'}, True),
        ("n=-1.5", {"n": Decimal("-1.5")}, True),
    ],
)
def test_conditions_hold_or_not(text: str, data: dict[str, object], held: bool | None) -> None:
    assert truth(text, **data) is held


def test_a_condition_tells_what_it_reads() -> None:
    read = guard("not (a = b) and (c in [1] or d is missing or e < 2)").keys
    assert read == {"a", "b", "c", "d", "e"}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("", "column 1 of '': the key of a value is missing"),
        ("n >", "column 4 of 'n >': a value is missing"),
        ("n > and", "column 5 of .*: a value is missing before 'and'"),
        ("n", "column 2 of 'n': n is followed by no comparison"),
        ("n > 1 m > 2", "column 7 of .*: something too much"),
        ("(n > 1", r"column 7 of .*: '\)' is missing"),
        ("n in 1", r"column 6 of .*: '\[' is missing"),
        ("n is 1", "column 6 of .*: 'missing' is missing"),
        ("n > #", "column 5 of .*: '#' has no meaning here"),
        ("d > 2026-02-30", "column 5 of .*: 2026-02-30 is no day"),
        ("in = 1", "column 1 of .*: the key of a value is missing"),
        ("not " * 60 + "n > 1", "more than 50 brackets and negations"),
        ("(" * 5000, "more than 50 brackets and negations"),
    ],
)
def test_what_cannot_be_read_is_told_with_its_column(text: str, words: str) -> None:
    with pytest.raises(BadGuard, match=words):
        guard(text)


@pytest.mark.parametrize(
    ("text", "data", "words"),
    [
        ("n > 1", {"n": "2"}, "n > 1: n is a text, not a number"),
        ("n = true", {"n": 1}, "n = true: n is a number, not yes or no"),
        ('n in ["a", 2]', {"n": "a"}, "n is a text, not a number"),
        ("n > 1", {"n": 1.5}, "1.5 is no text, number, date"),
    ],
)
def test_values_of_different_sorts_are_not_compared(text: str, data: dict[str, object], words: str) -> None:
    with pytest.raises(BadGuard, match=words):
        truth(text, **data)


def test_sorts_have_names() -> None:
    assert [sort_of(v) for v in (True, 1, Decimal(1), "x", date(2026, 1, 1))] == [
        "yes or no", "a number", "a number", "a text", "a date"
    ]  # fmt: skip
