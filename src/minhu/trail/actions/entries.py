"""Adding to the record: one deed, or many at once."""

from collections.abc import Iterable, Mapping
from datetime import datetime

from django.conf import settings
from django.db import transaction

from minhu.trail import bridge
from minhu.trail.models import Entry, Head
from minhu.trail.states import Actor, Deed

BATCH = 1000
# Makes the head of a new book or, if another writer was quicker, locks his: one statement, no retry.
BEGIN_BOOK = """
INSERT INTO trail_head (book, seq, hash, algorithm) VALUES (%s, 0, %s, %s)
ON CONFLICT (book) DO UPDATE SET book = excluded.book
RETURNING id, book, seq, hash, algorithm
"""


def record(  # noqa: PLR0913 (the contract of every room: a deed in one call)
    *,
    by: Actor,
    deed: str,
    thing: str,
    book: str,
    at: datetime,
    payload: Mapping[str, object] | None = None,
    asked: int = 0,
) -> Entry:
    """Add one entry to a book, in the transaction of the deed itself; other books are not held up.

    `payload` holds plain values (dates and decimals become text), never personal data.
    """
    wanted = Deed(by, deed, thing, book, at, payload or {}, asked)
    with transaction.atomic(savepoint=False):
        head = lock_head(book)
        entry = next_entry(head, wanted)
        entry.save(force_insert=True)
        Head.objects.filter(pk=head.pk).update(seq=head.seq, hash=head.hash)
    return entry


def record_many(deeds: Iterable[Deed]) -> int:
    """Add many entries at once, with the same guarantees; returns how many."""
    deeds = list(deeds)
    with transaction.atomic(savepoint=False):
        heads = lock_heads({deed.book for deed in deeds})
        entries = [next_entry(heads[deed.book], deed) for deed in deeds]
        Entry.objects.bulk_create(entries, batch_size=BATCH)
        Head.objects.bulk_update(heads.values(), ["seq", "hash"], batch_size=BATCH)
    return len(entries)


def lock_head(book: str) -> Head:
    """The head of a book, held until the transaction ends; a new book is begun."""
    head = Head.objects.select_for_update().filter(book=book).first()
    return head or next(iter(Head.objects.raw(BEGIN_BOOK, [book, bridge.GENESIS, digest_of_new_books()])))


def lock_heads(books: set[str]) -> dict[str, Head]:
    """The heads of many books, always locked in the order of their names, so that two writers never cross."""
    begun = [Head(book=book, hash=bridge.GENESIS, algorithm=digest_of_new_books()) for book in sorted(books)]
    Head.objects.bulk_create(begun, ignore_conflicts=True, batch_size=BATCH)
    names = sorted(books)
    heads: dict[str, Head] = {}
    for start in range(0, len(names), BATCH):
        some = Head.objects.select_for_update().filter(book__in=names[start : start + BATCH]).order_by("book")
        heads |= {head.book: head for head in some}
    return heads


def digest_of_new_books() -> str:
    """The configured digest; a book keeps the one it was begun with."""
    return bridge.check_digest(settings.MINHU_DIGEST)


def next_entry(head: Head, wanted: Deed) -> Entry:
    """The entry that follows a head, not yet saved; the head moves on to it."""
    entry = Entry(
        book=head.book,
        seq=head.seq + 1,
        at=wanted.at,
        deed=wanted.deed,
        actor_user=wanted.by.user_id,
        actor_post=wanted.by.post,
        actor_organisation=wanted.by.organisation,
        thing=wanted.thing,
        payload=bridge.plain_payload(wanted.payload, f"{wanted.deed}: payload"),
        asked=wanted.asked,
        prev_hash=head.hash,
    )
    entry.hash = bridge.hash_of(entry, head.algorithm)
    head.seq, head.hash = entry.seq, entry.hash
    return entry
