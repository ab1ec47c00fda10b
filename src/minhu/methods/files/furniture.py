"""What repeats on the pages of a PDF and is no text: running heads, feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from minhu.methods.files.layout import Line

EDGE = 0.12  # share of the page at its top and foot where furniture stands
EDGE_LINES = 3
ENOUGH_PAGES = 3
MOST_PAGES = 0.5
NUMBER = re.compile(r"\d+|[ivxlc]+", re.IGNORECASE)
PAGE_NUMBER = re.compile(
    r"[\s\-—–－·.|]*(?:第\s*)?\d{1,4}\s*(?:页)?(?:\s*[/，,共]\s*(?:共\s*)?\d{1,4}\s*页?)?[\s\-—–－·.|]*"
    r"|Page \d+( of \d+)?",
    re.IGNORECASE,
)

Place = tuple[int, int]


def repeated(pages: Sequence[Sequence[Line]]) -> set[Place]:
    """(page, order) of lines that are page numbers, or stand at the edge of at least half of the pages."""
    off: set[Place] = set()
    seen: Counter[str] = Counter()
    edges = [edge_lines(page) for page in pages]
    for page in edges:
        seen.update({shape_of(line.words) for line in page})
    often = max(ENOUGH_PAGES, MOST_PAGES * sum(1 for page in pages if page))
    for page in edges:
        for line in page:
            if PAGE_NUMBER.fullmatch(line.words) or seen[shape_of(line.words)] >= often:
                off.add((line.page, line.order))
    return off


def edge_lines(page: Sequence[Line]) -> list[Line]:
    """The lines at the top and foot of a page: a few of either, and only in the margin zone."""
    near = [line for line in page if line.height < EDGE or line.height > 1 - EDGE]
    ends = [*page[:EDGE_LINES], *page[-EDGE_LINES:]]
    return [line for line in near if line in ends]


def shape_of(words: str) -> str:
    """A line with every number made the same."""
    return NUMBER.sub("#", "".join(words.split()))
