"""Whole instances, loaded, stepped and saved step by step into SQLite with synchronous=OFF.

`rows`: the kernel over rows, which does what the peer `spiff` does: find the state, make the step, keep the
state. `python -m benchmarks._instances WIDTH COUNT` runs the whole of `cases` in a process of its own, with
rights, values, idempotency and a chained record. All give seconds of CPU for each instance.
"""

import json
import os
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path
from time import process_time

from benchmarks._branches import bpmn, net_of, order
from benchmarks.figure import Figure
from minhu.methods.flow import Command, Happened, Marking, begin, fold, step

EACH = 3
"""Tasks in each branch: ten steps with the opening at three branches."""


HOUSE = Path(__file__).resolve().parents[1]
SCHEMA = """
CREATE TABLE case_ (id INTEGER PRIMARY KEY, fired INTEGER NOT NULL, ended TEXT NOT NULL,
    rev INTEGER NOT NULL);
CREATE TABLE stay (id INTEGER PRIMARY KEY, case_id INTEGER NOT NULL, place TEXT NOT NULL,
    attempt INTEGER NOT NULL, is_open INTEGER NOT NULL, UNIQUE (case_id, place, attempt));
CREATE TABLE event (case_id INTEGER NOT NULL, rev INTEGER NOT NULL, said TEXT NOT NULL,
    PRIMARY KEY (case_id, rev)) WITHOUT ROWID;
"""


