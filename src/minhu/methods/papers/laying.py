"""The blocks of a body as paragraphs and tables."""

from collections.abc import Iterable

from minhu.methods.papers.markup import BLACK, Border, Node, Setting, edge, node, paragraph
from minhu.methods.papers.measures import CHARACTERS, LEFT, THICK, THIN, TYPE_WIDTH, width
from minhu.methods.papers.paper import Block, Level, Table
from minhu.methods.papers.wording import divided, laid

SPACER = 200
HELD_LINES = 8


def body(blocks: Iterable[Block]) -> list[Node]:
    """A body, its headings numbered."""
    made = []
    for piece in laid(blocks):
        if isinstance(piece, Table):
            # The paragraph after it keeps two tables from growing together.
            made += [_table(piece), paragraph("Normal", "", Setting(line=SPACER))]
        else:
            style = "BodyText" if piece.level is Level.TEXT else f"Heading{piece.level}"
            made.append(paragraph(style, piece.text))
    return made


def bound(text: list[Node]) -> list[Node]:
    """The same, its end held to the page of what follows, so that no signature stands alone.

    Not so a long last paragraph: LibreOffice would carry the whole of it over and leave a page half empty.
    """
    last = text[-2:] if text[-2:-1] and text[-2].tag == node("tbl").tag else text[-1:]
    for piece in last:
        row = piece if piece.tag == node("p").tag else piece[-1]
        if width("".join(row.itertext())) > HELD_LINES * CHARACTERS:
            continue
        for line in row.iter(node("p").tag):
            line[0].insert(1, node("keepNext"))
    return text


def grid(widths: tuple[int, ...], borders: Iterable[Border], foot: bool = False) -> Node:
    """An empty table of the given column widths in twips; at the `foot` of the type area, or in the text.

    The place at the foot is told from the edge of the page: LibreOffice lets no table float that is as wide
    as the text beside which it stands.
    """
    place = node("tblpPr", vertAnchor="margin", horzAnchor="page", tblpX=LEFT, tblpYSpec="bottom")
    margins = node("tblCellMar", node("left", w=0, type="dxa"), node("right", w=0, type="dxa"))
    properties = node(
        "tblPr",
        *([place] if foot else []),
        node("tblW", w=sum(widths), type="dxa"),
        *([] if foot else [node("jc", val="center")]),
        node("tblBorders", *(edge(border) for border in borders)),
        node("tblLayout", type="fixed"),
        *([margins] if foot else []),
    )
    return node("tbl", properties, node("tblGrid", *(node("gridCol", w=wide) for wide in widths)))


def cell(wide: int, *content: Node) -> Node:
    """A cell, its content in the middle of its height."""
    return node("tc", node("tcPr", node("tcW", w=wide, type="dxa"), node("vAlign", val="center")), *content)


def columns(shares: tuple[int, ...]) -> tuple[int, ...]:
    """The type area divided by shares; the last column takes what rounding leaves."""
    widths = [TYPE_WIDTH * share // sum(shares) for share in shares]
    widths[-1] += TYPE_WIDTH - sum(widths)
    return tuple(widths)


def _table(table: Table) -> Node:
    sides = (
        ("top", THICK),
        ("left", THIN),
        ("bottom", THICK),
        ("right", THIN),
        ("insideH", THIN),
        ("insideV", THIN),
    )
    widths = columns(table.shares or (1,) * len(table.rows[0]))
    made = grid(widths, [Border(side, size, colour=BLACK) for side, size in sides])
    for at, row in enumerate(table.rows):
        made.append(_row(table, at, row, widths))
    return made


def _row(table: Table, at: int, row: tuple[str, ...], widths: tuple[int, ...]) -> Node:
    properties = node("trPr", node("cantSplit"))
    if at < table.headed:
        properties.append(node("tblHeader"))
    made = node("tr", properties)
    for column, (text, wide) in enumerate(zip(row, widths, strict=True)):
        style = "HeadCell" if at < table.headed or (table.labelled and column == 0) else "Cell"
        made.append(cell(wide, *(paragraph(style, line) for line in divided(text) or [""])))
    return made
