"""What stands above the body: corner marks, red head, number, red rule, title, addressee."""

from minhu.methods.papers.markup import Border, Node, Setting, Type, lines, paragraph
from minhu.methods.papers.measures import (
    LEFT,
    LETTER_RULE,
    LINE,
    PAGE_WIDTH,
    RED_RULE,
    RIGHT,
    RULE_GAP,
    SIZE_3,
    TWIPS_PER_POINT,
    TYPE_WIDTH,
    head_size,
    mm,
)
from minhu.methods.papers.paper import Form, Marks, Paper
from minhu.methods.papers.wording import divided, one_line

CORNER_LINES = 3
HEAD_TOP = mm(35)  # from the upper edge of the type area to that of the red head
# The line named first lies within the other: outside, the upper rule is thick and the lower one thin.
UPPER_RULE, LOWER_RULE = "thinThickSmallGap", "thickThinSmallGap"
LETTER_WEIGHT = 24
HEAD_FOOT = 2  # millimetres the letters of a head leave free under themselves
LETTER_GAP = round(SIZE_3 * TWIPS_PER_POINT * 7 / 8)


def heading(paper: Paper) -> list[Node]:
    """Everything above the body that belongs to the text area."""
    above = _document(paper) if paper.form is Form.DOCUMENT else _corner(paper)
    room = 2 if paper.form is not Form.PLAIN else min(len(above), 1)
    made = [*above, paragraph("Title", "\n".join(divided(paper.title)), Setting(before=lines(room)))]
    if addressee := one_line(paper.addressee):
        made.append(paragraph("Normal", addressee.rstrip("：:") + "："))
    return made


def letter_head(paper: Paper) -> list[Node]:
    """The head of a letter with its double rule, 170 mm wide, for the header of the first page."""
    words = one_line(paper.red_head)
    shift = (PAGE_WIDTH - LETTER_RULE) // 2
    size, scale = head_size(words)
    head = Setting(line=round(size * TWIPS_PER_POINT), left=shift - LEFT, right=shift - RIGHT)
    return [paragraph("RedHead", words, head, Type(size=size, scale=scale)), letter_rule(UPPER_RULE)]


def letter_rule(style: str) -> Node:
    """One of the two red double rules of a letter."""
    shift = (PAGE_WIDTH - LETTER_RULE) // 2
    rule = Border("top", LETTER_WEIGHT, style)
    before = mm(4 - HEAD_FOOT) if style == UPPER_RULE else 0
    setting = Setting(
        before=before, line=TWIPS_PER_POINT, left=shift - LEFT, right=shift - RIGHT, border=rule
    )
    return paragraph("Normal", "", setting)


def _document(paper: Paper) -> list[Node]:
    """Corner marks, red head, number and red rule of a document."""
    marks = _marks(paper.marks)
    corner = [paragraph("Mark", mark) for mark in (*marks, *[""] * (CORNER_LINES - len(marks)))]
    words = one_line(paper.red_head)
    size, scale = head_size(words)
    head = Setting(before=HEAD_TOP - CORNER_LINES * LINE, line=round(size * TWIPS_PER_POINT))
    letters = round(SIZE_3 * TWIPS_PER_POINT)
    number = Setting(
        before=lines(2) + LINE - letters,
        line=letters,
        align="center",
        border=Border("bottom", RED_RULE, gap=RULE_GAP),
    )
    return [
        *corner,
        paragraph("RedHead", words, head, Type(size=size, scale=scale)),
        paragraph("Normal", one_line(paper.number), number),
    ]


def _corner(paper: Paper) -> list[Node]:
    """Corner marks with the number at the right edge of the first line."""
    marks, number = _marks(paper.marks), one_line(paper.number)
    if not marks and not number:
        return []
    before = LETTER_GAP if paper.form is Form.LETTER else 0
    first = Setting(before=before, right_tab=TYPE_WIDTH, align="left")
    words = (marks[0] if marks else "") + (f"\t{number}" if number else "")
    return [paragraph("Normal", words, first), *(paragraph("Mark", mark) for mark in marks[1:])]


def _marks(marks: Marks) -> list[str]:
    """The corner marks there are, in the order of the standard."""
    return [one_line(mark) for mark in (marks.copy_number, marks.secrecy, marks.urgency) if mark.strip()]
