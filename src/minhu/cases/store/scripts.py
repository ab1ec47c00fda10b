"""Statements gathered and sent: one by one on SQLite, in one go on PostgreSQL."""

import json
from collections.abc import Sequence
from datetime import UTC, date, datetime
from typing import Any

from minhu.cases.queries.statements import Params, is_postgresql, rows

AS_JSON = json.JSONEncoder(ensure_ascii=False, separators=(",", ":")).encode
LIKE_DJANGO = json.JSONEncoder().encode
CODE_ID = "(SELECT id FROM people_organisation WHERE code = %s)"
CASTS = {
    "date": "date",
    "at": "timestamptz",
    "json": "jsonb",
    "bool": "boolean",
    "int": "bigint",
    "text": "text",
}


class Script:
    """The writes of one transaction that answer nothing, sent together."""

    def __init__(self) -> None:
        self.is_postgresql = is_postgresql()
        self.statements: list[str] = []
        self.params: list[Params] = []

    def add(self, sql: str, params: Params) -> None:
        """One more statement."""
        self.statements.append(sql)
        self.params.append(params)

    def insert(self, head: str, row: str, rows: Sequence[Params], tail: str = "") -> None:
        """Many rows by one statement; `row` holds the marks of one."""
        if rows:
            self.add(
                f"{head} VALUES {', '.join([row] * len(rows))}{tail}",
                [one for values in rows for one in values],
            )

    def update(self, table: str, columns: Sequence[tuple[str, str]], rows: Sequence[Params]) -> None:
        """Many rows by one statement; each begins with the id. `columns`: name and kind of value."""
        if len(rows) == 1:
            sets = ", ".join(f"{name} = %s" for name, _kind in columns)
            self.add(f"UPDATE {table} SET {sets} WHERE id = %s", [*rows[0][1:], rows[0][0]])  # noqa: S608
        elif rows:
            sets = ", ".join(f"{name} = {self.cast(n, kind)}" for n, (name, kind) in enumerate(columns, 2))
            marks = ", ".join(["(" + ", ".join(["%s"] * (len(columns) + 1)) + ")"] * len(rows))
            sql = f"UPDATE {table} SET {sets} FROM (VALUES {marks}) AS v WHERE {table}.id = v.column1"  # noqa: S608
            self.add(sql, [one for values in rows for one in values])

    def cast(self, number: int, kind: str) -> str:
        """A column of a list of values as the type of its place; SQLite takes it as it comes."""
        return f"CAST(v.column{number} AS {CASTS[kind]})" if self.is_postgresql else f"v.column{number}"

    def send(self) -> None:
        """Run all statements gathered so far, in their order."""
        if self.is_postgresql and self.statements:
            rows("; ".join(self.statements), [one for row in self.params for one in row])
        else:
            for sql, params in zip(self.statements, self.params, strict=True):
                rows(sql, params)
        self.statements, self.params = [], []


def moment(at: datetime) -> Any:
    """A moment as the database takes it."""
    return at if is_postgresql() else str(at.astimezone(UTC).replace(tzinfo=None))


def day(on: date | None) -> str | None:
    """A day as either database takes it."""
    return on.isoformat() if on else None


def as_json(value: object) -> str | None:
    """Plain values as JSON; nothing stays nothing."""
    return None if value is None else AS_JSON(value)


def as_django(value: object) -> str | None:
    """A value of a case as the ORM would write it: SQLite compares JSON by its letters."""
    return None if value is None else LIKE_DJANGO(value)
