"""Joins lost and doubled when departments finish at once, and what kill −9 at every statement leaves behind.

Three processes finish the three branches of each case at the same moment, on both databases; then a process
is killed at every statement of four deeds and of a round of the worker, and started again. On PostgreSQL the
same joins are tried without the lock of the case: a bench that could not lose one would prove nothing.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from benchmarks.figure import Figure
from benchmarks.pages import HOUSE, postgresql


@dataclass(frozen=True)
class Size:
    """Joins on either database, joins without a lock, and every how many boundaries a process is killed."""

    sqlite: int
    postgresql: int
    unlocked: int
    step: int


FULL, QUICK = Size(1_000, 10_000, 300, 1), Size(40, 150, 60, 9)


def run(quick: bool) -> Iterator[Figure]:
    """races.lost and races.doubled (0), for each database."""
    size = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder:
        yield from measure("sqlite", Path(folder), ("", ""), size)
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder, postgresql(Path(folder)) as url:
        if url:
            yield from measure("postgresql", Path(folder), (made(url, "joins"), made(url, "crash")), size)


def made(url: str, name: str) -> str:
    """The address of a new, empty database on the same server."""
    import psycopg

    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "minhu_bench_{name}"')
        connection.execute(f'CREATE DATABASE "minhu_bench_{name}"')
    return f"{url.rpartition('/')[0]}/minhu_bench_{name}"


def measure(db: str, folder: Path, urls: tuple[str, str], size: Size) -> Iterator[Figure]:
    """Both figures of one database."""
    number = size.sqlite if db == "sqlite" else size.postgresql
    unlocked = 0 if db == "sqlite" else size.unlocked
    joins = ask(folder / "joins", urls[0], "benchmarks._races", str(number), str(unlocked))
    crash = ask(folder / "crash", urls[1], "tests.cases.crash", "--step", str(size.step))
    about = {
        "db": db, "joins": joins["cases"], "seconds": joins["seconds"],
        "boundaries": sum(crash["boundaries"].values()), "killed_every": size.step,
        "verify_faults": joins["faults"] + crash["faults"],
    }  # fmt: skip
    control = {name: joins[name] for name in ("lost_without_lock", "cases_without_lock") if name in joins}
    for name in ("lost", "doubled"):
        extra = about | {f"joins_{name}": joins[name], f"crash_{name}": crash[name]}
        extra |= control if name == "lost" else {}
        yield Figure(f"races.{name}", joins[name] + crash[name], "cases", extra=extra | {"target": "0"})


def ask(folder: Path, url: str, module: str, *words: str) -> dict[str, Any]:
    """What a process of its own says, on a database of its own."""
    mine = {"MINHU_VAR": str(folder), "MINHU_PLACE": "bench", "PYTHONWARNINGS": "ignore", "MINHU_DEBUG": "0"}
    mine |= {"DJANGO_SETTINGS_MODULE": "minhu.site.settings", "MINHU_DEMO": "0"}
    env = {**os.environ, **mine, "MINHU_DATABASE_URL": url}
    command = [sys.executable, "-m", module, *words]
    done = subprocess.run(command, cwd=HOUSE, env=env, stdout=subprocess.PIPE, check=False)
    if done.returncode not in (0, 1) or not done.stdout:
        raise SystemExit(f"{module} failed with {done.returncode}")
    found: dict[str, Any] = json.loads(done.stdout)
    return found
