"""A net drawn for a page: places as boxes from top to bottom, steps as lines; and the way of one case."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from minhu.cases.bridge.compiling import Compiled
from minhu.methods import flow
from minhu.methods.flow import Kind

BOX, HIGH, ACROSS, DOWN, EDGE = 136, 40, 164, 84, 16
SIDE = 26
LONGEST_LINE = 10
RESTING = (Kind.TASK, Kind.WAIT, Kind.START, Kind.END, Kind.MILESTONE)


@dataclass(frozen=True, slots=True)
class Box:
    """A place in the picture: middle of its box, title cut into lines, and how the case stands to it."""

    code: str
    title: str
    kind: str
    x: float
    y: float
    state: str
    lines: tuple[str, ...]

    @property
    def left(self) -> float:
        """Left edge."""
        return self.x - BOX / 2

    @property
    def top(self) -> float:
        """Upper edge."""
        return self.y - HIGH / 2

    @property
    def rows(self) -> list[tuple[float, str]]:
        """Lines of the title with the baseline of each."""
        first = self.y + 4.5 - (len(self.lines) - 1) * 8
        return [(first + number * 16, line) for number, line in enumerate(self.lines)]


@dataclass(frozen=True, slots=True)
class Line:
    """A step from place to place: an SVG path, its title, whether it leads back, whether it is a timer's."""

    d: str
    title: str
    is_back: bool
    is_quiet: bool


@dataclass(frozen=True, slots=True)
class Picture:
    """A net ready to be drawn."""

    boxes: tuple[Box, ...]
    lines: tuple[Line, ...]
    width: float
    height: float
    box: int = BOX
    high: int = HIGH


@dataclass(frozen=True, slots=True)
class Mark:
    """One place on the way of a case: `state` is done, now or ahead; `times`: how often it was entered."""

    code: str
    title: str
    state: str
    times: int = 1


def picture_of(kind: Compiled, *, done: Collection[str] = (), now: Collection[str] = ()) -> Picture:
    """The net of a kind, with the places a case passed and where it is."""
    drawing = flow.draw(kind.net)
    at = {node.code: node for node in drawing.nodes}
    places = [node for node in drawing.nodes if node.kind != "transition"]
    levels = {layer: number for number, layer in enumerate(sorted({node.layer for node in places}))}
    columns: dict[int, list[str]] = {}
    for node in sorted(places, key=lambda node: node.row):
        columns.setdefault(node.layer, []).append(node.code)
    widest = max((len(column) for column in columns.values()), default=1)
    spots = {
        code: (
            EDGE + SIDE + BOX / 2 + (widest - len(column)) * ACROSS / 2 + number * ACROSS,
            EDGE + HIGH / 2 + levels[layer] * DOWN,
        )
        for layer, column in columns.items()
        for number, code in enumerate(column)
    }
    boxes = tuple(
        Box(n.code, n.title, n.kind, *spots[n.code], state_of(n.code, done, now), cut(n.title))
        for n in places
    )
    lines = tuple(line for step in kind.spec.step for line in lines_of(step, spots, at))
    width = 2 * (EDGE + SIDE) + (widest - 1) * ACROSS + BOX
    return Picture(boxes, lines, width, 2 * EDGE + HIGH + (len(levels) - 1) * DOWN)


def state_of(code: str, done: Collection[str], now: Collection[str]) -> str:
    """How a case stands to a place."""
    return "now" if code in now else "done" if code in done else "ahead"


def cut(title: str) -> tuple[str, ...]:
    """A title on two lines at most."""
    limit = LONGEST_LINE if any(ord(glyph) > 0x2E7F for glyph in title) else 2 * LONGEST_LINE
    if len(title) <= limit:
        return (title,)
    rest = title[limit:]
    return title[:limit], rest if len(rest) <= limit else rest[: limit - 1] + "…"


def lines_of(
    step: object, spots: Mapping[str, tuple[float, float]], at: Mapping[str, flow.Node]
) -> list[Line]:
    """The lines of one step, from each place it takes to each it puts."""
    takes = getattr(step, "takes", ()) or getattr(step, "reads", ())
    puts, title = getattr(step, "puts", ()), getattr(step, "title", "") or getattr(step, "code", "")
    quiet = bool(getattr(step, "on", ""))
    return [
        Line(path(spots[a], spots[b]), title, at[b].layer <= at[a].layer, quiet)
        for a in takes
        for b in puts
        if a in spots and b in spots
    ]


def path(start: tuple[float, float], end: tuple[float, float]) -> str:
    """A curve from under one box to over the other; one that leads back goes round by the side."""
    (x1, y1), (x2, y2) = start, end
    half, bow = HIGH / 2, DOWN - HIGH
    if y2 > y1:
        y1, y2 = y1 + half, y2 - half
        return f"M{x1:g} {y1:g}C{x1:g} {y1 + bow / 2:g} {x2:g} {y2 - bow / 2:g} {x2:g} {y2:g}"
    side = min(x1, x2) - BOX / 2 - SIDE
    left1, left2 = x1 - BOX / 2, x2 - BOX / 2
    return f"M{left1:g} {y1:g}C{side:g} {y1:g} {side:g} {y2:g} {left2:g} {y2:g}"


def way_of(kind: Compiled, visited: Sequence[str], now: Sequence[str]) -> tuple[Mark, ...]:
    """The way of a case in a row: where it has been, where it is, and the usual way on to an end."""
    titles = kind.title
    shown = {p.code for p in kind.net.places if p.kind in RESTING}
    stones = {p.code for p in kind.net.places if p.kind is Kind.MILESTONE}
    here = [code for code in now if code in shown and code not in stones]
    passed = [code for code in dict.fromkeys(visited) if code in shown and code not in here]
    ahead = [code for code in onward(kind, here) if code in shown and code not in {*here}]
    times = {code: list(visited).count(code) for code in {*visited}}
    return (
        *(Mark(code, titles(code), "done", times[code]) for code in passed),
        *(Mark(code, titles(code), "now", times.get(code, 1)) for code in here),
        *(Mark(code, titles(code), "ahead", 0) for code in ahead if code not in passed or not here),
    )


def onward(kind: Compiled, now: Sequence[str]) -> list[str]:
    """The usual way on: of the ways that lead to an end without turning back, the one declared first."""
    layers = {node.code: node.layer for node in flow.draw(kind.net).nodes}
    ends = {place.code for place in kind.net.places if place.kind is Kind.END}
    timers = kind.net.index.timer_codes
    dead: set[str] = set()

    def follow(here: str) -> list[str] | None:
        if here in ends:
            return [here]
        if here in dead:
            return None
        for step in kind.net.transitions:
            if here in step.takes and step.on not in timers:
                for code in step.puts:
                    if layers[code] > layers[here] and (rest := follow(code)) is not None:
                        return [here, *rest]
        dead.add(here)
        return None

    way = follow(now[0]) if now else None
    return [code for code in way or () if code not in now]
