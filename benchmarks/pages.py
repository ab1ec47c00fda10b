"""Pages at size: 10,000 reforms, 60,000 milestones over HTTP, three users at once, one worker, two databases.

Peer of every page: the time its SQL takes alone, on one connection, one statement after the other. Each
database is asked twice, small and large: a page whose number of queries grows with the rows fails the bench.
"""

import json
import os
import signal
import socket
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from benchmarks._district import MILESTONES, SEED
from benchmarks.figure import Figure

HOUSE = Path(__file__).resolve().parents[1]
USERS = 3
LIMIT_MS = {"list": 300, "filter": 300, "reform": 300, "cockpit": 500}
LIMIT_MB = 350


@dataclass(frozen=True)
class Size:
    """How many reforms, and how often each user asks for each page."""

    reforms: int
    rounds: int


FULL, QUICK, SMALL = Size(10_000, 40), Size(600, 6), Size(250, 0)


def run(quick: bool) -> Iterator[Figure]:
    """Measure on SQLite, then on PostgreSQL (the one of MINHU_DATABASE_URL, or a temporary server)."""
    size = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder:
        yield from measure("sqlite", "", Path(folder), size)
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder, postgresql(Path(folder)) as url:
        if url:
            yield from measure("postgresql", url, Path(folder), size)


@contextmanager
def postgresql(folder: Path) -> Iterator[str]:
    """The address of a server: of MINHU_DATABASE_URL, or of a temporary one; empty if there is none."""
    from tests.postgresql import NoPostgreSQL, start

    if given := os.environ.get("MINHU_DATABASE_URL", ""):
        yield given
        return
    try:
        cluster = start(folder / "postgresql")
    except NoPostgreSQL as absent:
        print(absent, file=sys.stderr)
        yield ""
        return
    try:
        yield cluster.url
    finally:
        cluster.stop()


def measure(db: str, url: str, folder: Path, size: Size) -> Iterator[Figure]:
    """All figures of one database."""
    env = environment(url, folder)
    few = ask_sql(env, fill(env, SMALL.reforms), 1)
    district = fill(env, size.reforms)
    alone = ask_sql(env, district, 5)
    grown = {page: (few[page]["queries"], alone[page]["queries"]) for page in alone}
    if any(before != after for before, after in grown.values()):
        raise SystemExit(f"queries grow with the rows on {db}: {grown}")
    with serving(env, workers=1) as (port, _master):
        spent = {page: load(port, district, page, size.rounds) for page in LIMIT_MS}
    about = {
        "db": db,
        "users": USERS,
        "workers": 1,
        "seed": SEED,
        "milestones_each": MILESTONES,
        "reforms": district["reforms"],
        "milestones": district["milestones"],
    }
    for page, limit in LIMIT_MS.items():
        p95, sql = percentile(spent[page], 95), alone[page]["ms"]
        extra = {
            "p50_ms": round(statistics.median(spent[page]), 1),
            "requests": len(spent[page]),
            "limit_ms": limit,
            "queries": alone[page]["queries"],
        }
        yield Figure(
            f"pages.{page}.p95_ms",
            round(p95, 1),
            "ms",
            "its SQL alone",
            round(sql, 1),
            round(p95 / sql, 1) if sql else None,
            about | extra,
        )
    with serving(env, workers=2) as (port, master):
        for page in LIMIT_MS:
            load(port, district, page, 5)
        yield Figure(
            "pages.two_workers_rss_mb",
            round(resident_mb(master), 1),
            "MB",
            extra={"db": db, "limit_mb": LIMIT_MB},
        )


def environment(url: str, folder: Path) -> dict[str, str]:
    """What every process of the bench runs with: DEBUG off, demonstration data, plain static files."""
    mine = {
        "MINHU_VAR": str(folder / "var"),
        "MINHU_DEBUG": "0",
        "MINHU_DEMO": "1",
        "MINHU_HTTPS": "0",
        "MINHU_COLLECTED": "0",
        "DJANGO_SETTINGS_MODULE": "minhu.site.settings",
        "PYTHONWARNINGS": "ignore",
        "PYTHONPATH": str(HOUSE),
    }
    (folder / "var" / "static").mkdir(parents=True, exist_ok=True)
    kept = {name: value for name, value in os.environ.items() if not name.startswith("MINHU_")}
    return kept | mine | ({"MINHU_DATABASE_URL": url} if url else {})


