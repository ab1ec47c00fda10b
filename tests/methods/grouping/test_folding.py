"""The tables fold as the definition does, character by character and text by text."""

import unicodedata

import numpy as np
import pytest
from hypothesis import assume, example, given
from hypothesis import strategies as st

from minhu.methods.grouping.folding import encode, fold, folding
from minhu.methods.grouping.kernels import HARD, LONG
from minhu.methods.grouping.recipe import Recipe
from minhu.methods.grouping.signing import signed

ANY = st.text(st.characters(codec=None), max_size=40)


def read(character: str, width: int, is_normal: bool = False) -> str | None:
    """What a table makes of a character; nothing where it is hard."""
    known = folding(width, is_normal)
    code = int(known.table[ord(character)])
    if code == HARD:
        return None
    if code & 0xFFFFF800 == LONG:
        return "".join(chr(c) for c in known.longer[code - LONG] if c)
    return chr(code) if code else ""


@pytest.mark.parametrize(("width", "codes"), [(16, range(0x10000)), (32, range(0x110000))])
def test_every_character_folds_as_defined(width: int, codes: range) -> None:
    step = 1 if width == 16 else 7
    wrong = [code for code in codes[::step] if read(chr(code), width) not in (None, fold(chr(code)))]
    assert wrong == []


def test_few_characters_are_hard() -> None:
    # Only marks, conjoining Hangul, what holds such, and expansions beyond four characters.
    hard = {c for c in map(chr, range(0x10000)) if read(c, 16) is None}
    assert not hard & set("，。！？；：（）０９ａＺ…℃㎡①⑳Ⅳ㈠～“”、　\u200b\ufe0f\x00\n")
    assert {"\u0301", "\u1161"} <= hard


def test_nothing_melts_but_what_is_hard() -> None:
    # Canonical composition is where neighbours matter: the second of a pair is hard in every case.
    seconds = set()
    for code in range(0x110000):
        parts = unicodedata.decomposition(chr(code)).split()
        if len(parts) == 2 and not parts[0].startswith("<"):
            seconds.add(chr(int(parts[1], 16)))
    assert len(seconds) > 50
    assert [c for c in seconds if read(c, 32) not in (None, "")] == []


@given(ANY)
@example("ｅ\u0301")
@example("각")
@example("\u1100\ufe0f\u1161")
@example("𠀀ﬃ①…\ud800")
def test_a_text_and_its_folded_form_have_one_digest(text: str) -> None:
    folded = fold(text)
    assume(fold(folded) == folded)
    made = signed([text, folded], Recipe())
    assert made.digests[0] == made.digests[1]
    assert (made.signatures[0] == made.signatures[1]).all()


@given(ANY, ANY)
def test_neighbours_in_a_batch_change_nothing(text: str, other: str) -> None:
    # One wide character makes the whole batch wide; the result must not show it.
    alone, beside = signed([text], Recipe()), signed([other, "😀", text], Recipe())
    assert alone.digests[0] == beside.digests[2]
    assert (alone.signatures[0] == beside.signatures[2]).all()


@given(ANY, ANY)
def test_unlike_texts_have_unlike_digests(text: str, other: str) -> None:
    assume(fold(text) != fold(other))
    digests = signed([text, other], Recipe()).digests
    assert digests[0] != digests[1]


def test_encoding_keeps_every_character() -> None:
    codes, lengths = encode(["民呼", "", "a"])
    assert (codes.tolist(), lengths.tolist(), codes.dtype) == ([0x6C11, 0x547C, 97], [2, 0, 1], np.uint16)
    assert encode(["😀"])[0].tolist() == [0x1F600]
