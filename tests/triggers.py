"""Guards in the database lifted for a while: for the flushes of tests, and for forgers."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import connection
from django.test import TransactionTestCase

from minhu.trail.triggers import PREFIX

SQLITE = "SELECT name, sql FROM sqlite_master WHERE type = 'trigger' AND name LIKE %s"
POSTGRESQL = """
SELECT tgname, relname FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid
JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE NOT tgisinternal AND nspname = current_schema() AND tgname LIKE %s
"""


def guards() -> list[tuple[str, str]]:
    """Every guard that stands: its name, and its statement (SQLite) or its table (PostgreSQL)."""
    with connection.cursor() as cursor:
        cursor.execute(POSTGRESQL if connection.vendor == "postgresql" else SQLITE, [f"{PREFIX}%"])
        return sorted(cursor.fetchall())


def run(*statements: str) -> None:
    """Run statements of SQL."""
    with connection.cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)


@contextmanager
def lifted() -> Iterator[None]:
    """Without any guard inside the block; with all of them after it."""
    standing = guards()
    if connection.vendor == "postgresql":
        run(*(f'ALTER TABLE "{table}" DISABLE TRIGGER "{name}"' for name, table in standing))
    else:
        run(*(f'DROP TRIGGER "{name}"' for name, _sql in standing))
    try:
        yield
    finally:
        if connection.vendor == "postgresql":
            run(*(f'ALTER TABLE "{table}" ENABLE TRIGGER "{name}"' for name, table in standing))
        else:
            run(*(sql for _name, sql in standing))


@pytest.fixture(scope="session", autouse=True)
def guards_lift_for_flush() -> Iterator[None]:
    """Let the flush at the end of transactional and live-server tests through."""
    flush = TransactionTestCase._fixture_teardown

    def lift_and_flush(self: Any) -> None:
        with lifted():
            flush(self)

    TransactionTestCase._fixture_teardown = lift_and_flush
    yield
    TransactionTestCase._fixture_teardown = flush
