"""Timelines and maps drawn from counts: plain numbers for the templates; never who spoke."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

WIDTH, HEIGHT = 600, 72
LONGEST = 84
"""Days a timeline shows at most; what came before is added up in its first bar."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A day or week: where it stands in the picture, how high, and what it means."""

    x: float
    y: float
    width: float
    height: float
    count: int
    first: date
    last: date


@dataclass(frozen=True, slots=True)
class Timeline:
    """Voices over time, as bars; `rows` is the table behind it."""

    bars: tuple[Bar, ...]
    first: date
    last: date
    most: int
    total: int
    is_weekly: bool
    width: int = WIDTH
    height: int = HEIGHT

    @property
    def rows(self) -> list[Bar]:
        """The bars that are not empty."""
        return [bar for bar in self.bars if bar.count]


def timeline(days: Sequence[tuple[date, int]], on: date) -> Timeline | None:
    """A timeline by days, or by weeks where it is long; ends on the last day something was said, or today."""
    if not days:
        return None
    counted = dict(days)
    newest = max(counted)
    first, last = min(counted), max(newest, min(on, newest + timedelta(days=LONGEST)))
    step = 1 if (last - first).days < LONGEST else 7
    starts = [first + timedelta(days=step * n) for n in range((last - first).days // step + 1)]
    sums = [sum(counted.get(start + timedelta(days=n), 0) for n in range(step)) for start in starts]
    most, each = max(sums), WIDTH / len(starts)
    bars = tuple(
        Bar(
            round(n * each, 2), round(HEIGHT - HEIGHT * total / most, 2), round(max(each - 1, 1), 2),
            round(HEIGHT * total / most, 2), total, start, start + timedelta(days=step - 1),
        )
        for n, (start, total) in enumerate(zip(starts, sums, strict=True))
    )  # fmt: skip
    return Timeline(bars, first, last, most, sum(sums), step == 7)


@dataclass(frozen=True, slots=True)
class Cell:
    """A street of the cartogram: its row and column, how many, and how strong its tint is (0 to 5)."""

    code: str
    name: str
    row: int
    column: int
    count: int
    people: int
    tint: int
    url: str


@dataclass(frozen=True, slots=True)
class Cartogram:
    """Streets in their places on a grid that stands in the pack; `elsewhere`: without a street."""

    cells: tuple[Cell, ...]
    rows: int
    columns: int
    elsewhere: int
    total: int


def cartogram(
    units: Iterable[tuple[str, str, int, int]], counts: Mapping[str, tuple[int, int]], url: str, rest: int = 0
) -> Cartogram:
    """A cartogram from units (code, name, row, column) and their counts of voices and people."""
    known = list(units)
    most = max((counts.get(code, (0, 0))[0] for code, *_rest in known), default=0)
    cells = []
    for code, name, row, column in known:
        n, people = counts.get(code, (0, 0))
        tint = 0 if not n else max(1, round(5 * n / most))
        cells.append(Cell(code, name, row, column, n, people, tint, f"{url}{code}"))
    rows, columns = max((c.row for c in cells), default=0), max((c.column for c in cells), default=0)
    return Cartogram(tuple(cells), rows, columns, rest, sum(c.count for c in cells) + rest)
