"""Every single mutation, deletion, swap and cut of any chain is found, and named by its number."""

import hashlib
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods import sealing
from minhu.methods.sealing import GENESIS, WORDS, Head, Kind, NoSuchDigest, digest, link_hash, verify_chain
from tests.methods.sealing.chains import BOOK, chain, contents, head_of, rehashed


def found(rows, head, sealed=None) -> list[tuple[str, int, int]]:
    return [(fault.kind, fault.seq, fault.last) for fault in verify_chain(rows, head, sealed)]


@given(contents, st.randoms())
def test_a_whole_chain_has_no_fault_in_whatever_order_it_is_read(content, random):
    rows = chain(content)
    head = head_of(rows)
    random.shuffle(rows)
    assert found(rows, head, head) == []


@given(contents, st.data())
def test_every_changed_value_is_found_at_its_place(content, data):
    rows = chain(content)
    place = data.draw(st.integers(0, len(rows) - 1))
    name = data.draw(st.sampled_from(["deed", "at", "payload", "new"]))
    changed = replace(rows[place], entry={**rows[place].entry, name: "something else"})
    assert found([*rows[:place], changed, *rows[place + 1 :]], head_of(rows)) == [
        (Kind.ALTERED, place + 1, place + 1)
    ]


@given(contents, st.data())
def test_a_removed_value_is_found(content, data):
    rows = chain(content)
    place = data.draw(st.integers(0, len(rows) - 1))
    less = {name: value for name, value in rows[place].entry.items() if name != "payload"}
    rows[place] = replace(rows[place], entry=less)
    assert found(rows, head_of(rows)) == [(Kind.ALTERED, place + 1, place + 1)]


@given(contents, st.data())
def test_a_row_rewritten_with_a_fitting_hash_is_found(content, data):
    rows = chain(content)
    head = head_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    rows[place] = rehashed(rows[place], deed="something else")
    assert found(rows, head) == [(Kind.ALTERED, place + 1, place + 1)]


@given(contents, st.data())
def test_a_changed_hash_or_link_is_found(content, data):
    rows = chain(content)
    head = head_of(rows)
    place = data.draw(st.integers(0, len(rows) - 1))
    field = data.draw(st.sampled_from(["hash", "prev_hash"]))
    rows[place] = replace(rows[place], **{field: digest("sha256", b"x")})
    assert (Kind.ALTERED, place + 1, place + 1) in found(rows, head)


@given(contents, st.data())
def test_a_removed_row_is_missing_or_the_end_is_cut(content, data):
    rows = chain(content)
    place = data.draw(st.integers(0, len(rows) - 1))
    kind = Kind.CUT if place == len(rows) - 1 else Kind.MISSING
    assert found(rows[:place] + rows[place + 1 :], head_of(rows)) == [(kind, place + 1, place + 1)]


@given(contents, st.data())
def test_a_cut_end_is_found_by_the_head_and_by_the_seal(content, data):
    rows = chain(content)
    left = data.draw(st.integers(0, len(rows) - 1))
    fault = [(Kind.CUT, left + 1, len(rows))]
    assert found(rows[:left], head_of(rows)) == fault
    assert found(rows[:left], head_of(rows[:left]), head_of(rows)) == fault


@given(contents.filter(lambda content: len(content) > 1), st.data())
def test_two_rows_that_changed_places_are_reordered(content, data):
    rows = chain(content)
    head = head_of(rows)
    one, other = sorted(data.draw(st.permutations(range(len(rows))))[:2])
    a, b = rows[one], rows[other]
    rows[one] = replace(b, seq=a.seq, entry={**b.entry, "seq": a.seq})
    rows[other] = replace(a, seq=b.seq, entry={**a.entry, "seq": b.seq})
    faults = found(rows, head)
    assert faults[0][:2] == (Kind.REORDERED, one + 1)
    assert (Kind.REORDERED, other + 1, other + 1) in faults
    # Where the last row moved, the head says so too; nobody else is accused.
    assert {seq for _, seq, _ in faults} == {one + 1, other + 1}


@given(contents, st.data())
def test_swapped_contents_are_found_at_both_places(content, data):
    rows = chain([{**one, "number": number} for number, one in enumerate([*content, *content])])
    one, other = sorted(data.draw(st.permutations(range(len(rows))))[:2])
    a, b = rows[one], rows[other]
    rows[one] = replace(a, entry={**b.entry, "seq": a.seq})
    rows[other] = replace(b, entry={**a.entry, "seq": b.seq})
    assert found(rows, head_of(rows)) == [
        (Kind.ALTERED, one + 1, one + 1),
        (Kind.ALTERED, other + 1, other + 1),
    ]


