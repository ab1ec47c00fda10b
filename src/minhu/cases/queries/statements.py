"""Statements whose time is counted: on SQLite they go to the driver itself, past Django's wrappers."""

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
    """Run a statement and return the rows it answers; errors are Django's."""
    found = sent(sql, params)
    return found.fetchall() if found.description else []


def run(sql: str, params: Params) -> None:
    """Run a statement, or several joined, that answer nothing."""
    sent(sql, params)


def sent(sql: str, params: Params) -> Any:
    """The cursor of a statement that was run."""
    database = connections[DEFAULT_DB_ALIAS]
    if is_postgresql() or database.queries_logged:
        cursor = database.cursor()
        cursor.execute(sql, params)
        return cursor
    database.ensure_connection()
    with database.wrap_database_errors:
        return database.connection.execute(MARKED.get(sql) or marked(sql), params)


def marked(sql: str) -> str:
    """A statement with the marks of SQLite."""
    if len(MARKED) > MOST_MARKED:
        MARKED.clear()
    return MARKED.setdefault(sql, sql.replace("%s", "?"))
