"""The process behind `cases`: lays a district, records, measures, and prints one line of JSON."""

import json
import multiprocessing
import os
import shutil
import sys
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import django

django.setup()

from django.conf import settings  # noqa: E402
from django.core.management import call_command  # noqa: E402
from django.db import connection  # noqa: E402
from django.db.backends import utils  # noqa: E402

from minhu.cases.actions import act, act_on_many  # noqa: E402
from minhu.cases.bridge.folding import verify_cases  # noqa: E402
from minhu.cases.models import Case  # noqa: E402
from minhu.cases.states import Ask, CaseRefused  # noqa: E402
from minhu.packs.kinds import StepSpec  # noqa: E402
from minhu.trail import bridge  # noqa: E402
from tests.factories.cases import NOW, REQUEST, KindFactory, changed, doer, lay_house, open_one  # noqa: E402

OFFICE, HOST = doer("office", "office"), doer("host")
NOTED = changed(
    code="noted",
    step=(*REQUEST.step, StepSpec("note", (), (), "记一笔", "host", reads=("work",), asks=("result",))),
)
WRITERS, HOT_CASES = 8, 5
Statement = tuple[str, Any]
IS_SQLITE = connection.vendor == "sqlite"
FOLDER = Path(settings.VAR if hasattr(settings, "VAR") else os.environ["MINHU_VAR"])


@dataclass(frozen=True)
class Size:
    """How many cases and commands."""

    cases: int
    rounds: int
    batch: int
    hot: int


SIZES = {"full": Size(300, 4, 3000, 60), "quick": Size(60, 2, 600, 10)}


def main(size: Size) -> dict[str, dict[str, object]]:
    """Lay the house, then the three measures."""
    call_command("migrate", verbosity=0)
    lay_house()
    KindFactory()
    KindFactory(made=NOTED)
    numbers = [open_one(OFFICE).number for _ in range(size.cases)]
    act_on_many(by=OFFICE, asks=dispatches(numbers), at=NOW)
    return {"single": single(numbers, size.rounds), "batch": batch(size.batch), "hot": hot(size.hot)}


def dispatches(numbers: list[str]) -> list[Ask]:
    """Every case given to its host."""
    return [Ask(number, "dispatch", f"d-{number}", {}, {"host": ["host"]}) for number in numbers]


