"""A whole kind drawn: places as boxes, steps as labels on the way, lines that cross no box."""

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.kind_page import role_words
from minhu.cases.bridge.pages.net_layout import Layout, laid_out
from minhu.cases.bridge.pages.picture import cut
from minhu.methods import flow
from minhu.packs.kinds import AUTOMATIC, StepSpec

WIDE, HIGH, LOW, DOT = 144.0, 50.0, 30.0, 12.0
BETWEEN, EDGE, LANE, TURN = 34.0, 20.0, 11.0, 6.0
ROW = 15.0


@dataclass(frozen=True, slots=True)
class Shape:
    """A box or label: `look` says how it is drawn, `rows` its words with their baselines, `tip` the rest."""

    code: str
    look: str
    left: float
    top: float
    wide: float
    high: float
    rows: tuple[tuple[float, str, str], ...]
    tip: str

    @property
    def x(self) -> float:
        """The middle, from left to right."""
        return self.left + self.wide / 2

    @property
    def round(self) -> float:
        """The radius of its corners: beginnings and ends are round."""
        return self.high / 2 if self.look in {"start", "end"} else 12 if self.look.startswith("step") else 3

    @property
    def bottom(self) -> float:
        """The lower edge."""
        return self.top + self.high


@dataclass(frozen=True, slots=True)
class Stroke:
    """A line as an SVG path."""

    d: str
    is_back: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class NetPicture:
    """A net ready to be drawn."""

    shapes: tuple[Shape, ...]
    strokes: tuple[Stroke, ...]
    width: float
    height: float


def net_picture(kind: Compiled) -> NetPicture:
    """The net of a kind."""
    drawing = flow.draw(kind.net)
    sizes = {node.code: size_of(kind, node.code) for node in drawing.nodes}
    layout = laid_out(drawing, {code: wide for code, (wide, _high) in sizes.items()})
    tops, heights = rows_of(layout, {code: high for code, (_wide, high) in sizes.items()})
    level = {node.code: node.layer for node in drawing.nodes}
    shapes = {
        code: shape_of(kind, code, layout.x[code] + EDGE, tops[level[code]] + heights[level[code]] / 2, size)
        for code, size in sizes.items()
    }
    draft = Draft(layout, tops, heights, level, shapes)
    strokes = [draft.down(arc) for arc in drawing.arcs if (arc.src, arc.dst) in layout.bends]
    backs = [arc for arc in drawing.arcs if (arc.src, arc.dst) not in layout.bends]
    strokes += draft.up(backs)
    width = layout.width + 2 * EDGE + (draft.lanes + 1) * LANE
    return NetPicture(tuple(shapes.values()), tuple(strokes), width, tops[-1] + heights[-1] + BETWEEN)


def size_of(kind: Compiled, code: str) -> tuple[float, float]:
    """Width and height: places are boxes, named steps labels, unnamed automatic ones dots."""
    if code in kind.places:
        is_end = kind.places[code].kind in {"start", "end"}
        return (WIDE, LOW + 6) if is_end and len(cut(kind.title(code))) == 1 else (WIDE, HIGH)
    if not kind.steps[code].title and kind.steps[code].on == AUTOMATIC:
        return DOT, DOT
    return WIDE, LOW if len(cut(kind.title(code))) == 1 else LOW + ROW


def rows_of(layout: Layout, highs: dict[str, float]) -> tuple[list[float], list[float]]:
    """Where each layer begins, and how high it is."""
    tops, heights, top = [], [], EDGE + BETWEEN / 2
    for layer in layout.layers:
        high = max((highs[code] for code in layer if code in highs), default=DOT)
        tops.append(top)
        heights.append(high)
        top += high + BETWEEN
    return tops, heights


def shape_of(kind: Compiled, code: str, x: float, y: float, size: tuple[float, float]) -> Shape:
    """One box or label around a point."""
    wide, high = size
    if code in kind.places:
        place = kind.places[code]
        under = role_words(kind, place.role) if place.role else ""
        return Shape(
            code,
            place.kind,
            x - wide / 2,
            y - high / 2,
            wide,
            high,
            words(place.title or code, under, y),
            under,
        )
    step = kind.steps[code]
    look = "dot" if wide == DOT else look_of(kind, step)
    shown = () if look == "dot" else words(step.title or code, "", y)
    return Shape(code, look, x - wide / 2, y - high / 2, wide, high, shown, step.guard)


