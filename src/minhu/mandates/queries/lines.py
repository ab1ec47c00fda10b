"""A text laid out for reading: one line a clause, duties marked, what is no clause dimmed; nothing is lost."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from minhu.mandates.models import Clause, Duty
from minhu.mandates.states import HEADINGS

LEAD = re.compile(r"[#>*\s\u3000]*")


@dataclass(frozen=True, slots=True)
class Part:
    """A run of characters, and the duty it lays down if any."""

    text: str
    duty: Duty | None = None


@dataclass(frozen=True, slots=True)
class Line:
    """The own words of a clause (those of the clauses below it apart), or of no clause: page furniture."""

    start: int
    end: int
    parts: tuple[Part, ...]
    clause: Clause | None = None

    @property
    def is_heading(self) -> bool:
        """Part, chapter and section stand as headings."""
        return self.clause is not None and self.clause.kind in HEADINGS

    @property
    def duties(self) -> list[Duty]:
        """The duties of the clause of this line."""
        return list(self.clause.duties.all()) if self.clause else []


def lines_of(text: str, clauses: Sequence[Clause], *, within: tuple[int, int] | None = None) -> list[Line]:
    """Lay out a text by its clauses (in order, duties prefetched); the lines together cover `within`."""
    first, last = within or (0, len(text))
    lines: list[Line] = []
    at = first
    for index, clause in enumerate(clauses):
        end = min(clause.end, clauses[index + 1].start if index + 1 < len(clauses) else last)
        lines += furniture(text, at, clause.start)
        lines.append(Line(clause.start, end, tuple(parts_of(text, clause, end)), clause))
        at = max(end, clause.start)
    return lines + furniture(text, at, last)


def furniture(text: str, start: int, end: int) -> list[Line]:
    """What stands between clauses, unless it is blank."""
    return [Line(start, end, (Part(text[start:end].strip()),))] if text[start:end].strip() else []


def parts_of(text: str, clause: Clause, end: int) -> Iterator[Part]:
    """The words of a line after its label, split where duties begin and end."""
    at = words_start(text, clause, end)
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
    if tail := text[at:end].rstrip():
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
