"""Near-duplicates one by one: placing, asking, keeping."""

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.grouping import Recipe, Seen, near_duplicates, warm_up
from minhu.methods.grouping.lookup import WALK
from minhu.methods.grouping.shelf import Shelf
from tests.methods.grouping.copies import mistyped, pair_f1, with_copies

LAMP = "江滨路与中山路交叉口的路灯已经坏了三个星期，晚上行人过马路很危险，请尽快修理。"
LAMP_AGAIN = "您好，江滨路与中山路交叉口的路灯已坏了三个星期，晚上行人过马路很危险，请尽快修。"
PARKING = "小区地下车库的充电桩经常被燃油车占用，物业说管不了，希望有人来协调解决。"


def all_added(texts: list[str]) -> Seen:
    seen = Seen()
    for text in texts:
        seen.add(text)
    return seen


def test_a_text_is_placed_with_those_like_it() -> None:
    seen = Seen()
    first, other, again = seen.add(LAMP), seen.add(PARKING), seen.add(LAMP_AGAIN)
    assert (first.group, other.group, again.group) == (0, 1, 0)
    assert (first.id, other.id, again.id) == (0, 1, 2)
    assert (first.similarity, other.similarity) == (1.0, 1.0)
    assert 0.6 < again.similarity < 1.0
    assert (seen.groups(), len(seen)) == ([0, 1, 0], 3)


def test_the_same_text_goes_where_the_first_went() -> None:
    seen = all_added([LAMP, PARKING])
    placed = [seen.add(f" {LAMP}\n") for _ in range(3)]
    assert {(one.group, one.similarity) for one in placed} == {(0, 1.0)}
    assert [near.id for near in seen.query(LAMP)] == [0]


def test_a_question_names_the_best_first_and_changes_nothing() -> None:
    seen = all_added([PARKING, LAMP_AGAIN, LAMP])
    answer = seen.query(LAMP)
    assert [(near.id, near.group) for near in answer] == [(2, 1), (1, 1)]
    assert answer[0].similarity == 1.0 > answer[1].similarity
    assert seen.query(LAMP) == answer
    assert seen.query(LAMP, most=1) == answer[:1]
    assert seen.query("没有人说过的事情") == []
    assert len(seen) == 3


def test_a_question_for_no_answers_is_refused() -> None:
    with pytest.raises(ValueError, match=r"^most must be at least 1, not 0$"):
        Seen().query(LAMP, most=0)


@pytest.mark.parametrize("text", ["", "😀", "\x00\x1b[31m", "坏\ud800", "<script>", "一" * 100_000])
def test_odd_texts_are_placed_and_found(text: str) -> None:
    seen = all_added([LAMP, text])
    assert seen.groups() == [0, 1]
    assert seen.add(text).group == 1
    assert LAMP not in text
    assert all(near.group == 1 for near in seen.query(text))


def test_one_by_one_agrees_with_all_at_once() -> None:
    texts, truth = with_copies(400, seed=21)
    groups = all_added(texts).groups()
    assert pair_f1(groups, near_duplicates(texts).labels.tolist()) > 0.97
    assert pair_f1(groups, truth) > 0.97


def test_beginning_with_many_is_as_near_duplicates() -> None:
    texts, _ = with_copies(300, seed=22)
    texts += texts[:50]
    seen = Seen.of(texts)
    assert seen.groups() == near_duplicates(texts).labels.tolist()
    assert [near.id for near in seen.query(texts[7], most=1)] == [texts.index(texts[7])]
    assert seen.add(texts[7]).group == seen.groups()[7]
    assert seen.add(PARKING).group == len(near_duplicates(texts))


def test_both_ways_to_fill_a_shelf_answer_alike() -> None:
    texts, _ = with_copies(100, seed=23)
    one, other = Seen.of(texts), all_added(texts)
    for text in texts[:40]:
        assert [near.id for near in one.query(text)] == [near.id for near in other.query(text)]
    assert one.shelf.weights.tolist()[: len(texts)] == other.shelf.weights.tolist()[: len(texts)]


def test_growing_loses_nothing() -> None:
    texts, _ = with_copies(120, seed=24)
    small = Seen(shelf=Shelf(room=4))
    for text in texts:
        small.add(text)
    wide = all_added(texts)
    assert small.groups() == wide.groups()
    assert all(small.query(text) == wide.query(text) for text in texts)


def test_a_better_centre_takes_over() -> None:
    rng = random.Random(3)
    base = with_copies(1, seed=25, most=1)[0][0]
    texts = [mistyped(base, 0.12, rng), base, mistyped(base, 0.12, rng)]
    seen = all_added(texts)
    assert seen.groups() == [0, 0, 0]
    assert seen.shelf.centres[0] == 1


def test_a_crowded_band_bounds_the_question() -> None:
    rng_texts = [LAMP + f"编号{n:05d}" for n in range(3 * WALK)]
    seen = Seen.of(rng_texts)
    answer = seen.query(rng_texts[-1], most=3)
    assert answer[0].id == len(rng_texts) - 1
    assert len(answer) == 3


@settings(max_examples=20, deadline=None)
@given(st.lists(st.text(st.sampled_from("路灯不亮小区停车😀é "), max_size=10), max_size=25))
def test_saved_and_loaded_is_the_same(tmp_path_factory: pytest.TempPathFactory, texts: list[str]) -> None:
    path = tmp_path_factory.mktemp("seen") / "seen.npz"
    seen = all_added(texts)
    seen.save(path)
    again = Seen.load(path)
    assert (again.groups(), again.recipe) == (seen.groups(), seen.recipe)
    for text in [*texts, LAMP]:
        assert again.query(text) == seen.query(text)
        assert again.add(text) == seen.add(text)


def test_a_recipe_is_kept(tmp_path: Path) -> None:
    seen = Seen(Recipe(threshold=0.7, seed=9))
    seen.save(tmp_path / "seen.npz")
    assert Seen.load(tmp_path / "seen.npz").recipe == Recipe(threshold=0.7, seed=9)
    assert [path.name for path in tmp_path.iterdir()] == ["seen.npz"]


@pytest.mark.parametrize("content", [b"", b"nonsense", b"PK\x03\x04 cut off"])
def test_a_broken_file_is_named(tmp_path: Path, content: bytes) -> None:
    path = tmp_path / "seen.npz"
    path.write_bytes(content)
    with pytest.raises(ValueError, match=r"seen\.npz holds no seen texts, or was cut off: build it anew"):
        Seen.load(path)


def test_a_file_cut_off_is_named(tmp_path: Path) -> None:
    path = tmp_path / "seen.npz"
    all_added([LAMP, PARKING]).save(path)
    path.write_bytes(path.read_bytes()[:-100])
    with pytest.raises(ValueError, match="build it anew"):
        Seen.load(path)


def test_a_missing_file_stays_a_missing_file(tmp_path: Path) -> None:
    with pytest.raises(FileNotFoundError):
        Seen.load(tmp_path / "none.npz")


def test_warming_up_takes_any_recipe() -> None:
    warm_up(Recipe(seed=77))
