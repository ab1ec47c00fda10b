"""Segments, matrices and marked text as plain values."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.ui.charts import Mark, Matrix, MatrixRow, cut
from minhu.ui.offers import Segment
from minhu.ui.text import merge, pieces

SPAN = st.tuples(st.integers(-5, 60), st.integers(-5, 60))


@given(st.lists(st.floats(0, 1e6), max_size=9))
def test_segments_fill_the_bar_and_small_ones_stay_visible(values: list[float]) -> None:
    cuts = cut(Segment(value, "work") for value in values)
    shown = [value for value in values if value > 0]
    assert [one.segment.value for one in cuts] == shown
    if cuts:
        assert cuts[0].left == 0
        assert cuts[-1].left + cuts[-1].width == pytest.approx(100, abs=0.01)
        assert min(one.width for one in cuts) >= 1


def test_nothing_gives_no_bar() -> None:
    assert cut([]) == cut([Segment(0, "red")]) == ()


@given(st.text(max_size=50), st.lists(SPAN, max_size=8))
def test_pieces_give_the_text_back_and_mark_what_was_asked(text: str, spans: list[tuple[int, int]]) -> None:
    cuts = pieces(text, spans)
    assert "".join(piece for piece, _ in cuts) == text
    asked = {i for start, end in spans for i in range(max(start, 0), min(end, len(text)))}
    marked, at = set(), 0
    for piece, hit in cuts:
        marked |= set(range(at, at + len(piece))) if hit else set()
        at += len(piece)
    assert marked == asked


def test_touching_spans_become_one() -> None:
    assert merge([(5, 7), (0, 3), (3, 5), (9, 9), (8, 99)], 10) == [(0, 7), (8, 10)]


def test_a_matrix_counts_its_columns() -> None:
    mark = Mark("full", "牵头")
    with pytest.raises(ValueError, match=r"^17: 1 marks for 2 columns$"):
        Matrix("", ("甲", "乙"), (MatrixRow("17", marks=(mark,)),))


def test_the_key_of_a_matrix_names_each_shape_once() -> None:
    lead, support = Mark("full", "牵头"), Mark("ring", "配合")
    rows = (
        MatrixRow("1", marks=(support, lead)),
        MatrixRow("2", marks=(lead, None)),
        MatrixRow("3", remark="无"),
    )
    assert Matrix("", ("甲", "乙"), rows).key == (lead, support)
