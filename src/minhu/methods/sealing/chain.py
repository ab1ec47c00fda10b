"""A chain of entries: each holds the digest of the one before it; `verify_chain` says what was done to it."""

import hashlib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum

from minhu.methods.sealing.canonical import NotPlain, canonical

ALGORITHMS = ("sha256", "sm3")
GENESIS = "0" * 64
"""What the first entry of a book is linked to."""


class NoSuchDigest(ValueError):
    """A digest that is not ours, or that this machine's OpenSSL does not have."""


class Kind(StrEnum):
    """What may have been done to a chain."""

    ALTERED = "altered"
    MISSING = "missing"
    REORDERED = "reordered"
    CUT = "cut"
    ADDED = "added"


@dataclass(frozen=True, slots=True)
class Row:
    """One entry as it stands in the database."""

    seq: int
    entry: Mapping[str, object]
    prev_hash: str
    hash: str


@dataclass(frozen=True, slots=True)
class Head:
    """How far a book had got: number and hash (hex) of its last entry."""

    book: str
    seq: int
    hash: str
    algorithm: str


@dataclass(frozen=True, slots=True)
class Fault:
    """Something wrong in a book, from entry `seq` to entry `last`."""

    kind: Kind
    book: str
    seq: int
    last: int
    detail: str
    """A key of WORDS."""

    @property
    def where(self) -> str:
        """The entry or entries, as `3` or `3-7`."""
        return f"{self.seq}" if self.seq == self.last else f"{self.seq}-{self.last}"

    @property
    def words(self) -> str:
        """The fault as a sentence."""
        return f"{self.book} #{self.where} {self.kind}: {WORDS[self.detail]}"


WORDS = {
    "content": "the entry is not what it was when it was written",
    "rewritten": "the entry was rewritten: the one after it holds another digest of it",
    "head": "the last entry was rewritten: the head of the book holds another digest of it",
    "sealed": "the book was rewritten up to this entry: the seal holds another digest of it",
    "gone": "no such entry",
    "place": "the entry stands here, but was written elsewhere in the book",
    "end": "the book once went further: its end was cut off",
    "no_head": "entries without a head: the head of the book was removed",
    "beyond": "entries beyond the head of the book: they were not written by the record",
    "twice": "two entries with one number",
    "digest": "the head names another digest than the one the book was written with",
}


def digest(algorithm: str, *parts: bytes) -> str:
    """Hex digest of bytes by sha256 or sm3 (GB/T 32905-2016). Raises NoSuchDigest."""
    if algorithm not in ALGORITHMS:
        raise NoSuchDigest(f"no digest {algorithm!r}: choose one of {', '.join(ALGORITHMS)} (MINHU_DIGEST)")
    try:
        return hashlib.new(algorithm, b"".join(parts)).hexdigest()
    except ValueError:
        raise NoSuchDigest(f"OpenSSL on this machine has no {algorithm}: set MINHU_DIGEST=sha256") from None


def link_hash(prev: str, entry: Mapping[str, object], algorithm: str = "sha256") -> str:
    """The hash (64 hex digits) of an entry standing after the entry whose hash is `prev`.

    Bytes hashed: `minhu-entry/1`, NUL, `prev`, NUL, canonical JSON of the entry.
    Raises NoSuchDigest, NotPlain.
    """
    return digest(algorithm, b"minhu-entry/1\0", prev.encode(), b"\0", canonical(entry))


def _places(rows: list[Row]) -> dict[int, int]:
    """Where the links say each row belongs: index of the row -> its number, as far as the links hold."""
    after: dict[str, int] = {row.prev_hash: index for index, row in enumerate(rows)}
    places: dict[int, int] = {}
    hash_, seq = GENESIS, 1
    while (index := after.get(hash_)) is not None and index not in places:
        places[index] = seq
        hash_, seq = rows[index].hash, seq + 1
    return places


