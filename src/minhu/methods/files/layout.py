"""From strings at places to lines, and from lines back to paragraphs."""

import unicodedata
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

WIDE = frozenset({"W", "F", "A"})
SAME_LINE = 0.5  # of the letter size
GAP = 0.3  # ems of free space that stand for a blank between Latin words
CELL_GAP = 2.0  # ems of free space between two columns of a table
INDENT = 1.0  # ems by which the first line of a paragraph stands in
SHORT = 2.5  # ems a line may end before the right edge and still be full
FAR = 1.35  # times the usual distance between lines: a new paragraph
OTHER_SIZE = 0.12
FINISHED = tuple("。！？；：…!?;:”」』）)】》")


@dataclass(frozen=True, slots=True)
class Fragment:
    """A string as a page draws it: left end, base line (points from the foot), letter size."""

    words: str
    x: float
    y: float
    size: float


@dataclass(frozen=True, slots=True)
class Line:
    """A line: its words, left and right end, base line, size; `height` from 0 (foot) to 1 (top)."""

    words: str
    left: float
    right: float
    y: float
    size: float
    height: float
    page: int
    order: int


def width_of(words: str) -> float:
    """How many ems words take, as near as can be told without their font."""
    return sum(1.0 if unicodedata.east_asian_width(sign) in WIDE else 0.5 for sign in words)


def lines_among(found: Sequence[Fragment], page_height: float, page: int) -> list[Line]:
    """The lines of a page from its top to its foot, each from left to right."""
    rows: list[list[Fragment]] = []
    for one in sorted(found, key=lambda fragment: (-fragment.y, fragment.x)):
        last = rows[-1][0] if rows else None
        if last and abs(last.y - one.y) <= SAME_LINE * max(last.size, one.size):
            rows[-1].append(one)
        else:
            rows.append([one])
    lines = []
    for order, row in enumerate(rows):
        row.sort(key=lambda fragment: fragment.x)
        words = joined(row)
        size = max(row, key=lambda fragment: len(fragment.words)).size
        right = max(one.x + width_of(one.words) * one.size for one in row)
        height = row[0].y / page_height
        lines.append(Line(words, row[0].x, right, row[0].y, size, height, page, order))
    return lines


def joined(row: Sequence[Fragment]) -> str:
    """The strings of a line put together, with a blank where Latin words stand apart."""
    words, end = "", row[0].x
    for one in row:
        gap = (one.x - end) / (one.size or 1)
        is_narrow = words[-1:] < "\u2e80" and one.words[:1] < "\u2e80"
        if words and gap > CELL_GAP:
            words = words.rstrip() + " | "
        elif words and gap > GAP and is_narrow and not words.endswith(" "):
            words += " "
        words += one.words
        end = one.x + width_of(one.words) * one.size
    return words.strip()


def paragraphs_of(lines: Sequence[Line]) -> list[str]:
    """Lines of all pages joined into paragraphs, by indent, end, size and distance."""
    if not lines:
        return []
    size = usual([round(line.size, 1) for line in lines])
    body = [line for line in lines if abs(line.size - size) <= OTHER_SIZE * size]
    often = usual([round(line.left) for line in body])
    left = min(edge for edge in (round(line.left) for line in body) if abs(edge - often) <= 3 * size)
    right = sorted(line.right for line in body)[int(0.9 * (len(body) - 1))]
    steps = [a.y - b.y for a, b in pairwise(body) if a.page == b.page and a.y > b.y]
    shape = Shape(left, right, size, usual([round(step) for step in steps]) if steps else 0)
    out: list[str] = []
    before: Line | None = None
    for line in lines:
        if before is not None and shape.runs_on(before, line):
            out[-1] = glued(out[-1], line.words)
        else:
            out.append(line.words)
        before = line
    return [words for words in (one.strip() for one in out) if words]


@dataclass(frozen=True, slots=True)
class Shape:
    """The type area of a document: its edges, letter size and line distance."""

    left: float
    right: float
    size: float
    step: float

    def runs_on(self, before: Line, line: Line) -> bool:
        """Whether a line goes on with the paragraph of the line before it."""
        if abs(before.size - line.size) > OTHER_SIZE * max(before.size, line.size):
            return False
        if " | " in before.words or " | " in line.words:
            return False
        is_far = before.page == line.page and self.step and before.y - line.y > FAR * self.step
        starts_in = line.left > self.left + INDENT * self.size
        is_full = before.right >= self.right - SHORT * self.size
        return bool(is_full and not starts_in and not is_far)


def usual(values: Sequence[float]) -> float:
    """The value that stands most often; of several the smallest."""
    counts = Counter(values)
    return min(counts, key=lambda value: (-counts[value], value))


def glued(words: str, more: str) -> str:
    """Two lines of one paragraph: Chinese without a blank, Latin with one, a hyphen taken off."""
    if words.endswith("-") and words[-2:-1].isalpha() and more[:1].islower():
        return words[:-1] + more
    narrow = words[-1:].isascii() and more[:1].isascii() and (words[-1:].isalnum() or words[-1:] in ",.;:)")
    return f"{words} {more}" if narrow and not (words[-1:].isdigit() and more[:1].isdigit()) else words + more
