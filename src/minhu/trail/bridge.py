"""The record across to `methods.sealing`: rows in, hashes, seals and faults out."""

from minhu.methods import sealing
from minhu.trail.models import Entry

GENESIS = sealing.GENESIS


def plain_payload(payload: object, where: str) -> object:
    """The payload as every database keeps it. Raises sealing.NotPlain naming the place."""
    return sealing.plain(payload, where)


def hash_of(entry: Entry, algorithm: str) -> str:
    """The hash of an entry standing after its `prev_hash`."""
    return sealing.link_hash(entry.prev_hash, entry.content, algorithm)


def check_digest(algorithm: str) -> str:
    """The name of the digest, if this machine has it. Raises sealing.NoSuchDigest."""
    sealing.digest(algorithm, b"")
    return algorithm
