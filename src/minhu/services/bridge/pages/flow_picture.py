"""The compiled flow drawn: a lane for each department, days from left to right, the critical path heavy."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.methods.composing import NodeKind, StepKind, critical_path, net_of
from minhu.services.bridge.definitions import Solved, Whole

HEAD, LEFT, RIGHT = 34.0, 238.0, 28.0
BAR, ROW, PAD, TOP = 26.0, 36.0, 10.0, 24.0
LEAST_DAY, MOST_DAY, WIDTH = 22.0, 120.0, 1010.0
ROOM = LEFT - 36
HALF = 8.0
SIGN, LETTER = 12.6, 6.8


@dataclass(frozen=True, slots=True)
class Bar:
    """A step: where it stands, its words, whether they fit into it."""

    ref: str
    x: float
    y: float
    wide: float
    words: str
    tip: str
    fits: bool
    is_critical: bool
    is_shared: bool = False

    @property
    def middle(self) -> float:
        """Half its height."""
        return self.y + BAR / 2

    @property
    def end(self) -> float:
        """Its right edge."""
        return self.x + self.wide

    @property
    def text_x(self) -> float:
        """Where its words begin."""
        return self.x + 7 if self.fits else self.end + 5

    @property
    def baseline(self) -> float:
        """The line its words stand on."""
        return self.middle + 4.4


@dataclass(frozen=True, slots=True)
class Lane:
    """A department with its strip, and the items in it, each at its line."""

    title: str
    y: float
    high: float
    items: tuple[tuple[float, str, str], ...]

    @property
    def baseline(self) -> float:
        """The line its title stands on."""
        return self.y + 21


@dataclass(frozen=True, slots=True)
class Way:
    """A line from a step to one that waits for it."""

    d: str
    is_critical: bool


@dataclass(frozen=True, slots=True)
class FlowPicture:
    """A flow ready to be drawn; `days`: where the axis has a number, and which."""

    bars: tuple[Bar, ...]
    lanes: tuple[Lane, ...]
    ways: tuple[Way, ...]
    days: tuple[tuple[float, int], ...]
    width: float
    height: float


def flow_picture(whole: Whole, solved: Solved, units: Mapping[str, str], shared: str) -> FlowPicture | None:
    """The flow of a situation; nothing without a plan. `shared`: what the lane of data sharing is called."""
    if solved.solution.proof is None:
        return None
    return Drawing(whole, solved, units, shared).picture()


def text_width(words: str) -> float:
    """About how wide words are, in pixels."""
    return sum(SIGN if ord(sign) > 0x2E7F else LETTER for sign in words)


def shortened(words: str) -> str:
    """Words that fit beside the lanes."""
    if text_width(words) <= ROOM:
        return words
    while text_width(words) > ROOM - SIGN:
        words = words[:-1]
    return words + "…"


class Drawing:
    """A picture being laid out."""

    def __init__(self, whole: Whole, solved: Solved, units: Mapping[str, str], shared: str) -> None:
        self.whole, self.units, self.shared = whole, units, shared
        self.net = net_of(whole.bundle, solved.solution)
        proof = solved.solution.proof
        self.labels = {str(one.step): (one.start, one.end) for one in proof.plan.labels} if proof else {}
        self.span = max((end for _start, end in self.labels.values()), default=0)
        self.day = max(LEAST_DAY, min(MOST_DAY, (WIDTH - LEFT - RIGHT) / max(self.span, 1)))
        self.critical = [str(link.step) for link in critical_path(solved.solution)]
        self.steps = {
            f"{item.code}/{step.id}": (item, step) for item in whole.items.values() for step in item.step
        }

    def picture(self) -> FlowPicture:
        """Everything laid out."""
        bars: dict[str, Bar] = {}
        lanes: list[Lane] = []
        top = HEAD
        for title, items in self.rows().items():
            lane, placed = self.strip(title, items, top)
            bars |= placed
            lanes.append(lane)
            top += lane.high
        ends = [one.end if one.fits else one.text_x + text_width(one.words) for one in bars.values()]
        width = max([LEFT + self.span * self.day, *ends]) + RIGHT
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100) if self.day * n >= 40 or n == 100)
        days = tuple((LEFT + day * self.day, day) for day in range(0, self.span + 1, every))
        return FlowPicture(tuple(bars.values()), tuple(lanes), tuple(self.ways(bars)), days, width, top + 2)

    def rows(self) -> dict[str, dict[str, list[str]]]:
        """Lane → item → its steps, departments in the order in which they begin; sharing last."""
        found: dict[str, dict[str, list[str]]] = {}
        nodes = [n for n in self.net.nodes if n.kind is NodeKind.STEP and n.id in self.labels]
        for node in sorted(nodes, key=lambda one: (self.labels[one.id], one.id)):
            item, step = self.steps[node.id]
            code = step.actor or item.department
            found.setdefault(self.units.get(code, code), {}).setdefault(item.name, []).append(node.id)
        lagging = [n for n in self.net.nodes if n.kind is NodeKind.SHARE and n.days]
        if lagging:
            found[self.shared] = {}
            for node in lagging:
                found[self.shared].setdefault(node.title, []).append(node.id)
            self.labels |= {node.id: (0, node.days) for node in lagging}
        return found

    def words(self, ref: str) -> tuple[str, str]:
        """The words in a bar, and those told when it is pointed at; acceptance on the spot has no words."""
        start, end = self.labels[ref]
        if ref in self.steps:
            item, step = self.steps[ref]
            tip = f"{item.name}：{step.title} · {start}–{end} · {step.clause}"
            return "" if start == end and step.kind is StepKind.ACCEPT else step.title, tip
        node = next(one for one in self.net.nodes if one.id == ref)
        return "", f"{node.title} · {start}–{end} · {node.clause}"

    def strip(self, title: str, items: Mapping[str, list[str]], top: float) -> tuple[Lane, dict[str, Bar]]:
        """One lane: its items one below the other, each in as many rows as it needs."""
        placed: dict[str, Bar] = {}
        named: list[tuple[float, str, str]] = []
        y = top + TOP + PAD / 2
        for name, refs in items.items():
            here, rows = self.row(refs, y, is_shared=title == self.shared)
            placed |= here
            named.append((y + BAR / 2 + 4.4, shortened(name), name))
            y += rows * ROW
        return Lane(title, top, y - top + PAD / 2 - (ROW - BAR) / 2, tuple(named)), placed

    def row(self, refs: list[str], top: float, *, is_shared: bool) -> tuple[dict[str, Bar], int]:
        """The bars of one item, and how many rows they take."""
        free: list[float] = []
        placed: dict[str, Bar] = {}
        for ref in refs:
            (start, end), (words, tip) = self.labels[ref], self.words(ref)
            at, wide = LEFT + start * self.day, (end - start) * self.day - 2
            # What is done on the spot stands before the line of its day, what takes days after it.
            x, wide = (at + 1, wide) if end > start else (at - HALF, HALF)
            fits = text_width(words) + 12 <= wide
            taken = x + wide if fits or not words else x + wide + 8 + text_width(words)
            row = next((n for n, until in enumerate(free) if until <= x), len(free))
            if row == len(free):
                free.append(0.0)
            free[row] = taken
            y = top + row * ROW
            placed[ref] = Bar(ref, x, y, wide, words, tip, fits, ref in self.critical, is_shared)
        return placed, len(free)

    def ways(self, bars: Mapping[str, Bar]) -> list[Way]:
        """Lines between bars, those of the critical path last, so that they lie on top."""
        pairs = set(zip(self.critical, self.critical[1:], strict=False))
        found = [
            Way(line(bars[src], bars[dst]), (src, dst) in pairs)
            for src, dst in self.net.arcs
            if src in bars and dst in bars
        ]
        return sorted(found, key=lambda one: one.is_critical)


def line(src: Bar, dst: Bar) -> str:
    """A line out of the end of one bar, round a corner, into the beginning of another."""
    x1, y1, x2, y2 = src.end, src.middle, dst.x, dst.middle
    if abs(y1 - y2) < 1:
        return f"M{x1:g} {y1:g}H{x2:g}"
    at = min(x2 + 4, dst.x + dst.wide / 2)
    into = dst.y if y2 > y1 else dst.y + BAR
    return f"M{x1:g} {y1:g}H{at:g}V{into:g}"
