"""A table as DMN 1.3; its legal basis stands as the knowledge source that is its authority."""

from xml.etree import ElementTree as ET

from minhu.methods.ruling.table import Aggregate, Hit, Input, Output, Table

DMN = "https://www.omg.org/spec/DMN/20191111/MODEL/"
OURS = "urn:minhu:ruling:1"
POLICIES = {
    Hit.UNIQUE: "UNIQUE",
    Hit.ANY: "ANY",
    Hit.PRIORITY: "PRIORITY",
    Hit.FIRST: "FIRST",
    Hit.COLLECT: "COLLECT",
    Hit.RULE_ORDER: "RULE ORDER",
    Hit.OUTPUT_ORDER: "OUTPUT ORDER",
}


def write_dmn(table: Table) -> str:
    """The table as a DMN 1.3 file; `read_dmn` gives back the same table."""
    ET.register_namespace("", DMN)
    ET.register_namespace("minhu", OURS)
    root = ET.Element(_tag("definitions"), {"id": "definitions", "name": table.code, "namespace": OURS})
    decision = _add(root, "decision", id=table.code, name=table.title or table.code)
    authority = _add(decision, "authorityRequirement", id="authority")
    _add(authority, "requiredAuthority", href="#basis")
    _table(_add(decision, "decisionTable", id="table", hitPolicy=POLICIES[table.hit]), table)
    basis = _add(root, "knowledgeSource", id="basis", name=table.basis.document)
    if table.basis.article:
        basis.set(f"{{{OURS}}}article", table.basis.article)
    if table.basis.address:
        _add(basis, "locationURI", table.basis.address)
    ET.indent(root)
    return '<?xml version="1.0" encoding="UTF-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _table(element: ET.Element, table: Table) -> None:
    """Columns and rows."""
    if table.aggregate is not Aggregate.LIST:
        element.set("aggregation", table.aggregate)
    for place, column in enumerate(table.inputs):
        _input(element, place, column)
    for place, out in enumerate(table.outputs):
        _output(element, place, out)
    _add(element, "annotation", name="note")
    for number, rule in enumerate(table.rules, 1):
        row = _add(element, "rule", id=f"rule.{number}")
        for tag, cells in (("inputEntry", rule.when), ("outputEntry", rule.then)):
            for place, cell in enumerate(cells):
                _text(_add(row, tag, id=f"{tag}.{number}.{place}"), cell)
        _text(_add(row, "annotationEntry"), rule.note)


def _input(element: ET.Element, place: int, column: Input) -> None:
    """The head of a column of tests."""
    head = _add(element, "input", id=f"input.{place}", label=column.title)
    if column.optional:
        head.set(f"{{{OURS}}}optional", "true")
    _text(_add(head, "inputExpression", id=f"asked.{place}", typeRef=column.type), column.name)
    if column.allowed:
        _text(_add(head, "inputValues"), column.allowed)


def _output(element: ET.Element, place: int, out: Output) -> None:
    """The head of a column of answers."""
    head = _add(element, "output", id=f"output.{place}", label=out.title, name=out.name, typeRef=out.type)
    if out.values:
        _text(_add(head, "outputValues"), ", ".join(out.values))
    if out.default:
        _text(_add(head, "defaultOutputEntry"), out.default)


def _tag(name: str) -> str:
    """A name in DMN's namespace."""
    return f"{{{DMN}}}{name}"


def _add(parent: ET.Element, tag: str, text: str = "", **attributes: str) -> ET.Element:
    """A child, without attributes that say nothing."""
    said = {key: str(word) for key, word in attributes.items() if word}
    child = ET.SubElement(parent, _tag(tag), said)
    child.text = text or None
    return child


def _text(parent: ET.Element, text: str) -> None:
    """What a cell says."""
    _add(parent, "text", text)
