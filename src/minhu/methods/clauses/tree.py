"""A cut document: its clauses as a tree in reading order, and the pieces that put together give it back."""

from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice
from operator import attrgetter
from typing import Literal

from minhu.methods.clauses.head import Head

Kind = Literal["part", "chapter", "section", "article", "paragraph", "item", "point"]
Role = Literal["clause", "head", "furniture", "gap"]


@dataclass(frozen=True, slots=True)
class Clause:
    """`text[start:end]` from the label to the end of the last clause below; `parent` is an index or None."""

    kind: Kind
    label: str
    path: str
    start: int
    end: int
    heading: str
    order: int
    parent: int | None
    is_unit: bool


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of the text; `clause` is the index of the clause whose own words it holds."""

    start: int
    end: int
    role: Role
    clause: int | None = None


@dataclass(frozen=True, slots=True)
class Cut:
    """The cut document; `pieces` follow each other without hole or overlap."""

    text: str
    head: Head
    clauses: tuple[Clause, ...]
    pieces: tuple[Piece, ...]

    @property
    def units(self) -> list[Clause]:
        """What coverage counts, in reading order."""
        return [clause for clause in self.clauses if clause.is_unit]

    @property
    def furniture(self) -> list[Piece]:
        """What belongs to the page and not to the document."""
        return [piece for piece in self.pieces if piece.role == "furniture"]

    def text_of(self, clause: Clause) -> str:
        """The words of a clause and all below it, page furniture left out."""
        kept: list[str] = []
        first = bisect_left(self.pieces, clause.start, key=attrgetter("start"))
        for piece in islice(self.pieces, first, None):
            if piece.start >= clause.end:
                break
            if piece.role != "furniture":
                kept.append(self.text[piece.start : piece.end])
            elif kept:
                kept[-1] = kept[-1].rstrip()
        return "".join(kept)

    def above(self, clause: Clause) -> list[Clause]:
        """The clauses that hold this one, from the outside in."""
        line: list[Clause] = []
        while clause.parent is not None:
            clause = self.clauses[clause.parent]
            line.insert(0, clause)
        return line


def pieces_of(
    length: int,
    clauses: Sequence[Clause],
    heads: Sequence[tuple[int, int]],
    furniture: Sequence[tuple[int, int]],
) -> tuple[Piece, ...]:
    """Cover a text of `length` characters: every clause's own words, the head, the furniture, the gaps."""
    own = [
        Piece(clause.start, following, "clause", i)
        for i, (clause, following) in enumerate(zip(clauses, own_ends(clauses), strict=True))
    ]
    fixed = [Piece(start, end, "furniture") for start, end in furniture]
    taken = sorted([*fixed, *(Piece(start, end, "head") for start, end in heads)], key=lambda p: p.start)
    return filled(sorted([*pierced(own, taken), *taken], key=lambda p: p.start), length)


def own_ends(clauses: Sequence[Clause]) -> list[int]:
    """Where each clause's own words end: at its first child, or at its end."""
    following = [clause.start for clause in clauses[1:]]
    return (
        [min(clause.end, start) for clause, start in zip(clauses, [*following, clauses[-1].end], strict=True)]
        if clauses
        else []
    )


def pierced(own: Sequence[Piece], taken: Sequence[Piece]) -> list[Piece]:
    """Clauses' own pieces with the furniture among them cut out; both are in order."""
    out: list[Piece] = []
    next_taken = 0
    for piece in own:
        place = piece.start
        while next_taken < len(taken) and taken[next_taken].start < piece.end:
            hole = taken[next_taken]
            if hole.start > place:
                out.append(Piece(place, hole.start, "clause", piece.clause))
            place = max(place, hole.end)
            next_taken += 1
        if place < piece.end:
            out.append(Piece(place, piece.end, "clause", piece.clause))
    return out


def filled(pieces: Sequence[Piece], length: int) -> tuple[Piece, ...]:
    """The pieces with every hole between them made a gap."""
    out: list[Piece] = []
    place = 0
    for piece in pieces:
        if piece.start > place:
            out.append(Piece(place, piece.start, "gap"))
        out.append(piece)
        place = piece.end
    return (*out, Piece(place, length, "gap")) if place < length else tuple(out)