def per_second(quick: bool) -> Iterator[Figure]:
    """flow.instances_per_s at 3 branches, flow.instances_per_s_30 at 30; `whole_…`: the whole of `cases`."""
    for width, name, target in (
        (3, "flow.instances_per_s", ">= 5"),
        (30, "flow.instances_per_s_30", ">= 10"),
    ):
        times = max(2, (90 if quick else 900) // width)
        with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder:
            ours = rows(width, times, f"{folder}/rows.sqlite3")
            theirs = spiff(width, max(1, times // 30), f"{folder}/spiff.sqlite3")
            everything = whole(width, max(2, times // 10), folder)
        extra: dict[str, object] = {
            "branches": width, "tasks": EACH * width, "synchronous": "OFF", "target": target,
            "whole_per_s": round(1 / everything, 1),
            "whole_ratio": round(theirs / everything, 1) if theirs else None,
            "whole_ms_per_step": round(everything / (EACH * width + 1) * 1000, 2),
        }  # fmt: skip
        peer, ratio = theirs and round(1 / theirs, 1), theirs and round(theirs / ours, 1)
        yield Figure(name, round(1 / ours, 1), "1/s", theirs and "SpiffWorkflow 3.2", peer, ratio, extra)  # type: ignore[arg-type]


def rows(width: int, times: int, file: str) -> float:
    """Seconds of CPU an instance takes whose state stands in rows."""
    net, tasks = net_of(width, EACH * width), order(width, EACH * width)
    kept = sqlite3.connect(file, isolation_level=None)
    kept.executescript(f"PRAGMA synchronous=OFF; PRAGMA journal_mode=WAL; {SCHEMA}")

    def instance() -> None:
        first = begin(net, {})
        case = kept.execute("INSERT INTO case_ (fired, ended, rev) VALUES (0, '', 0)").lastrowid
        assert case
        keep(kept, case, Marking(), first, 1)
        for task in tasks:
            kept.execute("BEGIN IMMEDIATE")
            marking, rev = load(kept, case)
            keep(kept, case, marking, step(net, marking, {}, Command("done", place=task)), rev + 1)
            kept.execute("COMMIT")
        if load(kept, case)[0].end != "end":
            raise AssertionError("the case did not end")

    instance()
    start = process_time()
    for _n in range(times):
        instance()
    seconds = (process_time() - start) / times
    proved(kept)
    kept.close()
    return seconds


def load(kept: sqlite3.Connection, case: int) -> tuple[Marking, int]:
    """Where a case is."""
    fired, ended, rev = kept.execute("SELECT fired, ended, rev FROM case_ WHERE id = ?", [case]).fetchone()
    marked: dict[str, int] = {}
    attempts: dict[str, int] = {}
    sql = "SELECT place, attempt, is_open FROM stay WHERE case_id = ? ORDER BY id"
    for place, attempt, is_open in kept.execute(sql, [case]):
        attempts[place] = attempt
        if is_open:
            marked[place] = attempt
    return Marking(marked, attempts, fired, ended), rev


def keep(kept: sqlite3.Connection, case: int, before: Marking, done: object, rev: int) -> None:
    """Write what a step changed, and what happened."""
    after, events = done.marking, done.events  # type: ignore[attr-defined]
    left = [(case, place, n) for place, n in before.marked.items() if after.marked.get(place) != n]
    sql = "UPDATE stay SET is_open = 0 WHERE case_id = ? AND place = ? AND attempt = ?"
    kept.executemany(sql, left)
    came = {(e.code, e.attempt) for e in events if e.what in ENTERED}
    new = [(case, place, n, after.marked.get(place) == n) for place, n in came]
    kept.executemany("INSERT INTO stay (case_id, place, attempt, is_open) VALUES (?, ?, ?, ?)", new)
    said = json.dumps([(e.what.value, e.code, e.attempt) for e in events])
    kept.execute("INSERT INTO event (case_id, rev, said) VALUES (?, ?, ?)", [case, rev, said])
    sql = "UPDATE case_ SET fired = ?, ended = ?, rev = ? WHERE id = ?"
    kept.execute(sql, [after.fired, after.end, rev, case])


ENTERED = frozenset({Happened.ENTERED, Happened.REACHED, Happened.ENDED})


def proved(kept: sqlite3.Connection) -> None:
    """The rows of the last case are the fold of what happened to it."""
    from minhu.methods.flow import Event

    [case] = kept.execute("SELECT max(id) FROM case_").fetchone()
    marking = Marking()
    for (said,) in kept.execute("SELECT said FROM event WHERE case_id = ? ORDER BY rev", [case]):
        marking = fold([Event(Happened(what), code, n) for what, code, n in json.loads(said)], marking)
    if marking != load(kept, case)[0]:
        raise AssertionError("the rows are not what happened")


def whole(width: int, times: int, folder: str) -> float:
    """Seconds of CPU an instance of the whole of `cases` takes, in a process of its own."""
    mine = {"MINHU_VAR": f"{folder}/var", "MINHU_DATABASE_URL": "", "MINHU_PLACE": "bench", "MINHU_DEMO": "0"}
    mine |= {"DJANGO_SETTINGS_MODULE": "minhu.site.settings", "MINHU_DEBUG": "0", "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-m", "benchmarks._instances", str(width), str(times)]
    done = subprocess.run(command, cwd=HOUSE, env={**os.environ, **mine}, stdout=subprocess.PIPE, check=True)
    return float(json.loads(done.stdout))


def main(width: str, times: str) -> None:
    """Ours: every step one command to a case that has rows, a record and an answer kept under its key."""
    import django

    django.setup()
    lay(int(width))
    instance(int(width))
    start = process_time()
    for _n in range(int(times)):
        instance(int(width))
    print(json.dumps((process_time() - start) / int(times)))


def lay(width: int) -> None:
    """Tables and a kind: a split into branches of tasks, and their join."""
    from django.core.management import call_command
    from django.db import connection

    from minhu.packs.kinds import FieldSpec, KindSpec, PlaceSpec, RoleSpec, StepSpec
    from tests.factories.outbox import lay_house

    call_command("migrate", verbosity=0)
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA synchronous=OFF")
    ways = [[code(b, n) for n in range(EACH)] for b in range(width)]
    tasks = tuple(PlaceSpec(one, one, role="clerk") for way in ways for one in way)
    waits = tuple(PlaceSpec(f"w{b}", "wait", "wait") for b in range(width))
    steps = tuple(
        StepSpec(f"d{one}", (one,), (after,), one, "clerk")
        for b, way in enumerate(ways)
        for one, after in zip(way, [*way[1:], f"w{b}"], strict=True)
    )
    lay_house(KindSpec(
        code="bench", title="bench", summary="bench", headline="title", basis="bench",
        asks=("title",), field=(FieldSpec("title", "title"),),
        role=(RoleSpec("clerk", "clerk", posts=("office",)),),
        place=(PlaceSpec("start", "start", "start"), *tasks, *waits, PlaceSpec("end", "end", "end")),
        step=(
            StepSpec("split", ("start",), tuple(way[0] for way in ways), on="auto"),
            *steps,
            StepSpec("join", tuple(place.code for place in waits), ("end",), on="auto"),
        ),
    ))  # fmt: skip


def code(branch: int, number: int) -> str:
    """A task's code."""
    return f"t{branch}-{number}"


KEYS = count()


def instance(width: int) -> None:
    """One case from its opening to its end."""
    from tests.factories.cases import do, doer, open_one

    office = doer("office", "office")
    done = open_one(office, "bench", {"title": "bench"})
    for n in range(EACH):
        for b in range(width):
            done = do(office, done.number, f"d{code(b, n)}")
    if done.end != "end":
        raise AssertionError("the case did not end")


def spiff(width: int, times: int, file: str) -> float | None:
    """Seconds of CPU an instance of SpiffWorkflow takes; None if it is not installed."""
    try:
        from SpiffWorkflow.bpmn import BpmnWorkflow
        from SpiffWorkflow.bpmn.parser.BpmnParser import BpmnParser
        from SpiffWorkflow.bpmn.serializer import BpmnWorkflowSerializer
        from SpiffWorkflow.util.task import TaskState
    except ImportError:
        return None
    parser = BpmnParser()
    parser.add_bpmn_str(bpmn(width, EACH * width).encode())
    spec = parser.get_spec("bench")
    serializer = BpmnWorkflowSerializer(BpmnWorkflowSerializer.configure())
    kept = sqlite3.connect(file, isolation_level=None)
    kept.execute("PRAGMA synchronous=OFF")
    kept.execute("PRAGMA journal_mode=WAL")
    kept.execute("CREATE TABLE IF NOT EXISTS instance (id INTEGER PRIMARY KEY, state TEXT NOT NULL)")

    def whole() -> None:
        workflow = BpmnWorkflow(spec)
        workflow.do_engine_steps()
        said = serializer.serialize_json(workflow)
        key = kept.execute("INSERT INTO instance (state) VALUES (?)", [said]).lastrowid
        for task in order(width, EACH * width):
            kept.execute("BEGIN IMMEDIATE")
            [said] = kept.execute("SELECT state FROM instance WHERE id = ?", [key]).fetchone()
            workflow = serializer.deserialize_json(said)
            workflow.get_next_task(state=TaskState.READY, spec_name=task).run()
            workflow.do_engine_steps()
            kept.execute(
                "UPDATE instance SET state = ? WHERE id = ?", [serializer.serialize_json(workflow), key]
            )
            kept.execute("COMMIT")
        if not workflow.is_completed():
            raise AssertionError("the case did not end")

    whole()
    start = process_time()
    for _n in range(times):
        whole()
    seconds = (process_time() - start) / times
    kept.close()
    return seconds


if __name__ == "__main__":
    main(*sys.argv[1:])
