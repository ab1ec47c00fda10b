"""An outcome written: rows, the entry of the record, the answer kept under the command's key."""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import IntegrityError
from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.folding import digest_of
from minhu.cases.bridge.outcome import Outcome, Payload
from minhu.cases.bridge.papers import numbered
from minhu.cases.queries.readings import day_of
from minhu.cases.queries.statements import rows as ask
from minhu.cases.states import (
    OPENING,
    CaseRefused,
    CaseState,
    ClockNow,
    Doer,
    Done,
    EffectState,
    Status,
    StepState,
    TimerState,
    Why,
    book_of,
)
from minhu.cases.store.commands import plain_done
from minhu.cases.store.scripts import CODE_ID, Script, as_django, as_json, day, moment
from minhu.cases.store.times import last_moment
from minhu.trail.actions import compose
from minhu.trail.states import Deed

COUNT = """INSERT INTO cases_counter (name, last) VALUES (%s, 1)
ON CONFLICT (name) DO UPDATE SET last = cases_counter.last + 1 RETURNING last"""
CASE = (
    ("title", "text"), ("matter", "text"), ("status", "text"), ('"end"', "text"), ("fired", "int"),
    ("rev", "int"), ("ended_at", "at"), ("due_on", "date"), ("is_held", "bool"), ("is_provisional", "bool"),
)  # fmt: skip
CLOCK = (
    ("ticks", "json"), ("state", "text"), ("due_on", "date"), ("stopped_on", "date"),
    ("is_provisional", "bool"),
)  # fmt: skip


@dataclass(slots=True)
class Write:
    """One deed to be written, all of it decided."""

    kind: Compiled
    out: Outcome
    by: Doer
    at: datetime
    key: str
    request_hash: str
    digests: dict[str, str]

    @property
    def state(self) -> CaseState:
        """The case as it will stand."""
        return self.out.state


def write(writes: Sequence[Write]) -> list[Done]:
    """Write deeds on cases that have rows. Raises CaseRefused where a key was taken meanwhile."""
    script = Script()
    script.update("cases_case", CASE, [case_row(one) for one in writes])
    write_steps(script, writes)
    write_values(script, writes)
    write_parts(script, writes)
    write_clocks(script, writes)
    write_timers(script, writes)
    write_papers(script, writes)
    rows = [
        (key, one.state.id, kind, as_json(args), EffectState.WAITING.value, 0, moment(one.at), "")
        for one in writes
        for key, kind, args in one.out.effects
    ]
    head = "INSERT INTO cases_effect (key, case_id, kind, args, state, attempts, next_at, error)"
    script.insert(head, "(%s, %s, %s, %s, %s, %s, %s, %s)", rows)
    for sql, params in compose([deed_of(one) for one in writes], ask)[1]:
        script.add(sql, params)
    done = answer(script, writes)
    send(script)
    return done


def case_row(one: Write) -> list[Any]:
    """The columns of a case that may change."""
    state = one.state
    status, ended = (Status.ENDED, moment(one.at)) if state.end else (Status.OPEN, None)
    return [
        state.id, state.title, state.matter, status.value, state.end, state.fired, state.rev, ended,
        day(state.due_on), state.is_held, state.is_provisional,
    ]  # fmt: skip


def write_steps(script: Script, writes: Sequence[Write]) -> None:
    """Stays that are over, begin, or go to another desk."""
    left = [pk for one in writes for pk in one.out.left]
    if left:
        marks = ", ".join(["%s"] * len(left))
        sql = f"UPDATE cases_step SET state = 'left', left_at = %s WHERE id IN ({marks})"  # noqa: S608
        script.add(sql, [moment(writes[0].at), *left])
    rows = []
    for one in writes:
        at = moment(one.at)
        for stay in one.out.entered:
            here = one.state.stays.get(stay.place) is stay
            state, left_at = (StepState.OPEN, None) if here else (StepState.LEFT, at)
            rows.append(
                (
                    one.state.id,
                    stay.place,
                    stay.attempt,
                    state.value,
                    stay.role,
                    stay.organisation,
                    at,
                    left_at,
                )
            )
        for stay in one.out.moved:
            sql = f"UPDATE cases_step SET organisation_id = {CODE_ID}, assignee_id = NULL WHERE id = %s"  # noqa: S608
            script.add(sql, [stay.organisation, stay.id])
    head = (
        "INSERT INTO cases_step (case_id, node, attempt, state, role, organisation_id, entered_at, left_at)"
    )
    script.insert(head, f"(%s, %s, %s, %s, %s, {CODE_ID}, %s, %s)", rows)


