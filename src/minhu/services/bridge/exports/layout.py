"""Where a process stands in its picture: columns by the longest way, a row for each item in its lane."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from graphlib import TopologicalSorter

from minhu.services.bridge.exports.process import Element, Process, grouped

Point = tuple[int, int]
SIZES: Mapping[str, Point] = {"userTask": (130, 70), "receiveTask": (130, 70), "parallelGateway": (40, 40)}
EVENT: Point = (36, 36)
HEAD, GAP, ROW, PAD, TITLE = 30, 40, 106, 12, 30
"""Widths of the pool's and the lanes' heads, between columns, of a row, around a lane."""


@dataclass(frozen=True, slots=True)
class Box:
    """Where something stands."""

    x: int
    y: int
    wide: int
    high: int

    @property
    def middle(self) -> int:
        """Half its height."""
        return self.y + self.high // 2


@dataclass(slots=True)
class Picture:
    """Boxes of elements and lanes, the pool, and the corners of each line."""

    boxes: dict[str, Box] = field(default_factory=dict)
    lanes: dict[str, Box] = field(default_factory=dict)
    pool: Box = Box(0, 0, 0, 0)
    ways: dict[tuple[str, str], tuple[Point, ...]] = field(default_factory=dict)


def laid_out(process: Process) -> Picture:
    """Everything placed: no two boxes overlap, lines run between rows and between columns."""
    columns = columns_of(process)
    rows = rows_of(process, columns)
    lefts, right = lefts_of(process, columns)
    picture, top = Picture(), PAD
    for lane, _title in process.lanes:
        count = max((row + 1 for code, row in rows.items() if lane_of(process)[code] == lane), default=1)
        picture.lanes[lane] = Box(PAD + HEAD, top, right - PAD - HEAD, count * ROW)
        top += count * ROW
    picture.pool = Box(PAD, PAD, right - PAD, top - PAD)
    for one in process.elements:
        place(picture, one, lefts[columns[one.code]], rows[one.code])
    for src, dst in process.lines:
        here, there = (lefts[columns[end]] for end in (src, dst))
        between = (here.x + here.wide + GAP // 3, there.x - GAP // 3)
        picture.ways[src, dst] = way(picture, (src, dst), between, adjacent=columns[dst] == columns[src] + 1)
    return picture


def lane_of(process: Process) -> dict[str, str]:
    """The lane of each element."""
    return {one.code: one.lane for one in process.elements}


def columns_of(process: Process) -> dict[str, int]:
    """The column of each element: the longest way to it."""
    before = grouped((dst, src) for src, dst in process.lines)
    graph = {one.code: before.get(one.code, []) for one in process.elements}
    found: dict[str, int] = {}
    for code in TopologicalSorter(graph).static_order():
        found[code] = max((found[src] + 1 for src in graph[code]), default=0)
    return found


def rows_of(process: Process, columns: Mapping[str, int]) -> dict[str, int]:
    """The row of each element in its lane: one for each item, more where a column is taken."""
    taken: dict[str, list[tuple[str, set[int]]]] = {}
    found: dict[str, int] = {}
    for one in sorted(process.elements, key=lambda each: columns[each.code]):
        rows, column = taken.setdefault(one.lane, []), columns[one.code]
        fits = (n for n, (item, used) in enumerate(rows) if item == one.item and column not in used)
        row = next(fits, len(rows))
        if row == len(rows):
            rows.append((one.item, set()))
        rows[row][1].add(column)
        found[one.code] = row
    return found


def lefts_of(process: Process, columns: Mapping[str, int]) -> tuple[list[Box], int]:
    """Left edge and width of each column, and where the pool ends."""
    widths: dict[int, int] = {}
    for one in process.elements:
        column = columns[one.code]
        widths[column] = max(widths.get(column, 0), size(one)[0])
    x, found = PAD + HEAD + TITLE + GAP, []
    for column in range(len(widths)):
        found.append(Box(x, 0, widths[column], 0))
        x += widths[column] + GAP
    return found, x


def size(one: Element) -> Point:
    """Width and height of an element."""
    return SIZES.get(one.tag, EVENT)


def place(picture: Picture, one: Element, column: Box, row: int) -> None:
    """Put an element in the middle of its column and row."""
    wide, high = size(one)
    top = picture.lanes[one.lane].y + row * ROW
    picture.boxes[one.code] = Box(column.x + (column.wide - wide) // 2, top + (ROW - high) // 2, wide, high)


def way(
    picture: Picture, line: tuple[str, str], between: tuple[int, int], *, adjacent: bool
) -> tuple[Point, ...]:
    """The corners of a line: straight, with one bend between columns, or along the edge of the row.

    `between`: where it may run up or down after the column it leaves, and before the one it enters.
    """
    one, other = (picture.boxes[end] for end in line)
    begin, end = (one.x + one.wide, one.middle), (other.x, other.middle)
    if adjacent and begin[1] == end[1]:
        return begin, end
    out, into = between
    if adjacent:
        return begin, (into, begin[1]), (into, end[1]), end
    edge = end[1] - ROW // 2 + 6 if end[1] >= begin[1] else end[1] + ROW // 2 - 6
    return begin, (out, begin[1]), (out, edge), (into, edge), (into, end[1]), end
