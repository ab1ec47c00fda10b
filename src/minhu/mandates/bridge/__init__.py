"""The only door of this room to the methods: files, clauses, duties, wordings side by side."""

from minhu.mandates.bridge.basing import Bases, bases_of, plain_title
from minhu.mandates.bridge.comparing import (
    Comparison,
    Step,
    compare_versions,
    earlier_versions,
    opened_again,
    successors,
    version_before,
)
from minhu.mandates.bridge.reading import Piece, ReadDuty, ReadText, read, reading_of
from minhu.methods.files import Limits as FileLimits
from minhu.methods.files import Refused as Unread
from minhu.methods.files import kind_of
from minhu.methods.files.kinds import PICTURES
from minhu.methods.text import Unreadable as Undecodable
from minhu.methods.text import decode as decoded

__all__ = [
    "PICTURES",
    "Bases",
    "Comparison",
    "FileLimits",
    "Piece",
    "ReadDuty",
    "ReadText",
    "Step",
    "Undecodable",
    "Unread",
    "bases_of",
    "compare_versions",
    "decoded",
    "earlier_versions",
    "kind_of",
    "opened_again",
    "plain_title",
    "read",
    "reading_of",
    "successors",
    "version_before",
]
