"""Applications sent through HTTP beside the case engine alone, and fifty at once with double clicks.

`applications.per_s`: the last button pressed, on a real server (gunicorn, two workers), until the receipt:
session, form, completeness of all answers and papers, the case, what it waits for. Peer `cases.open`: the
same kind of case opened by as many processes without a page, on the same database in the same run.
`applications.doubled`: fifty applications sent at the same moment, each clicked twice: cases beyond one for
each, applications lost, answers that were no receipt.
"""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from benchmarks.cases import postgresql
from benchmarks.figure import Figure
from benchmarks.races import ask, made

FULL, QUICK = ("400", "50", "2"), ("60", "50", "2")
TARGET = "0"


def run(quick: bool) -> Iterator[Figure]:
    """Both figures on SQLite and on PostgreSQL, which both keep what they commit."""
    size = QUICK if quick else FULL
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder:
        yield from figures(measured(Path(folder), "", size))
    with tempfile.TemporaryDirectory(prefix="minhu-bench-") as folder, postgresql(Path(folder)) as url:
        if url:
            yield from figures(measured(Path(folder), made(url, "applications"), size))


def measured(folder: Path, url: str, size: tuple[str, str, str]) -> dict[str, Any]:
    """What the process behind it says, serving without HTTPS on this machine alone."""
    os.environ |= {"MINHU_HTTPS": "0", "MINHU_COLLECTED": "0"}
    return ask(folder / "var", url, "benchmarks._applications", *size)


def figures(found: dict[str, Any]) -> Iterator[Figure]:
    """Both figures of one database."""
    ours, alone = found["per_s"], found["open_per_s"]
    extra = {"db": found["db"], "whole_way_s": found["whole_way_s"], "workers": 2, "browsers": 4}
    yield Figure("applications.per_s", ours, "1/s", "cases.open", alone, round(ours / alone, 3), extra)
    wrong = found["doubled"] + found["lost"] + found["errors"]
    told = {name: found[name] for name in ("db", "drafts", "clicks", "sent", "doubled", "lost", "errors")}
    yield Figure("applications.doubled", wrong, "applications", extra=told | {"target": TARGET})
