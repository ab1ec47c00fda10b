"""From bytes to text, and from text to clauses and duties."""

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date

from minhu.mandates.states import HEADINGS
from minhu.methods import clauses as cutting
from minhu.methods import files
from minhu.methods.files import Limits as FileLimits
from minhu.methods.files import Reading

BEGINS = 80


@dataclass(frozen=True, slots=True)
class ReadDuty:
    """Who must do what by when, with the span in the whole text."""

    who: str
    what: str
    by_words: str
    by_on: date | None
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Piece:
    """A clause as plain values; `parent` is its place in the list, `start` and `end` its span in the text."""

    kind: str
    label: str
    path: str
    start: int
    end: int
    heading: str
    text: str
    is_unit: bool
    parent: int | None = None
    depth: int = 0
    duties: tuple[ReadDuty, ...] = field(default=())

    @property
    def begins(self) -> str:
        """Its heading, or its first words."""
        words = " ".join(self.text.removeprefix(self.label).split())
        return self.heading or (words[:BEGINS] + "…" if len(words) > BEGINS else words)


@dataclass(frozen=True, slots=True)
class ReadText:
    """A text read: its clauses in order, its page furniture, and what its head says."""

    pieces: tuple[Piece, ...]
    furniture: tuple[tuple[int, int], ...]
    title: str
    number: str
    issued_on: date | None
    left_out: tuple[str, ...] = ()
    uncounted: tuple[str, ...] = ()  # labels of numbered points that stand in no unit and hold none

    @property
    def units(self) -> int:
        """How many clauses ask for an answer."""
        return sum(piece.is_unit for piece in self.pieces)

    @property
    def is_unnumbered(self) -> bool:
        """Whether no number was found, so that every paragraph counts."""
        return self.units > 0 and not any(piece.label for piece in self.pieces if piece.is_unit)

    @property
    def mixed(self) -> tuple[int, int] | None:
        """How many units are articles and how many bear other numbers, where two numberings are mixed."""
        labelled = [piece.kind == "article" for piece in self.pieces if piece.is_unit and piece.label]
        articles = sum(labelled)
        others = len(labelled) - articles
        return (articles, others) if articles and others else None

    @property
    def outline(self) -> list[tuple[Piece, list[ReadDuty]]]:
        """Clauses to be answered and the headings above them, each with the duties it lays down."""
        rows: list[tuple[Piece, list[ReadDuty]]] = []
        for piece in self.pieces:
            if piece.is_unit or piece.kind in HEADINGS:
                rows.append((piece, []))
            if rows:
                rows[-1][1].extend(piece.duties)
        return rows

    @property
    def duties(self) -> int:
        """How many duties were read."""
        return sum(len(piece.duties) for piece in self.pieces)


def read(text: str, issued_on: date | None = None) -> ReadText:
    """Cut a text and read its duties; days without a year count from the day it was issued.

    What a report tells of past years is kept as clauses, but nobody has to answer it.
    """
    cut = cutting.cut(text)
    issued_on = issued_on or cut.head.issued_on
    duties: dict[int, list[ReadDuty]] = {}
    for _unit, duty in cutting.duties_of(cut, issued_on):
        holder = holder_of(cut.clauses, duty.start, duty.end)
        if holder is not None and duty.what:
            duties.setdefault(holder, []).append(
                ReadDuty(duty.who[:300], duty.what, duty.by_words[:120], duty.by_on, duty.start, duty.end)
            )
    pieces: list[Piece] = []
    for i, clause in enumerate(cut.clauses):
        depth = 0 if clause.parent is None else pieces[clause.parent].depth + 1
        pieces.append(
            Piece(clause.kind, clause.label, clause.path, clause.start, clause.end, clause.heading,
                  cut.text_of(clause), clause.is_unit and not cutting.looks_back(cut, clause), clause.parent,
                  depth, tuple(duties.get(i, ())))
        )  # fmt: skip
    furniture = tuple((piece.start, piece.end) for piece in cut.furniture)
    left_out = tuple(text[start:end].strip() for start, end in furniture)
    return ReadText(
        tuple(pieces), furniture, cut.head.title, cut.head.number, cut.head.issued_on, left_out,
        uncounted_in(cut.clauses),
    )  # fmt: skip


def uncounted_in(clauses: Sequence[cutting.Clause]) -> tuple[str, ...]:
    """Labels of numbered points outside every unit: of two numberings mixed, one may have been overlooked."""
    inside: set[int] = set()
    holding: set[int] = set()
    for i, clause in enumerate(clauses):
        if clause.is_unit or clause.parent in inside:
            inside.add(i)
        above = clause.parent if clause.is_unit else None
        while above is not None and above not in holding:
            holding.add(above)
            above = clauses[above].parent
    listed = {"item", "point"}
    return tuple(
        clause.label
        for i, clause in enumerate(clauses)
        if clause.label and clause.kind in listed and i not in inside and i not in holding
    )


def reading_of(data: bytes, kind: str, limits: FileLimits) -> Reading:
    """The paragraphs of a Word ("docx") or PDF ("pdf") file; raises `Unread`."""
    return files.read_word(data, limits) if kind == "docx" else files.read_pdf(data, limits)


def holder_of(clauses: Sequence[cutting.Clause], start: int, end: int) -> int | None:
    """The innermost clause that holds a span: the last to begin before it, or one that stands above that."""
    found: int | None = bisect_right(clauses, start, key=lambda clause: clause.start) - 1
    while found is not None and found >= 0 and clauses[found].end < end:
        found = clauses[found].parent
    return found if found is not None and found >= 0 else None
