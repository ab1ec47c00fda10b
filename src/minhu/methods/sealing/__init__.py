"""Chains of entries, the root of their heads, seals signed outside the database, and what they prove."""

from minhu.methods.sealing.canonical import Json, NotPlain, canonical, instant, plain
from minhu.methods.sealing.chain import (
    ALGORITHMS,
    GENESIS,
    WORDS,
    Fault,
    Head,
    Kind,
    NoSuchDigest,
    Row,
    digest,
    link_hash,
    verify_chain,
)
from minhu.methods.sealing.root import ordered_root
from minhu.methods.sealing.seal import (
    BadKey,
    BadSeal,
    Seal,
    check_seal,
    fingerprint,
    from_json,
    make_seal,
    new_key,
    public_key,
    to_json,
)

__all__ = [
    "ALGORITHMS",
    "GENESIS",
    "WORDS",
    "BadKey",
    "BadSeal",
    "Fault",
    "Head",
    "Json",
    "Kind",
    "NoSuchDigest",
    "NotPlain",
    "Row",
    "Seal",
    "canonical",
    "check_seal",
    "digest",
    "fingerprint",
    "from_json",
    "instant",
    "link_hash",
    "make_seal",
    "new_key",
    "ordered_root",
    "plain",
    "public_key",
    "to_json",
    "verify_chain",
]
