"""The parts of a .docx file and how they are packed: the same parts always give the same bytes."""

import io
import zipfile
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from xml.etree import ElementTree as ET

from minhu.methods.papers.markup import R

OFFICE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
CORE = f"{PACKAGE}/metadata/core-properties"
DUBLIN, TERMS = "http://purl.org/dc/elements/1.1/", "http://purl.org/dc/terms/"
INSTANCE = "http://www.w3.org/2001/XMLSchema-instance"
UNDATED = date(1980, 1, 1)  # the earliest a zip file knows
for prefix, uri in (("cp", CORE), ("dc", DUBLIN), ("dcterms", TERMS), ("xsi", INSTANCE)):
    ET.register_namespace(prefix, uri)


@dataclass(frozen=True, slots=True)
class Properties:
    """What the file says about itself: nothing about persons."""

    author: str
    title: str
    on: date | None


def packed(main: Mapping[str, ET.Element], properties: Properties) -> bytes:
    """The file: `main` maps names such as document or footer1 to their trees."""
    parts = {f"word/{name}.xml": _bytes(tree) for name, tree in main.items()}
    others = [name for name in main if name != "document"]
    parts |= {
        "[Content_Types].xml": _content_types(main),
        "_rels/.rels": _relations({"rId1": "word/document.xml", "rId2": "docProps/core.xml"}),
        "docProps/core.xml": _core(properties),
        "word/_rels/document.xml.rels": _relations({name: f"{name}.xml" for name in others}),
    }
    return _zipped(parts)


def _zipped(parts: Mapping[str, bytes]) -> bytes:
    """A zip file without the hour it was made, content types first as the format asks."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in sorted(parts):
            entry = zipfile.ZipInfo(name, (1980, 1, 1, 0, 0, 0))
            entry.compress_type, entry.create_system = zipfile.ZIP_DEFLATED, 0
            archive.writestr(entry, parts[name])
    return buffer.getvalue()


def _content_types(main: Mapping[str, ET.Element]) -> bytes:
    space = f"{PACKAGE}/content-types"
    root = ET.Element("Types", xmlns=space)
    rels = "application/vnd.openxmlformats-package.relationships+xml"
    ET.SubElement(root, "Default", Extension="rels", ContentType=rels)
    ET.SubElement(root, "Default", Extension="xml", ContentType="application/xml")
    for name in main:
        kind = "document.main" if name == "document" else _kind(name)
        ET.SubElement(root, "Override", PartName=f"/word/{name}.xml", ContentType=f"{OFFICE}.{kind}+xml")
    core = "application/vnd.openxmlformats-package.core-properties+xml"
    ET.SubElement(root, "Override", PartName="/docProps/core.xml", ContentType=core)
    return _bytes(root)


def _relations(targets: Mapping[str, str]) -> bytes:
    root = ET.Element("Relationships", xmlns=f"{PACKAGE}/relationships")
    for key, target in targets.items():
        kind = _kind(target.rsplit("/", 1)[-1].removesuffix(".xml"))
        uri = (
            f"{PACKAGE}/relationships/metadata/core-properties"
            if kind == "core"
            else f"{R}/{_relation(kind)}"
        )
        ET.SubElement(root, "Relationship", Id=key, Type=uri, Target=target)
    return _bytes(root)


def _relation(kind: str) -> str:
    return "officeDocument" if kind == "document" else kind


def _kind(name: str) -> str:
    """The kind of a part: its name without a count."""
    return name.rstrip("0123456789")


def _core(properties: Properties) -> bytes:
    """Author, title and day; the day is that of signing, so that writing again changes nothing."""
    root = ET.Element(f"{{{CORE}}}coreProperties")
    for tag, text in (
        (f"{{{DUBLIN}}}title", properties.title),
        (f"{{{DUBLIN}}}creator", properties.author),
        (f"{{{CORE}}}lastModifiedBy", properties.author),
        (f"{{{CORE}}}revision", "1"),
        (f"{{{DUBLIN}}}language", "zh-CN"),
    ):
        ET.SubElement(root, tag).text = text
    for tag in ("created", "modified"):
        stamp = ET.SubElement(root, f"{{{TERMS}}}{tag}", {f"{{{INSTANCE}}}type": "dcterms:W3CDTF"})
        stamp.text = f"{(properties.on or UNDATED).isoformat()}T00:00:00Z"
    return _bytes(root)


def _bytes(tree: ET.Element) -> bytes:
    body: bytes = ET.tostring(tree, encoding="UTF-8")
    return body
