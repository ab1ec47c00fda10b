"""Near-duplicates in one go: what is promised of groups, and odd texts."""

import random
import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from minhu.methods.grouping import Recipe, near_duplicates
from minhu.methods.grouping.recipe import similarity
from minhu.methods.grouping.signing import signed
from tests.methods.grouping.copies import jaccard, mistyped, pair_f1, partition, sentence, with_copies

FEW = settings(max_examples=30, deadline=None)
WORDS = st.lists(st.text(st.sampled_from("路灯不亮小区停车噪音 扰民😀é"), max_size=12), max_size=30)


def agreement(one: np.ndarray, other: np.ndarray) -> int:
    return int((one == other).sum())


def test_copies_are_found() -> None:
    texts, truth = with_copies(300, seed=3)
    assert pair_f1(near_duplicates(texts).labels, truth) > 0.99


def test_real_messages_with_copies(shared) -> None:
    sys.path.insert(0, str(shared / "data" / "messages"))
    try:
        import perturb
    finally:
        sys.path.pop(0)
    rows = perturb.generate(5000, 11)
    found = near_duplicates([text for _, text in rows])
    assert pair_f1(found.labels, [group for group, _ in rows]) > 0.98


@FEW
@given(WORDS, st.randoms(use_true_random=False))
def test_order_changes_only_the_numbers(texts: list[str], rng: random.Random) -> None:
    other = rng.sample(texts, len(texts))
    before, after = near_duplicates(texts), near_duplicates(other)
    assert partition(texts, before.labels) == partition(other, after.labels)


def test_order_changes_only_the_numbers_of_chains_either() -> None:
    rng = random.Random(5)
    texts = [sentence(rng) for _ in range(3)]
    for _ in range(200):  # each like the one before it, the ends strangers
        texts.append(mistyped(texts[-1], 0.15, rng))
    texts += texts[::3]
    other = rng.sample(texts, len(texts))
    assert partition(texts, near_duplicates(texts).labels) == partition(other, near_duplicates(other).labels)


@FEW
@given(WORDS)
def test_the_same_are_together_and_all_are_like_their_centre(texts: list[str]) -> None:
    recipe = Recipe()
    groups, made = near_duplicates(texts, recipe), signed(texts, recipe)
    by_digest: dict[int, set[int]] = {}
    for digest, label in zip(made.digests.tolist(), groups.labels.tolist(), strict=True):
        by_digest.setdefault(digest, set()).add(label)
    assert all(len(labels) == 1 for labels in by_digest.values())
    for text, label in enumerate(groups.labels):
        assert agreement(made.signatures[text], made.signatures[groups.centres[label]]) >= recipe.need


@FEW
@given(WORDS)
def test_labels_count_up_and_centres_lie_in_their_groups(texts: list[str]) -> None:
    groups = near_duplicates(texts)
    assert list(dict.fromkeys(groups.labels.tolist())) == list(range(len(groups)))
    assert [int(groups.labels[centre]) for centre in groups.centres] == list(range(len(groups)))
    assert groups.labels.dtype == groups.centres.dtype == np.int32


@FEW
@given(WORDS)
def test_a_text_far_from_all_is_alone(texts: list[str]) -> None:
    groups = near_duplicates([*texts, "完全另外一件事情，与上面毫无关系"])
    assert groups.members(int(groups.labels[-1])).tolist() == [len(texts)]


def test_a_chain_is_not_one_group() -> None:
    rng = random.Random(1)
    chain = ["".join(sentence(rng) for _ in range(4))]
    for _ in range(60):
        chain.append(mistyped(chain[-1], 0.1, rng))
    groups = near_duplicates(chain)
    assert 2 <= len(groups) < 60
    assert jaccard(chain[0], chain[-1]) < 0.1


def test_of_a_group_the_centre_is_the_one_most_like_all() -> None:
    rng = random.Random(2)
    base = "".join(sentence(rng) for _ in range(5))
    texts = [mistyped(base, 0.1, rng) for _ in range(8)]
    texts.insert(5, base)
    assert near_duplicates(texts).centres.tolist() == [5]


