"""Near-duplicates: from a list of strings to groups, at 20k, 100k and a million, beside three peers.

Messages with known copies from `perturb.py`, seed 1. Time is CPU time of this process (all its threads),
after `warm_up()`; ours is the median of three runs (one at a million), peers run once in the same process.
F1 is over pairs of texts that are together.
"""

import os
import statistics
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from benchmarks import _grouping as peers
from benchmarks.figure import Figure
from minhu.methods.grouping import Recipe, Seen, near_duplicates, warm_up

SEED = 1
SIZES = {"20k": 20_000, "100k": 100_000, "1m": 1_000_000}
RECIPE = Recipe()


@dataclass(frozen=True)
class Messages:
    """Texts and the number of the message each was copied from."""

    name: str
    texts: list[str]
    truth: NDArray[np.int64]

    @property
    def told(self) -> dict[str, object]:
        """What every figure says of them."""
        return {"n": len(self.texts), "input": "perturb.py", "seed": SEED}


def messages(name: str) -> Messages:
    """So many of them."""
    shared = Path(os.environ.get("MINHU_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    folder = shared / "data" / "messages"
    if not folder.is_dir():
        raise SystemExit(f"grouping is measured on real texts; there is no folder {folder}")
    sys.path.insert(0, str(folder))
    rows = import_module("perturb").generate(SIZES[name], SEED)
    return Messages(name, [text for _, text in rows], np.array([group for group, _ in rows]))


def quality(found: NDArray[np.int32], truth: NDArray[np.int64]) -> tuple[float, float, float]:
    """Precision, recall, F1 over pairs."""

    def pairs(labels: NDArray[np.int64]) -> int:
        counts = np.unique(labels, return_counts=True)[1].astype(np.int64)
        return int((counts * (counts - 1) // 2).sum())

    both = pairs(found.astype(np.int64) * (int(truth.max()) + 1) + truth)
    made, real = pairs(found.astype(np.int64)), pairs(truth)
    return both / max(made, 1), both / real, 2 * both / (made + real)


def cpu(of: Callable[[], object]) -> float:
    """CPU seconds it takes."""
    began = time.process_time()
    of()
    return time.process_time() - began


def ours(told: Messages) -> tuple[float, list[Figure]]:
    """Texts per CPU second, and how good the groups are."""
    times = 1 if told.name == "1m" else 3
    seconds = statistics.median(cpu(lambda: near_duplicates(told.texts, RECIPE)) for _ in range(times))
    groups = near_duplicates(told.texts, RECIPE)
    figures = []
    for name, value in zip(("precision", "recall", "f1"), quality(groups.labels, told.truth), strict=True):
        figures.append(Figure(f"grouping.{told.name}.{name}", round(value, 4), "share", extra=told.told))
    return len(told.texts) / seconds, figures


def beside(told: Messages, mine: float, names: Sequence[str]) -> Iterator[Figure]:
    """Each peer in its own figure, the first named in ours."""
    for at, name in enumerate(names):
        seconds, groups = peers.measured(getattr(peers, name), told.texts, RECIPE)
        rate = len(told.texts) / seconds
        extra = told.told | {"peer_f1": round(quality(groups, told.truth)[2], 4)}
        title = f"grouping.{told.name}.docs_per_cpu_s" + (f".{name}" if at else "")
        yield Figure(title, round(mine), "1/CPU s", name, round(rate), round(mine / rate, 1), extra)


def hashed(told: Messages, mine: float) -> Figure:
    """Beside rensa's sketch on bigrams hashed by NumPy, with our linking and parting."""
    seconds, groups = peers.alone(lambda: peers.rensa_hashed(told.texts, RECIPE))
    rate = len(told.texts) / seconds
    extra = told.told | {"peer_f1": round(quality(groups, told.truth)[2], 4)}
    title, peer = f"grouping.{told.name}.docs_per_cpu_s.rensa_hashed", "rensa's sketch, the rest ours"
    return Figure(title, round(mine), "1/CPU s", peer, round(rate), round(mine / rate, 1), extra)


def incremental(told: Messages) -> Iterator[Figure]:
    """Time of a question and of adding among so many, and what one by one loses."""
    held = 2000
    seen = Seen.of(told.texts[:-held], RECIPE)
    for name, ask in (("query", seen.query), ("add", seen.add)):
        seconds = [wall(ask, text) for text in told.texts[-held:]]
        p50, p99 = np.percentile(np.array(seconds) * 1000, (50, 99))
        extra = told.told | {"asked": held, "p50": round(p50, 3), "clock": "wall"}
        yield Figure(f"grouping.{name}_p99_ms", round(p99, 3), "ms", extra=extra)
    arrays = [value for value in vars(seen.shelf).values() if isinstance(value, np.ndarray)]
    size = sum(array.nbytes for array in arrays) / 2**30
    yield Figure("grouping.seen_gb", round(size, 3), "GiB", extra=told.told)


def one_by_one(told: Messages) -> Figure:
    """F1 when every text is placed as it comes, beside all at once."""
    seen = Seen(RECIPE)
    began = time.process_time()
    for text in told.texts:
        seen.add(text)
    rate = len(told.texts) / (time.process_time() - began)
    value = quality(np.array(seen.groups(), np.int32), told.truth)[2]
    batch = near_duplicates(told.texts, RECIPE).labels
    agree = quality(np.array(seen.groups(), np.int32), batch.astype(np.int64))[2]
    extra = told.told | {"docs_per_cpu_s": round(rate), "agreement_with_batch": round(agree, 4)}
    known = quality(batch, told.truth)[2]
    ratio = round(value / known, 4)
    return Figure("grouping.seen_f1", round(value, 4), "share", "at once", round(known, 4), ratio, extra)


def wall(ask: Callable[[str], object], text: str) -> float:
    """Seconds on the clock: what a person waits."""
    began = time.perf_counter()
    ask(text)
    return time.perf_counter() - began


def peak(told: Messages) -> Figure:
    """The most memory held while grouping, the texts themselves included."""
    Path("/proc/self/clear_refs").write_text(
        "5"
    )  # begin the high-water mark anew: making the texts took more
    near_duplicates(told.texts, RECIPE)
    lines = Path("/proc/self/status").read_text().splitlines()
    kilobytes = next(int(line.split()[1]) for line in lines if line.startswith("VmHWM"))
    return Figure("grouping.rss_gb", round(kilobytes / 2**20, 2), "GiB", extra=told.told)


def cold() -> Figure:
    """Seconds on the clock in a new process that finds its kernels: importing, warming, first groups."""
    import subprocess

    program = "import minhu.methods.grouping as g; g.warm_up(); g.near_duplicates(['一', '二'])"
    began = time.perf_counter()
    subprocess.run([sys.executable, "-c", program], check=True)
    return Figure("grouping.cold_s", round(time.perf_counter() - began, 2), "s", extra={"clock": "wall"})


def run(quick: bool) -> Iterator[Figure]:
    """All figures; `quick` leaves out the million, and peers beyond 20k."""
    warm_up(RECIPE)
    yield cold()
    for name in ("20k", "100k") if quick else SIZES:
        told = messages(name)
        mine, figures = ours(told)
        yield from figures
        if name == "20k":
            yield from beside(told, mine, ("datasketch", "rensa", "gaoya"))
        elif quick:
            yield Figure(f"grouping.{name}.docs_per_cpu_s", round(mine), "1/CPU s", extra=told.told)
        if name == "100k":
            yield one_by_one(told)
        if name == ("100k" if quick else "1m"):
            yield peak(told)
            yield from incremental(told)
        if name != "20k" and not quick:
            yield from beside(told, mine, ("rensa", "gaoya"))
            yield hashed(told, mine)
