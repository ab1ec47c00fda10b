"""The root of all heads: one digest that stands for every book at one moment."""

from collections.abc import Iterable
from itertools import pairwise

from minhu.methods.sealing.canonical import canonical
from minhu.methods.sealing.chain import Head, digest


def leaf(head: Head) -> bytes:
    """The bytes of a head, as they enter the tree."""
    return canonical({"book": head.book, "seq": head.seq, "hash": head.hash, "algorithm": head.algorithm})


def ordered_root(heads: Iterable[Head], algorithm: str = "sha256") -> str:
    """The Merkle root (64 hex digits) of heads in the order of their books.

    The tree of RFC 6962 §2.1 with leaf and node marks 0x00 and 0x01, so that no node can pass for a leaf; an
    odd node goes up as it is. No heads give the digest of nothing. Two heads of one book raise ValueError.
    """
    ordered = sorted(heads, key=lambda head: head.book)
    for one, next_ in pairwise(ordered):
        if one.book == next_.book:
            raise ValueError(f"two heads of the book {one.book!r}")
    floor = [bytes.fromhex(digest(algorithm, b"\x00", leaf(head))) for head in ordered]
    if not floor:
        return digest(algorithm)
    while len(floor) > 1:
        pairs = zip(floor[::2], floor[1::2], strict=False)
        upper = [bytes.fromhex(digest(algorithm, b"\x01", left, right)) for left, right in pairs]
        floor = upper + floor[2 * len(upper) :]
    return floor[0].hex()
