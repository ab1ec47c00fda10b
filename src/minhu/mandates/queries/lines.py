"""A text laid out for reading: one line a clause, duties marked, page furniture apart; nothing is lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from minhu.mandates.models import Clause, Duty, Version
from minhu.mandates.states import HEADINGS

Span = tuple[int, int]
HASHES = re.compile(r"^[ \t]*#+[ \t]*", re.MULTILINE)
LEAD = re.compile(r"[#>*\s\u3000]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters, and the duty it lays down if any."""

    text: str
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The own words of a clause, those of clauses below it apart; or words of no clause."""

    start: int
    end: int
    parts: tuple[Part, ...]
    clause: Clause | None = None
    is_furniture: bool = False
    is_first: bool = True

    @property
    def is_heading(self) -> bool:
        """Part, chapter and section stand as headings."""
        return self.clause is not None and self.clause.kind in HEADINGS

    @property
    def duties(self) -> list[Duty]:
        """The duties of the clause of this line."""
        return list(self.clause.duties.all()) if self.clause else []


def lines_of(version: Version, clauses: Sequence[Clause], *, within: Span | None = None) -> list[Line]:
    """Lay out a wording by its clauses (in order, duties prefetched); the lines cover `within`, or all."""
    text, furniture = version.text, [(start, end) for start, end in version.furniture]
    first, last = within or (0, len(text))
    lines: list[Line] = []
    at = first
    for index, clause in enumerate(clauses):
        end = min(clause.end, clauses[index + 1].start if index + 1 < len(clauses) else last)
        lines += outside(text, (at, clause.start), furniture)
        lines += own_lines(text, clause, end, furniture)
        at = max(end, clause.start)
    return [*lines, *outside(text, (at, last), furniture)]


def duties_in_order(clauses: Sequence[Clause], *, dated: bool) -> list[tuple[Clause, Duty]]:
    """Every duty with the clause that lays it down, in reading order; `dated`: only those with a time."""
    found = ((clause, duty) for clause in clauses for duty in clause.duties.all())
    return [(clause, duty) for clause, duty in found if not dated or duty.by_words or duty.by_on]


def dated_duties(lines: Sequence[Line]) -> list[tuple[Line, Duty]]:
    """Duties that name a time, the earliest day first, those without a certain day last."""
    found = [
        (line, duty) for line in lines if line.is_first for duty in line.duties if duty.by_words or duty.by_on
    ]
    return sorted(found, key=lambda pair: (pair[1].by_on or date.max, pair[1].start))


def outside(text: str, span: Span, furniture: Sequence[Span]) -> Iterator[Line]:
    """What stands before, between and after clauses: the head of the document, and page furniture."""
    for start, end, is_furniture in pieces_of(span, furniture):
        if words := HASHES.sub("", text[start:end]).strip():
            yield Line(start, end, (Part(words),), None, is_furniture)


def own_lines(text: str, clause: Clause, end: int, furniture: Sequence[Span]) -> Iterator[Line]:
    """The own words of a clause up to `end`, page furniture among them kept apart."""
    at = words_start(text, clause, end)
    opened = False
    for start, stop, is_furniture in pieces_of((clause.start, end), furniture):
        if is_furniture:
            yield Line(start, stop, (Part(text[start:stop]),), None, True)
        elif not opened or text[start:stop].strip():
            parts = tuple(parts_of(text, clause, (max(start, at), stop)))
            yield Line(start, stop, parts, clause, is_first=not opened)
            opened = True


def pieces_of(span: Span, furniture: Sequence[Span]) -> Iterator[tuple[int, int, bool]]:
    """A span cut at the furniture in it; the pieces together are the span."""
    at, last = span
    for start, end in furniture:
        if start >= at and end <= last:
            if start > at:
                yield at, start, False
            yield start, end, True
            at = end
    if at < last:
        yield at, last, False


def parts_of(text: str, clause: Clause, span: Span) -> Iterator[Part]:
    """The words of a line, split where duties begin and end."""
    at, end = span
    for duty in clause.duties.all():
        if duty.is_corrected and (duty.start, duty.end) == (clause.start, clause.end):
            continue
        start, stop = max(duty.start, at), min(duty.end, end)
        if stop <= start:
            continue
        if start > at:
            yield Part(text[at:start])
        yield Part(text[start:stop], duty)
        at = stop
    if at < end and (tail := text[at:end].rstrip()):
        yield Part(tail)


def words_start(text: str, clause: Clause, end: int) -> int:
    """Where the words begin behind marks and label."""
    at = LEAD.match(text, clause.start, end)
    start = at.end() if at else clause.start
    if clause.label and text.startswith(clause.label, start):
        start += len(clause.label)
        space = LEAD.match(text, start, end)
        start = space.end() if space else start
    return min(start, end)
