"""Where the boxes of a net stand: in layers from top to bottom, long lines led between the boxes.

Sugiyama's method: layers come from `flow.draw`; a line over several layers gets a bend in each (so that it
crosses no box), boxes are ordered by the mean of their neighbours, then pulled above one another.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import pairwise

from minhu.methods.flow import Drawing

GAP, BEND, SWEEPS, PULLS = 18.0, 14.0, 8, 12
Link = tuple[str, str]


@dataclass
class Layout:
    """Boxes and bends by layer, in their order; `x`: the middle of each; `bends`: those of a long line."""

    layers: list[list[str]]
    widths: dict[str, float]
    links: list[Link] = field(default_factory=list)
    bends: dict[Link, list[str]] = field(default_factory=dict)
    x: dict[str, float] = field(default_factory=dict)

    @property
    def width(self) -> float:
        """From the left edge of the leftmost to the right edge of the rightmost."""
        return max((self.x[code] + self.widths[code] / 2 for code in self.x), default=0.0)


def laid_out(drawing: Drawing, widths: Mapping[str, float]) -> Layout:
    """The layout of a drawing whose nodes have these widths."""
    count = max((node.layer for node in drawing.nodes), default=0) + 1
    layout = Layout([[] for _ in range(count)], dict(widths))
    for node in sorted(drawing.nodes, key=lambda node: node.row):
        layout.layers[node.layer].append(node.code)
    layer = {node.code: node.layer for node in drawing.nodes}
    for arc in drawing.arcs:
        if not arc.is_back and layer[arc.dst] > layer[arc.src]:
            _link(layout, arc.src, arc.dst, layer)
    _order(layout)
    _place(layout)
    return layout


def _link(layout: Layout, src: str, dst: str, layer: Mapping[str, int]) -> None:
    """A line down, with a bend in every layer between."""
    bends = []
    for level in range(layer[src] + 1, layer[dst]):
        code = f"{src}\0{dst}\0{level}"
        layout.layers[level].append(code)
        layout.widths[code] = BEND
        bends.append(code)
    layout.bends[src, dst] = bends
    layout.links += pairwise([src, *bends, dst])


def _order(layout: Layout) -> None:
    """Few crossings: each layer by the mean place of its neighbours, down and up in turn."""
    above, below = _neighbours(layout.links)
    for sweep in range(SWEEPS):
        down = sweep % 2 == 0
        near = above if down else below
        place = {code: float(n) for layer in layout.layers for n, code in enumerate(layer)}
        for layer in layout.layers if down else layout.layers[::-1]:
            layer.sort(key=lambda code: _mean(near.get(code, ()), place, place[code]))
            place |= {code: float(n) for n, code in enumerate(layer)}


def _place(layout: Layout) -> None:
    """Boxes side by side, then pulled towards their neighbours as far as the order lets them."""
    for layer in layout.layers:
        edge = 0.0
        for code in layer:
            layout.x[code] = edge + layout.widths[code] / 2
            edge += layout.widths[code] + GAP
    above, below = _neighbours(layout.links)
    near = {code: (*above.get(code, ()), *below.get(code, ())) for code in layout.x}
    for pull in range(PULLS):
        for layer in layout.layers if pull % 2 == 0 else layout.layers[::-1]:
            _pull(layout, layer, near)
    _straighten(layout)
    left = min((layout.x[code] - layout.widths[code] / 2 for code in layout.x), default=0.0)
    layout.x = {code: x - left for code, x in layout.x.items()}


def _pull(layout: Layout, layer: list[str], near: Mapping[str, Iterable[str]]) -> None:
    """One layer: as near to the neighbours as can be without touching, half from either side."""
    wanted = [_mean(near[code], layout.x, layout.x[code]) for code in layer]
    apart = [(layout.widths[a] + layout.widths[b]) / 2 + GAP for a, b in pairwise(layer)]
    right, left = list(wanted), list(wanted)
    for n in range(1, len(layer)):
        right[n] = max(right[n], right[n - 1] + apart[n - 1])
    for n in range(len(layer) - 2, -1, -1):
        left[n] = min(left[n], left[n + 1] - apart[n])
    for n, code in enumerate(layer):
        layout.x[code] = (right[n] + left[n]) / 2


def _straighten(layout: Layout) -> None:
    """Long lines run straight down wherever there is room for it in every layer they cross."""
    for (src, dst), chain in layout.bends.items():
        beside = _room(layout)
        low = max((beside[code][0] for code in chain), default=0.0)
        high = min((beside[code][1] for code in chain), default=0.0)
        if chain and low <= high:
            wanted = layout.x[dst] if low <= layout.x[dst] <= high else layout.x[src]
            for code in chain:
                layout.x[code] = min(max(wanted, low), high)


def _room(layout: Layout) -> dict[str, tuple[float, float]]:
    """How far each box could be moved to either side."""
    room: dict[str, tuple[float, float]] = {}
    for layer in layout.layers:
        for n, code in enumerate(layer):
            left = layer[n - 1] if n else ""
            right = layer[n + 1] if n + 1 < len(layer) else ""
            half = layout.widths[code] / 2 + GAP
            low = layout.x[left] + layout.widths[left] / 2 + half if left else float("-inf")
            high = layout.x[right] - layout.widths[right] / 2 - half if right else float("inf")
            room[code] = (low, high)
    return room


def _neighbours(links: Iterable[Link]) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    """What stands above and below each box."""
    above: dict[str, list[str]] = {}
    below: dict[str, list[str]] = {}
    for src, dst in links:
        above.setdefault(dst, []).append(src)
        below.setdefault(src, []).append(dst)
    return above, below


def _mean(codes: Iterable[str], place: Mapping[str, float], otherwise: float) -> float:
    """The mean place of some boxes."""
    spots = [place[code] for code in codes]
    return sum(spots) / len(spots) if spots else otherwise