class _Checker:
    """The work of verify_chain on one book."""

    def __init__(self, rows: Iterable[Row], book: str, said: Iterable[str]) -> None:
        self.book, self.faults = book, dict[tuple[int, int], Fault]()
        self.rows = sorted(rows, key=lambda row: row.seq)
        # The head says which digest; but a head may lie, and then the first row tells.
        named = [algorithm for algorithm in (*said, *ALGORITHMS) if algorithm in ALGORITHMS]
        self.algorithm = named[0]
        self.algorithm = next((name for name in named if self.rows and self.starts_with(name)), named[0])

    def starts_with(self, algorithm: str) -> bool:
        """Whether the first row was written with this digest."""
        try:
            return link_hash(self.rows[0].prev_hash, self.rows[0].entry, algorithm) == self.rows[0].hash
        except (NoSuchDigest, NotPlain):
            return False

    def tell(self, kind: Kind, word: str, seq: int, last: int | None = None) -> None:
        """Note a fault once: the first thing said about an entry stands."""
        last = seq if last is None else last
        self.faults.setdefault((seq, last), Fault(kind, self.book, seq, last, word))

    def holds(self, row: Row, seq: int) -> bool:
        """Whether the row's hash is that of its content, standing at number `seq` of this book."""
        entry = {**row.entry, "book": self.book, "seq": seq}
        try:
            return link_hash(row.prev_hash, entry, self.algorithm) == row.hash
        except NotPlain:
            return False

    def check_rows(self) -> None:
        """Each row by itself: altered, or moved from another place."""
        broken = [index for index, row in enumerate(self.rows) if not self.holds(row, row.seq)]
        places = _places(self.rows) if broken else {}
        for index in broken:
            row = self.rows[index]
            moved = index in places and self.holds(row, places[index])
            self.tell(Kind.REORDERED if moved else Kind.ALTERED, "place" if moved else "content", row.seq)

    def check_links(self) -> None:
        """Each row and the one before it: gaps, doubles, rewritten rows."""
        seq, hash_ = 0, GENESIS
        for row in self.rows:
            if row.seq == seq:
                self.tell(Kind.ADDED, "twice", seq)
            elif row.seq > seq + 1:
                self.tell(Kind.MISSING, "gone", seq + 1, row.seq - 1)
            elif row.prev_hash != hash_ and not {(seq, seq), (row.seq, row.seq)} & self.faults.keys():
                self.tell(Kind.ALTERED, "rewritten" if seq else "content", seq or row.seq)
            seq, hash_ = row.seq, row.hash

    def check_head(self, head: Head | None) -> None:
        """The head kept beside the rows: neither short of it nor beyond it."""
        last = self.rows[-1].seq if self.rows else 0
        if head is None:
            if self.rows:
                self.tell(Kind.CUT, "no_head", 1, last)
            return
        if head.seq < last:
            self.tell(Kind.ADDED, "beyond", head.seq + 1, last)
        self.check_end(head, "head")
        if self.rows and head.algorithm != self.algorithm:
            self.tell(Kind.ALTERED, "digest", head.seq)

    def check_end(self, head: Head, word: str) -> None:
        """The row a head points at: there, and with that hash."""
        last = self.rows[-1].seq if self.rows else 0
        if head.seq > last:
            self.tell(Kind.CUT, "end", last + 1, head.seq)
            return
        found = next((row.hash for row in self.rows if row.seq == head.seq), None if head.seq else GENESIS)
        if found is not None and found != head.hash:
            self.tell(Kind.ALTERED, word, max(head.seq, 1))


def verify_chain(
    rows: Iterable[Row], head: Head | None, sealed: Head | None = None, *, book: str = ""
) -> tuple[Fault, ...]:
    """Every fault of one book, in order of its entries; an empty tuple if it is as it was written.

    `rows` come in any order; `head` is the one kept beside them (None: it is gone), `sealed` the one an
    outsider holds in a seal. Without a seal, somebody who rewrites a whole book and its head is not found:
    that is what seals are for. `book` is needed only where both heads are None.
    """
    known = [one for one in (sealed, head) if one]
    if not known and not book:
        raise ValueError("name the book: neither a head nor a sealed head says which it is")
    checker = _Checker(rows, book or known[0].book, [one.algorithm for one in known])
    checker.check_rows()
    checker.check_links()
    checker.check_head(head)
    if sealed:
        checker.check_end(sealed, "sealed")
    return tuple(checker.faults[key] for key in sorted(checker.faults))
