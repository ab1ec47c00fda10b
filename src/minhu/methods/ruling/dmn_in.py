"""A table from DMN 1.1 to 1.5: one decision that is a decision table; anything more is refused by name."""

import re
from collections.abc import Iterator
from xml.etree import ElementTree as ET

from minhu.methods.ruling.dmn_out import OURS, POLICIES
from minhu.methods.ruling.errors import BadDmn
from minhu.methods.ruling.table import Aggregate, Basis, Hit, Input, Output, Rule, Table
from minhu.methods.ruling.values import Type

LARGEST = 2_000_000
VERSIONS = re.compile(r"https?://www\.omg\.org/spec/DMN/\d{8}/(?:MODEL/|dmn\.xsd)")
READ = {
    "definitions": {"decision", "knowledgeSource", "inputData", "DMNDI"},
    "decision": {"decisionTable", "variable", "authorityRequirement", "informationRequirement"},
    "decisionTable": {"input", "output", "rule", "annotation"},
    "input": {"inputExpression", "inputValues"},
    "output": {"outputValues", "defaultOutputEntry"},
    "rule": {"inputEntry", "outputEntry", "annotationEntry"},
}
SILENT = {"description", "extensionElements"}


def read_dmn(text: str, basis: Basis | None = None) -> Table:
    """The table of a DMN file; `basis` is used if the file names no knowledge source.

    Raises BadDmn naming what is outside the subset, BadTable if the parts do not fit together.
    """
    root = _root(text)
    decisions = list(_children(root, "decision"))
    if len(decisions) != 1:
        raise BadDmn(f"{len(decisions)} decisions: a table is made from one")
    tables = list(_children(decisions[0], "decisionTable"))
    if refused := [*_strange(root), *_strange(decisions[0])]:
        raise BadDmn("; ".join(refused))
    if len(tables) != 1:
        raise BadDmn(f"decision {decisions[0].get('id')} is no decision table")
    table = tables[0]
    if refused := [words for element in (table, *table) for words in _strange(element)]:
        raise BadDmn("; ".join(refused))
    code, name = decisions[0].get("id", ""), decisions[0].get("name", "")
    return Table(
        code,
        tuple(_input(element, place) for place, element in enumerate(_children(table, "input"), 1)),
        tuple(_output(element, code) for element in _children(table, "output")),
        tuple(_rule(element) for element in _children(table, "rule")),
        _basis(root, basis),
        _policy(table),
        _aggregate(table),
        "" if name == code else name,
    )


def _root(text: str) -> ET.Element:
    """The document, without any entity of its own making."""
    if len(text) > LARGEST:
        raise BadDmn(f"larger than {LARGEST} characters")
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise BadDmn("a document type or entities are not accepted: take them out")
    try:
        root = ET.fromstring(text)  # noqa: S314 without a document type nothing can be expanded
    except (ET.ParseError, ValueError) as error:
        raise BadDmn(f"not well-formed: {error}") from None
    space, _, name = root.tag.removeprefix("{").rpartition("}")
    if name != "definitions" or not VERSIONS.fullmatch(space):
        raise BadDmn(f"no DMN file: it begins with {root.tag}")
    return root


def _name(element: ET.Element) -> str:
    """The name of an element without its namespace."""
    return element.tag.rpartition("}")[2]


def _children(parent: ET.Element, name: str) -> Iterator[ET.Element]:
    """The children of a name."""
    return (child for child in parent if _name(child) == name)


def _strange(parent: ET.Element) -> Iterator[str]:
    """Children that are not in the subset."""
    known = READ.get(_name(parent), set()) | SILENT
    for child in parent:
        if _name(child) not in known:
            yield f"{_name(child)} in {_name(parent)} {parent.get('id', '')} is not in the subset"


def _said(parent: ET.Element, name: str) -> str:
    """The text of a child that holds one."""
    for child in _children(parent, name):
        for text in _children(child, "text"):
            return (text.text or "").strip()
    return ""


def _type(element: ET.Element, where: str) -> Type:
    """The type of a column."""
    said = element.get("typeRef", "").rpartition(":")[2]
    try:
        return Type(said)
    except ValueError:
        known = ", ".join(Type)
        raise BadDmn(f"{where}: type {said!r} is not in the subset ({known})") from None


def _input(element: ET.Element, place: int) -> Input:
    """A column of tests."""
    expression = next(_children(element, "inputExpression"), None)
    if expression is None:
        raise BadDmn(f"input {place} asks for nothing")
    name = _said(element, "inputExpression")
    optional = element.get(f"{{{OURS}}}optional") == "true"
    allowed, title = _said(element, "inputValues"), element.get("label", "")
    return Input(name, _type(expression, f"input {place}"), allowed, optional, title)


def _output(element: ET.Element, code: str) -> Output:
    """A column of answers; a table with one output may leave its name out."""
    name = element.get("name") or code
    values = tuple(_split(_said(element, "outputValues")))
    default, title = _said(element, "defaultOutputEntry"), element.get("label", "")
    return Output(name, _type(element, f"output {name}"), values, default, title)


def _split(text: str) -> Iterator[str]:
    """A list of values at its commas, those inside strings apart."""
    for match in re.finditer(r'(?:"(?:[^"\\]|\\.)*"|[^,"])+', text):
        yield match[0].strip()


def _rule(element: ET.Element) -> Rule:
    """A row."""
    cells = {name: [_cell(child) for child in _children(element, name)] for name in READ["rule"]}
    note = " ".join(cells["annotationEntry"]) or "".join(
        d.text or "" for d in _children(element, "description")
    )
    return Rule(tuple(cells["inputEntry"]), tuple(cells["outputEntry"]), note)


def _cell(element: ET.Element) -> str:
    """The text of a cell."""
    return next((text.text or "" for text in _children(element, "text")), "").strip()


def _basis(root: ET.Element, given: Basis | None) -> Basis:
    """The knowledge source, or what the caller says."""
    for element in _children(root, "knowledgeSource"):
        address = "".join(child.text or "" for child in _children(element, "locationURI"))
        return Basis(element.get("name", ""), element.get(f"{{{OURS}}}article", ""), address)
    if given is None:
        raise BadDmn("the file names no knowledge source: say on which legal basis the table rests")
    return given


def _policy(table: ET.Element) -> Hit:
    """The hit policy; UNIQUE if nothing is said."""
    said = table.get("hitPolicy", "UNIQUE")
    for hit, name in POLICIES.items():
        if said == name:
            return hit
    raise BadDmn(f"no hit policy is called {said!r}")


def _aggregate(table: ET.Element) -> Aggregate:
    """The aggregation; none if nothing is said."""
    said = table.get("aggregation", "")
    try:
        return Aggregate(said)
    except ValueError:
        raise BadDmn(f"no aggregation is called {said!r}") from None