def look_of(kind: Compiled, step: StepSpec) -> str:
    """Who does a step: a person, time, or nobody."""
    if step.on in {timer.code for timer in kind.spec.timer}:
        return "timer"
    return "step by-itself" if step.on else "step"


def words(title: str, under: str, y: float) -> tuple[tuple[float, str, str], ...]:
    """Baseline, class and words of each row, in the middle around y."""
    rows = [("", line) for line in cut(title)]
    if under and len(rows) == 1:
        rows.append(("under", cut(under)[0]))
    first = y + 4.5 - (len(rows) - 1) * ROW / 2
    return tuple((first + number * ROW, look, line) for number, (look, line) in enumerate(rows))


class Draft:
    """Lines being drawn between shapes that stand."""

    def __init__(
        self,
        layout: Layout,
        tops: list[float],
        heights: list[float],
        level: dict[str, int],
        shapes: dict[str, Shape],
    ) -> None:
        self.layout, self.tops, self.heights = layout, tops, heights
        self.level, self.shapes = level, shapes
        self.lanes = 0
        self.used: dict[tuple[str, int], int] = {}

    def down(self, arc: flow.Arc) -> Stroke:
        """A line to a later layer, through its bends."""
        src, dst = self.shapes[arc.src], self.shapes[arc.dst]
        points = [(src.x, src.bottom)]
        for number, bend in enumerate(self.layout.bends[arc.src, arc.dst], self.level[arc.src] + 1):
            x = self.layout.x[bend] + EDGE
            points += [(x, self.tops[number]), (x, self.tops[number] + self.heights[number])]
        points.append((dst.x, dst.top))
        d = f"M{points[0][0]:g} {points[0][1]:g}"
        for (x1, y1), (x2, y2) in pairwise(points):
            half = (y2 - y1) / 2
            curve = f"C{x1:g} {y1 + half:g} {x2:g} {y2 - half:g} {x2:g} {y2:g}"
            d += f"L{x2:g} {y2:g}" if x1 == x2 else curve
        return Stroke(d, is_back=False, is_read=arc.is_read)

    def up(self, arcs: Iterable[flow.Arc]) -> list[Stroke]:
        """Lines back: out below, up a lane at the right that nothing else uses there, in from above."""
        taken: list[list[tuple[int, int]]] = []
        strokes = []
        for arc in sorted(arcs, key=lambda arc: self.level[arc.src] - self.level[arc.dst]):
            span = (self.level[arc.dst], self.level[arc.src])
            lane = next(
                (n for n, spans in enumerate(taken) if all(free(span, one) for one in spans)), len(taken)
            )
            if lane == len(taken):
                taken.append([])
            taken[lane].append(span)
            strokes.append(Stroke(self.loop(arc, lane), is_back=True, is_read=arc.is_read))
        self.lanes = len(taken)
        return strokes

    def loop(self, arc: flow.Arc, lane: int) -> str:
        """The path of one line back."""
        src, dst = self.shapes[arc.src], self.shapes[arc.dst]
        right = self.layout.width + EDGE + (lane + 1) * LANE
        out = self.tops[self.level[arc.src]] + self.heights[self.level[arc.src]] + self.shift("out", arc.src)
        into = self.tops[self.level[arc.dst]] - self.shift("in", arc.dst)
        x1, x2, t = src.x + 8, dst.x + 10, TURN
        return (
            f"M{x1:g} {src.bottom:g}V{out - t:g}q0 {t:g} {t:g} {t:g}H{right - t:g}q{t:g} 0 {t:g} {-t:g}"
            f"V{into + t:g}q0 {-t:g} {-t:g} {-t:g}H{x2 + t:g}q{-t:g} 0 {-t:g} {t:g}V{dst.top:g}"
        )

    def shift(self, how: str, code: str) -> float:
        """Lines in the same gap run a little apart."""
        key = (how, self.level[code])
        self.used[key] = self.used.get(key, 0) + 1
        return 9 + 4 * ((self.used[key] - 1) % 3)


def free(span: tuple[int, int], other: tuple[int, int]) -> bool:
    """Whether two lines can use one lane."""
    return span[1] < other[0] or other[1] < span[0]
