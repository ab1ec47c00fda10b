"""Official papers by GB/T 9704-2012, written as .docx and as plain text, and checked before."""

from minhu.methods.papers.builders import (
    Decision,
    Heading,
    Notice,
    Order,
    Reply,
    decision,
    notice,
    order,
    reply,
)
from minhu.methods.papers.checking import check
from minhu.methods.papers.faults import BadPaper, Fault, Finding
from minhu.methods.papers.fonts import STANDARD, Fonts, MissingFont, fonts_for, missing_fonts
from minhu.methods.papers.installed import installed_fonts
from minhu.methods.papers.paper import Attachment, Block, Form, Imprint, Level, Marks, Paper, Paragraph, Table
from minhu.methods.papers.plain import plain
from minhu.methods.papers.writing import write

__all__ = [
    "STANDARD",
    "Attachment",
    "BadPaper",
    "Block",
    "Decision",
    "Fault",
    "Finding",
    "Fonts",
    "Form",
    "Heading",
    "Imprint",
    "Level",
    "Marks",
    "MissingFont",
    "Notice",
    "Order",
    "Paper",
    "Paragraph",
    "Reply",
    "Table",
    "check",
    "decision",
    "fonts_for",
    "installed_fonts",
    "missing_fonts",
    "notice",
    "order",
    "plain",
    "reply",
    "write",
]
