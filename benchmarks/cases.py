"""Deeds on cases beside a raw driver that sends the same statements and bytes, on two durable databases.

Every command is recorded once on a copy of the database; then, turn by turn, `act` does them on a second
copy and a bare loop over the driver sends what was recorded to a third. Both commit each command by itself:
SQLite with synchronous=FULL, PostgreSQL with fsync on. What the disk takes is printed with it.
"""

import json
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.figure import Figure

HOUSE = Path(__file__).resolve().parents[1]
TARGET_RATIO, TARGET_CPU, TARGET_BATCH = 0.5, 0.5, 2500


def run(quick: bool) -> Iterator[Figure]:
    """cases.durable.*, cases.batch_per_s and cases.hot_errors, on SQLite and on PostgreSQL."""
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder:
        yield from measure("sqlite", "", Path(folder), quick)
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder, postgresql(Path(folder)) as url:
        if url:
            yield from measure("postgresql", url, Path(folder), quick)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a temporary server that keeps what it commits; empty if there is none to start."""
    from tests.postgresql import NoPostgreSQL, start

    try:
        cluster = start(folder / "postgresql", durable=True)
    except NoPostgreSQL as absent:
        print(absent, file=sys.stderr)
        yield ""
        return
    try:
        yield cluster.url
    finally:
        cluster.stop()


def measure(db: str, url: str, folder: Path, quick: bool) -> Iterator[Figure]:
    """The figures of one database, measured in a process of its own."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINHU_")}
    mine = {
        "MINHU_VAR": str(folder / "var"),
        "DJANGO_SETTINGS_MODULE": "minhu.site.settings",
        "MINHU_DEBUG": "0",
    }
    mine |= {"PYTHONPATH": str(HOUSE), "MINHU_PLACE": "bench"} | ({"MINHU_DATABASE_URL": url} if url else {})
    (folder / "var").mkdir()
    command = [sys.executable, "-m", "benchmarks._cases", "quick" if quick else "full"]
    done = subprocess.run(command, env=kept | mine, cwd=HOUSE, capture_output=True, text=True, check=False)
    if done.returncode:
        raise SystemExit(f"benchmarks._cases failed:\n{done.stdout}{done.stderr}")
    found = json.loads(done.stdout.strip().splitlines()[-1])
    name = "cases.durable." + ("sqlite_full" if db == "sqlite" else db)
    single, batch, hot = found["single"], found["batch"], found["hot"]
    ours, raw = single.pop("ours_per_s"), single.pop("raw_per_s")
    extra = single | {"db": db, "target": f">= {TARGET_RATIO}, cpu_ms <= {TARGET_CPU}"}
    peer = "raw driver, same statements and bytes"
    yield Figure(name, round(ours / raw, 3), "ratio", peer, 1.0, round(ours / raw, 3), extra | {
        "ours_per_s": ours, "raw_per_s": raw})  # fmt: skip
    value = batch.pop("per_s")
    yield Figure("cases.batch_per_s", value, "1/s", extra=batch | {"db": db, "target": f">= {TARGET_BATCH}"})
    yield Figure("cases.hot_errors", hot.pop("errors"), "errors", extra=hot | {"db": db, "target": "0"})
