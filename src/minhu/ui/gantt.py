"""A Gantt chart as plain values, and the pure geometry that places it: everything in percent of the track."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Literal

from minhu.ui.offers import Words

Kind = Literal["plain", "work", "slip", "what"]
DAY = timedelta(days=1)
# Words stand where they fit; one Chinese glyph, half a diamond: their shares of a track of half a page.
GLYPH_PERCENT = 2.5
LEAST_PERCENT = 0.6
STONE_PERCENT = 2.1
LAST_NARROW = 0x2E7F
FULL_PERCENT, SHORT_PERCENT = 16, 5.5


@dataclass(frozen=True, slots=True)
class Bar:
    """Work from `start` to `end`, both days included."""

    start: date
    end: date
    label: Words = ""
    kind: Kind = "plain"
    critical: bool = False
    url: str = ""


@dataclass(frozen=True, slots=True)
class Diamond:
    """A point in time with a tone of ui.offers.TONES: done, red, or anything else for still to come."""

    on: date
    tone: str
    title: Words
    url: str = ""


@dataclass(frozen=True, slots=True)
class Shadow:
    """Where the approved baseline had the work."""

    start: date
    end: date


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the chart."""

    label: Words
    url: str = ""
    sub: Words = ""
    bars: tuple[Bar, ...] = ()
    diamonds: tuple[Diamond, ...] = ()
    shadows: tuple[Shadow, ...] = ()


@dataclass(frozen=True, slots=True)
class Chart:
    """Rows over a window of days, both ends included."""

    start: date
    end: date
    rows: tuple[Row, ...]
    today: date | None = None
    head: Words = ""

    def __post_init__(self) -> None:
        if self.end < self.start:
            raise ValueError(f"the window ends on {self.end}, before it starts on {self.start}")


@dataclass(frozen=True, slots=True)
class Box:
    """A bar or shadow on the track: left edge and width in percent, lane from 0, and what was cut off."""

    left: float
    width: float
    lane: int = 0
    cut_left: bool = False
    cut_right: bool = False

    @property
    def right(self) -> float:
        """Right edge in percent."""
        return round(self.left + self.width, 4)


@dataclass(frozen=True, slots=True)
class Label:
    """Where the words of a bar stand: `in` it (`indent` percent of the track from its left), `after` it, or
    nowhere (`none`: only for screen readers and as a title)."""

    where: Literal["in", "after", "none"]
    indent: float = 0.0


@dataclass(frozen=True, slots=True)
class Tick:
    """A line of the scale and the name of the time that begins there."""

    left: float
    width: float
    on: date
    unit: str

    @property
    def quarter(self) -> int:
        """Quarter of the year, 1 to 4."""
        return (self.on.month + 2) // 3

    @property
    def room(self) -> str:
        """How much can be written over it: `full`, `short`, or `none`."""
        return "full" if self.width >= FULL_PERCENT else "short" if self.width >= SHORT_PERCENT else "none"

    @property
    def turns_year(self) -> bool:
        """Whether a year begins here."""
        return self.on.month == 1


@dataclass(frozen=True, slots=True)
class PlacedRow:
    """A row with the boxes of what falls into the window."""

    row: Row
    lanes: int
    bars: tuple[tuple[Bar, Box, Label], ...] = ()
    diamonds: tuple[tuple[Diamond, Box], ...] = ()
    shadows: tuple[tuple[Shadow, Box], ...] = ()


@dataclass(frozen=True, slots=True)
class Drawing:
    """A chart ready to draw."""

    chart: Chart
    rows: tuple[PlacedRow, ...]
    ticks: tuple[Tick, ...]
    today: float | None = None
    kinds: frozenset[str] = field(default_factory=frozenset)


def place(chart: Chart) -> Drawing:
    """Place everything of `chart` that falls into its window."""
    rows = tuple(_place_row(chart, row) for row in chart.rows)
    today = None
    if chart.today and chart.start <= chart.today <= chart.end:
        today = _noon(chart, chart.today)
    return Drawing(chart, rows, ticks(chart), today, frozenset(_kinds(rows)))


def lanes(spans: Sequence[tuple[date, date]]) -> list[int]:
    """The lowest free lane for each span, so that no two in a lane share a day; as few lanes as can be."""
    chosen = [0] * len(spans)
    ends: list[date] = []
    for index in sorted(range(len(spans)), key=lambda i: (*spans[i], i)):
        start, end = spans[index]
        lane = next((number for number, last in enumerate(ends) if last < start), len(ends))
        ends[lane : lane + 1] = [end]
        chosen[index] = lane
    return chosen


