"""Rows that the database itself refuses to change or remove: migration operations for SQLite and PostgreSQL.

Use in a migration of any room:

    operations = [keep("reforms_proof", "accepted", "An accepted proof is never changed.",
                       when="OLD.state = 'accepted'")]

On SQLite, a later migration that alters the table makes it anew and loses its triggers: repeat `keep` there.
"""

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import RunPython

PREFIX = "minhu_keep_"
REFUSE = """
CREATE OR REPLACE FUNCTION minhu_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION USING MESSAGE = TG_ARGV[0], ERRCODE = 'integrity_constraint_violation'; END $$
"""


@dataclass(frozen=True, slots=True)
class Guard:
    """Which rows of a table are kept, and what is said to whoever tries to change them."""

    table: str
    name: str
    words: str
    when: str = ""
    columns: Sequence[str] = ()
    keys: Sequence[str] = ("id",)

    @property
    def trigger(self) -> str:
        """First part of the names of its triggers."""
        return f"{PREFIX}{self.table}_{self.name}"

    @property
    def said(self) -> str:
        """The words as an SQL text."""
        return "'" + self.words.replace("'", "''") + "'"

    def events(self) -> dict[str, str]:
        """Name of the trigger -> what it stands before."""
        of = f" OF {', '.join(self.columns)}" if self.columns else ""
        return {f"{self.trigger}_update": f"UPDATE{of}", f"{self.trigger}_delete": "DELETE"}


def for_sqlite(guard: Guard) -> list[str]:
    """The statements for SQLite; `INSERT OR REPLACE` would otherwise remove a kept row without a word."""
    body = f"BEGIN SELECT RAISE(ABORT, {guard.said}); END"
    when = f" WHEN {guard.when}" if guard.when else ""
    made = [
        f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table} FOR EACH ROW{when} {body}"
        for name, event in guard.events().items()
    ]
    made.append(
        f"CREATE TRIGGER {guard.trigger}_insert BEFORE INSERT ON {guard.table} FOR EACH ROW "
        f"WHEN EXISTS ({would_replace(guard)}) {body}"
    )
    return made


def would_replace(guard: Guard) -> str:
    """The kept row, if any, whose place a new row would take; names come from migrations only."""
    pairs = [" AND ".join(f"OLD.{part} = NEW.{part}" for part in key.split(",")) for key in guard.keys]
    kept = f" AND ({guard.when})" if guard.when else ""
    return f"SELECT 1 FROM {guard.table} AS OLD WHERE (({') OR ('.join(pairs)})){kept}"  # noqa: S608


def for_postgresql(guard: Guard) -> list[str]:
    """The statements for PostgreSQL; a table whose every row is kept is not emptied by TRUNCATE either."""
    when = f" WHEN ({guard.when})" if guard.when else ""
    run = f"EXECUTE FUNCTION minhu_keep({guard.said})"
    made = [
        f"CREATE TRIGGER {name} BEFORE {event} ON {guard.table} FOR EACH ROW{when} {run}"
        for name, event in guard.events().items()
    ]
    made.append(
        f"CREATE TRIGGER {guard.trigger}_truncate BEFORE TRUNCATE ON {guard.table} FOR EACH STATEMENT {run}"
    )
    return [REFUSE, *made]


def keep(
    table: str,
    name: str,
    words: str,
    *,
    when: str = "",
    columns: Sequence[str] = (),
    keys: Sequence[str] = ("id",),
) -> RunPython:
    """A migration operation: rows of `table` where `when` (SQL on OLD) holds are never changed or removed.

    `columns` limits it to changes of these columns; `words` are what the database says. `keys` are the unique
    columns of the table, "a,b" for a pair. Both databases raise django.db.IntegrityError.
    """
    guard = Guard(table, name, words, when, columns, keys)

    def put_up(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        made = for_postgresql if editor.connection.vendor == "postgresql" else for_sqlite
        for statement in made(guard):
            editor.execute(statement, params=None)

    def take_down(_apps: object, editor: BaseDatabaseSchemaEditor) -> None:
        for ending in ("update", "delete", "truncate", "insert"):
            on = f" ON {table}" if editor.connection.vendor == "postgresql" else ""
            editor.execute(f"DROP TRIGGER IF EXISTS {guard.trigger}_{ending}{on}", params=None)

    return RunPython(put_up, take_down, elidable=False)
