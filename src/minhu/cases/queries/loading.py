"""The state of cases, read with as few statements as can be; under their locks where a deed follows.

SQL and not the ORM: the same reading serves pages and `store`, whose time is counted (ADR 0009).
"""

import json
from collections.abc import Callable, Sequence
from datetime import date
from typing import Any

from minhu.cases.models import Kind
from minhu.cases.queries.statements import is_postgresql, rows
from minhu.cases.states import CaseState, ClockNow, Stay, TimerNow

STAMP = """SELECT 'v', id, 0, digest, CAST((SELECT MAX(id) FROM rulebook_limit) AS text),
CAST((SELECT MAX(id) FROM rulebook_calendar) AS text), '', 0 FROM rulebook_packversion
WHERE id = (SELECT MAX(id) FROM rulebook_packversion)"""
HEAD = """SELECT c.id, c.number, c.kind_id, k.digest, o.code, c.parent_id, c.title, c.matter, c.status,
c."end", c.fired, c.rev, c.due_on, c.is_held, c.is_provisional
FROM cases_case c JOIN cases_kind k ON k.id = c.kind_id LEFT JOIN people_organisation o ON o.id = c.opener_id
WHERE c.{column} IN ({marks}) ORDER BY c.id"""
PARTS = """SELECT 's', id, case_id, node, state, role,
(SELECT code FROM people_organisation o WHERE o.id = organisation_id), attempt
FROM cases_step WHERE case_id IN ({marks})
UNION ALL SELECT 'd', id, case_id, key, CAST(value AS text), '', '', rev
FROM cases_datum WHERE case_id IN ({marks})
UNION ALL SELECT 'p', id, case_id, role,
(SELECT code FROM people_organisation o WHERE o.id = organisation_id), '', '', 0
FROM cases_part WHERE case_id IN ({marks})
UNION ALL SELECT 't', id, case_id, code, place, '', '', attempt
FROM cases_timer WHERE case_id IN ({marks}) AND state = 'armed'
UNION ALL SELECT 'c', id, case_id, code, CAST({array} AS text), '', '', attempt
FROM cases_clock WHERE case_id IN ({marks})
UNION ALL {stamp}{asked}
ORDER BY 2"""
ASKED = """
UNION ALL SELECT 'k', id, 0, key, request_hash, CAST(response AS text), '', 0
FROM cases_command WHERE key IN ({})"""
CLOCK = (
    'is_first, "limit", count, unit, rolls, extensions, {licences}, basis, strength, {ticks}, state, '
    "started_on, due_on, stopped_on, is_provisional"
)
# Nested JSON: PostgreSQL knows it by its type, SQLite must be told.
ARRAY = {
    True: f"json_build_array({CLOCK.format(licences='licences', ticks='ticks')})",
    False: f"json_array({CLOCK.format(licences='json(licences)', ticks='json(ticks)')})",
}
Answers = dict[str, tuple[str, str]]
"""Key → digest of the request and what was answered, as JSON."""
MADE: dict[tuple[str, int, str | int], str] = {}


def lock_states(numbers: Sequence[str]) -> dict[str, CaseState]:
    """Cases by number, each locked until the transaction ends, in the order of their rows."""
    return lock_and_look(numbers, ())[0]


def lock_and_look(numbers: Sequence[str], keys: Sequence[str]) -> tuple[dict[str, CaseState], Answers]:
    """As `lock_states`, with what was answered before under some keys.

    They are read once the locks are held: of two equal commands the second sees the first.
    """
    return _states("number", numbers, " FOR UPDATE OF c" if is_postgresql() else "", keys)


def state_of(number: str) -> CaseState | None:
    """A case as it stands, for a page."""
    return _states("number", [number], "")[0].get(number)


def states_of(ids: Sequence[int]) -> dict[str, CaseState]:
    """Many cases as they stand, by number."""
    return _states("id", ids, "")[0] if ids else {}


def kind_row(pk: int) -> Kind:
    """One published kind."""
    return Kind.objects.get(pk=pk)


def rulebook_stamp() -> tuple[object, ...]:
    """What the rulebook stands at; it moves whenever a pack brings limits or a calendar."""
    found = rows(STAMP)
    return (found[0][1], *found[0][3:6]) if found else ()


