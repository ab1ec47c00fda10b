"""The longest runs of characters that two texts share."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

MOST_PLACES = 64  # a seed that stands more often is padding (rows of dots), not evidence


@dataclass(frozen=True, slots=True, order=True)
class Run:
    """`a[a_start:a_start + length] == b[b_start:b_start + length]`, and no longer run holds it."""

    a_start: int
    b_start: int
    length: int


def shared_runs(a: str, b: str, least: int = 8) -> list[Run]:
    """All maximal shared runs of at least `least` characters, longest first, then by place in `a`."""
    if least < 1:
        raise ValueError(f"least must be at least 1, not {least}")
    return runs_from(a, seeds(b, least), least)


def runs_from(a: str, places: Mapping[str, Sequence[int]], least: int) -> list[Run]:
    """The same against the `seeds` of a text, for a text that is compared with many."""
    open_runs: dict[int, int] = {}  # diagonal (b place - a place) -> where the run began in `a`
    found: list[Run] = []
    for i in range(len(a) - least + 2):
        starts = places.get(a[i : i + least], ())
        if not starts and not open_runs:
            continue
        diagonals = {start - i for start in starts}
        for diagonal in open_runs.keys() - diagonals:
            began = open_runs.pop(diagonal)
            found.append(Run(began, began + diagonal, i - began + least - 1))
        for diagonal in diagonals - open_runs.keys():
            open_runs[diagonal] = i
    return sorted(found, key=lambda run: (-run.length, run.a_start, run.b_start))


def seeds(text: str, length: int) -> dict[str, list[int]]:
    """Where each substring of `length` characters stands, padding left out."""
    places: defaultdict[str, list[int]] = defaultdict(list)
    for start in range(len(text) - length + 1):
        places[text[start : start + length]].append(start)
    return {seed: starts for seed, starts in places.items() if len(starts) <= MOST_PLACES}


def apart(runs: list[Run]) -> list[Run]:
    """The runs, longest first, that overlap no earlier one, neither in `a` nor in `b`."""
    kept: list[Run] = []
    for run in runs:
        if not any(overlap(run, other) for other in kept):
            kept.append(run)
    return kept


def overlap(one: Run, other: Run) -> bool:
    """Whether two runs share a place in either text."""
    in_a = max(one.a_start, other.a_start) < min(one.a_start + one.length, other.a_start + other.length)
    in_b = max(one.b_start, other.b_start) < min(one.b_start + one.length, other.b_start + other.length)
    return in_a or in_b