def write_values(script: Script, writes: Sequence[Write]) -> None:
    """Values and personal values, the latest over those before."""
    rows, personal = [], []
    for one in writes:
        who, case = one.by.actor.post, one.state.id
        for key, value in one.out.values.items():
            rows.append((case, key, as_django(value), who, one.out.sources.get(key, ""), one.state.rev))
        for kept in one.out.personal:
            salt = secrets.token_hex(16) if kept.text else ""
            one.digests[kept.key] = digest_of(salt, kept.key, kept.text)
            personal.append(
                (case, kept.key, kept.text, salt, kept.purpose, day(kept.keep_until), one.state.rev)
            )
    head = "INSERT INTO cases_datum (case_id, key, value, who, source, rev)"
    over = "ON CONFLICT (case_id, key) DO UPDATE SET value = excluded.value"
    tail = f" {over}, who = excluded.who, source = excluded.source, rev = excluded.rev"
    script.insert(head, "(%s, %s, %s, %s, %s, %s)", rows, tail)
    head = "INSERT INTO cases_personaldatum (case_id, key, value, salt, purpose, keep_until, rev)"
    tail = f" {over}, salt = excluded.salt, purpose = excluded.purpose, keep_until = excluded.keep_until"
    tail += ", rev = excluded.rev, erased_at = NULL"
    script.insert(head, "(%s, %s, %s, %s, %s, %s, %s)", personal, tail)


def write_parts(script: Script, writes: Sequence[Write]) -> None:
    """Organisations that leave and join roles."""
    for one in writes:
        for role, code in one.out.parted:
            sql = f"DELETE FROM cases_part WHERE case_id = %s AND role = %s AND organisation_id = {CODE_ID}"  # noqa: S608
            script.add(sql, [one.state.id, role, code])
    rows = [(one.state.id, role, code) for one in writes for role, code in one.out.joined]
    head = "INSERT INTO cases_part (case_id, role, organisation_id)"
    script.insert(head, f"(%s, %s, {CODE_ID})", rows, " ON CONFLICT DO NOTHING")


def write_clocks(script: Script, writes: Sequence[Write]) -> None:
    """Clocks that begin, and what happened to others."""
    new = [clock_row(one.state.id, clock) for one in writes for clock in one.out.clocks_new]
    head = (
        'INSERT INTO cases_clock (case_id, code, attempt, is_first, "limit", count, unit, rolls, extensions, '
        "licences, basis, strength, ticks, state, started_on, due_on, stopped_on, is_provisional)"
    )
    script.insert(head, "(" + ", ".join(["%s"] * 18) + ")", new)
    moved = [
        [c.id, as_json(c.ticks), c.state, day(c.due_on), day(c.stopped_on), c.is_provisional]
        for one in writes
        for c in one.out.clocks_moved
    ]
    script.update("cases_clock", CLOCK, moved)


def clock_row(case: int, clock: ClockNow) -> list[Any]:
    """All columns of a new clock."""
    return [
        case, clock.code, clock.attempt, clock.is_first, clock.limit, clock.count, clock.unit, clock.rolls,
        clock.extensions, as_json(clock.licences), clock.basis, clock.strength, as_json(clock.ticks),
        clock.state,
        day(clock.started_on), day(clock.due_on), day(clock.stopped_on), clock.is_provisional,
    ]  # fmt: skip


