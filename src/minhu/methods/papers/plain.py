"""A paper as plain text: for mail, for search and for tests."""

from minhu.methods.papers.ending import copies_line
from minhu.methods.papers.paper import Block, Form, Paper, Table
from minhu.methods.papers.wording import attachment_names, dated, divided, laid, one_line


def plain(paper: Paper) -> str:
    """The same words in the same order, parts set apart by blank lines; ends with a line break."""
    marks = (paper.marks.copy_number, paper.marks.secrecy, paper.marks.urgency)
    parts = [
        [mark for mark in marks if mark.strip()],
        [one_line(paper.red_head)],
        [one_line(paper.number)],
        divided(paper.title),
        _addressee(paper) + _blocks(paper.body),
        attachment_names(attachment.title for attachment in paper.attachments),
        [one_line(paper.signed_by), dated(paper.signed_on) if paper.signed_on else ""],
        *_attachments(paper),
        [copies_line(paper), _printed(paper)],
    ]
    kept = [[line for line in part if line] for part in parts]
    return "\n\n".join("\n".join(part) for part in kept if part) + "\n"


def _addressee(paper: Paper) -> list[str]:
    name = one_line(paper.addressee)
    return [name.rstrip("：:") + "："] if name else []


def _blocks(blocks: tuple[Block, ...]) -> list[str]:
    """Paragraphs with their indent; a labelled table as label：words, any other with bars between cells."""
    made = []
    for piece in laid(blocks):
        if not isinstance(piece, Table):
            made.append("　　" + piece.text)
            continue
        for row in piece.rows:
            cells = [one_line(cell) for cell in row]
            made.append("：".join(cells) if piece.labelled and len(cells) == 2 else " | ".join(cells))
    return made


def _attachments(paper: Paper) -> list[list[str]]:
    several = len(paper.attachments) > 1
    return [
        [f"附件{at if several else ''}", one_line(attachment.title), *_blocks(attachment.body)]
        for at, attachment in enumerate(paper.attachments, 1)
        if attachment.body
    ]


def _printed(paper: Paper) -> str:
    imprint = paper.imprint
    if paper.form is Form.LETTER or not imprint.printed_by.strip():
        return ""
    day = f" {dated(imprint.printed_on)}印发" if imprint.printed_on else ""
    return one_line(imprint.printed_by) + day
