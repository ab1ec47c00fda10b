"""A seal: the heads of all books at one moment, their root, and an Ed25519 signature of it (RFC 8032)."""

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.serialization import (
    Encoding,
    NoEncryption,
    PrivateFormat,
    PublicFormat,
    load_pem_private_key,
    load_pem_public_key,
)

from minhu.methods.sealing.canonical import canonical, instant
from minhu.methods.sealing.chain import Head
from minhu.methods.sealing.root import ordered_root

FORMAT = "minhu-seal/1"


class BadKey(ValueError):
    """Not an Ed25519 key in PEM."""


class BadSeal(ValueError):
    """A seal that cannot be read, was not signed by this key, or does not hold together."""


@dataclass(frozen=True, slots=True)
class Seal:
    """What is signed and exported."""

    made_at: str
    algorithm: str
    root: str
    heads: tuple[Head, ...]
    signature: str

    @property
    def signed(self) -> bytes:
        """The bytes under the signature."""
        return signed_bytes(self.made_at, self.algorithm, self.root, len(self.heads))


def signed_bytes(made_at: str, algorithm: str, root: str, books: int) -> bytes:
    """What the signature covers: the root stands for every head."""
    return canonical(
        {"format": FORMAT, "made_at": made_at, "algorithm": algorithm, "root": root, "books": books}
    )


def new_key() -> bytes:
    """A fresh private key, PEM (PKCS #8, not encrypted: its file must be readable by its owner only)."""
    return Ed25519PrivateKey.generate().private_bytes(Encoding.PEM, PrivateFormat.PKCS8, NoEncryption())


def _private(pem: bytes) -> Ed25519PrivateKey:
    """The private key in `pem`. Raises BadKey."""
    try:
        key = load_pem_private_key(pem, password=None)
    except (ValueError, TypeError) as wrong:
        raise BadKey(f"not a private key in PEM without password ({wrong})") from None
    if not isinstance(key, Ed25519PrivateKey):
        raise BadKey(
            "a private key, but not an Ed25519 one: make it with `openssl genpkey -algorithm ed25519`"
        )
    return key


def _public(pem: bytes) -> Ed25519PublicKey:
    """The public key in `pem`. Raises BadKey."""
    try:
        key = load_pem_public_key(pem)
    except ValueError as wrong:
        raise BadKey(f"not a public key in PEM ({wrong})") from None
    if not isinstance(key, Ed25519PublicKey):
        raise BadKey("a public key, but not an Ed25519 one")
    return key


def public_key(private: bytes) -> bytes:
    """The public half of a private key, both PEM. Raises BadKey."""
    return _private(private).public_key().public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo)


def fingerprint(public: bytes) -> str:
    """A short name for a public key, to be compared by eye: four groups of the SHA-256 of its raw bytes."""
    raw = _public(public).public_bytes(Encoding.Raw, PublicFormat.Raw)
    name = hashlib.sha256(raw).hexdigest()
    return " ".join(name[start : start + 4] for start in range(0, 16, 4))


def make_seal(heads: Iterable[Head], *, private: bytes, at: datetime, algorithm: str = "sha256") -> Seal:
    """Sign the root of `heads` (one per book). Raises BadKey, NoSuchDigest, ValueError on a double book."""
    ordered = tuple(sorted(heads, key=lambda head: head.book))
    root, made_at = ordered_root(ordered, algorithm), instant(at)
    signature = _private(private).sign(signed_bytes(made_at, algorithm, root, len(ordered))).hex()
    return Seal(made_at, algorithm, root, ordered, signature)


def check_seal(seal: Seal, *, public: bytes) -> None:
    """Raise BadSeal unless `public` signed this seal and its heads give the root that was signed."""
    try:
        _public(public).verify(bytes.fromhex(seal.signature), seal.signed)
    except (InvalidSignature, ValueError) as wrong:
        if isinstance(wrong, BadKey):
            raise
        raise BadSeal(
            "the signature is not by this key, or the seal was changed after it was signed"
        ) from None
    if ordered_root(seal.heads, seal.algorithm) != seal.root:
        raise BadSeal("the heads in the seal do not give the root that was signed: the seal was changed")


def to_json(seal: Seal) -> str:
    """The seal as a file of text: one line a book, so that two seals can be compared with `diff`."""
    top = {"format": FORMAT, "made_at": seal.made_at, "algorithm": seal.algorithm, "root": seal.root}
    top["signature"] = seal.signature
    lines = [f" {json.dumps(key)}: {json.dumps(value)}," for key, value in top.items()]
    heads = [f"  {json.dumps(asdict(head), ensure_ascii=False)}" for head in seal.heads]
    return "\n".join(["{", *lines, ' "heads": [', ",\n".join(heads), " ]", "}", ""])


def from_json(text: str) -> Seal:
    """Read a seal back. Raises BadSeal naming what is missing."""
    try:
        data: Any = json.loads(text)
    except ValueError as wrong:
        raise BadSeal(f"the seal is not JSON ({wrong})") from None
    if not isinstance(data, Mapping) or data.get("format") != FORMAT:
        raise BadSeal(f"the file is not a seal of this kind: its `format` must be {FORMAT!r}")
    try:
        heads = tuple(
            Head(str(one["book"]), int(one["seq"]), str(one["hash"]), str(one["algorithm"]))
            for one in data["heads"]
        )
        named = [str(data[name]) for name in ("made_at", "algorithm", "root")]
        return Seal(named[0], named[1], named[2], heads, str(data["signature"]))
    except (KeyError, TypeError, ValueError) as wrong:
        raise BadSeal(f"the seal lacks something or holds it in another form: {wrong}") from None
