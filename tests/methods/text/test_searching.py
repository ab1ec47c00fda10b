"""Search by bigrams: against BM25 written from its definition, in steps and at once, saved, and refused."""

import math
from collections import Counter
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.text.searching import Hit, Index, kernels
from minhu.methods.text.searching.postings import plain

WORDS = st.text(st.sampled_from("停车难水电 路A"), max_size=12)
TEXTS = st.lists(WORDS, min_size=1, max_size=12)
STEPS = st.lists(st.tuples(st.integers(0, 6), st.none() | WORDS), max_size=25)


def bigrams(text: str) -> Counter[str]:
    form = plain(text)
    return Counter(form[i : i + 2] for i in range(len(form) - 1))


def by_definition(texts: dict[int, str], query: str) -> dict[int, float]:
    """Okapi BM25 of each text, as Robertson and Zaragoza write it, with the idf that is never negative."""
    average = max(sum(len(plain(text)) for text in texts.values()) / len(texts), 1.0) if texts else 1.0
    scores: dict[int, float] = {}
    for gram in bigrams(query):
        seen = sum(gram in bigrams(text) for text in texts.values())
        idf = math.log(1 + (len(texts) - seen + 0.5) / (seen + 0.5))
        for id, text in texts.items():
            often = bigrams(text)[gram]
            damped = 1.2 * (1 - 0.75 + 0.75 * len(plain(text)) / average)
            scores[id] = scores.get(id, 0.0) + idf * often * 2.2 / (often + damped)
    return {id: score for id, score in scores.items() if score > 0}


@given(
    TEXTS,
    st.text(st.sampled_from("停车难水电 路A"), min_size=2, max_size=12).filter(lambda q: len(plain(q)) != 1),
)
def test_scores_are_bm25(texts: list[str], query: str) -> None:
    held = dict(enumerate(texts))
    hits = Index.build(list(held), texts).search(query, 20)
    assert {hit.id: pytest.approx(hit.score) for hit in hits} == by_definition(held, query)
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)


@settings(max_examples=60)
@given(STEPS, st.text(st.sampled_from("停车难水电"), min_size=2, max_size=6))
def test_step_by_step_is_the_same_as_at_once(steps: list[tuple[int, str | None]], query: str) -> None:
    grown, held = Index(), dict[int, str]()
    for id, text in steps:
        was_there = held.pop(id, None) is not None
        if text is None:
            assert grown.remove(id) == was_there
        else:
            grown.add(id, text)
            held[id] = text
    at_once = Index.build(list(held), list(held.values()))
    assert grown.search(query, 9) == at_once.search(query, 9)
    grown.pack()
    assert grown.search(query, 9) == at_once.search(query, 9)
    assert len(grown) == len(held)


@given(st.lists(st.sampled_from([0.0, 0.5, 1.0, 2.0]), max_size=30), st.integers(1, 12))
def test_both_ways_of_choosing_the_best_agree(scores: list[float], most: int) -> None:
    held = np.array(scores)
    expected = sorted(
        (doc for doc, score in enumerate(scores) if score > 0), key=lambda doc: (-scores[doc], doc)
    )
    assert kernels.best_looping(held, most).tolist() == expected[:most]
    assert kernels.best_by_arrays(held, most).tolist() == expected[:most]


@given(TEXTS, WORDS)
def test_without_numba_all_is_the_same(texts: list[str], query: str) -> None:
    index = Index.build(range(len(texts)), texts)
    expected = index.search(query, 5)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(kernels, "add", kernels.add_by_arrays)
        patch.setattr(kernels, "best", kernels.best_by_arrays)
        assert index.search(query, 5) == expected


def test_what_is_typed_may_be_spelled_otherwise() -> None:
    index = Index.build([7, 9], ["ＷＩＦＩ 信号差", "路灯不亮"])
    assert [hit.id for hit in index.search("wifi信号")] == [7]


def test_one_character_finds_what_begins_so() -> None:
    index = Index.build([1, 2, 3], ["路灯不亮", "停水了", "马路塌了"])
    assert [hit.id for hit in index.search("路")] == [1, 3]


def test_equal_texts_come_in_the_order_they_came() -> None:
    hits = Index.build([5, 3, 4], ["停水了"] * 3).search("停水", 2)
    assert [hit.id for hit in hits] == [5, 3]


def test_saved_and_read_again(tmp_path: Path) -> None:
    index = Index.build([1, 2, 3], ["路灯不亮", "停水了", "路灯坏了"])
    index.remove(1)
    index.add(4, "路灯闪")
    index.save(tmp_path / "voices")
    read = Index.load(tmp_path / "voices")
    assert read.search("路灯") == index.search("路灯")
    read.add(5, "停水停电")
    assert [hit.id for hit in read.search("停水")] == [2, 5]
    assert [path.name for path in tmp_path.iterdir()] == ["voices"]


def test_an_empty_index_is_saved_and_finds_nothing(tmp_path: Path) -> None:
    Index().save(tmp_path / "none")
    assert Index.load(tmp_path / "none").search("停水") == []


def test_a_file_that_is_no_index_is_refused(tmp_path: Path) -> None:
    other = tmp_path / "other"
    for wrong in (b"", b"PK\x03\x04", b"text"):
        other.write_bytes(wrong)
        with pytest.raises(ValueError, match="build it again"):
            Index.load(other)


@pytest.mark.parametrize(
    ("ids", "told"), [([1, 1], "1"), ([-1, 2], "-1"), (["a", 2], "'a'"), ([True, 2], "True")]
)
def test_ids_that_cannot_be_are_named(ids: list[int], told: str) -> None:
    with pytest.raises(ValueError, match=f"The id {told} "):
        Index.build(ids, ["停水", "停电"])


def test_each_text_needs_an_id() -> None:
    with pytest.raises(ValueError, match="1 ids for 2 texts"):
        Index.build([1], ["停水", "停电"])


def test_no_hits_cannot_be_asked_for() -> None:
    with pytest.raises(ValueError, match="at least one"):
        Index().search("停水", 0)


@pytest.mark.parametrize("text", ["", "😀", "\x00\x01", "水" * 100_000, "\ud800"])
def test_strange_texts_are_held(text: str) -> None:
    index = Index.build([1, 2], [text, "路灯不亮"])
    assert index.search("路灯")[0].id == 2
    assert [hit.id for hit in index.search(text)] == ([1] if len(text) > 1 else [])


def test_hits_are_plain_values() -> None:
    hit = Index.build([1], ["停水"]).search("停水")[0]
    assert (type(hit), type(hit.id), type(hit.score)) == (Hit, int, float)
