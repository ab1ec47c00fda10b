"""Statements handed to PostgreSQL's own library: psycopg's cursors cost more than the statements do.

The connection stays Django's: its transaction, its errors, its settings. Several statements may go at once.
"""

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import Any

from psycopg import Connection, errors, pq
from psycopg.pq import ExecStatus, TransactionStatus

PIECES: dict[str, list[str]] = {}
MOST_PIECES = 1000
WHOLE: Callable[[bytes], int] = int
# What the answers of our statements are made of; anything else stays text.
READ: dict[int, Callable[[bytes], Any]] = {
    16: lambda value: value == b"t",
    20: WHOLE,
    21: WHOLE,
    23: WHOLE,
}
GOOD = (ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK, ExecStatus.EMPTY_QUERY)


def send(raw: "Connection[Any]", sql: str, params: Sequence[Any]) -> list[tuple[Any, ...]]:
    """Run statements and return the rows of the last. Raises psycopg's errors."""
    server = raw.pgconn
    if server.transaction_status == TransactionStatus.IDLE and not raw.autocommit:
        checked(server.exec_(b"BEGIN"), raw)
    result = checked(server.exec_(spelled(pq.Escaping(server), sql, params)), raw)
    columns = [READ.get(result.ftype(n), as_text) for n in range(result.nfields)]
    return [
        tuple(
            None if (value := result.get_value(row, n)) is None else read(value)
            for n, read in enumerate(columns)
        )
        for row in range(result.ntuples)
    ]


def checked(result: Any, raw: "Connection[Any]") -> Any:
    """A result that is none of an error."""
    if result.status not in GOOD:
        raise errors.error_from_result(result, encoding=raw.info.encoding)
    return result


def spelled(escaping: Any, sql: str, params: Sequence[Any]) -> bytes:
    """A statement with its values written into it, every text quoted by the library."""
    pieces = PIECES.get(sql) or cut(sql)
    found = [pieces[0]]
    for value, piece in zip(params, pieces[1:], strict=True):
        found += (literal(escaping, value), piece)
    return "".join(found).encode()


def cut(sql: str) -> list[str]:
    """A statement cut where its values go."""
    if len(PIECES) > MOST_PIECES:
        PIECES.clear()
    return PIECES.setdefault(sql, sql.split("%s"))


def literal(escaping: Any, value: Any) -> str:
    """One value as SQL writes it."""
    if value is None:
        return "NULL"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int):
        return f"({value})" if value < 0 else str(value)
    text = value.isoformat() if isinstance(value, datetime) else str(value)
    if "\x00" in text:
        raise errors.DataError("a text holds the character NUL, which PostgreSQL does not keep")
    return bytes(escaping.escape_literal(text.encode())).decode()


def as_text(value: bytes) -> str:
    """Text as it is."""
    return bytes(value).decode()
