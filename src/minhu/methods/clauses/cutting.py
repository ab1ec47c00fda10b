"""Cut a document into its clauses."""

import re
from collections.abc import Sequence

from minhu.methods.clauses.head import DAY, ENGLISH_DAY, read_head
from minhu.methods.clauses.lines import Line, lines_of
from minhu.methods.clauses.marks import FINISHED
from minhu.methods.clauses.nodes import grow, split_inline
from minhu.methods.clauses.shape import clauses_of, collapse, mark_units
from minhu.methods.clauses.tree import Cut, pieces_of

CONTENTS = re.compile(r"#*\s*(目\s*[录次]|contents)", re.IGNORECASE)
NOTE = re.compile(r"[（(][^（）()]{2,30}[)）]|(抄送|印发|主题词)[:：].*")
SIGNATURE_LINES, SIGNATURE_LENGTH = 3, 30


def cut(text: str) -> Cut:
    """Cut `text` into clauses with exact places; linear in its length.

    The pieces of the result, put together, are `text` again. Raises ValueError for a text without words.
    """
    lines = lines_of(text)
    if not lines:
        raise ValueError("The document is empty: there is nothing to cut.")
    plain = [line for line in lines if not line.is_furniture]
    begins = body_start(plain)
    ends = max(begins, signature_start(plain))
    opening = plain[begins].start if begins < len(plain) else len(text)
    closing = plain[ends].start if ends < len(plain) else len(text)
    nodes = collapse(grow([line for line in lines if opening <= line.start < closing]))
    mark_units(nodes, text)
    clauses = clauses_of(split_inline(nodes, text), text)
    heads = plain[:begins] + plain[ends:]
    page = [line for line in lines if line.is_furniture]
    signed = next((line.text for line in plain[ends:] if is_day(line.text)), "")
    head = read_head([line.text for line in plain[:begins]], signed, text, [line.text for line in page])
    return Cut(text, head, clauses, pieces_of(len(text), clauses, spans(heads), spans(page)))


def spans(lines: Sequence[Line]) -> list[tuple[int, int]]:
    """The places of lines."""
    return [(line.start, line.end) for line in lines]


def body_start(lines: Sequence[Line]) -> int:
    """The first line of the body: a number, a heading below the title, or a finished sentence."""
    listing = next((i for i, line in enumerate(lines) if CONTENTS.fullmatch(line.text)), None)
    if listing is not None and listing + 1 < len(lines):
        first = lines[listing + 1].text
        again = next(
            (i for i in range(listing + 2, len(lines)) if lines[i].text.lstrip("# ") == first.lstrip("# ")),
            None,
        )
        if again is not None:
            return again
    for i, line in enumerate(lines):
        if (line.mark and line.mark.depth != 1) or (not line.mark and tells(line.text)):
            return i
    return 1 if len(lines) > 1 and lines[0].text.startswith("# ") else 0


def tells(line: str) -> bool:
    """A finished sentence that is neither a day of issue nor a note in brackets."""
    return line.endswith(FINISHED) and not DAY.match(line) and line[:1] not in "（("


def signature_start(lines: Sequence[Line]) -> int:
    """Where the signature begins: a day at the end (notes in brackets may follow), and short lines above."""
    last = len(lines) - 1
    while last > 1 and NOTE.fullmatch(lines[last].text) and not lines[last].mark:
        last -= 1
    if last < 1 or not is_day(lines[last].text):
        return len(lines)
    start = last
    while start > 1 and last - start < SIGNATURE_LINES and is_signature(lines[start - 1]):
        start -= 1
    return start


def is_day(line: str) -> bool:
    """Whether a line is nothing but a day."""
    return bool(re.fullmatch(rf"[（(]?(?:{DAY.pattern}|{ENGLISH_DAY.pattern})[)）]?", line, re.IGNORECASE))


def is_signature(line: Line) -> bool:
    """A short line that neither counts nor ends a sentence."""
    return len(line.text) <= SIGNATURE_LENGTH and not line.text.endswith(FINISHED) and line.mark is None