def told(env: dict[str, str], *command: str) -> dict:
    """The last line a process of ours prints, as JSON."""
    done = subprocess.run(
        [sys.executable, "-m", *command], env=env, cwd=HOUSE, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise SystemExit(f"{' '.join(command)} failed:\n{done.stdout}{done.stderr}")
    return json.loads(done.stdout.strip().splitlines()[-1])


def fill(env: dict[str, str], reforms: int) -> dict:
    """Fill the district up to so many reforms."""
    return told(env, "benchmarks._district", "fill", str(reforms))


def ask_sql(env: dict[str, str], district: dict, rounds: int) -> dict:
    """The number of queries of each page, and the time they take alone (best of `rounds`)."""
    return told(
        env, "benchmarks._district", "sql", district["session"], str(rounds), json.dumps(addresses(district))
    )


def addresses(district: dict) -> dict[str, str]:
    """The address of each page."""
    return {
        "list": "/reforms/",
        "filter": f"/reforms/?lead={district['lead']}&light=red&text=%E6%94%B9%E9%9D%A9",
        "reform": f"/reforms/{district['code']}/",
        "cockpit": "/cockpit/",
    }


@contextmanager
def serving(env: dict[str, str], workers: int) -> Iterator[tuple[int, int]]:
    """A gunicorn of so many workers: its port and the id of its master process."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        "minhu.site.wsgi",
        "--bind",
        f"127.0.0.1:{port}",
        "--preload",
        "--workers",
        str(workers),
        "--log-level",
        "error",
    ]
    server = subprocess.Popen(command, env=env, cwd=HOUSE)
    try:
        wait_for(port, server)
        yield port, server.pid
    finally:
        server.send_signal(signal.SIGTERM)
        server.wait(timeout=20)


def wait_for(port: int, server: subprocess.Popen) -> None:
    """Until the server answers."""
    for _attempt in range(300):
        if server.poll() is not None:
            raise SystemExit("the server did not start")
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise SystemExit("the server does not answer")


def load(port: int, district: dict, page: str, rounds: int) -> list[float]:
    """Milliseconds of every request of three users who ask for the same page at once, `rounds` times each."""
    url, spent, failed = addresses(district)[page], [], []

    def user() -> None:
        for _round in range(rounds):
            begun = time.perf_counter()
            status = get(port, url, district["session"])
            spent.append((time.perf_counter() - begun) * 1000)
            if status != 200:
                failed.append(status)

    get(port, url, district["session"])
    users = [threading.Thread(target=user) for _user in range(USERS)]
    for one in users:
        one.start()
    for one in users:
        one.join()
    if failed:
        raise SystemExit(f"{url} answered {failed[0]}")
    return spent


def get(port: int, url: str, session: str) -> int:
    """Ask for a page, read it whole, return its status."""
    connection = HTTPConnection("127.0.0.1", port, timeout=60)
    connection.request("GET", url, headers={"Cookie": f"sessionid={session}"})
    answer = connection.getresponse()
    answer.read()
    connection.close()
    return answer.status


def percentile(values: list[float], share: int) -> float:
    """The smallest value that at least `share` percent do not exceed."""
    ranked = sorted(values)
    return ranked[min(len(ranked) - 1, -(-len(ranked) * share // 100) - 1)]


def resident_mb(master: int) -> float:
    """Memory of a server and its workers in MB, pages they share counted once (proportional set size)."""
    family = [master, *map(int, Path(f"/proc/{master}/task/{master}/children").read_text().split())]
    rolls = [Path(f"/proc/{pid}/smaps_rollup").read_text() for pid in family]
    kilobytes = [
        int(line.split()[1]) for roll in rolls for line in roll.splitlines() if line.startswith("Pss:")
    ]
    return sum(kilobytes) / 1024
