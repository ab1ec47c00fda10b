"""What the nodes are: units of coverage, kinds, headings, paths."""

import re
from collections import Counter
from collections.abc import Sequence

from minhu.methods.clauses.marks import LONGEST_HEADING, is_heading
from minhu.methods.clauses.nodes import Node
from minhu.methods.clauses.tree import Clause, Kind

GROUPING: dict[str, Kind] = {"annex": "part", "part": "part", "chapter": "chapter", "section": "section",
                             "article": "article", "paragraph": "paragraph"}  # fmt: skip
SHORT = {
    "part": "part",
    "chapter": "ch",
    "section": "sec",
    "article": "art",
    "paragraph": "p",
    "item": "i",
    "point": "pt",
}
GLOSSARY = ("名词解释", "Glossary")
HALF = 0.5
ARTICLE_HEADING = re.compile(r"(?:【([^】]{1,40})】|[（(]([^）)。，]{1,20})[）)](?=\s|$))")
SPACED = re.compile(r"(?<=[\u4e00-\u9fff])[ \u3000]+(?=[\u4e00-\u9fff])")
SENTENCE_END = re.compile(r"[。！？；]|[.](?=\s|$)")


def collapse(nodes: Sequence[Node]) -> list[Node]:
    """An article of one 款 is a leaf: it is cited without its 款, 第三条第一项."""
    gone: set[int] = set()
    for node in nodes:
        paragraphs = [child for child in node.children if child.style == "paragraph"]
        if node.style == "article" and len(paragraphs) == 1 and len(node.children) == 1:
            only = paragraphs[0]
            gone.add(id(only))
            node.own_end, node.children = max(node.own_end, only.own_end), only.children
            for child in node.children:
                child.parent = node
    return [node for node in nodes if id(node) not in gone]


def mark_units(nodes: Sequence[Node], text: str) -> None:
    """Say which nodes coverage counts: articles, else the lowest sensible points, else paragraphs."""
    has_articles = any(node.style == "article" for node in nodes)
    styles = unit_styles(nodes)
    for node in nodes:
        is_leaf = not any(child.is_numbered for child in node.children)
        listed = (
            node.is_numbered
            and (is_leaf or node.style in styles)
            and bool(node.children or not is_bare(node, text))
        )
        outside = in_annex(node, only_glossary=node.style == "article" or not has_articles)
        if not inside_unit(node) and not outside:
            node.is_unit = node.style == "article" or (listed and not holds_article(node))
    if counted(nodes, text) < HALF:
        for node in nodes:
            if node.style == "paragraph" and not inside_unit(node) and not in_annex(node):
                node.is_unit = not text[node.start : node.own_end].endswith(("：", ":"))


def unit_styles(nodes: Sequence[Node]) -> set[str]:
    """Styles of which most points have no numbered points below."""
    leaves: Counter[str] = Counter()
    below: Counter[str] = Counter()
    for node in nodes:
        if node.is_numbered and node.style not in GROUPING and not node.holder:
            numbered = sum(child.is_numbered for child in node.children)
            below[node.style] += numbered
            leaves[node.style] += not numbered
    return {style for style in leaves if leaves[style] > below[style]}


def counted(nodes: Sequence[Node], text: str) -> float:
    """The share of the words of the document that stand in units, headings and annexes apart."""
    told = [node for node in nodes if not in_annex(node) and not is_heading(text[node.body : node.own_end])]
    words = sum(node.own_end - node.body for node in told)
    inside = sum(node.own_end - node.body for node in told if node.is_unit or inside_unit(node))
    return inside / words if words else 1.0


def is_bare(node: Node, text: str) -> bool:
    """Nothing but a heading."""
    if node.style not in GROUPING or node.style in {"article", "paragraph"}:
        return False
    return not node.is_numbered or is_heading(text[node.body : node.own_end])


def inside_unit(node: Node) -> bool:
    """Whether a unit stands above."""
    return any(above.is_unit for above in ancestors(node))


def in_annex(node: Node, only_glossary: bool = False) -> bool:
    """Whether it belongs to an annex (or only: to a glossary)."""
    annexes = [above for above in (node, *ancestors(node)) if above.style == "annex"]
    return any(annex.label.startswith(GLOSSARY) for annex in annexes) if only_glossary else bool(annexes)


def holds_article(node: Node) -> bool:
    """Whether an article stands below."""
    return any(child.style == "article" or holds_article(child) for child in node.children)


def ancestors(node: Node) -> list[Node]:
    """The nodes above, from the inside out."""
    line = []
    while node.parent:
        node = node.parent
        line.append(node)
    return line


def kind_of(node: Node) -> Kind:
    """The kind of a node; list points are chapters above the units, items as units, points below."""
    if node.style in GROUPING:
        return GROUPING[node.style]
    parent = node.parent
    if node.holder:
        return (
            "item" if parent and parent.style in {"article", "paragraph"} and node.style != "is" else "point"
        )
    if node.is_unit:
        return "item"
    if inside_unit(node) or not any(child.is_numbered for child in node.children):
        return "point"
    return "section" if parent and parent.style not in GROUPING else "chapter"


def heading_of(node: Node, text: str) -> str:
    """The heading a clause carries, without its number; empty if it has none."""
    words = text[node.body : node.own_end].strip("* \t\u3000")
    if node.style == "article":
        found = ARTICLE_HEADING.match(words)
        first = words.partition("\n")[0].strip()
        heading = (found[1] or found[2]) if found else (first if is_heading(first) else "")
    elif node.style == "paragraph" or node.holder:
        heading = ""
    elif is_heading(words) or is_bare(node, text):
        heading = words
    else:
        end = SENTENCE_END.search(words)
        heading = (
            words[: end.start()] if end and end.start() <= LONGEST_HEADING and end.end() < len(words) else ""
        )
    return SPACED.sub("", heading.replace("\n", " "))


def clauses_of(nodes: Sequence[Node], text: str) -> tuple[Clause, ...]:
    """The nodes as clauses, with paths that are unique in the document."""
    place = {id(node): order for order, node in enumerate(nodes)}
    paths: dict[int, str] = {}
    taken: Counter[str] = Counter()
    out = []
    for order, node in enumerate(nodes):
        kind = kind_of(node)
        above = f"{paths[id(node.parent)]}/" if node.parent else ""
        taken[f"{above}{kind}"] += 1
        number = node.ordinal or taken[f"{above}{kind}"]
        path = f"{above}{SHORT[kind]}{number}" + (f".{node.suffix}" if node.suffix else "")
        taken[path] += 1
        paths[id(node)] = path if taken[path] == 1 else f"{path}-{taken[path]}"
        parent = place[id(node.parent)] if node.parent else None
        heading = heading_of(node, text)
        out.append(
            Clause(
                kind, node.label, paths[id(node)], node.start, node.end, heading, order, parent, node.is_unit
            )
        )
    return tuple(out)
