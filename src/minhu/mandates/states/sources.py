"""From what kind of file a wording was read, and what was decided on the way."""

import json
import re
from collections.abc import Callable
from dataclasses import asdict, dataclass, replace
from typing import Any

from django.utils.translation import ngettext

# Files that are read by their own reader; everything else is text or refused.
FILE_KINDS = {"docx": "Word", "pdf": "PDF"}
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")


def settled(text: str) -> str:
    """The one form a text is kept in: line ends as \\n, no byte order mark, no controls, no blank edge."""
    plain = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return CONTROL.sub("", plain).strip()


@dataclass(frozen=True, slots=True)
class SourceNote:
    """Something the reader of a file decided: its name, how often, and where if that helps."""

    name: str
    count: int
    where: str = ""

    @property
    def is_warning(self) -> bool:
        """Whether a person must look before the text is kept: words may be missing, or were changed."""
        return self.name in WARNINGS

    def __str__(self) -> str:
        return note_words(self.name, self.count) % {"n": self.count, "where": self.where}


WARNINGS = frozenset({"insertions", "deletions", "hidden", "footnotes", "embedded", "pictures", "empty_pages",
                      "signs"})  # fmt: skip
NOTE_NAMES = WARNINGS | {"tables", "boxes", "contents", "repeated"}


def note_words(name: str, n: int) -> str:
    """A note in words; %(n)s and %(where)s are filled in later."""
    changes = {
        "insertions": lambda: ngettext(
            "%(n)s tracked insertion was taken, as if accepted",
            "%(n)s tracked insertions were taken, as if accepted",
            n,
        ),
        "deletions": lambda: ngettext(
            "%(n)s tracked deletion was left out, as if accepted",
            "%(n)s tracked deletions were left out, as if accepted",
            n,
        ),
    }
    words = changes | word_notes(n) | page_notes(n)
    return words[name]()


def word_notes(n: int) -> dict[str, Callable[[], str]]:
    """What may be decided about a Word file."""
    return {
        "tables": lambda: ngettext("%(n)s table was read row by row", "%(n)s tables were read row by row", n),
        "boxes": lambda: ngettext("%(n)s text box was read", "%(n)s text boxes were read", n),
        "contents": lambda: ngettext(
            "the list of contents was left out", "lists of contents were left out", n
        ),
        "footnotes": lambda: ngettext("%(n)s footnote was not read", "%(n)s footnotes were not read", n),
        "hidden": lambda: ngettext(
            "%(n)s hidden stretch was left out", "%(n)s hidden stretches were left out", n
        ),
        "pictures": lambda: ngettext("%(n)s picture was not read", "%(n)s pictures were not read", n),
        "embedded": lambda: ngettext(
            "%(n)s embedded document was not read", "%(n)s embedded documents were not read", n
        ),
    }


def page_notes(n: int) -> dict[str, Callable[[], str]]:
    """What may be decided about the pages of a PDF."""
    return {
        "repeated": lambda: ngettext(
            "%(n)s running head, foot or page number was left out",
            "%(n)s running heads, feet and page numbers were left out",
            n,
        ),
        "empty_pages": lambda: ngettext(
            "%(n)s page holds no words (page %(where)s): blank, or a scan",
            "%(n)s pages hold no words (pages %(where)s): blank, or scans",
            n,
        ),
        "signs": lambda: ngettext("%(n)s sign could not be read", "%(n)s signs could not be read", n),
    }


@dataclass(frozen=True, slots=True)
class Source:
    """From what kind of file a wording was read, what was decided then, and whether it was edited since.

    `digest` is the sha256 of the text as it was read.
    """

    kind: str = ""
    notes: tuple[SourceNote, ...] = ()
    digest: str = ""
    is_edited: bool = False

    @property
    def name(self) -> str:
        """The kind as people call it; empty for text."""
        return FILE_KINDS.get(self.kind, "")

    @property
    def has_warnings(self) -> bool:
        """Whether a person must look before the text is kept."""
        return any(note.is_warning for note in self.notes)

    def of(self, digest: str) -> "Source":
        """This source for a text with that fingerprint: edited, if it is another one."""
        return replace(self, is_edited=bool(self.kind) and digest != self.digest)

    def packed(self) -> str:
        """As text that `unpacked` reads."""
        return json.dumps(self.plain()) if self.kind else ""

    def plain(self) -> dict[str, Any]:
        """As the row and the record keep it: nothing for a text that was pasted."""
        kept = {"kind": self.kind, "notes": [asdict(note) for note in self.notes], "digest": self.digest}
        return {**kept, "is_edited": self.is_edited} if self.kind else {}

    @classmethod
    def unpacked(cls, kept: str | dict[str, Any]) -> "Source":
        """What `packed` or `plain` gave; anything else is no source."""
        try:
            said = json.loads(kept) if isinstance(kept, str) else kept
            notes = tuple(
                SourceNote(one["name"], int(one["count"]), str(one["where"])[:120])
                for one in said["notes"]
                if one["name"] in NOTE_NAMES
            )
            kind = said["kind"] if said["kind"] in {"text", *FILE_KINDS} else ""
            return cls(kind, notes, str(said["digest"])[:64], bool(said.get("is_edited")))
        except (ValueError, TypeError, KeyError, AttributeError):
            return cls()


PASTED = Source()  # a text that somebody pasted: from no file
