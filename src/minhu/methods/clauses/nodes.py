"""From marked lines to a tree: which point stands inside which."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from minhu.methods.clauses.lines import Line
from minhu.methods.clauses.marks import FINISHED, STRUCTURAL, Mark, is_heading
from minhu.methods.clauses.numerals import ordinal

PAGE_LINE = (
    28  # characters on a line of an official paper (GB/T 9704): an unfinished shorter line is a heading
)
INLINE = re.compile(r"(?:(?<=^)|(?<=[，。；：、:;,\s（]))([一二三四五六七八九十]{1,3})是(?![否以])|([①-⑳])")


@dataclass(slots=True)
class Node:
    """A clause in the making; `body` is where its words begin after the label, `own_end` where they end."""

    style: str
    ordinal: int
    label: str
    start: int
    body: int
    own_end: int
    suffix: int = 0
    parent: "Node | None" = None
    children: list["Node"] = field(default_factory=list)
    follows: int = 0  # the ordinal of the next point in this style, before the next 章 or 条
    is_unit: bool = False
    kind: str = ""

    @property
    def is_numbered(self) -> bool:
        """Whether it carries a printed number."""
        return self.ordinal > 0

    @property
    def end(self) -> int:
        """Where it ends, all below included."""
        node = self
        while node.children:
            node = node.children[-1]
        return max(self.own_end, node.own_end)

    @property
    def holder(self) -> "Node | None":
        """The article it stands in, or is."""
        node: Node | None = self
        while node and node.style != "article":
            node = node.parent
        return node


def grow(lines: Sequence[Line]) -> list[Node]:
    """The nodes of the body lines in reading order."""
    marks = [None if line.is_furniture else bare(line.mark, line.text) for line in lines]
    growth = Growth()
    for line, mark, follows in zip(lines, marks, following(marks), strict=True):
        growth.feed(line, mark, follows)
    return growth.nodes


def bare(mark: Mark | None, line: str) -> Mark | None:
    """No mark for a line that holds a whole 一是…二是… in itself: that is a paragraph to be split later."""
    return None if mark and mark.style == "is" and len(inline_points(line)) > 1 else mark


def following(marks: Sequence[Mark | None]) -> list[int]:
    """For each mark the ordinal of the next of its style before the next structural mark, or 0."""
    ahead: dict[str, int] = {}
    out = []
    for mark in reversed(marks):
        out.append(ahead.get(mark.style, 0) if mark else 0)
        if mark and mark.style in STRUCTURAL:
            ahead.clear()
        elif mark:
            ahead[mark.style] = mark.ordinal
    return out[::-1]


@dataclass
class Growth:
    """The tree while it grows: the open nodes from the outside in, and the last one written to."""

    nodes: list[Node] = field(default_factory=list)
    open_nodes: list[tuple[Mark, Node]] = field(default_factory=list)
    interrupted: bool = False
    last_text: str = ""

    def feed(self, line: Line, mark: Mark | None, follows: int) -> None:
        """Take in the next line."""
        if line.is_furniture:
            self.interrupted = True
            return
        if mark:
            self.open(line, mark, follows)
        else:
            self.carry_on(line)
        self.last_text, self.interrupted = line.text, False

    def open(self, line: Line, mark: Mark, follows: int) -> None:
        """Begin a numbered point or a heading."""
        mark = self.settled(mark)
        self.close_for(mark)
        body = line.start + mark.end
        body += len(line.text[mark.end :]) - len(line.text[mark.end :].lstrip(" \t\u3000*"))
        node = Node(
            mark.style,
            mark.ordinal,
            mark.label,
            line.start + mark.start,
            body,
            line.end,
            mark.suffix,
            follows=follows,
        )
        self.add(node)
        self.open_nodes.append((mark, node))
        rest = line.text[body - line.start :]
        if mark.style == "article" and rest and not is_heading(rest):
            self.add(Node("paragraph", 0, "", body, body, line.end))

    def settled(self, mark: Mark) -> Mark:
        """(i) after (h) is a letter, not the Roman one."""
        letters = next((m for m, _ in reversed(self.open_nodes) if m.style == "letter"), None)
        as_letter = ord(mark.label.strip("（()）")[:1] or "a") - ord("a") + 1
        if mark.style == "roman" and letters and letters.ordinal == as_letter - 1:
            return replace(mark, style="letter", ordinal=as_letter)
        return mark

    def close_for(self, mark: Mark) -> None:
        """Close what a new mark ends: its own style, or all at its usual height or further in."""
        styles = [m.style for m, _ in self.open_nodes]
        if mark.style not in STRUCTURAL and mark.style in styles:
            del self.open_nodes[styles.index(mark.style) :]
            return
        while self.open_nodes and self.open_nodes[-1][0].rank >= mark.rank:
            top, node = self.open_nodes[-1]
            is_inside = mark.ordinal == 1 and node.follows == top.ordinal + 1
            if is_inside and not {mark.style, top.style} & STRUCTURAL:
                return
            self.open_nodes.pop()

    def carry_on(self, line: Line) -> None:
        """A line without a mark: the rest of an unfinished one, or a paragraph."""
        last = self.nodes[-1] if self.nodes else None
        if last and self.runs_on(last, line):
            last.own_end = line.end
        else:
            self.close_for_paragraph()
            self.add(Node("paragraph", 0, "", line.start, line.start, line.end))

    def runs_on(self, last: Node, line: Line) -> bool:
        """Whether a line continues the last one: no blank between, and that one a full, unfinished line."""
        if line.after_blank and not self.interrupted:
            return False
        return last.own_end - last.start >= PAGE_LINE and not self.last_text.endswith(FINISHED)

    def close_for_paragraph(self) -> None:
        """A paragraph after 项 belongs to its article again; one after ① or 一是 to what holds them."""
        in_article = any(mark.style == "article" for mark, _ in self.open_nodes)
        while self.open_nodes:
            style = self.open_nodes[-1][0].style
            if style in STRUCTURAL or not (in_article or style in {"is", "circled"}):
                return
            self.open_nodes.pop()

    def add(self, node: Node) -> None:
        """Hang a node under the innermost open one; 项 hang under the last 款 of their article."""
        parent = self.open_nodes[-1][1] if self.open_nodes else None
        if parent and parent.style == "article" and parent.children[-1:] and node.style != "paragraph":
            parent = parent.children[-1] if parent.children[-1].style == "paragraph" else parent
        node.parent = parent
        if parent:
            parent.children.append(node)
        self.nodes.append(node)


def inline_points(words: str) -> list[tuple[int, str, int]]:
    """一是…二是… or ①…② inside one paragraph: place, label and number of each, if they count up from one."""
    found = [(m.start(), m[0], ordinal(m[1] or m[2])) for m in INLINE.finditer(words)]
    kept: list[tuple[int, str, int]] = []
    for place, label, number in found:
        if number == len(kept) + 1 and (not kept or label[-1:] == "是") == (
            not kept or kept[0][1][-1:] == "是"
        ):
            kept.append((place, label, number))
    return kept if len(kept) > 1 else []


def split_inline(nodes: Iterable[Node], text: str) -> list[Node]:
    """The nodes, with every leaf that holds 一是…二是… or ①…② given its points as children."""
    out: list[Node] = []
    for node in nodes:
        out.append(node)
        points = [] if node.children else inline_points(text[node.body : node.own_end])
        places = [node.body + place for place, _, _ in points]
        for (_, label, number), start, end in zip(points, places, [*places[1:], node.own_end], strict=False):
            child = Node("is", number, label, start, start + len(label), end, parent=node)
            node.children.append(child)
            out.append(child)
    return out
