"""Adding to the record: one deed, or many at once.

Every deed of the house passes here, so the statements are written out: through the ORM they cost ten times as
much. Three for one entry, whatever the book; four for many.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from minhu.trail import bridge
from minhu.trail.models import Entry, Head
from minhu.trail.states import Actor, Deed

BATCH = 500
AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Makes the head of a new book or, if another writer was quicker, locks his: one statement, no retry.
BEGIN_BOOK = """
INSERT INTO trail_head (book, seq, hash, algorithm) VALUES (%s, 0, %s, %s)
ON CONFLICT (book) DO UPDATE SET book = excluded.book
RETURNING id, book, seq, hash, algorithm
"""
HEADS = "SELECT id, book, seq, hash, algorithm FROM trail_head WHERE book IN ({}) ORDER BY book{}"
ENTRY = """
INSERT INTO trail_entry (book, seq, at, deed, actor_user, actor_post, actor_organisation, thing, payload,
asked, prev_hash, hash) VALUES {} RETURNING id
"""
ROW = "(%s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s, %s)"
MOVE_HEAD = "UPDATE trail_head SET seq = %s, hash = %s WHERE id = %s"
MOVE_HEADS = """
UPDATE trail_head SET seq = CAST(v.column2 AS bigint), hash = v.column3
FROM (VALUES {}) AS v WHERE trail_head.id = v.column1
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
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        head = lock_head(book)
        entry = next_entry(head, wanted)
        insert(cursor, [entry])
        cursor.execute(MOVE_HEAD, [head.seq, head.hash, head.pk])
    return entry


def record_many(deeds: Iterable[Deed]) -> int:
    """Add many entries at once, with the same guarantees; returns how many."""
    deeds = list(deeds)
    with transaction.atomic(savepoint=False), connection.cursor() as cursor:
        heads = lock_heads({deed.book for deed in deeds})
        entries = [next_entry(heads[deed.book], deed) for deed in deeds]
        for start in range(0, len(entries), BATCH):
            insert(cursor, entries[start : start + BATCH])
        moved = list(heads.values())
        for start in range(0, len(moved), BATCH):
            some = moved[start : start + BATCH]
            params = [value for head in some for value in (head.pk, head.seq, head.hash)]
            cursor.execute(MOVE_HEADS.format(", ".join(["(%s, %s, %s)"] * len(some))), params)
    return len(entries)


def insert(cursor: Any, entries: Sequence[Entry]) -> None:
    """Write entries as they are; each learns its row."""
    params = [value for entry in entries for value in columns(entry)]
    cursor.execute(ENTRY.format(", ".join([ROW] * len(entries))), params)
    for entry, (pk,) in zip(entries, cursor.fetchall(), strict=True):
        entry.pk, entry._state.adding, entry._state.db = pk, False, connection.alias


def columns(entry: Entry) -> list[Any]:
    """The values of an entry as the database takes them."""
    return [
        entry.book,
        entry.seq,
        connection.ops.adapt_datetimefield_value(entry.at),
        entry.deed,
        entry.actor_user,
        entry.actor_post,
        entry.actor_organisation,
        entry.thing,
        AS_JSON(entry.payload),
        entry.asked,
        entry.prev_hash,
        entry.hash,
    ]


def lock_head(book: str) -> Head:
    """The head of a book, held until the transaction ends; a new book is begun."""
    found = read_heads([book])
    if found:
        return found[0]
    with connection.cursor() as cursor:
        cursor.execute(BEGIN_BOOK, [book, bridge.GENESIS, digest_of_new_books()])
        return Head(*cursor.fetchone())


def lock_heads(books: set[str]) -> dict[str, Head]:
    """The heads of many books, always locked in the order of their names, so that two writers never cross."""
    begun = [Head(book=book, hash=bridge.GENESIS, algorithm=digest_of_new_books()) for book in sorted(books)]
    Head.objects.bulk_create(begun, ignore_conflicts=True, batch_size=BATCH)
    names = sorted(books)
    heads: dict[str, Head] = {}
    for start in range(0, len(names), BATCH):
        heads |= {head.book: head for head in read_heads(names[start : start + BATCH])}
    return heads


def read_heads(books: Sequence[str]) -> list[Head]:
    """The heads of some books, locked."""
    lock = " FOR UPDATE" if connection.features.has_select_for_update else ""
    with connection.cursor() as cursor:
        cursor.execute(HEADS.format(", ".join(["%s"] * len(books)), lock), books)
        return [Head(*row) for row in cursor.fetchall()]


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
