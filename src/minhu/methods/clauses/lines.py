"""Lines with their places, and which of them are page furniture."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace

from minhu.methods.clauses.marks import Mark, marks_of

BUTTONS = re.compile(
    r"(下载|打印|全屏|收藏|加大|还原|减小|打印本页|关闭窗口|返回顶部|扫一扫.{0,20}|分享(到)?[：:]?|责任编辑[：:].{0,12}"
    r"|相关(报道|链接|附件|阅读|新闻)[：:>》]*|(信息)?来源[：:].{0,30}|(发布|发稿)?(时间|日期)[：:]\s*\d{4}.{0,20}"
    r"|\d{4}年\d{1,2}月\d{1,2}日\s+\d{1,2}[时:：]\d{1,2}分?|浏览(次数|量)?[：:].{0,12}|索\s*引\s*号[：:].{0,40}"
    r"|【?(字号|字体)[：:].{0,20}|【打印】|【关闭】|Print( this page)?|Download|Share( this page)?)"
)
PAGE_NUMBER = re.compile(
    r"([-—–－·]\s*\d{1,4}\s*[-—–－·]|第\s*\d{1,4}\s*页(\s*[/，,]?\s*共\s*\d{1,4}\s*页)?|Page \d+( of \d+)?)"
)
COMMENT = re.compile(r"<!--.*-->|\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?")  # and the rule of a table
FONT_OPENS = re.compile(r"【(字号|字体)[：:]?[^】]*$")
ASKS_NEXT = re.compile(r"((信息)?来源|责任编辑|发布时间)[：:]$")
TAIL = re.compile(r"(责任编辑[：:]|相关(报道|链接|附件|阅读|新闻)[：:>》]*$|打印本页$|扫一扫)")
FONT_LINES, TAIL_LINES = 8, 20


@dataclass(frozen=True, slots=True)
class Line:
    """One line that is not blank: its place without the space around it, and what came before it."""

    start: int
    end: int
    text: str
    after_blank: bool
    is_furniture: bool = False
    mark: Mark | None = None


def lines_of(text: str) -> list[Line]:
    """The lines of a text that hold something, with their marks, furniture told apart."""
    plain = list(plain_lines(text))
    words = [line.text for line in plain]
    return [
        replace(line, is_furniture=is_furniture, mark=None if is_furniture else mark)
        for line, is_furniture, mark in zip(plain, furniture_among(words), marks_of(words), strict=True)
    ]


def plain_lines(text: str) -> Iterator[Line]:
    """Lines that hold something, trimmed, with places."""
    blank_before, place = True, 0
    for raw in text.splitlines(keepends=True):
        words = raw.strip().strip("\ufeff")
        if words:
            start = place + raw.index(words)
            yield Line(start, start + len(words), words, blank_before)
        blank_before = not words
        place += len(raw)


def furniture_among(lines: list[str]) -> list[bool]:
    """Which lines belong to the page and not to the document."""
    marked = [is_button(line) for line in lines]
    font_ends = -1
    for i, line in enumerate(lines):
        if FONT_OPENS.match(line):
            font_ends = next((j for j in range(i, min(i + FONT_LINES, len(lines))) if "】" in lines[j]), i)
        marked[i] = marked[i] or i <= font_ends
        if ASKS_NEXT.match(line) and i + 1 < len(lines) and len(lines[i + 1]) <= 12:
            marked[i + 1] = True
    tail = next(
        (i for i in range(max(1, len(lines) - TAIL_LINES), len(lines)) if TAIL.match(lines[i])), len(lines)
    )
    return marked[:tail] + [True] * (len(lines) - tail)


def is_button(line: str) -> bool:
    """Buttons, sources, page numbers, comments, rules of tables."""
    return any(pattern.fullmatch(line) for pattern in (BUTTONS, PAGE_NUMBER, COMMENT))