def _states(
    column: str, wanted: Sequence[object], lock: str, keys: Sequence[str] = ()
) -> tuple[dict[str, CaseState], Answers]:
    """Heads first: on PostgreSQL a statement does not see what it waited for itself."""
    heads = [_head(row) for row in rows(_sql(HEAD, len(wanted), column) + lock, wanted)]
    by_id = {state.id: state for state in heads}
    answers: Answers = {}
    if heads:
        ids = list(by_id)
        answers = _lay_parts(by_id, rows(_sql(PARTS, len(ids), len(keys)), [*ids * 5, *keys]))
    return {state.number: state for state in heads}, answers


def _sql(form: str, count: int, more: str | int) -> str:
    """A statement for so many cases: by which column, or with so many keys."""
    key = (form[:24], count, more)
    if key not in MADE:
        asked = ASKED.format(", ".join(["%s"] * more)) if isinstance(more, int) and more else ""
        made = {"marks": ", ".join(["%s"] * count), "array": ARRAY[is_postgresql()], "stamp": STAMP}
        MADE[key] = form.format(**made, column=more, asked=asked)
    return MADE[key]


def _head(row: Sequence[Any]) -> CaseState:
    """A case as it is before its parts are laid in."""
    pk, number, kind, digest, opener, parent, title, matter, status, end, fired, rev, due, held, open_ = row
    return CaseState(
        pk, number, kind, digest, opener or "", parent, title, matter, status, end, fired, rev, _day(due),
        bool(held), bool(open_),
    )  # fmt: skip


def _lay_parts(by_id: dict[int, CaseState], found: list[Sequence[Any]]) -> Answers:
    """Stays, values, parts, timers and clocks, and which rulebook holds; returns what was answered before."""
    stamp: tuple[object, ...] = ()
    answers: Answers = {}
    for what, pk, case, *rest in found:
        if what == "v":
            stamp = (pk, *rest[:3])
        elif what == "k":
            answers[rest[0]] = (rest[1], rest[2])
        else:
            _LAY[what](by_id[case], pk, *rest)
    for state in by_id.values():
        state.stamp = stamp
    return answers


def _lay_stay(state: CaseState, pk: int, node: str, how: str, role: str, desk: str, attempt: int) -> None:  # noqa: PLR0913
    """A stay; those that are over only count."""
    state.attempts[node] = max(attempt, state.attempts.get(node, 0))
    if how == "open":
        state.stays[node] = Stay(pk, node, attempt, role, desk or "")


def _lay_datum(state: CaseState, _pk: int, key: str, value: str | None, *rest: Any) -> None:
    """A value."""
    state.data[key], state.revs[key] = None if value is None else json.loads(value), rest[2]


def _lay_part(state: CaseState, _pk: int, role: str, code: str, *_rest: Any) -> None:
    """An organisation that has a role."""
    state.parts[role] = (*state.parts.get(role, ()), code)


def _lay_timer(state: CaseState, pk: int, code: str, place: str, *rest: Any) -> None:
    """An armed timer."""
    state.timers.append(TimerNow(pk, code, place, rest[2]))


def _lay_clock(state: CaseState, pk: int, code: str, told: str, *rest: Any) -> None:
    """A clock."""
    first, limit, count, unit, rolls, extensions, *more = json.loads(told)
    licences, basis, strength, ticks, how, started, due, stopped, open_ = more
    days = (date.fromisoformat(started), date.fromisoformat(due), _day(stopped))
    law = (limit, count, unit, bool(rolls), extensions, licences, basis, strength)
    clock = ClockNow(pk, code, rest[2], bool(first), *law, ticks, how, *days, bool(open_))
    state.clocks.append(clock)


_LAY: dict[str, Callable[..., None]] = {
    "s": _lay_stay,
    "d": _lay_datum,
    "p": _lay_part,
    "t": _lay_timer,
    "c": _lay_clock,
}


def _day(value: object) -> date | None:
    """A day, whichever way the database hands it over."""
    return date.fromisoformat(value) if isinstance(value, str) else value if isinstance(value, date) else None
