"""Reading the record and the edges."""

from collections.abc import Collection, Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.db.models import QuerySet

from minhu.trail.models import Edge, Entry, Head


def history(thing: str) -> QuerySet[Entry]:
    """What was done to a thing, oldest first."""
    return Entry.objects.filter(thing=thing).order_by("id")


def book_history(book: str) -> QuerySet[Entry]:
    """Every entry of a book, in the order of its chain."""
    return Entry.objects.filter(book=book).order_by("seq")


def newest_entries(*, book: str = "", thing: str = "") -> QuerySet[Entry]:
    """The record, newest first, of one book or one thing if named."""
    entries = Entry.objects.order_by("-id")
    if book:
        entries = entries.filter(book=book)
    return entries.filter(thing=thing) if thing else entries


def head_of(book: str) -> Head | None:
    """How far a book has got, if it was ever begun."""
    return Head.objects.filter(book=book).first()


def all_heads() -> QuerySet[Head]:
    """The heads of all books, in the order of their names."""
    return Head.objects.order_by("book")


def all_books() -> list[str]:
    """Every book there is a head or an entry of: a removed head must not hide its entries."""
    headed = set(Head.objects.values_list("book", flat=True))
    return sorted(headed | set(Entry.objects.order_by().values_list("book", flat=True).distinct()))


def entries_of(books: Collection[str]) -> Iterator[Entry]:
    """The entries of some books, book by book in the order of their chains."""
    return Entry.objects.filter(book__in=books).order_by("book", "seq").iterator(chunk_size=2000)


def edges_from(thing: str, kind: str = "") -> QuerySet[Edge]:
    """Edges that hold now and start at a thing."""
    edges = Edge.objects.filter(src=thing, until=None)
    return edges.filter(kind=kind) if kind else edges


def edges_to(thing: str, kind: str = "") -> QuerySet[Edge]:
    """Edges that hold now and end at a thing."""
    edges = Edge.objects.filter(dst=thing, until=None)
    return edges.filter(kind=kind) if kind else edges


def entry_keys(books: Collection[str]) -> QuerySet[Entry, tuple[int, str, int]]:
    """Row, book and number of the entries of some books, without their values."""
    return Entry.objects.filter(book__in=books).order_by("book", "seq").values_list("pk", "book", "seq")


@contextmanager
def snapshot() -> Iterator[None]:
    """Read everything as it stood at one moment, without holding up a single writer.

    SQLite's transactions are IMMEDIATE here (they hold up writers), so a deferred one is opened by hand.
    """
    if connection.in_atomic_block:
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")
