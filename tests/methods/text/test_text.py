"""Normal forms, decoding, n-grams, weights and shared runs."""

import unicodedata
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.text import Grams, Run, Unreadable, bm25, decode, idf, normalise, shared_runs, tf_idf
from minhu.methods.text.runs import apart

TRADITIONAL = "各部門應當於年底前完成清單。改革辦負責督促檢查，並將結果向社會公布。政府應當健全服務機制。"
MIXED = st.text(st.sampled_from("ａ１①㎡ﬁ営商环境 ab12e\u0301ｶﾞ。，\n각"), max_size=40)
FEW = st.text(st.sampled_from("改革甲乙"), max_size=30)


@given(MIXED)
def test_normal_form_is_nfkc(text: str) -> None:
    assert normalise(text).text == unicodedata.normalize("NFKC", text)


@given(MIXED)
def test_every_normal_span_leads_back_to_what_it_was_made_of(text: str) -> None:
    normal = normalise(text)
    for place in range(len(normal.text)):
        start, end = normal.span(place, place + 1)
        assert normal.text[place] in unicodedata.normalize("NFKC", text[start:end])
    assert normal.span(0, len(normal.text)) == ((0, len(text)) if text else (0, 0))


def test_span_of_full_width_digits() -> None:
    normal = normalise("到２０２７年①")
    assert normal.text == "到2027年1"
    assert normal.span(1, 5) == (1, 5)
    assert normal.span(6, 7) == (6, 7)


def test_a_sign_of_two_letters_comes_back_whole() -> None:
    normal = normalise("共㎡整")
    assert normal.text == "共m2整"
    assert normal.span(1, 2) == (1, 2)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_known_encodings_are_read(encoding: str) -> None:
    assert decode("第一条 龘".encode(encoding)) == "第一条 龘"


@pytest.mark.parametrize(
    ("words", "encoding"),
    [(TRADITIONAL, "big5"), ("各部門は年度末までに一覧を作成する。責任者は報告する。", "shift_jis")],
)
def test_what_only_seems_to_be_gb_18030_is_refused(words: str, encoding: str) -> None:
    with pytest.raises(Unreadable, match="GB 18030"):
        decode(words.encode(encoding))


def test_traditional_writing_in_gb_18030_is_read() -> None:
    assert decode(TRADITIONAL.encode("gb18030")) == TRADITIONAL


def test_big_endian_with_its_mark_is_read() -> None:
    assert decode(b"\xfe\xff" + "改革".encode("utf-16-be")) == "改革"


@pytest.mark.parametrize(("data", "offset"), [(b"ab\xff\xff", 2), ("改革".encode() + b"\x00\x01", 6)])
def test_other_bytes_are_refused_and_the_byte_is_named(data: bytes, offset: int) -> None:
    with pytest.raises(Unreadable, match=f"byte {offset} ") as refused:
        decode(data)
    assert refused.value.offset == offset


@pytest.mark.parametrize("data", [b"", b" \n", "\ufeff\u3000\n".encode()])
def test_empty_files_are_refused(data: bytes) -> None:
    with pytest.raises(Unreadable, match="empty"):
        decode(data)


def test_counts_are_exact_and_stay_inside_their_text() -> None:
    texts = ["改革改革", "革改"]
    grams = Grams.of(texts, (2,))
    counts = grams.count(texts).toarray()
    by_gram = {
        chr(int(key) >> 21) + chr(int(key) & 0x1FFFFF): list(column)
        for key, column in zip(grams.keys, counts.T, strict=True)
    }
    assert by_gram == {"改革": [2.0, 0.0], "革改": [1.0, 1.0]}


@given(st.lists(FEW, max_size=5), st.integers(1, 5))
def test_counts_agree_with_slices(texts: list[str], size: int) -> None:
    counts = Grams.of(texts, (size,)).count(texts)
    for row, text in enumerate(texts):
        slices = [text[i : i + size] for i in range(len(text) - size + 1)]
        assert counts[row].sum() == len(slices)
        assert counts[row].nnz == len(set(slices))


def test_unknown_grams_are_left_out() -> None:
    grams = Grams.of(["改革"], (2,))
    assert grams.count(["开放", "改革开放"]).toarray().tolist() == [[0.0], [1.0]]
    assert Grams.of([], (2,)).count(["改革"]).shape == (1, 0)


def test_tf_idf_rows_have_unit_length_and_rare_grams_weigh_more() -> None:
    texts = ["改革开放", "改革", ""]
    counts = Grams.of(texts, (2,)).count(texts)
    telling = idf(counts)
    weighted = tf_idf(counts, telling)
    length = np.sqrt(weighted.multiply(weighted).sum(axis=1)).A1
    assert length.tolist() == pytest.approx([1.0, 1.0, 0.0])
    assert telling.min() == pytest.approx(np.log(4 / 3) + 1)
    assert telling.max() == pytest.approx(np.log(4 / 2) + 1)


def test_bm25_follows_its_formula() -> None:
    texts = ["甲乙甲", "乙"]
    grams = Grams.of(texts, (1,))
    weights = bm25(grams.count(texts), k1=1.2, b=0.75).toarray()
    column = [chr(int(key)) for key in grams.keys].index("甲")
    expected = np.log1p(1.5 / 1.5) * 2 * 2.2 / (2 + 1.2 * (0.25 + 0.75 * 3 / 2))
    assert weights[:, column].tolist() == pytest.approx([expected, 0.0])


def longest_by_hand(a: str, b: str) -> int:
    return max((k for i in range(len(a)) for k in range(1, len(a) - i + 1) if a[i : i + k] in b), default=0)


@given(FEW, FEW, st.integers(1, 4))
def test_shared_runs_are_shared_and_cannot_grow(a: str, b: str, least: int) -> None:
    runs = shared_runs(a, b, least)
    for run in runs:
        end, to = run.a_start + run.length, run.b_start + run.length
        assert a[run.a_start : end] == b[run.b_start : to]
        assert run.length >= least
        assert not (run.a_start and run.b_start and a[run.a_start - 1] == b[run.b_start - 1])
        assert not (end < len(a) and to < len(b) and a[end] == b[to])
    longest = longest_by_hand(a, b)
    assert (runs[0].length if runs else 0) == (longest if longest >= least else 0)


@given(FEW, FEW)
def test_runs_set_apart_do_not_overlap(a: str, b: str) -> None:
    kept = apart(shared_runs(a, b, 2))
    for starts in ([(r.a_start, r.length) for r in kept], [(r.b_start, r.length) for r in kept]):
        assert all(start + length <= after for (start, length), (after, _) in pairwise(sorted(starts)))
    assert bool(kept) == bool(shared_runs(a, b, 2))


def test_runs_of_a_plain_example() -> None:
    assert shared_runs("一律不得收费用", "企业不得收费用", 3) == [Run(2, 2, 5)]
    with pytest.raises(ValueError, match="least"):
        shared_runs("a", "b", 0)
