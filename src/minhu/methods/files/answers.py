"""What reading a file gives: paragraphs and notes, or a refusal; and how much is read at most."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a reader goes before it refuses: pages, unpacked megabytes, seconds."""

    pages: int = 500
    unpacked_megabytes: float = 100
    seconds: float = 25


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader decided and a person should know: its name, how often, and where if that helps.

    insertions, deletions: tracked changes taken and left out · tables, boxes, footnotes, hidden, contents,
    pictures, embedded (Word) · repeated, empty_pages, signs (PDF).
    """

    name: str
    count: int
    where: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """The paragraphs of a file in reading order, without those that are blank, and what was decided."""

    paragraphs: tuple[str, ...]
    notes: tuple[Note, ...] = ()

    @property
    def text(self) -> str:
        """The paragraphs, a blank line between them: no reader may join what the file keeps apart."""
        return "\n\n".join(self.paragraphs)


class Refused(ValueError):
    """A file that is not read: `why` is a short name for the reason, `found` a number that goes with it.

    broken, empty, bomb, password (both) · scanned, garbled, pages, slow (PDF).
    """

    def __init__(self, why: str, message: str, found: str = "") -> None:
        super().__init__(message)
        self.why = why
        self.found = found
