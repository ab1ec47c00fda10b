"""One spelling of plain values."""

import json
from datetime import UTC, date, datetime, timedelta, timezone
from decimal import Decimal
from enum import Enum

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.sealing import NotPlain, canonical, instant, plain

texts = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=12)
numbers = st.integers() | st.floats(allow_nan=False, allow_infinity=False)
scalars = st.none() | st.booleans() | numbers | texts
values = st.recursive(
    scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4)
)


@given(values)
def test_values_that_went_through_json_are_spelled_the_same(value):
    assert canonical(json.loads(canonical(value))) == canonical(value)


@given(st.dictionaries(texts, scalars, max_size=6), st.randoms())
def test_the_order_of_keys_does_not_matter(value, random):
    keys = list(value)
    random.shuffle(keys)
    assert canonical({key: value[key] for key in keys}) == canonical(value)


@given(values, values)
def test_different_values_are_spelled_differently(one, other):
    assert (canonical(one) == canonical(other)) == same(plain(one), plain(other))


def same(one, other) -> bool:
    """Equality that tells 1 from True, as JSON does."""
    return json.dumps(one, sort_keys=True) == json.dumps(other, sort_keys=True)


def test_the_spelling_is_fixed_for_ever():
    assert (
        canonical({"b": [1.0, 0.5, None, True], "a": "改革"}) == '{"a":"改革","b":[1,0.5,null,true]}'.encode()
    )


def test_dates_decimals_and_choices_become_text():
    class State(Enum):
        RUNNING = "running"

    assert plain([date(2026, 5, 1), Decimal("1.50"), State.RUNNING, (1, 2)]) == [
        "2026-05-01", "1.50", "running", [1, 2],
    ]  # fmt: skip


def test_one_moment_has_one_spelling_whatever_the_time_zone():
    beijing = datetime(2026, 5, 1, 8, 0, tzinfo=timezone(timedelta(hours=8)))
    assert instant(beijing) == instant(datetime(2026, 5, 1, tzinfo=UTC)) == "2026-05-01T00:00:00.000000+00:00"


@pytest.mark.parametrize(
    ("value", "words"),
    [
        (object(), "entry: object is not a plain value: give text"),
        ({"a": [1, b"x"]}, r"entry.a\[1\]: bytes is not a plain value"),
        ("\ud800", r"half of a character \(at 0\): decode it again"),
        ({"x\x00": 1}, "the character NUL"),
        (float("inf"), "entry: inf is not a number: give None or a text"),
        (datetime(2026, 1, 1), "does not say in which time zone: give an aware datetime"),
        ({1: 2}, "entry: the key 1 is not a text"),
    ],
)
def test_what_has_no_plain_spelling_is_refused_with_its_place(value, words):
    with pytest.raises(NotPlain, match=words):
        canonical(value)
