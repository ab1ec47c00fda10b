"""The record across to `methods.sealing`: rows in, hashes, seals and faults out."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.methods import sealing
from minhu.methods.sealing import (
    BadKey,
    BadSeal,
    Fault,
    NoSuchDigest,
    NotPlain,
    Seal,
    check_seal,
    fingerprint,
    new_key,
    public_key,
)
from minhu.trail import queries
from minhu.trail.models import Entry, Head

__all__ = [
    "BadKey",
    "BadSeal",
    "Fault",
    "NoSuchDigest",
    "NotPlain",
    "Seal",
    "Verdict",
    "check_seal",
    "fingerprint",
    "new_key",
    "public_key",
]

GENESIS = sealing.GENESIS
BOOKS_AT_ONCE = 500
KINDS = {
    sealing.Kind.ALTERED: pgettext_lazy("chain", "altered"),
    sealing.Kind.MISSING: pgettext_lazy("chain", "missing"),
    sealing.Kind.REORDERED: pgettext_lazy("chain", "reordered"),
    sealing.Kind.CUT: pgettext_lazy("chain", "cut"),
    sealing.Kind.ADDED: pgettext_lazy("chain", "added"),
}
WORDS = {
    "content": _("the entry is not what it was when it was written"),
    "rewritten": _("the entry was rewritten: the one after it holds another digest of it"),
    "head": _("the last entry was rewritten: the head of the book holds another digest of it"),
    "sealed": _("the book was rewritten up to this entry: the seal holds another digest of it"),
    "gone": _("no such entry"),
    "place": _("the entry stands here, but was written elsewhere in the book"),
    "end": _("the book once went further: its end was cut off"),
    "no_head": _("entries without a head: the head of the book was removed"),
    "beyond": _("entries beyond the head of the book: they were not written by the record"),
    "twice": _("two entries with one number"),
    "digest": _("the head names another digest than the one the book was written with"),
}


@dataclass(frozen=True, slots=True)
class Verdict:
    """What a verification found, and how much it looked at."""

    faults: tuple[Fault, ...]
    books: int
    entries: int


def plain_payload(payload: object, where: str) -> object:
    """The payload as every database keeps it. Raises NotPlain naming the place."""
    return sealing.plain(payload, where)


def hash_of(entry: Entry, algorithm: str) -> str:
    """The hash of an entry standing after its `prev_hash`."""
    return sealing.link_hash(entry.prev_hash, entry.content, algorithm)


def check_digest(algorithm: str) -> str:
    """The name of the digest, if this machine has it. Raises NoSuchDigest."""
    sealing.digest(algorithm, b"")
    return algorithm


def words_of(fault: Fault) -> str:
    """A fault as a sentence in the reader's language."""
    return f"{fault.book} #{fault.where} {KINDS[fault.kind]}: {WORDS[fault.detail]}"


def head_value(head: Head) -> sealing.Head:
    """A head as a plain value."""
    return sealing.Head(head.book, head.seq, head.hash, head.algorithm)


def row_value(entry: Entry) -> sealing.Row:
    """An entry as a plain value."""
    return sealing.Row(entry.seq, entry.content, entry.prev_hash, entry.hash)


def rows_of(books: Sequence[str]) -> dict[str, list[sealing.Row]]:
    """The rows of some books; where a row cannot be read at all, the others still are."""
    rows: dict[str, list[sealing.Row]] = defaultdict(list)
    try:
        for entry in queries.entries_of(books):
            rows[entry.book].append(row_value(entry))
    except (ValueError, TypeError):
        rows.clear()
        for pk, book, seq in queries.entry_keys(books):
            rows[book].append(read_row(pk, seq))
    return rows


def read_row(pk: int, seq: int) -> sealing.Row:
    """One row; a row whose values cannot be read becomes one that no hash fits."""
    try:
        return row_value(Entry.objects.get(pk=pk))
    except (ValueError, TypeError):
        hashes = Entry.objects.values_list("prev_hash", "hash").get(pk=pk)
        return sealing.Row(seq, {"unreadable": True}, *hashes)


def verify(seal: Seal | None = None) -> Verdict:
    """Check every book against its head and, if given, against a seal whose signature was checked."""
    faults: list[Fault] = []
    entries = 0
    with queries.snapshot():
        heads = {head.book: head_value(head) for head in queries.all_heads()}
        sealed = {head.book: head for head in seal.heads} if seal else {}
        books = sorted({*queries.all_books(), *sealed})
        for start in range(0, len(books), BOOKS_AT_ONCE):
            some = books[start : start + BOOKS_AT_ONCE]
            rows = rows_of(some)
            entries += sum(len(chain) for chain in rows.values())
            for book in some:
                faults += sealing.verify_chain(rows[book], heads.get(book), sealed.get(book), book=book)
    return Verdict(tuple(faults), len(books), entries)


def make_seal(heads: Iterable[Head], *, private: bytes, at: datetime, algorithm: str) -> Seal:
    """Sign the root of all heads."""
    return sealing.make_seal(map(head_value, heads), private=private, at=at, algorithm=algorithm)


def seal_to_json(seal: Seal) -> str:
    """A seal as text."""
    return sealing.to_json(seal)


def key_beside(seal_file: Path) -> Path:
    """Where the public key of a seal is exported."""
    return seal_file.with_suffix(".pub.pem")


def read_seal(seal_file: Path, key_file: Path | None = None) -> tuple[Seal, str]:
    """A seal whose signature holds, and the fingerprint of the key that made it.

    Raises BadSeal, BadKey, OSError.
    """
    public = (key_file or key_beside(seal_file)).read_bytes()
    try:
        seal = sealing.from_json(seal_file.read_text(encoding="utf-8"))
    except UnicodeDecodeError as wrong:
        raise BadSeal(f"{seal_file} is not text in UTF-8 ({wrong.reason} at byte {wrong.start})") from None
    check_seal(seal, public=public)
    return seal, fingerprint(public)


def verify_book(book: str) -> tuple[Fault, ...]:
    """Check one book against its head."""
    with queries.snapshot():
        head = queries.head_of(book)
        return sealing.verify_chain(rows_of([book])[book], head_value(head) if head else None, book=book)