# -- one command, one transaction -------------------------------------------------------------------------
def single(numbers: list[str], rounds: int) -> dict[str, object]:
    """Commands per second and CPU of `act`, and of a loop over the driver that sends the same."""
    deeds = [deed for n in range(rounds) for number in numbers for deed in pair(number, n)]
    original = database()
    recorded = record(copied(original, "recorded"), deeds)
    ours, raw = copied(original, "ours"), copied(original, "raw")
    driver = open_driver(raw)
    use(ours)
    spent, cpu = {"ours": 0.0, "raw": 0.0}, 0.0
    step = max(len(deeds) // 20, 1)
    for start in range(0, len(deeds), step):
        begun, burnt = time.perf_counter(), time.process_time()
        for deed in deeds[start : start + step]:
            deed()
        ours_took, ours_burnt = time.perf_counter() - begun, time.process_time() - burnt
        begun = time.perf_counter()
        for statements_of_one in recorded[start : start + step]:
            send(driver, statements_of_one)
        if start:  # the first turn warms both up
            spent["raw"] += time.perf_counter() - begun
            spent["ours"] += ours_took
            cpu += ours_burnt
    driver.close()
    faults = len(list(verify_cases())) + len(bridge.verify().faults)
    use(original)
    return {
        "ours_per_s": round((len(deeds) - step) / spent["ours"]),
        "raw_per_s": round((len(deeds) - step) / spent["raw"]),
        "cpu_ms": round(cpu / (len(deeds) - step) * 1000, 3),
        "fsync_ms": round(fsync_ms(), 3),
        "commands": len(deeds) - step,
        "statements": round(sum(map(len, recorded)) / len(recorded), 1),
        "faults": faults,
    }


def pair(number: str, n: int) -> list[Callable[[], object]]:
    """A case answered (its clock stops) and sent back (another starts)."""
    answer = Ask(number, "answer", f"a-{number}-{n}", {"result": "已现场处理，恢复正常。"}, place="work")
    redo = Ask(number, "redo", f"r-{number}-{n}")
    return [lambda: act(by=HOST, ask=answer, at=NOW), lambda: act(by=OFFICE, ask=redo, at=NOW)]


def record(name: str, deeds: list[Callable[[], object]]) -> list[list[Statement]]:
    """The statements of every command, as they reach the driver."""
    use(name)
    connection.ensure_connection()
    found: list[list[Statement]] = []
    plain = utils.CursorWrapper.execute

    def told(cursor: Any, sql: str, params: Any = None) -> Any:
        found[-1].append((sql, params))
        return plain(cursor, sql, params)

    # Where statements are logged, none goes past Django's cursors.
    connection.force_debug_cursor = True
    utils.CursorWrapper.execute = told  # type: ignore[method-assign]
    try:
        for deed in deeds:
            found.append([])
            deed()
    finally:
        utils.CursorWrapper.execute, connection.force_debug_cursor = plain, False  # type: ignore[method-assign]
    return [[one for one in some if not one[0].startswith("BEGIN")] for some in found]


def send(driver: Any, some: list[Statement]) -> None:
    """One transaction of the bare loop."""
    if IS_SQLITE:
        driver.execute("BEGIN IMMEDIATE")
    for sql, params in some:
        cursor = driver.execute(sql, params or ())
        if cursor.description:
            cursor.fetchall()
    driver.execute("COMMIT") if IS_SQLITE else driver.commit()


def open_driver(name: str) -> Any:
    """A connection of the driver alone, set as ours is."""
    if IS_SQLITE:
        import sqlite3

        driver = sqlite3.connect(name, isolation_level=None)
        for pragma in settings.SQLITE["init_command"].split(";"):
            driver.execute(pragma)
        return _Marked(driver)
    import psycopg

    return psycopg.connect(os.environ["MINHU_DATABASE_URL"].rpartition("/")[0] + f"/{name}",
                           cursor_factory=psycopg.ClientCursor)  # fmt: skip


class _Marked:
    """SQLite's driver, its marks put in beforehand: that is not what is measured."""

    def __init__(self, driver: Any) -> None:
        self.driver, self.marked = driver, dict[str, str]()
        self.close = driver.close

    def execute(self, sql: str, params: Any = ()) -> Any:
        marked = self.marked.get(sql) or self.marked.setdefault(sql, sql.replace("%s", "?"))
        return self.driver.execute(marked, params)


# -- databases --------------------------------------------------------------------------------------------
def database() -> str:
    """The database in use: a file, or a name."""
    return str(connection.settings_dict["NAME"])


def use(name: str) -> None:
    """Let Django work on another database."""
    connection.close()
    connection.settings_dict["NAME"] = name


def copied(name: str, to: str) -> str:
    """A copy of a database."""
    if IS_SQLITE:
        connection.cursor().execute("PRAGMA wal_checkpoint(TRUNCATE)")
        connection.close()
        target = str(Path(name).with_name(f"{to}.sqlite3"))
        shutil.copy(name, target)
        return target
    connection.close()
    import psycopg

    with psycopg.connect(
        os.environ["MINHU_DATABASE_URL"].replace("/postgres", "/template1"), autocommit=True
    ) as at:
        at.execute(f'CREATE DATABASE "{to}" TEMPLATE "{name}"')
    return to


def fsync_ms() -> float:
    """What the disk takes to keep 8 KiB for good, the middle of 100 tries."""
    file = FOLDER / "fsync"
    spent = []
    with file.open("wb") as opened:
        for _ in range(100):
            opened.write(b"x" * 8192)
            opened.flush()
            begun = time.perf_counter()
            os.fdatasync(opened.fileno())
            spent.append((time.perf_counter() - begun) * 1000)
    return sorted(spent)[50]


# -- many at once, and many writers -----------------------------------------------------------------------
def batch(count: int) -> dict[str, object]:
    """Commands per second where a hundred share a transaction."""
    numbers = [open_one(OFFICE).number for _ in range(count)]
    asks = dispatches(numbers)
    act_on_many(by=OFFICE, asks=asks[:100], at=NOW)
    begun, burnt = time.perf_counter(), time.process_time()
    found = act_on_many(by=OFFICE, asks=asks[100:], at=NOW)
    spent, cpu = time.perf_counter() - begun, time.process_time() - burnt
    refused = sum(isinstance(one, CaseRefused) for one in found)
    many = count - 100
    return {
        "per_s": round(many / spent),
        "commands": many,
        "refused": refused,
        "cpu_ms": round(cpu / many * 1000, 3),
    }


def hot(each: int) -> dict[str, object]:
    """Eight processes write to five cases: errors, and faults found afterwards."""
    numbers = [open_one(OFFICE, "noted").number for _ in range(HOT_CASES)]
    act_on_many(by=OFFICE, asks=dispatches(numbers), at=NOW)
    connection.close()
    begun = time.perf_counter()
    context = multiprocessing.get_context("fork")
    with context.Pool(WRITERS) as pool:
        errors = sum(pool.starmap(writer, [(n, each, numbers) for n in range(WRITERS)]))
    spent = time.perf_counter() - begun
    faults = len(list(verify_cases(numbers))) + len(bridge.verify().faults)
    revs = sum(Case.objects.filter(number__in=numbers).values_list("rev", flat=True)) - 2 * HOT_CASES
    lost = WRITERS * each - revs
    return {
        "errors": errors + faults + abs(lost),
        "writers": WRITERS,
        "cases": HOT_CASES,
        "commands": WRITERS * each,
        "per_s": round(WRITERS * each / spent),
    }


def writer(me: int, each: int, numbers: list[str]) -> int:
    """One writer; returns how many of its commands failed."""
    failed = 0
    for n in range(each):
        ask = Ask(numbers[(me + n) % len(numbers)], "note", f"h-{me}-{n}", {"result": f"{me} {n}"})
        try:
            act(by=HOST, ask=ask, at=NOW)
        except Exception as wrong:
            print(repr(wrong), file=sys.stderr)
            failed += 1
    connection.close()
    return failed


if __name__ == "__main__":
    print(json.dumps(main(SIZES[sys.argv[1]])))
