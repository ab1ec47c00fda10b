"""A paper as a .docx file by GB/T 9704-2012."""

from dataclasses import astuple

from minhu.methods.papers.checking import refuse_deadly
from minhu.methods.papers.ending import attachment_note, ending
from minhu.methods.papers.fonts import INSTEAD, SAME, STANDARD, Fonts
from minhu.methods.papers.heading import LOWER_RULE, heading, letter_head, letter_rule
from minhu.methods.papers.laying import body, bound
from minhu.methods.papers.markup import Node, R, Setting, node, page_field, paragraph, run, tiny
from minhu.methods.papers.measures import (
    BOTTOM,
    LEFT,
    LETTER_FOOT,
    LETTER_HEAD,
    PAGE_HEIGHT,
    PAGE_NUMBER_GAP,
    PAGE_WIDTH,
    RIGHT,
    SIZE_4,
    TOP,
    TWIPS_PER_POINT,
    characters,
)
from minhu.methods.papers.package import Properties, packed
from minhu.methods.papers.paper import Form, Paper
from minhu.methods.papers.styles import styles
from minhu.methods.papers.wording import one_line

# From the lower edge of the page to that of the page number.
FOOT = BOTTOM - PAGE_NUMBER_GAP - round(SIZE_4 * TWIPS_PER_POINT)
PLACES = {"1": "default", "2": "even", "3": "first"}


def write(paper: Paper, fonts: Fonts = STANDARD) -> bytes:
    """The .docx file: A4, type area 156 × 225 mm, 22 lines of 28 characters; equal papers give equal bytes.

    Lines and characters are held by an exact line pitch and by character spacing, not by a document grid.
    Raises BadPaper for characters XML forbids and for tables without a shape; `check` tells all else.
    Source: GB/T 9704-2012, 5 to 7 (page, elements) and 10.1 (letters).
    """
    refuse_deadly(paper)
    letter = paper.form is Form.LETTER
    edges = {f"footer{key}": tree for key, tree in _footers(letter).items()}
    edges |= {f"header{key}": tree for key, tree in (_headers(paper) if letter else {}).items()}
    text = bound([*heading(paper), *body(paper.body), *attachment_note(paper)])
    document = node("document", node("body", *text, *ending(paper), _section(edges, letter)))
    parts = {
        "document": document,
        "styles": styles(fonts),
        "settings": _settings(),
        "fontTable": _fonts(fonts),
    }
    # The title of a paper may name a person; its number does not.
    about = Properties(one_line(paper.issuer), one_line(paper.number), paper.signed_on)
    return packed(parts | edges, about)


def _section(edges: dict[str, Node], letter: bool) -> Node:
    """The page: size, margins, headers and footers, and no grid."""
    made = node("sectPr")
    for name in sorted(edges, reverse=True):
        reference = node(f"{name[:-1]}Reference", type=PLACES[name[-1]])
        reference.set(f"{{{R}}}id", name)
        made.append(reference)
    made.append(node("pgSz", w=PAGE_WIDTH, h=PAGE_HEIGHT))
    margins = {"top": TOP, "right": RIGHT, "bottom": BOTTOM, "left": LEFT, "gutter": 0}
    head, foot = (LETTER_HEAD, LETTER_FOOT) if letter else (TOP // 2, FOOT)
    made.append(node("pgMar", **margins, header=head, footer=foot))
    if letter:
        made.append(node("titlePg"))
    return made


def _footers(letter: bool) -> dict[str, Node]:
    """Page numbers: odd at the right, even at the left, one character in; none on a letter's first page."""
    after = FOOT - LETTER_FOOT if letter else 0
    made = {}
    for key, align in (("1", "right"), ("2", "left")):
        left, right = (None, characters(1)) if align == "right" else (characters(1), None)
        number = paragraph("Footer", "— ", Setting(align=align, after=after, left=left, right=right))
        number.extend([page_field(), run(" —")])
        made[key] = node("ftr", number)
    if letter:
        made["3"] = node("ftr", letter_rule(LOWER_RULE))
    return made


def _headers(paper: Paper) -> dict[str, Node]:
    """The head of a letter on its first page, nothing on the others."""
    return {"1": node("hdr", tiny()), "2": node("hdr", tiny()), "3": node("hdr", *letter_head(paper))}


def _settings() -> Node:
    """Odd and even pages differ, punctuation keeps its width, and the layout is today's."""
    newest = {"name": "compatibilityMode", "uri": "http://schemas.microsoft.com/office/word", "val": "15"}
    return node(
        "settings",
        node("evenAndOddHeaders"),
        node("characterSpacingControl", val="doNotCompress"),
        node("compat", node("compatSetting", **newest)),
        node("themeFontLang", val="en-US", eastAsia="zh-CN"),
    )


def _fonts(fonts: Fonts) -> Node:
    """The font table, naming what another machine may take instead."""
    made = node("fonts")
    for role, name in zip(SAME, astuple(fonts), strict=True):
        others = [other for other in (*SAME[role], *INSTEAD[role]) if other != name]
        made.append(node("font", node("altName", val=others[0]), node("charset", val="86"), name=name))
    return made
