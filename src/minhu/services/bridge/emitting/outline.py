"""The plan of a situation as a net written down: nodes, their codes, titles, desks and ways."""

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.translation import gettext as _

from minhu.methods import composing
from minhu.methods.composing import NodeKind, Ref, StepKind, Waiver
from minhu.methods.composing.emitting import Node
from minhu.services.bridge.codes import place_of, ref_of
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.states.applying import mark_of

PERMIT = "行政许可"
"""The kind of item to which the limits on licences apply."""
FRAME = (NodeKind.START, NodeKind.END)


@dataclass(frozen=True, slots=True)
class Naming:
    """Under which numbers a course is published: of the version, of the course, of each item's guide.

    `clauses`: which clause licenses holding a clock; `units`: what organisations are called.
    """

    version: int
    course: int
    items: dict[str, int]
    clauses: dict[str, str]
    units: Mapping[str, str]


def with_later(net: composing.Net, solved: Solved) -> composing.Net:
    """A paper that may be brought later (容缺) has a place to wait for it, whatever the plan chose.

    The plan never puts off what can be brought at once; the applicant may. Brought at once, it waits not.
    """
    guides, proof = solved.solution.resolved.guides, solved.solution.proof
    needs = {Ref(guide.item, need.id): need for guide in guides for need in guide.requirements}
    nodes, arcs = list(net.nodes), set(net.arcs)
    steps = {node.id for node in net.nodes if node.kind is NodeKind.STEP}
    for choice in proof.plan.choices if proof else ():
        ref, need = choice.requirement, needs[choice.requirement]
        due = str(Ref(ref.item, need.deferred_to))
        if need.waiver is Waiver.DEFER and choice.uploads and not choice.deferred and due in steps:
            node = Node(f"later:{ref}", NodeKind.LATER_PAPER, need.id, clause=need.clause)
            nodes.insert(-1, node)
            arcs |= {("start", node.id), (node.id, due)}
            arcs -= {("start", due)}
    return composing.Net(tuple(nodes), tuple(sorted(arcs)), net.timers)


class Outline:
    """The compiled net of a situation, with the words and codes of its nodes."""

    def __init__(self, whole: Whole, solved: Solved, naming: Naming) -> None:
        self.whole, self.solved, self.naming = whole, solved, naming
        self.net = with_later(composing.net_of(whole.bundle, solved.solution), solved)
        self.nodes = {node.id: node for node in self.net.nodes}
        self.steps = {
            f"{item.code}/{step.id}": (item.code, step) for item in whole.items.values() for step in item.step
        }
        self.before: dict[str, list[str]] = {node: [] for node in self.nodes}
        self.after: dict[str, list[str]] = {node: [] for node in self.nodes}
        for src, dst in self.net.arcs:
            self.before[dst].append(src)
            self.after[src].append(dst)
        self.checks = [node.id for node in self.net.nodes if node.kind is NodeKind.LATER_CHECK]
        self.deciding = [ref for ref in self.steps if ref in self.nodes and self.is_permit_decision(ref)]

    # -- what the plan says -------------------------------------------------------------------------------
    def is_permit_decision(self, ref: str) -> bool:
        """Whether a step decides on a licence."""
        item, step = self.steps[ref]
        return self.whole.items[item].kind == PERMIT and step.kind is StepKind.DECIDE

    @property
    def is_joint(self) -> bool:
        """Whether several licences are decided together (行政许可法 §26)."""
        return len(self.deciding) > 1

    def place(self, node: str) -> str:
        """The code of a node's place."""
        kind = self.nodes[node].kind
        if kind is NodeKind.STEP:
            return place_of(*ref_of(node))
        head, _colon, rest = node.partition(":")
        ref, _colon, material = rest.partition(":")
        return f"{head}_{mark_of(*ref_of(ref), material)}"

    def role(self, node: str) -> str:
        """The organisation on whose desk a node lies."""
        if self.nodes[node].kind is NodeKind.STEP:
            item, step = self.steps[node]
            return step.actor or self.whole.department(item)
        return self.whole.department(ref_of(node.partition(":")[2]).item)

    def title(self, node: str) -> str:
        """What a node is called."""
        if self.nodes[node].kind is NodeKind.STEP:
            item, step = self.steps[node]
            return _("%(item)s: %(step)s") % {"item": self.whole.items[item].name, "step": step.title}
        head, _colon, rest = node.partition(":")
        if head == "share":
            return _("Shared data: %s") % self.nodes[node].title
        words = self.requirement_title(rest)
        return (_("Brought later: %s") if head == "later" else _("Commitment to be checked: %s")) % words

    def requirement_title(self, ref: str) -> str:
        """What a requirement is called: its title, else its materials."""
        item, id_ = ref_of(ref)
        need = next(one for one in self.whole.items[item].requirement if one.id == id_)
        return need.title or self.whole.materials[need.sets[0][0]].name

    def arrival(self, src: str, dst: str) -> str:
        """Where the way from one node to another rests: the node itself, or a milestone before its join."""
        if dst != "end" and len(self.before[dst]) == 1:
            return self.place(dst)
        return f"{self.place(src)}_{mark_of(src, dst)[:4]}"

    def onward(self, node: str) -> list[str]:
        """Where a node leads once it is done."""
        ways = [dst for dst in self.after[node] if dst != "end"]
        here = [self.arrival(node, dst) for dst in ways]
        if not [dst for dst in ways if dst not in self.checks] and node not in self.checks:
            here.append(f"{self.place(node)}_done")
        if node in self.checks:
            here.append(f"{self.place(node)}_done")
        if node in self.deciding:
            here.append(f"{self.place(node)}_decided")
        return here

    def is_stone(self, code: str) -> bool:
        """Whether a place is a milestone of the way, not the place of another node."""
        return code not in {self.place(n.id) for n in self.net.nodes if n.kind not in FRAME}
