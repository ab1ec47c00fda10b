"""Adding to the record: one deed, or many at once.

Every deed of the house passes here, so the statements are written out: through the ORM they cost ten times as
much. Three for one entry or for many, and one for each book that is begun.
"""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.conf import settings
from django.db import connection, transaction

from minhu.trail import bridge
from minhu.trail.models import Entry, Head
from minhu.trail.states import Actor, Deed

BATCH = 500
Statement = tuple[str, Sequence[Any]]
Ask = Callable[[str, Sequence[Any]], list[Any]]
AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
# Makes the head of a new book or, if another writer was quicker, locks his: one statement, no retry.
BEGIN_BOOK = """
INSERT INTO trail_head (book, seq, hash, algorithm) VALUES (%s, 0, %s, %s)
ON CONFLICT (book) DO UPDATE SET book = excluded.book
RETURNING id, book, seq, hash, algorithm
"""
KNOWN = "SELECT COUNT(*) FROM trail_head WHERE book IN ({})"
HEADS = "SELECT id, book, seq, hash, algorithm FROM trail_head WHERE book IN ({}) ORDER BY book{}"
ENTRY = """
INSERT INTO trail_entry (book, seq, at, deed, actor_user, actor_post, actor_organisation, thing, payload,
asked, prev_hash, hash) VALUES {}"""
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
    with transaction.atomic(savepoint=False):
        entries, statements = compose([wanted], ask)
        send(entries, statements)
    return entries[0]


def record_many(deeds: Iterable[Deed]) -> int:
    """Add many entries at once, with the same guarantees; returns how many."""
    deeds = list(deeds)
    with transaction.atomic(savepoint=False):
        books = sorted({deed.book for deed in deeds}) if len(deeds) > BATCH else []
        for start in range(0, len(books), BATCH):
            lock_heads(books[start : start + BATCH], ask)
        for start in range(0, len(deeds), BATCH):
            send(*compose(deeds[start : start + BATCH], ask))
    return len(deeds)


def compose(deeds: Sequence[Deed], read: Ask) -> tuple[list[Entry], list[Statement]]:
    """Entries that follow, their heads locked by `read`, and the statements that write them.

    For a transaction that sends statements of its own together with these, which it must send before it ends.
    """
    heads = lock_heads(sorted({deed.book for deed in deeds}), read)
    entries = [next_entry(heads[deed.book], deed) for deed in deeds]
    rows = [value for entry in entries for value in columns(entry)]
    written = (ENTRY.format(", ".join([ROW] * len(entries))), rows)
    if len(heads) == 1:
        (head,) = heads.values()
        return entries, [written, (MOVE_HEAD, [head.seq, head.hash, head.pk])]
    moved = [value for head in heads.values() for value in (head.pk, head.seq, head.hash)]
    return entries, [written, (MOVE_HEADS.format(", ".join(["(%s, %s, %s)"] * len(heads))), moved)]


def send(entries: Sequence[Entry], statements: Sequence[Statement]) -> None:
    """Write composed entries; each learns its row."""
    for number, (sql, params) in enumerate(statements):
        found = ask(sql + (" RETURNING id" if number == 0 else ""), params)
        for entry, (pk,) in zip(entries, found, strict=False):
            entry.pk, entry._state.adding, entry._state.db = pk, False, connection.alias


def ask(sql: str, params: Sequence[Any]) -> list[Any]:
    """Run a statement and return the rows it answers."""
    with connection.cursor() as cursor:
        cursor.execute(sql, params)
        return cursor.fetchall() if cursor.description else []


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


def lock_heads(books: Sequence[str], read: Ask) -> dict[str, Head]:
    """The heads of sorted books, always locked in the order of their names, so that two writers never cross.

    Where some are still to be begun, each is begun or locked in its turn: were those that stand locked first,
    a writer who begins one before them would cross.
    """
    if len(books) == 1 or all_begun(books, read):
        heads = read_heads(books, read)
        if len(heads) == len(books):
            return heads
    digest = digest_of_new_books()
    found = [read(BEGIN_BOOK, [book, bridge.GENESIS, digest])[0] for book in books]
    return {row[1]: Head(*row) for row in found}


def all_begun(books: Sequence[str], read: Ask) -> bool:
    """Whether every book has a head, without locking one."""
    return bool(read(KNOWN.format(", ".join(["%s"] * len(books))), books)[0][0] == len(books))


def read_heads(books: Sequence[str], read: Ask) -> dict[str, Head]:
    """The heads of some books, locked in the order in which Python sorts their names."""
    lock = ' COLLATE "C" FOR UPDATE' if connection.vendor == "postgresql" else ""
    found = read(HEADS.format(", ".join(["%s"] * len(books)), lock), books)
    return {row[1]: Head(*row) for row in found}


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
