"""The hierarchy of an index: indicators at the leaves, groups above them, one root."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from math import isfinite

from minhu.methods.weighing.errors import BadTree


@dataclass(frozen=True, slots=True)
class Indicator:
    """A measured column: `direction` 1 if more is better, -1 if less is.

    `points`: what each expert gave it in a budget allocation; `denominator`: the name of the size by which it
    is divided; `target`: the value at which it is reached, in the unit of the divided column.
    """

    code: str
    parent: str
    direction: int = 1
    weight: float = 1.0
    points: tuple[float, ...] = ()
    denominator: str | None = None
    target: float | None = None


@dataclass(frozen=True, slots=True)
class Group:
    """A score made of others; the one without a parent is the index."""

    code: str
    parent: str | None
    weight: float = 1.0
    points: tuple[float, ...] = ()


Node = Indicator | Group


@dataclass(frozen=True, slots=True)
class Tree:
    """Nodes by number: indicators in their order, then groups, parts before wholes, the root last.

    `groups`: node and its parts, bottom up. `levels`: 1 for indicators, for a group one more than its highest
    part.
    """

    codes: tuple[str, ...]
    groups: tuple[tuple[int, tuple[int, ...]], ...]
    levels: tuple[int, ...]

    @property
    def size(self) -> int:
        """How many nodes."""
        return len(self.codes)


def grow(indicators: Sequence[Indicator], groups: Sequence[Group]) -> Tree:
    """The tree of these nodes; `BadTree` names the node at fault."""
    for fault in node_faults(indicators, groups):
        raise BadTree(fault)
    nodes: tuple[Node, ...] = (*indicators, *groups)
    parts = {group.code: [node.code for node in nodes if node.parent == group.code] for group in groups}
    for code, held in parts.items():
        if not held:
            raise BadTree(f"group {code!r} holds nothing: give it indicators, or take it out")
    order = bottom_up([i.code for i in indicators], parts)
    number = {code: at for at, code in enumerate(order)}
    levels = [1] * len(order)
    wholes = [(number[c], tuple(number[part] for part in parts[c])) for c in order[len(indicators) :]]
    for whole, held_numbers in wholes:
        levels[whole] = 1 + max(levels[part] for part in held_numbers)
    for whole, held_numbers in wholes:
        check_weights(order[whole], [order[part] for part in held_numbers], nodes)
    return Tree(tuple(order), tuple(wholes), tuple(levels))


def node_faults(indicators: Sequence[Indicator], groups: Sequence[Group]) -> Iterator[str]:
    """What is wrong with the nodes and their places."""
    nodes: tuple[Node, ...] = (*indicators, *groups)
    known = {group.code for group in groups}
    for code, count in Counter(node.code for node in nodes).items():
        if count > 1:
            yield f"the code {code!r} stands {count} times: codes must differ"
    for node in nodes:
        if node.parent is not None and node.parent not in known:
            yield f"{node.code!r} belongs to {node.parent!r}, which is no group"
        yield from number_faults(node)
    roots = [group.code for group in groups if group.parent is None]
    if len(roots) != 1:
        yield f"an index has one group without a parent, not {len(roots)}: {roots}"


def number_faults(node: Node) -> Iterator[str]:
    """What is wrong with the numbers of one node."""
    if any(not (isfinite(number) and number >= 0) for number in (node.weight, *node.points)):
        yield f"{node.code!r} has a weight or points below 0 or without bound: {node.weight:g} {node.points}"
    if isinstance(node, Indicator) and node.direction not in (1, -1):
        yield f"{node.code!r} has direction {node.direction}: 1 (more is better) or -1"


def bottom_up(leaves: list[str], parts: dict[str, list[str]]) -> list[str]:
    """Codes with parts before wholes; groups of one level keep their order."""
    order, done, waiting = list(leaves), set(leaves), list(parts)
    while waiting:
        ready = [code for code in waiting if done.issuperset(parts[code])]
        if not ready:
            raise BadTree(f"groups hold each other in a circle: {sorted(waiting)}")
        order += ready
        done.update(ready)
        waiting = [code for code in waiting if code not in done]
    return order


def check_weights(whole: str, parts: Sequence[str], nodes: Sequence[Node]) -> None:
    """Refuse a group whose parts weigh nothing."""
    if not sum(node.weight for node in nodes if node.code in parts) > 0:
        raise BadTree(f"the parts of {whole!r} weigh nothing: give one of them a weight above 0")
