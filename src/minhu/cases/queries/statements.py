"""Statements whose time is counted: they go to the driver itself, past Django's wrappers."""

from collections.abc import Sequence
from functools import cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections

Params = Sequence[Any]
MARKED: dict[str, str] = {}
MOST_MARKED = 1000


@cache
def is_postgresql() -> bool:
    """Which of the two databases this process uses: asking the connection costs as much as a statement."""
    return bool(connection.vendor == "postgresql")


def rows(sql: str, params: Params = ()) -> list[Any]:
    """Run a statement (on PostgreSQL several joined) and return the rows it answers; errors are Django's."""
    database = connections[DEFAULT_DB_ALIAS]
    if database.queries_logged:
        # Somebody watches: show every statement.
        with database.cursor() as cursor:
            cursor.execute(sql, params)
            return cursor.fetchall() if cursor.description else []
    database.ensure_connection()
    with database.wrap_database_errors:
        if is_postgresql():
            return list(libpq().send(database.connection, sql, params))
        found = database.connection.execute(MARKED.get(sql) or marked(sql), params)
        return found.fetchall() if found.description else []


def marked(sql: str) -> str:
    """A statement with the marks of SQLite."""
    if len(MARKED) > MOST_MARKED:
        MARKED.clear()
    return MARKED.setdefault(sql, sql.replace("%s", "?"))


@cache
def libpq() -> Any:
    """The way to PostgreSQL's library; a house on SQLite need not have it."""
    from minhu.cases.queries import libpq  # noqa: PLC0415

    return libpq
