"""A process as BPMN 2.0: one pool, a lane for each department, and where everything is drawn.

Meant for viewing elsewhere. What the case engine runs, with corrections, refusals and clocks, is the kind of
case of a course, which its own page gives as BPMN.
"""

from xml.etree import ElementTree as ET

from minhu.methods.flow.bpmn_out import BPMN, DC, DD, DI, name_of
from minhu.services.bridge.exports.layout import Box, Picture, laid_out
from minhu.services.bridge.exports.process import Element, Process

MEDIA = "application/xml; charset=utf-8"
PREFIXES = {"bpmn": BPMN, "bpmndi": DI, "dc": DC, "di": DD}


def bpmn_of(process: Process) -> str:
    """The file."""
    for prefix, address in PREFIXES.items():
        ET.register_namespace(prefix, address)
    about = {"id": "definitions", "targetNamespace": "urn:minhu:one-thing:1"}
    root = ET.Element(f"{{{BPMN}}}definitions", about)
    pool = ET.SubElement(root, f"{{{BPMN}}}collaboration", {"id": "collaboration"})
    part = {"id": "pool", "name": process.title, "processRef": name_of(process.code)}
    ET.SubElement(pool, f"{{{BPMN}}}participant", part)
    write_process(root, process)
    write_picture(root, process, laid_out(process))
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def line_id(src: str, dst: str) -> str:
    """The id of a line."""
    return name_of(f"line:{src}>{dst}")


def lane_id(code: str) -> str:
    """The id of a lane."""
    return name_of(f"lane:{code}")


def write_process(root: ET.Element, process: Process) -> None:
    """Lanes, elements and lines."""
    body = ET.SubElement(root, f"{{{BPMN}}}process", {"id": name_of(process.code), "name": process.title})
    body.set("isExecutable", "false")
    lanes = ET.SubElement(body, f"{{{BPMN}}}laneSet", {"id": "lanes"})
    for code, title in process.lanes:
        lane = ET.SubElement(lanes, f"{{{BPMN}}}lane", {"id": lane_id(code), "name": title})
        for one in process.elements:
            if one.lane == code:
                ET.SubElement(lane, f"{{{BPMN}}}flowNodeRef").text = name_of(one.code)
    for one in process.elements:
        write_element(body, process, one)
    for src, dst in process.lines:
        ends = {"id": line_id(src, dst), "sourceRef": name_of(src), "targetRef": name_of(dst)}
        ET.SubElement(body, f"{{{BPMN}}}sequenceFlow", ends)


def write_element(body: ET.Element, process: Process, one: Element) -> None:
    """One element with its clause and its lines."""
    element = ET.SubElement(body, f"{{{BPMN}}}{one.tag}", {"id": name_of(one.code)})
    if one.title:
        element.set("name", one.title)
    if one.note:
        ET.SubElement(element, f"{{{BPMN}}}documentation").text = one.note
    for src, dst in process.lines:
        if dst == one.code:
            ET.SubElement(element, f"{{{BPMN}}}incoming").text = line_id(src, dst)
    for src, dst in process.lines:
        if src == one.code:
            ET.SubElement(element, f"{{{BPMN}}}outgoing").text = line_id(src, dst)


def write_picture(root: ET.Element, process: Process, picture: Picture) -> None:
    """Where everything is drawn."""
    diagram = ET.SubElement(root, f"{{{DI}}}BPMNDiagram", {"id": "diagram"})
    plane = ET.SubElement(diagram, f"{{{DI}}}BPMNPlane", {"id": "plane", "bpmnElement": "collaboration"})
    shape(plane, "pool", picture.pool, isHorizontal="true")
    for code, box in picture.lanes.items():
        shape(plane, lane_id(code), box, isHorizontal="true")
    for code, box in picture.boxes.items():
        shape(plane, name_of(code), box)
    for (src, dst), corners in picture.ways.items():
        id_ = line_id(src, dst)
        edge = ET.SubElement(plane, f"{{{DI}}}BPMNEdge", {"id": f"{id_}_di", "bpmnElement": id_})
        for x, y in corners:
            ET.SubElement(edge, f"{{{DD}}}waypoint", {"x": str(x), "y": str(y)})


def shape(plane: ET.Element, id_: str, box: Box, **more: str) -> None:
    """One box."""
    made = ET.SubElement(plane, f"{{{DI}}}BPMNShape", {"id": f"{id_}_di", "bpmnElement": id_, **more})
    where = {"x": box.x, "y": box.y, "width": box.wide, "height": box.high}
    ET.SubElement(made, f"{{{DC}}}Bounds", {key: str(value) for key, value in where.items()})