def ticks(chart: Chart) -> tuple[Tick, ...]:
    """The scale: weeks up to 40 days, months up to 15 months, quarters up to 4 years, then years."""
    unit = _unit((chart.end - chart.start).days + 1)
    starts = [chart.start]
    while (following := _next(starts[-1], unit)) <= chart.end:
        starts.append(following)
    edges = [_share(chart, day) for day in starts] + [100.0]
    pairs = zip(starts, edges, edges[1:], strict=False)
    return tuple(Tick(round(left, 4), round(right - left, 4), day, unit) for day, left, right in pairs)


def _unit(days: int) -> str:
    for most, unit in ((40, "week"), (460, "month"), (1470, "quarter")):
        if days <= most:
            return unit
    return "year"


def _next(day: date, unit: str) -> date:
    """First day of the following week, month, quarter or year."""
    if unit == "week":
        return day + timedelta(days=7 - day.weekday())
    months = {"month": 1, "quarter": 3, "year": 12}[unit]
    month = (day.month - 1) // months * months + months
    return date(day.year + month // 12, month % 12 + 1, 1)


def _share(chart: Chart, day: date) -> float:
    """Where the morning of `day` lies, in percent of the window."""
    return (day - chart.start).days / ((chart.end - chart.start).days + 1) * 100


def _box(chart: Chart, start: date, end: date, lane: int = 0) -> Box | None:
    """The part of `start`…`end` inside the window, or None."""
    if end < start or end < chart.start or start > chart.end:
        return None
    left = _share(chart, max(start, chart.start))
    right = _share(chart, min(end, chart.end) + DAY)
    width = max(right - left, LEAST_PERCENT)
    left = min(left, 100 - width)
    return Box(round(left, 4), round(width, 4), lane, start < chart.start, end > chart.end)


def _place_row(chart: Chart, row: Row) -> PlacedRow:
    """Place one row; bars that overlap stand in lanes, diamonds in the lane of the bar they end."""
    inside = [bar for bar in row.bars if _box(chart, bar.start, bar.end)]
    numbers = lanes([(bar.start, bar.end) for bar in inside])
    boxes = [
        box
        for bar, lane in zip(inside, numbers, strict=True)
        if (box := _box(chart, bar.start, bar.end, lane))
    ]
    by_end = {bar.end: lane for bar, lane in zip(inside, numbers, strict=True)}
    diamonds = tuple(
        (diamond, Box(_noon(chart, diamond.on), 0, by_end.get(diamond.on, 0)))
        for diamond in row.diamonds
        if chart.start <= diamond.on <= chart.end
    )
    taken = [*boxes, *(box for _, box in diamonds)]
    bars = tuple((bar, box, label(bar, box, taken)) for bar, box in zip(inside, boxes, strict=True))
    shadows = tuple((s, box) for s in row.shadows if (box := _box(chart, s.start, s.end)))
    return PlacedRow(row, max(numbers, default=0) + 1, bars, diamonds, shadows)


def _noon(chart: Chart, day: date) -> float:
    """The middle of a day, in percent of the window."""
    return round((_share(chart, day) + _share(chart, day + DAY)) / 2, 4)


def label(bar: Bar, box: Box, taken: Sequence[Box]) -> Label:
    """Where the words of a bar fit: in its first free stretch, else after it, else nowhere."""
    if not str(bar.label):
        return Label("none")
    needed = sum(1.0 if ord(glyph) > LAST_NARROW else 0.55 for glyph in str(bar.label)) * GLYPH_PERCENT
    same = [other for other in taken if other.lane == box.lane and other is not box]
    near = (box.left - STONE_PERCENT, box.right + STONE_PERCENT)
    stones = sorted(other.left for other in same if not other.width and near[0] < other.left < near[1])
    starts = [box.left, *(left + STONE_PERCENT for left in stones)]
    ends = [*(left - STONE_PERCENT for left in stones), box.right]
    for start, end in zip(starts, ends, strict=True):
        if end - start >= needed:
            return Label("in", round(start - box.left, 4))
    free_from = max([box.right, *(left + STONE_PERCENT for left in stones)])
    free_to = min(
        [100.0, *(other.left for other in same if other.left > box.left and other.left not in stones)]
    )
    return Label("after", round(free_from - box.left, 4)) if free_to - free_from >= needed else Label("none")


def _kinds(rows: Sequence[PlacedRow]) -> set[str]:
    """What is drawn anywhere, so that the key explains only that."""
    said: set[str] = set()
    for row in rows:
        said |= {"critical" if bar.critical else bar.kind for bar, _, _ in row.bars}
        said |= {f"diamond-{d.tone if d.tone in {'done', 'red'} else 'open'}" for d, _ in row.diamonds}
        said |= {"shadow"} if row.shadows else set()
    return said
