"""The compiled flow as a process of tasks, gateways and lanes: what a viewer of BPMN shows.

A step with several before it waits at a joining gateway, one with several after it opens at a splitting one;
waits that follow from others are left out. Applicant first, then departments as they begin, sharing last.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from graphlib import TopologicalSorter

from django.utils.translation import gettext as _

from minhu.methods.composing import NodeKind, net_of
from minhu.services.bridge.definitions import Solved, Whole

APPLICANT, SHARING = "", "*"
TASKS: Mapping[NodeKind, str] = {
    NodeKind.START: "startEvent",
    NodeKind.END: "endEvent",
    NodeKind.STEP: "userTask",
    NodeKind.LATER_CHECK: "userTask",
    NodeKind.SHARE: "receiveTask",
    NodeKind.LATER_PAPER: "receiveTask",
}
GATEWAY = "parallelGateway"


@dataclass(frozen=True, slots=True)
class Element:
    """A node of the process: its BPMN tag, its lane, the row it would like (an item), words, the clause."""

    code: str
    tag: str
    lane: str
    item: str
    title: str = ""
    note: str = ""


@dataclass(frozen=True, slots=True)
class Process:
    """Elements and lines; lanes as (code, title) from top to bottom."""

    code: str
    title: str
    elements: tuple[Element, ...]
    lines: tuple[tuple[str, str], ...]
    lanes: tuple[tuple[str, str], ...]


def process_of(whole: Whole, solved: Solved, units: Mapping[str, str]) -> Process:
    """The process of one situation. Raises ValueError without a plan."""
    return Builder(whole, solved, units).build()


class Builder:
    """Makes the process of one situation."""

    def __init__(self, whole: Whole, solved: Solved, units: Mapping[str, str]) -> None:
        self.whole, self.units = whole, units
        self.net = net_of(whole.bundle, solved.solution)
        self.arcs = reduced(self.net.arcs)
        self.after = grouped(self.arcs)
        self.before = grouped((dst, src) for src, dst in self.arcs)
        proof = solved.solution.proof
        self.starts = {str(one.step): one.start for one in proof.plan.labels} if proof else {}
        self.steps = {f"{item.code}/{one.id}": one for item in whole.items.values() for one in item.step}
        self.needs = {
            f"{item.code}/{one.id}": one for item in whole.items.values() for one in item.requirement
        }

    def build(self) -> Process:
        """All of it."""
        elements = [each for node in self.net.nodes for each in self.around(self.element(node.id))]
        lines = [(self.exit(src), self.entry(dst)) for src, dst in self.arcs]
        lines += [(node.id, f"split:{node.id}") for node in self.net.nodes if self.splits(node.id)]
        lines += [(f"join:{node.id}", node.id) for node in self.net.nodes if self.joins(node.id)]
        thing = self.whole.thing
        return Process(thing.code, thing.name, tuple(elements), tuple(lines), tuple(self.lanes(elements)))

    def splits(self, node: str) -> bool:
        """Whether several follow."""
        return len(self.after.get(node, ())) > 1

    def joins(self, node: str) -> bool:
        """Whether it waits for several."""
        return len(self.before.get(node, ())) > 1

    def exit(self, node: str) -> str:
        """Where lines out of a node begin."""
        return f"split:{node}" if self.splits(node) else node

    def entry(self, node: str) -> str:
        """Where lines into a node end."""
        return f"join:{node}" if self.joins(node) else node

    def around(self, element: Element) -> Iterator[Element]:
        """A node with its gateways."""
        for name, is_there in (("join", self.joins), ("split", self.splits)):
            if is_there(element.code):
                yield Element(f"{name}:{element.code}", GATEWAY, element.lane, element.item)
        yield element

    def element(self, id_: str) -> Element:
        """A node in words, in its lane."""
        node = next(one for one in self.net.nodes if one.id == id_)
        tag = TASKS[node.kind]
        if node.kind in (NodeKind.START, NodeKind.END):
            words = _("Application") if node.kind is NodeKind.START else _("Everything done")
            return Element(id_, tag, APPLICANT, "", words)
        ref = id_ if node.kind is NodeKind.STEP else id_.split(":")[1]
        item = self.whole.items[ref.partition("/")[0]]
        if node.kind is NodeKind.STEP:
            step = self.steps[id_]
            title = f"{item.name}·{step.title}{self.days(node.days)}"
            return Element(id_, tag, step.actor or item.department, item.code, title, step.clause)
        if node.kind is NodeKind.SHARE:
            return Element(id_, tag, SHARING, id_, f"{node.title}{self.days(node.days)}", node.clause)
        title = self.needs[ref].title or ref
        if node.kind is NodeKind.LATER_PAPER:
            return Element(id_, tag, APPLICANT, item.code, _("Bring later: %s") % title, node.clause)
        return Element(id_, tag, item.department, item.code, _("Check afterwards: %s") % title, node.clause)

    @staticmethod
    def days(count: int) -> str:
        """Planned days behind a title."""
        return _(" (%(n)s days)") % {"n": count} if count else ""

    def lanes(self, elements: Iterable[Element]) -> Iterator[tuple[str, str]]:
        """The lanes from top to bottom."""
        first: dict[str, tuple[int, str]] = {}
        for one in elements:
            start = (self.starts.get(one.code, 10**6), one.lane)
            first[one.lane] = min(first.get(one.lane, start), start)
        ends = {APPLICANT: -1, SHARING: 1}
        for lane in sorted(first, key=lambda code: (ends.get(code, 0), first[code])):
            titles = {APPLICANT: _("Applicant"), SHARING: _("Data sharing")}
            yield lane, titles.get(lane) or self.units.get(lane, lane)


def grouped(pairs: Iterable[tuple[str, str]]) -> dict[str, list[str]]:
    """Second parts by first."""
    found: dict[str, list[str]] = {}
    for one, other in pairs:
        found.setdefault(one, []).append(other)
    return found


def reduced(arcs: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    """The arcs that do not follow from others (the transitive reduction), in order."""
    ahead = {src: set(dsts) for src, dsts in grouped(arcs).items()}
    graph = grouped((dst, src) for src, dsts in ahead.items() for dst in dsts)
    reached: dict[str, set[str]] = {}
    for node in reversed(list(TopologicalSorter(graph).static_order())):
        nexts = ahead.get(node, set())
        reached[node] = nexts.union(*(reached[one] for one in nexts))
    return sorted(
        (src, dst)
        for src, dsts in ahead.items()
        for dst in dsts
        if not any(dst in reached[other] for other in dsts if other != dst)
    )
