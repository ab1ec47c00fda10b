"""Where the nodes of a net stand in a picture: layers by the longest way from the start, few crossings."""

from collections.abc import Iterable
from dataclasses import dataclass

from minhu.methods.flow.net import Net

SWEEPS = 4


@dataclass(frozen=True, slots=True)
class Node:
    """A place or transition at (layer, row); `kind` is the kind of the place, or `transition`."""

    code: str
    kind: str
    title: str
    layer: int
    row: int


@dataclass(frozen=True, slots=True)
class Arc:
    """A line between two nodes; `is_back` leads to an earlier layer, `is_read` only looks."""

    src: str
    dst: str
    is_back: bool
    is_read: bool


@dataclass(frozen=True, slots=True)
class Drawing:
    """The picture as plain data: every arc that is not back leads to a later layer."""

    nodes: tuple[Node, ...]
    arcs: tuple[Arc, ...]


def draw(net: Net) -> Drawing:
    """Layers and rows for the places and transitions of a net.

    Arcs that close a circle are found by depth first search; the rest are layered by longest path and ordered
    by the mean row of their neighbours (Sugiyama, Tagawa, Toda, 1981).
    """
    lines = [(code, t.code, code not in t.takes) for t in net.transitions for code in dict.fromkeys(t.needs)]
    lines += [(t.code, code, False) for t in net.transitions for code in t.puts]
    codes = net.codes
    lines = [line for line in lines if line[0] in net.index.place or line[1] in net.index.place]
    ahead: dict[str, list[str]] = {code: [] for code in codes}
    for src, dst, _ in lines:
        if src in ahead and dst in ahead:
            ahead[src].append(dst)
    back, order = _back_arcs(codes, ahead)
    layer = _layers(order, ahead, back)
    rows = _rows(codes, ahead, layer)
    arcs = [Arc(s, d, (s, d) in back, read) for s, d, read in lines if s in ahead and d in ahead]
    kinds = {place.code: str(place.kind) for place in net.places}
    titles = {place.code: place.title for place in net.places}
    titles |= {transition.code: transition.title for transition in net.transitions}
    nodes = [Node(c, kinds.get(c, "transition"), titles[c] or c, layer[c], rows[c]) for c in codes]
    return Drawing(tuple(nodes), tuple(arcs))


def _back_arcs(codes: Iterable[str], ahead: dict[str, list[str]]) -> tuple[set[tuple[str, str]], list[str]]:
    """Arcs that close a circle, and the nodes in an order that all the other arcs follow."""
    back: set[tuple[str, str]] = set()
    state: dict[str, int] = {}
    done: list[str] = []
    for root in codes:
        if root in state:
            continue
        state[root] = 1
        stack = [(root, iter(ahead[root]))]
        while stack:
            node, rest = stack[-1]
            following = next(rest, None)
            if following is None:
                state[node] = 2
                done.append(node)
                stack.pop()
            elif following not in state:
                state[following] = 1
                stack.append((following, iter(ahead[following])))
            elif state[following] == 1:
                back.add((node, following))
    return back, done[::-1]


def _layers(order: list[str], ahead: dict[str, list[str]], back: set[tuple[str, str]]) -> dict[str, int]:
    """The longest way to each node."""
    layer = dict.fromkeys(order, 0)
    for node in order:
        for following in ahead[node]:
            if (node, following) not in back:
                layer[following] = max(layer[following], layer[node] + 1)
    return layer


def _rows(codes: list[str], ahead: dict[str, list[str]], layer: dict[str, int]) -> dict[str, int]:
    """A row for each node of a layer, near the rows of its neighbours."""
    columns: dict[int, list[str]] = {}
    for code in codes:
        columns.setdefault(layer[code], []).append(code)
    behind: dict[str, list[str]] = {code: [] for code in codes}
    for src, dsts in ahead.items():
        for dst in dsts:
            behind[dst].append(src)
    rows = {code: row for column in columns.values() for row, code in enumerate(column)}
    for sweep in range(SWEEPS):
        near = behind if sweep % 2 == 0 else ahead
        for number in sorted(columns, reverse=sweep % 2 == 1):
            column = columns[number]
            means = {c: sum(rows[n] for n in near[c]) / len(near[c]) if near[c] else rows[c] for c in column}
            column.sort(key=lambda code: means[code])
            rows.update({code: row for row, code in enumerate(column)})
    return rows
