"""What the head of a text says about itself: its title and its number, so that nobody types them again."""

import re

HEADING = re.compile(r"^#\s+(.+?)\s*$", re.MULTILINE)
NUMBERS = (
    re.compile(r"[\u4e00-\u9fff]{1,16}[〔\[（(]\d{4}[〕\]）)]\s*\d+\s*号"),
    re.compile(r"(?:国务院令|主席令|公告)第?\s*[〇零一二三四五六七八九十百\d]+\s*号"),
)
HEAD_CHARACTERS = 1500


def title_in(text: str) -> str:
    """The first heading of a Markdown text, or its first short line that ends like a title."""
    head = text[:HEAD_CHARACTERS]
    if found := HEADING.search(head):
        return found[1]
    lines = (line.strip() for line in head.splitlines())
    ends = ("条例", "意见", "方案", "规定", "办法", "通知", "报告", "纲要", "决定", "计划", "法", "要点")
    return next((line for line in lines if 4 <= len(line) <= 60 and line.endswith(ends)), "")


def number_in(text: str) -> str:
    """The document number (文号) if the head of the text shows one."""
    head = text[:HEAD_CHARACTERS]
    return next((found[0].replace(" ", "") for pattern in NUMBERS if (found := pattern.search(head))), "")
