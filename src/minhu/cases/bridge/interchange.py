"""Kinds to and from BPMN 2.0 and DMN: what can be read becomes TOML for a pack, the rest is named."""

from dataclasses import dataclass

from django.utils.translation import gettext as _

from minhu.cases.bridge.compiling import Compiled
from minhu.methods import flow, ruling
from minhu.packs.nets import table_of
from minhu.packs.writing import kind_toml, table_toml

LARGEST = 2_000_000


@dataclass(frozen=True, slots=True)
class Preview:
    """What a file becomes: TOML, or what cannot be read; `doubts`: what a check of the course says."""

    form: str
    toml: str = ""
    refused: tuple[str, ...] = ()
    doubts: tuple[str, ...] = ()


def bpmn_of(kind: Compiled) -> str:
    """The course of a kind as a BPMN file."""
    return flow.write_bpmn(kind.net)


def dmn_of(kind: Compiled, code: str) -> str | None:
    """A table of a kind as a DMN file; None if there is none of that code."""
    tables = {table.code: table for table in kind.spec.table}
    return ruling.write_dmn(table_of(tables[code])) if code in tables else None


def preview(data: bytes) -> Preview:
    """What an uploaded file becomes, nothing of it kept."""
    if len(data) > LARGEST:
        return Preview("", refused=(_("The file is larger than 2 MB: it is not read."),))
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return Preview("", refused=(_("The file is not UTF-8: save it as UTF-8 and try again."),))
    return dmn_preview(text) if "omg.org/spec/DMN" in text else bpmn_preview(text)


def bpmn_preview(text: str) -> Preview:
    """A net from a BPMN file."""
    try:
        net = flow.read_bpmn(text)
    except flow.BadBpmn as error:
        return Preview("BPMN", refused=parts(error))
    doubts = tuple(finding.words for finding in flow.check(net))
    return Preview("BPMN", kind_toml(net), doubts=doubts)


def dmn_preview(text: str) -> Preview:
    """A decision table from a DMN file."""
    try:
        table = ruling.read_dmn(text, ruling.Basis("…"))
        ruling.compiled(table)
    except ruling.RulingError as error:
        return Preview("DMN", refused=parts(error))
    return Preview("DMN", table_toml(table))


def parts(error: ValueError) -> tuple[str, ...]:
    """Each refusal by itself."""
    return tuple(str(error).split("; "))
