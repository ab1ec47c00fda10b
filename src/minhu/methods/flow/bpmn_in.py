"""A net from BPMN 2.0: our own files exactly, those of others as far as the subset goes.

Read are: one process; one start event, end events, tasks, exclusive and parallel gateways, timers on the
border of tasks, sequence flows with conditions. Anything else about the course of a case is refused by name.
"""

import json
from dataclasses import dataclass, field
from typing import Any
from xml.etree import ElementTree as ET

from minhu.methods.flow.bpmn_out import BPMN, OURS, TAGS
from minhu.methods.flow.errors import BadBpmn, BadGuard
from minhu.methods.flow.net import Effect, Kind, Net, Pause, Place, Timer, Transition
from minhu.methods.flow.reading import guard

LARGEST = 2_000_000
DONE = "done"
"""The command by which a task of somebody else's file is finished."""

KINDS = {tag: kind for kind, tag in TAGS.items()} | dict.fromkeys(("task", "manualTask"), Kind.TASK)
RESTS = {Kind.TASK, Kind.WAIT}
SAID = frozenset({"documentation", "extensionElements", "incoming", "outgoing", "laneSet", "textAnnotation",
                  "association", "conditionExpression", "text", "ioSpecification"})  # fmt: skip


def read_bpmn(text: str) -> Net:
    """The net of a BPMN 2.0 file.

    In files of others a task is finished by the command `done`, a line into a parallel gateway is a place
    that waits, and conditions must be spelled as ours. Raises BadBpmn naming each element not understood.
    """
    process = _process(_root(text))
    reader = _Reader(process)
    reader.nodes()
    reader.timers()
    reader.lines()
    reader.gateways()
    if reader.refused:
        raise BadBpmn("; ".join(reader.refused))
    return reader.net()


def _root(text: str) -> ET.Element:
    """The document, without any entity of its own making."""
    if len(text) > LARGEST:
        raise BadBpmn(f"larger than {LARGEST} characters")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadBpmn("a document type or entities are not accepted: take them out")
    try:
        return ET.fromstring(text)  # noqa: S314 without a document type nothing can be expanded
    except (ET.ParseError, ValueError) as error:
        raise BadBpmn(f"not well-formed: {error}") from None


def _process(root: ET.Element) -> ET.Element:
    """The one process of a file."""
    if root.tag != f"{{{BPMN}}}definitions":
        raise BadBpmn(f"no BPMN 2.0 file: it begins with {root.tag}")
    found = root.findall(f"{{{BPMN}}}process")
    if len(found) != 1:
        raise BadBpmn(f"{len(found)} processes: a net is made from one")
    return found[0]


