"""A net as BPMN 2.0, with a picture: what is ours alone stands in attributes of our own namespace.

Places are tasks, gateways and events; a transition that only takes one place and puts one is a sequence flow,
any other is a parallel gateway; a timer is a boundary event. `read_bpmn` gives back exactly the same net.
"""

import json
from xml.etree import ElementTree as ET

from minhu.methods.flow.drawing import draw
from minhu.methods.flow.net import Kind, Net, Place, Transition

BPMN = "http://www.omg.org/spec/BPMN/20100524/MODEL"
DI = "http://www.omg.org/spec/BPMN/20100524/DI"
DC = "http://www.omg.org/spec/DD/20100524/DC"
XSI = "http://www.w3.org/2001/XMLSchema-instance"
DD = "http://www.omg.org/spec/DD/20100524/DI"
OURS = "urn:minhu:flow:1"
TAGS = {
    Kind.START: "startEvent",
    Kind.END: "endEvent",
    Kind.TASK: "userTask",
    Kind.WAIT: "receiveTask",
    Kind.ROUTE: "exclusiveGateway",
    Kind.MILESTONE: "intermediateThrowEvent",
}
SIZES = {
    "userTask": (100, 80),
    "receiveTask": (100, 80),
    "exclusiveGateway": (50, 50),
    "parallelGateway": (50, 50),
}
STEP_X, STEP_Y = 150, 120


def write_bpmn(net: Net) -> str:
    """The net as a BPMN 2.0 file."""
    for prefix, uri in (
        ("bpmn", BPMN),
        ("bpmndi", DI),
        ("dc", DC),
        ("di", DD),
        ("xsi", XSI),
        ("minhu", OURS),
    ):
        ET.register_namespace(prefix, uri)
    root = ET.Element(f"{{{BPMN}}}definitions", {"id": "definitions", "targetNamespace": OURS})
    process = ET.SubElement(root, f"{{{BPMN}}}process", {"id": name_of(net.code), "isExecutable": "true"})
    _say(process, code=net.code, title=net.title, order=json.dumps(_order(net)))
    _say(
        process, pauses=json.dumps([[p.reason, p.clause, p.document] for p in net.pauses], ensure_ascii=False)
    )
    _say(process, parallels=json.dumps([sorted(group) for group in net.parallels]))
    for place in net.places:
        _place(process, place)
    for timer in net.timers:
        event = _element(process, "boundaryEvent", f"timer.{timer.code}")
        event.set("attachedToRef", name_of(timer.place))
        _say(event, code=timer.code)
        definition = ET.SubElement(event, f"{{{BPMN}}}timerEventDefinition")
        ET.SubElement(definition, f"{{{BPMN}}}timeDuration").text = timer.limit
    for transition in net.transitions:
        _transition(process, transition, net)
    _picture(root, net)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def name_of(code: str) -> str:
    """A code as an XML id: letters, digits, `-`, `_` and `.` stay, all else is spelled by number."""
    kept = (c if c.isascii() and (c.isalnum() or c in "-.") else f"_{ord(c):x}_" for c in code)
    return "n." + "".join(kept)


def is_flow(transition: Transition) -> bool:
    """Whether a transition is drawn as a mere line."""
    return (
        len(transition.takes) == len(transition.puts) == 1 and not transition.reads and not transition.clears
    )


def _order(net: Net) -> list[str]:
    """The order of transitions, which decides who goes first."""
    return [transition.code for transition in net.transitions]


def _element(parent: ET.Element, tag: str, code: str, title: str = "") -> ET.Element:
    """A BPMN element with its id and name."""
    element = ET.SubElement(parent, f"{{{BPMN}}}{tag}", {"id": name_of(code)})
    if title:
        element.set("name", title)
    return element


def _say(element: ET.Element, **words: str) -> None:
    """Attributes of our own, where there is something to say."""
    for key, word in words.items():
        if word and word != "[]":
            element.set(f"{{{OURS}}}{key}", word)