ODD = {
    "empty": ["", "  ", "\n\t", "\u200b\ufeff", "\x00\x07"],
    "emoji": ["😀", "😀 ", "😀\ufe0f"],
    "widths": ["ＡＢＣ１２３", "abc123", "Abc 123"],
    "accents": ["café", "cafe\u0301", "ＣＡＦÉ"],
    "scripts": ["Привет, 你好 مرحبا 안녕", "привет, 你好مرحبا안녕"],
    "surrogates": ["坏\ud800字", "坏\udfff字"],
    "expansions": ["三分之㎡…", "三分之m2..."],
}


def test_odd_texts_are_with_their_own_kind() -> None:
    texts = [text for kind in ODD.values() for text in kind]
    expected = [name for name, kind in ODD.items() for _ in kind]
    labels = near_duplicates(texts).labels.tolist()
    assert partition(texts, labels) == partition(texts, [list(ODD).index(name) for name in expected])


def test_a_thousand_copies_of_one_message_are_one_group() -> None:
    texts = ["小区门口路灯坏了三个月没人修"] * 1000 + ["另一件事：学校门口没有斑马线"]
    groups = near_duplicates(texts)
    assert (len(groups), groups.centres.tolist()) == (2, [0, 1000])


def test_a_very_long_text() -> None:
    rng = random.Random(4)
    long = "".join(sentence(rng) for _ in range(4000))
    assert len(long) > 90_000
    assert near_duplicates([long, "短", mistyped(long, 0.05, rng)]).labels.tolist() == [0, 1, 0]


@pytest.mark.parametrize("texts", [[], [""], ["一"]])
def test_few_texts(texts: list[str]) -> None:
    assert near_duplicates(texts).labels.tolist() == list(range(len(texts)))


def test_similarity_is_known_to_within_its_error() -> None:
    rng = random.Random(8)
    off = []
    for _ in range(400):  # of all lengths: the short ones try the densification
        base = "".join(rng.choices("".join(chr(0x4E00 + k) for k in range(500)), k=rng.choice((12, 60, 400))))
        other = mistyped(base, rng.choice((0.02, 0.1, 0.2)), rng)
        made = signed([base, other], Recipe(seed=rng.randrange(1000)))
        off.append(similarity(agreement(*made.signatures)) - jaccard(base, other))
    assert abs(np.mean(off)) < 0.01
    assert np.std(off) < 0.06  # binomial 0.044, more where few bigrams fill the bins


def test_a_stricter_threshold_parts_more() -> None:
    texts, _ = with_copies(100, seed=6, share=0.12)
    counts = [len(near_duplicates(texts, Recipe(threshold=t))) for t in (0.3, 0.6, 0.9, 1.0)]
    assert counts == sorted(counts)
    assert counts[0] < counts[-1]


@pytest.mark.parametrize(("field", "value"), [("threshold", 0.1), ("threshold", 1.1), ("seed", -1)])
def test_a_recipe_out_of_range_is_refused(field: str, value: float) -> None:
    with pytest.raises(ValueError, match=f"^{field} must lie in"):
        Recipe(**{field: value})


def test_another_process_gives_the_same_groups() -> None:
    program = (
        "from tests.methods.grouping.copies import with_copies\n"
        "from minhu.methods.grouping import near_duplicates\n"
        "print(near_duplicates(with_copies(40, seed=9)[0]).labels.tolist())"
    )
    printed = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert printed.stdout.strip() == str(near_duplicates(with_copies(40, seed=9)[0]).labels.tolist())


@pytest.mark.parametrize("wrong", [None, 7, b"bytes", ["list"]])
def test_what_is_no_text_is_named(wrong: object) -> None:
    with pytest.raises(TypeError, match=r"^every text must be a str; one is ") as refusal:
        near_duplicates(["路灯", wrong])  # type: ignore[list-item]
    assert str(refusal.value).endswith(repr(wrong))
