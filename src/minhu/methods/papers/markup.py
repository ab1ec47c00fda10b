"""The few pieces of WordprocessingML that a paper is made of."""

from dataclasses import dataclass
from xml.etree import ElementTree as ET

from minhu.methods.papers.measures import LINE, TWIPS_PER_POINT

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
XML_SPACE = "{http://www.w3.org/XML/1998/namespace}space"
RED, BLACK = "FF0000", "000000"
ET.register_namespace("w", W)
ET.register_namespace("r", R)

Node = ET.Element


@dataclass(frozen=True, slots=True)
class Border:
    """A line of `size` eighths of a point at the `side` of a paragraph, `gap` points away."""

    side: str
    size: int
    style: str = "single"
    gap: int = 0
    colour: str = RED


@dataclass(frozen=True, slots=True)
class Setting:
    """How a paragraph stands, in twips; None leaves it to the style."""

    before: int | None = None
    after: int | None = None
    line: int | None = None
    left: int | None = None
    right: int | None = None
    first: int | None = None
    hanging: int | None = None
    align: str = ""
    outline: int | None = None
    keep_next: bool = False
    new_page: bool = False
    border: Border | None = None
    right_tab: int | None = None


@dataclass(frozen=True, slots=True)
class Type:
    """How letters look: family, size in points, pitch in twips, width in percent; None: as the style."""

    font: str = ""
    size: float | None = None
    spacing: int | None = None
    colour: str = ""
    scale: int | None = None


UNSET, AS_NORMAL = Setting(), Type()


def node(tag: str, *children: Node, **attributes: str | int) -> Node:
    """An element of the main namespace with attributes of the same."""
    made = ET.Element(f"{{{W}}}{tag}", {f"{{{W}}}{name}": str(value) for name, value in attributes.items()})
    made.extend(children)
    return made


def paragraph(style: str, text: str, setting: Setting = UNSET, type_: Type = AS_NORMAL) -> Node:
    """A paragraph of one run; line breaks and tabs of the text stay."""
    made = node("p", node("pPr", node("pStyle", val=style), *settings(setting)))
    if text:
        made.append(run(text, type_))
    return made


def tiny() -> Node:
    """A paragraph of one point, where the format demands one and nobody should see it."""
    return paragraph("Normal", "", Setting(before=0, after=0, line=TWIPS_PER_POINT, first=0))


def blank(lines: int = 1) -> list[Node]:
    """Blank lines of the body."""
    return [paragraph("Normal", "") for _ in range(lines)]


def run(text: str, type_: Type = AS_NORMAL) -> Node:
    """Letters of one look."""
    made = node("r")
    if looks := types(type_):
        made.append(node("rPr", *looks))
    for at, line in enumerate(text.split("\n")):
        if at:
            made.append(node("br"))
        for tab, piece in enumerate(line.split("\t")):
            if tab:
                made.append(node("tab"))
            if piece:
                made.append(_letters(piece))
    return made


def settings(setting: Setting) -> list[Node]:
    """The properties of a paragraph in the order of the schema."""
    spacing = _given(before=setting.before, after=setting.after, line=setting.line)
    rule = {"lineRule": "exact"} if setting.line is not None else {}
    indents = _given(left=setting.left, right=setting.right, firstLine=setting.first, hanging=setting.hanging)
    outline, tab = setting.outline, setting.right_tab
    made = (
        node("keepNext") if setting.keep_next else None,
        node("pageBreakBefore") if setting.new_page else None,
        node("pBdr", edge(setting.border)) if setting.border else None,
        node("tabs", node("tab", val="right", pos=tab)) if tab is not None else None,
        node("spacing", **spacing, **rule) if spacing else None,
        node("ind", **indents) if indents else None,
        node("jc", val=setting.align) if setting.align else None,
        node("outlineLvl", val=outline) if outline is not None else None,
    )
    return [property_ for property_ in made if property_ is not None]


def types(type_: Type) -> list[Node]:
    """The properties of letters in the order of the schema."""
    made = []
    if type_.font:
        families = dict.fromkeys(("ascii", "eastAsia", "hAnsi", "cs"), type_.font)
        # The hint keeps quotation marks and dashes full-width.
        made.append(node("rFonts", hint="eastAsia", **families))
    if type_.colour:
        made.append(node("color", val=type_.colour))
    if type_.spacing is not None:
        made.append(node("spacing", val=type_.spacing))
    if type_.scale is not None:
        made.append(node("w", val=type_.scale))
    if type_.size is not None:
        halves = round(type_.size * 2)
        made += [node("sz", val=halves), node("szCs", val=halves)]
    return made


def page_field() -> Node:
    """The number of the page, kept by the viewer."""
    return node("fldSimple", run("1"), instr="PAGE")


def lines(count: float) -> int:
    """The height of so many lines of the body."""
    return round(count * LINE)


def _letters(text: str) -> Node:
    """A text element that keeps its spaces."""
    made = node("t")
    made.text = text
    made.set(XML_SPACE, "preserve")
    return made


def edge(border: Border) -> Node:
    """One rule of a paragraph or table."""
    return node(border.side, val=border.style, sz=border.size, space=border.gap, color=border.colour)


def _given(**values: int | None) -> dict[str, int]:
    return {name: value for name, value in values.items() if value is not None}
