"""What a line begins with: 第三条, （二）, 1., (a), ## …; each style of numbering has its usual height."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace

from minhu.methods.clauses.numerals import ordinal, roman

N = "[零〇一二两三四五六七八九十百千]+"
STRUCTURE = {"编": "part", "分编": "part", "章": "chapter", "节": "section", "条": "article"}
ENGLISH = {"part": "part", "book": "part", "title": "part", "chapter": "chapter", "section": "section",
           "sec.": "section", "article": "article", "art.": "article", "§": "article"}  # fmt: skip
# The usual height of each style, from the outside in; 编章节条 stand above every list.
RANKS = {name: rank for rank, name in enumerate(
    ["annex", "part", "chapter", "section", "article", "upper_roman", "upper", "han", "paren_han", "digit",
     "decimal", "decimal3", "decimal4", "paren_digit", "circled", "letter", "roman", "is"])}  # fmt: skip
STRUCTURAL = frozenset({"annex", "part", "chapter", "section", "article"})

PREFIX = re.compile(r"[ \t\u3000]*(#{1,6}[ \t\u3000]+)?(\*\*)?")
CHINESE = re.compile(rf"第[ \u3000]?({N}|\d+)[ \u3000]?(分编|[编章节条])(?:之({N}))?")
WESTERN = re.compile(
    r"(Part|Book|Title|Chapter|Section|Sec\.|Article|Art\.|§)\s*(\d+|[IVXLC]+)\b[.:]?", re.IGNORECASE
)
ANNEX = re.compile(r"(附件|附录|附表|名词解释|Annex|Appendix|Glossary)\s*\d*\s*[:：]?")
LISTS = (
    ("han", re.compile(rf"({N})[ \u3000]?[、．.]")),
    ("paren_han", re.compile(rf"[（(] ?({N}) ?[）)]")),
    ("is", re.compile(r"([一二三四五六七八九十]+)是(?![否以])")),
    ("decimal", re.compile(r"(\d{1,2}(?:\.\d{1,2}){1,3})(?=[ \t\u3000、])")),
    ("digit", re.compile(r"(\d{1,3}) ?[.．、](?!\d)")),
    ("paren_digit", re.compile(r"[（(]?(\d{1,3})[）)]")),
    ("circled", re.compile("([①-⑳㉑-㉟])")),
    ("roman", re.compile(r"[（(]([ivx]+)[）)]")),
    ("letter", re.compile(r"[（(]?([a-z])[）)]")),
    ("upper_roman", re.compile(r"([IVX]+)\.(?=\s)")),
    ("upper", re.compile(r"([A-Z])[.)](?=\s)")),
)
# "第三条规定的…" at the head of a line speaks of an article; it does not open one.
REFERENCE = re.compile("(规定|所列|所称|中的|的|至第|和第|、第|或者第|第|以及|款|项)")


FINISHED = tuple("。！？；：…!?;:.”」』）)】>》")
LONGEST_HEADING = 40
DOTLESS = re.compile(r"(\d{1,2})[ \t\u3000]+(?=\S)")


@dataclass(frozen=True, slots=True)
class Mark:
    """The numbering at the head of a line; `start` and `end` are places of the label in the line."""

    style: str
    ordinal: int
    label: str
    start: int
    end: int
    suffix: int = 0
    depth: int = 0

    @property
    def rank(self) -> int:
        """The usual height: smaller is further out."""
        return RANKS[self.style]


def marks_of(lines: Sequence[str]) -> list[Mark | None]:
    """The mark of every line; the document as a whole decides what two doubtful styles mean.

    Where there is a 1.1, "1 General" is a point too; where an English law has no articles, its sections,
    if they hold sentences, are what others call articles.
    """
    marks = [mark_of(line) for line in lines]
    if any(mark and mark.style.startswith("decimal") for mark in marks):
        marks = [mark or dotless(line) for mark, line in zip(marks, lines, strict=True)]
    western = [
        i for i, mark in enumerate(marks) if mark and mark.style == "section" and mark.label[:1] in "Ss"
    ]
    has_articles = any(mark and mark.style == "article" for mark in marks)
    if not has_articles and any(lines[i].endswith(".") for i in western):
        for i, mark in ((i, marks[i]) for i in western):
            marks[i] = replace(mark, style="article") if mark else None
    return marks


def dotless(line: str) -> Mark | None:
    """1 General, in documents that count 1.1."""
    found = DOTLESS.match(line)
    return list_mark("digit", found) if found and is_heading(line) else None


def is_heading(words: str) -> bool:
    """A short line that ends no sentence."""
    return len(words) <= LONGEST_HEADING and not words.endswith(FINISHED)


def mark_of(line: str) -> Mark | None:
    """The mark a line begins with, if any."""
    prefix = PREFIX.match(line)
    start = prefix.end() if prefix else 0
    hashes = len((prefix[1] or "").strip()) if prefix else 0
    numbered = structure(line, start) or listed(line, start)
    if numbered or not hashes:
        return numbered
    style = {1: "part", 2: "chapter"}.get(hashes, "section")
    return Mark(style, 0, "", start, start, depth=hashes)


def structure(line: str, start: int) -> Mark | None:
    """第三条, Article 3, 附件1."""
    if found := CHINESE.match(line, start):
        style, rest = STRUCTURE[found[2]], line[found.end() :]
        if REFERENCE.match(rest) or (style != "article" and len(rest) > 40):
            return None
        return Mark(style, ordinal(found[1]), found[0], start, found.end(), ordinal(found[3] or ""))
    if found := WESTERN.match(line, start):
        rest = line[found.end() :].lstrip(" \t—–-")
        if found[0][-1] not in ".:" and rest[:1].islower():
            return None
        number = int(found[2]) if found[2].isdecimal() else roman(found[2])
        return Mark(ENGLISH[found[1].lower()], number, found[0].rstrip(".:"), start, found.end())
    if (found := ANNEX.match(line, start)) and len(line) - found.end() <= 40:
        return Mark("annex", 0, found[0].rstrip(":： "), start, found.end())
    return None


def listed(line: str, start: int) -> Mark | None:
    """一、（一） 1. (1) ① (a) 一是."""
    for style, pattern in LISTS:
        if found := pattern.match(line, start):
            return list_mark(style, found)
    return None


def list_mark(style: str, found: re.Match[str]) -> Mark:
    """The mark of a list, its number read in the way of its style."""
    word = found[1]
    if style == "decimal":
        dots = word.count(".")
        style, number = ("decimal" if dots == 1 else f"decimal{dots + 1}"), int(word.rsplit(".", 1)[1])
    elif style in {"roman", "upper_roman"}:
        number = roman(word)
    elif style in {"letter", "upper"}:
        number = ord(word.lower()) - ord("a") + 1
    else:
        number = ordinal(word)
    return Mark(style, number, found[0].strip(), found.start(), found.end())