@dataclass
class _Reader:
    """What is read so far, and what had to be refused."""

    process: ET.Element
    places: dict[str, Place] = field(default_factory=dict)
    splits: dict[str, ET.Element] = field(default_factory=dict)
    clocks: dict[str, Timer] = field(default_factory=dict)
    flows: list[ET.Element] = field(default_factory=list)
    transitions: list[Transition] = field(default_factory=list)
    takes: dict[str, list[str]] = field(default_factory=dict)
    puts: dict[str, list[str]] = field(default_factory=dict)
    refused: list[str] = field(default_factory=list)

    def nodes(self) -> None:
        """Places, gateways and lines, by id."""
        for element in self.process:
            tag, code = _tag(element), element.get("id", "")
            if tag in KINDS:
                self.places[code] = self.place(element, KINDS[tag])
            elif tag == "parallelGateway":
                self.splits[code] = element
            elif tag == "sequenceFlow":
                self.flows.append(element)
            elif tag not in SAID | {"boundaryEvent"}:
                self.refused.append(f"{tag} {code} is not in the subset")

    def place(self, element: ET.Element, kind: Kind) -> Place:
        """One place; an event with a definition, or a task that is repeated, is refused."""
        for child in element:
            if _tag(child) not in SAID:
                self.refused.append(
                    f"{_tag(element)} {element.get('id')} with {_tag(child)} is not in the subset"
                )
        most = _our(element, "most")
        if not (most or "0").isdecimal():
            self.refused.append(f"{element.get('id')}: most is {most!r}, not a number")
            most = ""
        code = _our(element, "code") or element.get("id", "")
        title, role, pauses = element.get("name", ""), _our(element, "role"), _our(element, "pauses")
        return Place(code, kind, title, role, pauses, int(most or 0))

    def timers(self) -> None:
        """Timers on the border of tasks."""
        for event in self.process.findall(f"{{{BPMN}}}boundaryEvent"):
            code, host = event.get("id", ""), self.places.get(event.get("attachedToRef", ""))
            definitions = [child for child in event if _tag(child) not in SAID]
            if [_tag(child) for child in definitions] != ["timerEventDefinition"] or host is None:
                self.refused.append(f"boundaryEvent {code} is no timer on a task")
                continue
            if event.get("cancelActivity") == "false":
                self.refused.append(f"boundaryEvent {code} does not end its task: not in the subset")
            limit = "".join(child.text or "" for child in definitions[0]).strip()
            self.clocks[code] = Timer(_our(event, "code") or code, host.code, limit)

    def lines(self) -> None:
        """Sequence flows: transitions of their own, or the arcs of a gateway."""
        for flow in self.flows:
            src, dst, code = flow.get("sourceRef", ""), flow.get("targetRef", ""), flow.get("id", "")
            unknown = [end for end in (src, dst) if end not in {*self.places, *self.splits, *self.clocks}]
            if unknown or dst in self.clocks:
                self.refused.append(
                    f"sequenceFlow {code} leads from or to {unknown or [dst]}, which cannot be read"
                )
            elif src in self.splits and dst in self.splits:
                self.waiting(flow, src, dst)
            elif src in self.splits:
                self.puts.setdefault(src, []).append(self.places[dst].code)
            elif dst in self.splits and _our(self.splits[dst], "on"):
                self.takes.setdefault(dst, []).append(self.places[src].code)
            elif dst in self.splits:
                self.waiting(flow, src, dst)
            else:
                self.transition(flow, src, self.places[dst].code)

    def waiting(self, flow: ET.Element, src: str, dst: str) -> None:
        """A line into somebody else's parallel gateway: a place where the branch waits for the others."""
        code = f"{flow.get('id', '')}.wait"
        self.places[code] = Place(code, Kind.WAIT)
        self.takes.setdefault(dst, []).append(code)
        if src in self.splits:
            self.puts.setdefault(src, []).append(code)
        else:
            self.transition(flow, src, code)

    def transition(self, flow: ET.Element, src: str, dst: str) -> None:
        """A line that is a transition."""
        place = self.places.get(src)
        taken = place.code if place else self.clocks[src].place
        on = self.clocks[src].code if src in self.clocks else ""
        if place and place.kind in RESTS:
            on = DONE
        condition = flow.find(f"{{{BPMN}}}conditionExpression")
        words = (condition.text or "").strip() if condition is not None else ""
        self.add(flow, (taken,), (dst,), on, words)

    def gateways(self) -> None:
        """Parallel gateways, once all their lines are known."""
        for code, element in self.splits.items():
            takes, puts = tuple(self.takes.get(code, ())), tuple(self.puts.get(code, ()))
            self.add(element, takes, puts, "", _our(element, "guard"))

    def add(
        self, element: ET.Element, takes: tuple[str, ...], puts: tuple[str, ...], on: str, words: str
    ) -> None:
        """One transition with what we once said about it."""
        code = _our(element, "code") or element.get("id", "")
        said = _our(element, "on")
        try:
            found = Transition(
                code, takes, puts, said.removeprefix("-") if said else on, guard(words) if words else None,
                element.get("name", ""), _our(element, "role"), self.codes(element, "reads"),
                self.codes(element, "clears"), self.effects(element))  # fmt: skip
        except BadGuard as error:
            self.refused.append(f"the condition of {element.get('id')} cannot be read: {error}")
            return
        self.transitions.append(found)

    def codes(self, element: ET.Element, key: str) -> tuple[str, ...]:
        """A list of codes we once wrote."""
        return tuple(str(code) for code in self.listed(element, key))

    def effects(self, element: ET.Element) -> tuple[Effect, ...]:
        """The effects we once wrote."""
        try:
            said = self.listed(element, "effects")
            return tuple(Effect(str(kind), tuple((str(k), str(v)) for k, v in args)) for kind, args in said)
        except (TypeError, ValueError):
            self.refused.append(f"{element.get('id')}: effects cannot be read")
            return ()

    def listed(self, element: ET.Element, key: str) -> list[Any]:
        """An attribute of ours that holds a list."""
        try:
            found = json.loads(_our(element, key) or "[]")
        except (ValueError, RecursionError):
            found = None
        if not isinstance(found, list):
            self.refused.append(f"{element.get('id')}: {key} cannot be read")
            return []
        return found

    def groups(self, key: str) -> list[list[object]]:
        """Lists of the process that hold lists."""
        return [group for group in self.listed(self.process, key) if isinstance(group, list)]

    def net(self) -> Net:
        """The net, its transitions in the order that was theirs."""
        order = {code: number for number, code in enumerate(self.codes(self.process, "order"))}
        # A line without a condition is the way when no other holds: it goes last.
        self.transitions.sort(key=lambda t: (order.get(t.code, len(order)), not order and t.guard is None))
        pauses = tuple(Pause(*map(str, said)) for said in self.groups("pauses") if len(said) == 3)
        parallels = tuple(frozenset(map(str, group)) for group in self.groups("parallels"))
        code = _our(self.process, "code") or self.process.get("id", "")
        title = _our(self.process, "title") or self.process.get("name", "")
        places, timers = tuple(self.places.values()), tuple(self.clocks.values())
        return Net(code, places, tuple(self.transitions), timers, pauses, parallels, title)


def _tag(element: ET.Element) -> str:
    """The name of an element without its namespace, if that is BPMN's."""
    return element.tag.removeprefix(f"{{{BPMN}}}") if isinstance(element.tag, str) else "comment"


def _our(element: ET.Element, key: str) -> str:
    """An attribute of our own namespace."""
    return element.get(f"{{{OURS}}}{key}", "")