def write_timers(script: Script, writes: Sequence[Write]) -> None:
    """Timers that run out or are put off, and new ones."""
    for state in TimerState:
        done = [pk for one in writes for pk, how in one.out.timers_done if how == state]
        if done:
            marks = ", ".join(["%s"] * len(done))
            sql = f"UPDATE cases_timer SET state = '{state.value}' WHERE id IN ({marks})"  # noqa: S608
            script.add(sql, done)
    rows = [
        (one.state.id, new.code, new.place, new.attempt, new.limit, moment(last_moment(new.due_on)),
         new.is_provisional, TimerState.ARMED.value, "")
        for one in writes for new in one.out.timers_new
    ]  # fmt: skip
    columns = 'case_id, code, place, attempt, "limit", due_at, is_provisional, state, error'
    script.insert(f"INSERT INTO cases_timer ({columns})", "(" + ", ".join(["%s"] * 9) + ")", rows)


def write_papers(script: Script, writes: Sequence[Write]) -> None:
    """Papers made, each with the next number of its kind, and files handed in."""
    rows = []
    for one in writes:
        tail = (one.state.rev, moment(one.at), one.by.actor.post)
        for paper in one.out.papers:
            if paper.counter:
                numbered(paper, day_of(one.at).year, ask(COUNT, [paper.counter])[0][0])
            made = (one.state.id, paper.code, paper.title, paper.number, True, as_json(paper.content))
            rows.append((*made, "", "", 0, "", *tail))
        for key, file in one.out.uploads.items():
            given = (one.state.id, key, file.name[-200:], "", False, None)
            rows.append((*given, file.file or "", file.sha256, file.size, file.media_type, *tail))
    head = (
        "INSERT INTO cases_paper (case_id, code, title, number, is_made, content, file, sha256, size, "
        "media_type, rev, made_at, who)"
    )
    script.insert(head, "(" + ", ".join(["%s"] * 13) + ")", rows)


def send(script: Script) -> None:
    """Send everything. Raises CaseRefused if a key was taken by another command in the same moment."""
    try:
        script.send()
    except IntegrityError as wrong:
        if "cases_command" in str(wrong):
            raise CaseRefused(
                Why.KEY, _("This key was taken by another command in the same moment.")
            ) from None
        raise


def deed_of(one: Write) -> Deed:
    """The entry of the record: what happened and every value that is not personal."""
    out, state = one.out, one.state
    opens = out.on == OPENING and out.step == OPENING
    said: Payload = {
        "on": out.on,
        "kind": one.kind.spec.code,
        "step": out.step,
        "title": out.title,
        "place": out.place,
        "attempt": out.attempt,
        "rev": state.rev,
        "events": out.events,
        "values": out.values,
        "digests": one.digests,
        "assigns": out.assigns,
        "rulings": out.rulings,
        "clocks": out.ticks,
        "papers": [paper.number or paper.title for paper in out.papers],
        "files": {key: file.sha256 for key, file in out.uploads.items()},
        "version": state.digest if opens else "",
    }
    kept = {key: value for key, value in said.items() if value or key == "rev"}
    deed = "cases.open" if opens else "cases.act"
    thing, book = f"cases.case:{state.id}", book_of(state.number)
    return Deed(one.by.actor, deed, thing, book, one.at, kept, out.asked)


def answer(script: Script, writes: Sequence[Write]) -> list[Done]:
    """Keep what is answered under each key."""
    done = [
        Done(one.state.number, one.state.rev, tuple(one.state.stays), one.state.end,
             tuple(paper.number for paper in one.out.papers if paper.number))
        for one in writes
    ]  # fmt: skip
    rows = [
        (one.key, one.state.id, one.request_hash, as_json(plain_done(said)), moment(one.at))
        for one, said in zip(writes, done, strict=True)
    ]
    head = "INSERT INTO cases_command (key, case_id, request_hash, response, at)"
    script.insert(head, "(%s, %s, %s, %s, %s)", rows)
    return done
