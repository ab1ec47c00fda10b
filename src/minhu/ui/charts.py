"""Small pictures as plain values: a bar of segments, a matrix of marks, an interval with its doubt."""

from collections.abc import Iterable
from dataclasses import dataclass

from minhu.ui.offers import Segment, Words


@dataclass(frozen=True, slots=True)
class Cut:
    """A segment on a bar of 100: where it starts and how wide it is."""

    left: float
    width: float
    segment: Segment


def cut(segments: Iterable[Segment]) -> tuple[Cut, ...]:
    """Lay segments side by side on a bar of 100; empty ones leave no trace, tiny ones stay visible."""
    shown = [segment for segment in segments if segment.value > 0]
    total = sum(segment.value for segment in shown)
    if not total:
        return ()
    widths = [max(segment.value / total * 100, 1.2) for segment in shown]
    scale = 100 / sum(widths)
    cuts, left = [], 0.0
    for segment, width in zip(shown, widths, strict=True):
        cuts.append(Cut(round(left, 3), round(width * scale, 3), segment))
        left += width * scale
    return tuple(cuts)


@dataclass(frozen=True, slots=True)
class Mark:
    """One cell of a matrix: full, ring or gap, with the word it stands for."""

    shape: str
    word: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class MatrixRow:
    """A row of a matrix: its name, one mark or None a column, or one `remark` across all of them."""

    label: Words
    url: str = ""
    marks: tuple[Mark | None, ...] = ()
    remark: Words = ""
    remark_url: str = ""
    blind: bool = False


@dataclass(frozen=True, slots=True)
class Matrix:
    """Rows against columns; what matters most comes first."""

    corner: Words
    columns: tuple[Words, ...]
    rows: tuple[MatrixRow, ...]

    def __post_init__(self) -> None:
        for row in self.rows:
            if row.marks and len(row.marks) != len(self.columns):
                raise ValueError(f"{row.label}: {len(row.marks)} marks for {len(self.columns)} columns")

    @property
    def key(self) -> tuple[Mark, ...]:
        """Each kind of mark once, to explain it."""
        marks = {mark.shape: mark for row in self.rows for mark in row.marks if mark}
        return tuple(marks[shape] for shape in ("full", "ring", "gap") if shape in marks)


@dataclass(frozen=True, slots=True)
class Interval:
    """A share with its doubt: value, 95 % interval, and what it is compared with."""

    low: float
    value: float
    high: float
    before: float | None = None
    goal: float | None = None
    least: float = 0.0
    most: float = 100.0
    word: Words = ""
