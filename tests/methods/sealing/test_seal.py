"""The root of heads, and the seal that is signed over it."""

import json
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from cryptography.hazmat.primitives.asymmetric.ec import SECP256R1, generate_private_key
from cryptography.hazmat.primitives.serialization import Encoding, NoEncryption, PrivateFormat, PublicFormat
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.sealing import (
    BadKey,
    BadSeal,
    Head,
    check_seal,
    digest,
    fingerprint,
    from_json,
    make_seal,
    new_key,
    ordered_root,
    public_key,
    to_json,
)
from minhu.methods.sealing.root import leaf

AT = datetime(2026, 5, 1, tzinfo=UTC)
KEY = new_key()
PUBLIC = public_key(KEY)

heads_ = st.lists(
    st.builds(
        Head,
        st.text(st.characters(categories=["L", "N"]), min_size=1, max_size=8),
        st.integers(0, 99),
        st.integers(0, 9).map(lambda n: digest("sha256", bytes([n]))),
        st.sampled_from(["sha256", "sm3"]),
    ),
    unique_by=lambda head: head.book,
    max_size=9,
)


@given(heads_, st.randoms())
def test_the_root_does_not_depend_on_the_order_of_reading(heads, random):
    shuffled = list(heads)
    random.shuffle(shuffled)
    assert ordered_root(shuffled) == ordered_root(heads)


@given(heads_.filter(bool), st.data())
def test_every_changed_or_removed_head_changes_the_root(heads, data):
    place = data.draw(st.integers(0, len(heads) - 1))
    other = data.draw(
        st.sampled_from(
            [
                {"seq": heads[place].seq + 1},
                {"hash": digest("sha256", b"x")},
                {"book": "another-book"},
                {"algorithm": "md5"},
            ]
        )
    )
    changed = [*heads[:place], replace(heads[place], **other), *heads[place + 1 :]]
    assert ordered_root(changed) != ordered_root(heads)
    assert ordered_root(heads[:place] + heads[place + 1 :]) != ordered_root(heads)


def test_the_root_is_the_tree_of_rfc_6962():
    heads = [Head(book, 1, digest("sha256", book.encode()), "sha256") for book in "abc"]
    one, two, three = (bytes.fromhex(digest("sha256", b"\x00", leaf(head))) for head in heads)
    left = bytes.fromhex(digest("sha256", b"\x01", one, two))
    assert ordered_root(heads) == digest("sha256", b"\x01", left, three)
    assert ordered_root([]) == digest("sha256")


def test_two_heads_of_one_book_are_refused():
    head = Head("b", 1, "0" * 64, "sha256")
    with pytest.raises(ValueError, match="two heads of the book 'b'"):
        ordered_root([head, replace(head, seq=2)])


@given(heads_, st.sampled_from(["sha256", "sm3"]))
def test_a_seal_can_be_written_read_and_checked(heads, algorithm):
    seal = make_seal(heads, private=KEY, at=AT, algorithm=algorithm)
    check_seal(from_json(to_json(seal)), public=PUBLIC)
    assert from_json(to_json(seal)) == seal
    assert json.loads(to_json(seal))["format"] == "minhu-seal/1"


SEAL = make_seal([Head("a", 3, digest("sha256", b"a"), "sha256")], private=KEY, at=AT)
FORGERIES = {
    "made_at": replace(SEAL, made_at="2020-01-01T00:00:00.000000+00:00"),
    "root": replace(SEAL, root=digest("sha256", b"")),
    "head": replace(SEAL, heads=(replace(SEAL.heads[0], seq=2),)),
    "no_heads": replace(SEAL, heads=()),
    "algorithm": replace(SEAL, algorithm="sm3"),
    "signature": replace(SEAL, signature="00" * 64),
    "not_hex": replace(SEAL, signature="signed"),
    "re-signed": make_seal(SEAL.heads, private=new_key(), at=AT),
}


@pytest.mark.parametrize("forgery", FORGERIES)
def test_every_change_of_a_seal_is_found(forgery):
    with pytest.raises(BadSeal, match="the seal was changed"):
        check_seal(FORGERIES[forgery], public=PUBLIC)


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("{", "the seal is not JSON"),
        ("[]", "its `format` must be 'minhu-seal/1'"),
        ('{"format": "minhu-seal/1"}', "the seal lacks something or holds it in another form: 'heads'"),
        (to_json(SEAL).replace('"seq": 3', '"seq": "three"'), "invalid literal"),
    ],
)
def test_a_file_that_is_no_seal_is_refused_in_words(text, words):
    with pytest.raises(BadSeal, match=words):
        from_json(text)


def test_keys_of_another_kind_are_refused():
    other = generate_private_key(SECP256R1())
    private = other.private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())
    public = other.public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)
    with pytest.raises(BadKey, match="not an Ed25519 one: make it with `openssl genpkey"):
        make_seal([], private=private, at=AT)
    with pytest.raises(BadKey, match="not an Ed25519 one"):
        check_seal(SEAL, public=public)
    with pytest.raises(BadKey, match="not a private key in PEM"):
        public_key(PUBLIC)
    with pytest.raises(BadKey, match="not a public key in PEM"):
        fingerprint(b"nonsense")


def test_a_key_has_a_short_name_of_its_own():
    name = fingerprint(PUBLIC)
    assert [len(group) for group in name.split(" ")] == [4, 4, 4, 4]
    assert name == fingerprint(public_key(KEY))
    assert name != fingerprint(public_key(new_key()))
