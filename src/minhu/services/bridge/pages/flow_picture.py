"""The compiled flow drawn: a lane for each department, days from left to right, the critical path heavy."""

from collections.abc import Mapping
from dataclasses import dataclass

from minhu.methods.composing import NodeKind, critical_path, net_of
from minhu.services.bridge.definitions import Solved, Whole

HEAD, LEFT, RIGHT = 34.0, 132.0, 28.0
BAR, ROW, PAD = 26.0, 40.0, 10.0
LEAST_DAY, MOST_DAY, WIDTH = 26.0, 92.0, 900.0
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
    """A department with its strip."""

    title: str
    y: float
    high: float

    @property
    def middle(self) -> float:
        """The line its title stands on."""
        return self.y + self.high / 2 + 4.4


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
        rows = self.rows()
        bars: dict[str, Bar] = {}
        lanes: list[Lane] = []
        top = HEAD
        for lane, refs in rows.items():
            placed, high = self.strip(refs, top, is_shared=lane == self.shared)
            bars |= placed
            lanes.append(Lane(lane, top, high))
            top += high
        ends = [one.end if one.fits else one.text_x + text_width(one.words) for one in bars.values()]
        width = max([LEFT + self.span * self.day, *ends]) + RIGHT
        every = next(n for n in (1, 2, 5, 10, 20, 50, 100) if self.day * n >= 40 or n == 100)
        days = tuple((LEFT + day * self.day, day) for day in range(0, self.span + 1, every))
        return FlowPicture(tuple(bars.values()), tuple(lanes), tuple(self.ways(bars)), days, width, top + PAD)

    def rows(self) -> dict[str, list[str]]:
        """Lane → what stands in it, departments in the order in which they begin; sharing last."""
        found: dict[str, list[str]] = {}
        nodes = [n for n in self.net.nodes if n.kind is NodeKind.STEP and n.id in self.labels]
        for node in sorted(nodes, key=lambda one: (self.labels[one.id], one.id)):
            item, step = self.steps[node.id]
            code = step.actor or item.department
            found.setdefault(self.units.get(code, code), []).append(node.id)
        lagging = [n for n in self.net.nodes if n.kind is NodeKind.SHARE and n.days]
        if lagging:
            found[self.shared] = [node.id for node in lagging]
            self.labels |= {node.id: (0, node.days) for node in lagging}
        return found

    def words(self, ref: str) -> tuple[str, str]:
        """The words in a bar, and those told when it is pointed at."""
        start, end = self.labels[ref]
        if ref in self.steps:
            item, step = self.steps[ref]
            return f"{item.name}·{step.title}", f"{item.name}：{step.title} · {start}–{end} · {step.clause}"
        node = next(one for one in self.net.nodes if one.id == ref)
        return node.title, f"{node.title} · {start}–{end} · {node.clause}"

    def strip(self, refs: list[str], top: float, *, is_shared: bool) -> tuple[dict[str, Bar], float]:
        """The bars of one lane, in as many rows as they need."""
        free: list[float] = []
        placed: dict[str, Bar] = {}
        for ref in refs:
            (start, end), (words, tip) = self.labels[ref], self.words(ref)
            x, wide = LEFT + start * self.day, max((end - start) * self.day - 2, HALF)
            fits = text_width(words) + 12 <= wide
            taken = x + wide if fits else x + wide + 8 + text_width(words)
            row = next((n for n, until in enumerate(free) if until <= x), len(free))
            if row == len(free):
                free.append(0.0)
            free[row] = taken + 6
            y = top + PAD + row * ROW
            placed[ref] = Bar(ref, x, y, wide, words, tip, fits, ref in self.critical, is_shared)
        return placed, 2 * PAD + len(free) * ROW - (ROW - BAR)

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
    if y1 == y2:
        return f"M{x1:g} {y1:g}H{x2:g}"
    into = dst.y if y2 > y1 else dst.y + BAR
    at = max(x2 + 5, min(x1 + 4, x2 + 5))
    return f"M{x1:g} {y1:g}H{at:g}V{into:g}" if at >= x1 else f"M{x1 - 4:g} {y1 + BAR / 2:g}V{into:g}"
