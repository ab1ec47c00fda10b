"""What documents, their clauses, their files and their changes may be; plain words, no rows."""

from minhu.mandates.states.documents import HEADINGS, ClauseKind, DocumentKind, Level
from minhu.mandates.states.sources import FILE_KINDS, PASTED, Source, SourceNote, settled

__all__ = [
    "FILE_KINDS",
    "HEADINGS",
    "PASTED",
    "ClauseKind",
    "DocumentKind",
    "Level",
    "Source",
    "SourceNote",
    "settled",
]