@given(contents)
def test_an_added_row_is_found_though_it_fits(content):
    longer = chain([*content, {"deed": "forged"}])
    assert found(longer, head_of(longer[:-1])) == [(Kind.ADDED, len(longer), len(longer))]


@given(contents, st.data())
def test_two_rows_of_one_number_are_found(content, data):
    rows = chain(content)
    place = data.draw(st.integers(0, len(rows) - 1))
    assert (Kind.ADDED, place + 1, place + 1) in found([*rows, rows[place]], head_of(rows))


@given(contents, st.data())
def test_a_book_rewritten_with_its_head_is_found_by_the_seal_alone(content, data):
    rows = chain(content)
    place = data.draw(st.integers(0, len(rows) - 1))
    forged = chain([*content[:place], {"deed": "forged"}, *content[place + 1 :], {"deed": "later"}])
    assert found(forged, head_of(forged)) == []
    assert found(forged, head_of(forged), head_of(rows)) == [(Kind.ALTERED, len(rows), len(rows))]


@given(contents, contents)
def test_a_book_that_went_on_after_the_seal_is_whole(content, more):
    rows = chain([*content, *more])
    assert found(rows, head_of(rows), head_of(rows[: len(content)])) == []


def test_a_removed_head_is_found_and_whoever_removes_all_is_found_by_the_seal():
    rows = chain([{"deed": "a"}, {"deed": "b"}])
    assert [fault.words for fault in verify_chain(rows, None, book=BOOK)] == [
        f"{BOOK} #1-2 cut: {WORDS['no_head']}"
    ]
    assert found([], None, head_of(rows)) == [(Kind.CUT, 1, 2)]
    assert verify_chain([], None, book=BOOK) == ()
    with pytest.raises(ValueError, match="name the book"):
        verify_chain([], None)


def test_a_row_moved_from_another_book_is_altered():
    rows = chain([{"deed": "a"}])
    moved = Head("reform:r-2", 1, rows[0].hash, "sha256")
    assert [fault.words for fault in verify_chain(rows, moved)] == [
        f"reform:r-2 #1 altered: {WORDS['content']}"
    ]


def test_a_value_that_has_no_spelling_is_altered_and_not_an_error():
    rows = chain([{"deed": "a"}, {"deed": "b"}])
    rows[0] = replace(rows[0], entry={**rows[0].entry, "deed": float("inf")})
    assert found(rows, head_of(rows)) == [(Kind.ALTERED, 1, 1)]


@pytest.mark.parametrize("lie", ["sm3", "md5"])
def test_a_head_that_lies_about_the_digest_accuses_no_row(lie):
    rows = chain([{"deed": "a"}, {"deed": "b"}])
    faults = verify_chain(rows, replace(head_of(rows), algorithm=lie))
    assert [fault.words for fault in faults] == [f"{BOOK} #2 altered: {WORDS['digest']}"]


def test_both_digests_are_the_standard_ones():
    assert digest("sha256", b"ab", b"c") == hashlib.sha256(b"abc").hexdigest()
    # GB/T 32905-2016, example 1
    assert digest("sm3", b"abc") == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"


def test_a_chain_of_sm3_is_whole():
    rows = chain([{"deed": "a"}, {"deed": "b"}], "sm3")
    assert found(rows, head_of(rows, "sm3")) == []


def test_an_unknown_digest_is_refused_by_name():
    with pytest.raises(NoSuchDigest, match="no digest 'md5': choose one of sha256, sm3"):
        digest("md5", b"")


def test_a_machine_without_sm3_says_what_to_do(monkeypatch):
    def without(name: str, data: bytes) -> None:
        raise ValueError(f"unsupported hash type {name}")

    monkeypatch.setattr(sealing.chain.hashlib, "new", without)
    with pytest.raises(NoSuchDigest, match="no sm3: set MINHU_DIGEST=sha256"):
        digest("sm3", b"")


def test_the_hash_of_an_entry_is_fixed_for_ever():
    """Whoever changes this breaks every chain that was ever written."""
    assert link_hash(GENESIS, {"book": "b", "seq": 1, "deed": "x.y"}) == (
        hashlib.sha256(b"minhu-entry/1\0" + b"0" * 64 + b'\0{"book":"b","deed":"x.y","seq":1}').hexdigest()
    )
