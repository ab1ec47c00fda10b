"""Every key and value of a TOML text is found where it is written."""

import tomllib
from datetime import date
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.packs.toml_marks import scan

TEXT = '''\
# a comment with [brackets] = and "quotes"
title = "one" # after
"quoted key" = 'raw \\ text'
a.b . c = 1

[pack]
code = "x"
words = """
[[limit]]
code = "not a key"
\\"\\"\\" still inside""""
raw = \'\'\'
[pack2]
it's\'\'\'
list = [ 1, # one
  [2, 3],
  { deep = "]" , x = [ ] },
]

[[reform]]
code = "r1"
[[reform.measure]]
title = "m1"
[[reform.measure.milestone]]
title = "s1"
[[reform.measure.milestone]]
title = "s2"
[[reform.measure]]
title = "m2"
[reform.extra]
on = 2024-01-01 10:00:00
[[reform]]
  code = "r2"
[[reform.measure]]
title = "m3"
'''


def where(path: tuple, of: str = "keys") -> tuple[int, int]:
    return getattr(scan(TEXT), of)[path]


@pytest.mark.parametrize(
    ("path", "key", "value"),
    [
        (("title",), (2, 1), (2, 9)),
        (("quoted key",), (3, 1), (3, 16)),
        (("a", "b", "c"), (4, 7), (4, 11)),
        (("pack", "code"), (7, 1), (7, 8)),
        (("pack", "words"), (8, 1), (8, 9)),
        (("pack", "raw"), (12, 1), (12, 7)),
        (("pack", "list", 1, 1), (16, 7), (16, 7)),
        (("pack", "list", 2, "deep"), (17, 5), (17, 12)),
        (("pack", "list", 2, "x"), (17, 18), (17, 22)),
        (("reform", 0, "code"), (21, 1), (21, 8)),
        (("reform", 0, "measure", 0, "milestone", 1, "title"), (27, 1), (27, 9)),
        (("reform", 0, "measure", 1, "title"), (29, 1), (29, 9)),
        (("reform", 0, "extra", "on"), (31, 1), (31, 6)),
        (("reform", 1, "code"), (33, 3), (33, 10)),
        (("reform", 1, "measure", 0, "title"), (35, 1), (35, 9)),
    ],
)
def test_nested_things_are_found(path: tuple, key: tuple[int, int], value: tuple[int, int]) -> None:
    assert where(path) == key
    assert where(path, "values") == value


def test_a_table_of_an_array_stands_at_its_own_header() -> None:
    assert [where(("reform", n)) for n in (0, 1)] == [(20, 1), (32, 1)]
    assert where(("reform", 0, "measure", 0, "milestone", 1)) == (26, 1)


def test_a_path_that_is_not_written_falls_back_to_its_ancestor() -> None:
    marks = scan(TEXT)
    assert marks.key(("reform", 1, "name")) == (32, 1)
    assert marks.value(("reform", 1, "measure", 0, "milestone", 0)) == (34, 1)
    assert marks.key(("nowhere",)) == (1, 1)


def test_both_ends_of_line_give_the_same_marks() -> None:
    assert scan(TEXT.replace("\n", "\r\n")) == scan(TEXT)


def test_columns_count_characters_not_bytes() -> None:
    assert scan('x = { 名 = 1 }\n"机构" = "a"\n'.replace("名", '"名"')).keys["x", "名"] == (1, 7)
    assert scan('"机构" = 5').values["机构",] == (1, 8)


KEYS = st.from_regex(r"[a-z][a-z0-9_-]{0,6}", fullmatch=True)
SCALARS = st.one_of(
    st.integers(-99, 99),
    st.booleans(),
    st.dates(),
    st.text(st.characters(codec="utf-8", exclude_categories=["Cs", "Cc"]), max_size=12),
)
VALUES = st.recursive(
    SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=3)
)


def written(value: Any) -> str:
    """A value in TOML; texts in one of several ways, by their length."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, int | date):
        return str(value)
    if isinstance(value, list):
        return "[\n" + ", # more ]\n".join(map(written, value)) + "\n]"
    if isinstance(value, dict):
        return "{ " + ", ".join(f"{key} = {written(one)}" for key, one in value.items()) + " }"
    escaped = value.replace("\\", "\\\\").replace('"', '\\"')
    return f'"""\n{escaped}"""' if len(value) % 3 == 0 else f'"{escaped}"'


def leaves(value: Any, path: tuple = ()) -> list[tuple]:
    """Paths of all values."""
    found = [path] if path else []
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in pairs:
        found += leaves(one, (*path, key))
    return found


@given(
    st.dictionaries(KEYS, VALUES, max_size=4), st.lists(st.dictionaries(KEYS, VALUES, max_size=3), max_size=3)
)
def test_every_value_is_marked_where_it_begins(top: dict[str, Any], rows: list[dict[str, Any]]) -> None:
    lines = [f"{key} = {written(value)}" for key, value in top.items()]
    for row in rows:
        lines += ["[[zz-row]]", *(f"  {key} = {written(value)}" for key, value in row.items())]
    text = "\n".join(lines)
    data, marks = tomllib.loads(text), scan(text)
    at = text.split("\n")
    assert set(leaves(data)) == set(marks.keys)
    for path, (line, column) in marks.values.items():
        value = data
        for step in path:
            value = value[step]
        assert at[line - 1][column - 1 :].startswith(written(value).split("\n")[0])
        if isinstance(path[-1], str):
            key_line, key_column = marks.keys[path]
            assert at[key_line - 1][key_column - 1 :].startswith(path[-1])


QUOTED = "a = \"x\\\"y\\u0041zq\"\nb = '''\nab\ncd'''\nc=5\nd='a\"b'\n"


@pytest.mark.parametrize(
    ("key", "offset", "place"),
    [
        ("a", 0, (1, 6)),
        ("a", 4, (1, 16)),
        ("b", 3, (4, 1)),
        ("c", 3, (5, 3)),
        ("d", 2, (6, 6)),
        ("d", 9, (6, 7)),
    ],
)
def test_a_character_of_a_text_is_found_however_it_is_quoted(key: str, offset: int, place: tuple) -> None:
    assert scan(QUOTED).inside((key,), offset) == place