def _place(process: ET.Element, place: Place) -> None:
    """One place."""
    element = _element(process, TAGS[place.kind], place.code, place.title)
    most = str(place.most) if place.most else ""
    _say(element, code=place.code, role=place.role, pauses=place.pauses, most=most)


def _transition(process: ET.Element, transition: Transition, net: Net) -> None:
    """One transition: a line, or a gateway with lines."""
    if is_flow(transition):
        here = transition.takes[0]
        rings = any(timer.code == transition.on for timer in net.index.timers.get(here, ()))
        src = f"timer.{transition.on}" if rings else here
        element = _line(process, transition.code, src, transition.puts[0])
    else:
        element = _element(process, "parallelGateway", transition.code)
        for number, code in enumerate(transition.takes):
            _line(process, f"{transition.code}.in.{number}", code, transition.code)
        for number, code in enumerate(transition.puts):
            _line(process, f"{transition.code}.out.{number}", transition.code, code)
    if transition.title:
        element.set("name", transition.title)
    _say(element, code=transition.code, on=transition.on or "-", role=transition.role)
    for key, codes in (("reads", transition.reads), ("clears", transition.clears)):
        _say(element, **{key: json.dumps(codes, ensure_ascii=False)})
    effects = [[effect.kind, [list(pair) for pair in effect.args]] for effect in transition.effects]
    _say(element, effects=json.dumps(effects, ensure_ascii=False))
    if transition.guard and is_flow(transition):
        condition = ET.SubElement(element, f"{{{BPMN}}}conditionExpression", {"language": OURS})
        condition.set(f"{{{XSI}}}type", "bpmn:tFormalExpression")
        condition.text = str(transition.guard)
    elif transition.guard:
        _say(element, guard=str(transition.guard))


def _line(process: ET.Element, code: str, src: str, dst: str) -> ET.Element:
    """A sequence flow."""
    line = _element(process, "sequenceFlow", f"line.{code}")
    line.set("sourceRef", name_of(src))
    line.set("targetRef", name_of(dst))
    return line


def _picture(root: ET.Element, net: Net) -> None:
    """Where every node and line is drawn."""
    plane = ET.SubElement(ET.SubElement(root, f"{{{DI}}}BPMNDiagram"), f"{{{DI}}}BPMNPlane")
    plane.set("bpmnElement", name_of(net.code))
    tags = {place.code: TAGS[place.kind] for place in net.places}
    tags |= {t.code: "parallelGateway" for t in net.transitions if not is_flow(t)}
    centre: dict[str, tuple[int, int]] = {}
    for node in draw(net).nodes:
        if node.code in tags:
            centre[name_of(node.code)] = (100 + node.layer * STEP_X, 100 + node.row * STEP_Y)
            _shape(
                plane, name_of(node.code), centre[name_of(node.code)], SIZES.get(tags[node.code], (36, 36))
            )
    for timer in net.timers:
        x, y = centre[name_of(timer.place)]
        here = name_of(f"timer.{timer.code}")
        centre[here] = (x + 30, y + 40)
        _shape(plane, here, centre[here], (36, 36))
    for line in root.iter(f"{{{BPMN}}}sequenceFlow"):
        edge = ET.SubElement(plane, f"{{{DI}}}BPMNEdge", {"bpmnElement": line.get("id", "")})
        for end in ("sourceRef", "targetRef"):
            x, y = centre[line.get(end, "")]
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})


def _shape(plane: ET.Element, code: str, centre: tuple[int, int], size: tuple[int, int]) -> None:
    """One box of the picture."""
    shape = ET.SubElement(plane, f"{{{DI}}}BPMNShape", {"bpmnElement": code})
    (x, y), (wide, high) = centre, size
    box = {"x": x - wide // 2, "y": y - high // 2, "width": wide, "height": high}
    ET.SubElement(shape, f"{{{DC}}}Bounds", {key: str(number) for key, number in box.items()})
