"""Chains for tests, written as the record writes them."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from hypothesis import strategies as st

from minhu.methods.sealing import GENESIS, Head, Row, link_hash

BOOK = "reform:r-1"


def chain(contents: Sequence[Mapping[str, object]], algorithm: str = "sha256") -> list[Row]:
    """A whole chain of the given contents."""
    rows: list[Row] = []
    for seq, content in enumerate(contents, 1):
        entry = {**content, "book": BOOK, "seq": seq}
        prev = rows[-1].hash if rows else GENESIS
        rows.append(Row(seq, entry, prev, link_hash(prev, entry, algorithm)))
    return rows


def head_of(rows: Sequence[Row], algorithm: str = "sha256") -> Head:
    """The head of a chain."""
    return Head(BOOK, len(rows), rows[-1].hash if rows else GENESIS, algorithm)


def rehashed(row: Row, **entry: object) -> Row:
    """A row with other content and the hash that fits it."""
    content = {**row.entry, **entry}
    return replace(row, entry=content, hash=link_hash(row.prev_hash, content))


contents = st.lists(
    st.fixed_dictionaries(
        {
            "deed": st.sampled_from(["reforms.edit", "reforms.move"]),
            "at": st.integers(0, 5),
            "payload": st.dictionaries(st.sampled_from("abc"), st.integers(0, 3), max_size=2),
        }
    ),
    min_size=1,
    max_size=9,
)
