"""What a table of voices may hold, and what becomes of its rows."""

from collections.abc import Sequence
from dataclasses import dataclass

from minhu.voices.states.hearing import Draft

BRINGS = ("hotline", "petition", "suggestion", "deputy", "letter", "web")
"""The channels whose voices come in tables."""


@dataclass(frozen=True, slots=True)
class Ready:
    """A table that was read: what is new, how many rows are known already, what was noted on the way."""

    channel: str
    drafts: Sequence[Draft]
    known: int = 0
    notes: Sequence[str] = ()

    @property
    def rows(self) -> int:
        """How many rows the table holds."""
        return len(self.drafts) + self.known


@dataclass(frozen=True, slots=True)
class Wrong:
    """One thing wrong in one cell, in words."""

    row: int
    cell: str
    heading: str
    message: str
    hint: str
