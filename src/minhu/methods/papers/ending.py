"""What stands below the body: attachment note, signature, date, attachments, imprint."""

from minhu.methods.papers.laying import body, cell, grid
from minhu.methods.papers.markup import (
    BLACK,
    Border,
    Node,
    Setting,
    blank,
    lines,
    node,
    paragraph,
    tiny,
)
from minhu.methods.papers.measures import SIZE_4, THICK, THIN, TWIPS_PER_POINT, TYPE_WIDTH, characters, width
from minhu.methods.papers.paper import Form, Paper
from minhu.methods.papers.wording import attachment_names, dated, one_line

DATE_INDENT = 4  # characters from the right edge
SEAL_LINES = 2  # room above the signature, so that the seal can cover it


def ending(paper: Paper) -> list[Node]:
    """Everything below the text: signature, date, attachments, imprint."""
    return [*_signature(paper), *_attachments(paper), *_imprint(paper)]


def copies_line(paper: Paper) -> str:
    """Who gets copies, as one sentence; empty if nobody does."""
    names = "，".join(one_line(copy) for copy in paper.imprint.copies if copy.strip())
    return f"抄送：{names}。" if names else ""


def attachment_note(paper: Paper) -> list[Node]:
    """One line under the body: 附件, two characters in, names in line with each other."""
    if not paper.attachments:
        return []
    names = attachment_names(attachment.title for attachment in paper.attachments)
    hanging = characters(3 if len(names) == 1 else 4)
    setting = Setting(left=characters(2) + hanging, hanging=hanging, align="left")
    return blank() + [paragraph("Normal", name, setting) for name in names]


def _signature(paper: Paper) -> list[Node]:
    """The signature, centred over the date; the date four characters from the right edge."""
    signed_by = one_line(paper.signed_by)
    day = dated(paper.signed_on) if paper.signed_on else ""
    inset = max(DATE_INDENT + (width(day) - width(signed_by)) / 2, 0)
    before = lines(SEAL_LINES)
    name = Setting(before=before, right=characters(inset), align="right", keep_next=True)
    made = [paragraph("Normal", signed_by, name)] if signed_by else []
    if day:
        made.append(paragraph("Normal", day, Setting(right=characters(DATE_INDENT), align="right")))
    return made


def _attachments(paper: Paper) -> list[Node]:
    """Attachments with a body, each from a new page: 附件 on the first line, the title on the third."""
    made = []
    several = len(paper.attachments) > 1
    for at, attachment in enumerate(paper.attachments, 1):
        if attachment.body:
            made.append(paragraph("Mark", f"附件{at if several else ''}", Setting(new_page=True)))
            made.append(paragraph("Title", one_line(attachment.title), Setting(before=lines(1))))
            made += body(attachment.body)
    return made


def _imprint(paper: Paper) -> list[Node]:
    """The imprint as a table held to the foot of the last type area; a letter shows copies only, no rules."""
    copies, printed = copies_line(paper), _printed(paper)
    indent = round(SIZE_4 * TWIPS_PER_POINT)  # one character
    made = []
    if copies:
        made.append(paragraph("Imprint", copies, Setting(left=4 * indent, hanging=3 * indent, right=indent)))
    if printed:
        made.append(paragraph("Imprint", printed, Setting(left=indent, right_tab=TYPE_WIDTH - indent)))
    if not made:
        return []
    rules = () if paper.form is Form.LETTER else (("top", THICK), ("bottom", THICK), ("insideH", THIN))
    table = grid((TYPE_WIDTH,), [Border(side, size, colour=BLACK) for side, size in rules], foot=True)
    table.extend(node("tr", cell(TYPE_WIDTH, line)) for line in made)
    return [table, tiny()]


def _printed(paper: Paper) -> str:
    """Printing office and day with a tab between; a letter has none."""
    imprint = paper.imprint
    if paper.form is Form.LETTER or not imprint.printed_by.strip():
        return ""
    day = f"{dated(imprint.printed_on)}印发" if imprint.printed_on else ""
    return f"{one_line(imprint.printed_by)}\t{day}"
