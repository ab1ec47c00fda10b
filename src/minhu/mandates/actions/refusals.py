"""Why a file is not read, and what to do about it; in words for people."""

from collections.abc import Callable

from django.utils.translation import gettext as _

from minhu.mandates.bridge import PICTURES, FileLimits
from minhu.mandates.states import FILE_KINDS

SAVE_AS_WORD = frozenset({"RTF", "ODF", "HTML / XML"})
PACKED = frozenset({"zip", "RAR", "7z", "gzip"})
SHEETS = frozenset({"xls", "xlsx", "ppt", "pptx"})


class BadDocument(ValueError):
    """A document that cannot be loaded: says what is wrong and how to mend it, and at which field."""

    def __init__(self, message: str, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


def refusal(why: str, name: str, found: str = "", limits: FileLimits | None = None) -> str:
    """The words for a kind that is not read ("doc", "PNG"), or for a file of a kind that is ("pdf.pages")."""
    words = by_reason(why) or by_kind(why)
    said = limits or FileLimits()
    kind = FILE_KINDS.get(why.partition(".")[0], why)
    return words % {
        "name": name, "kind": kind, "found": found, "pages": said.pages, "seconds": f"{said.seconds:g}",
        "megabytes": f"{said.unpacked_megabytes:g}",
    }  # fmt: skip


def by_kind(kind: str) -> str:
    """For kinds that are not read at all."""
    if kind == "doc":
        return _(
            "“%(name)s” is an old Word file (.doc) or a WPS file (.wps). "
            "Open it in Word or WPS, save it as .docx and choose that."
        )
    if kind == "locked":
        return _(
            "“%(name)s” is behind a password. Open it, take the password off, save it and choose it again."
        )
    if kind in PICTURES:
        return _(
            "“%(name)s” is a picture (%(kind)s), not text. Ask the sender for the Word file, "
            "or run text recognition, check the result and paste it."
        )
    if kind in PACKED:
        return _("“%(name)s” is a packed file (%(kind)s). Unpack it and choose the document in it.")
    if kind in SHEETS:
        return _("“%(name)s” is %(kind)s, not a document. Open it, copy the text and paste it.")
    if kind == "OFD":
        return _(
            "“%(name)s” is an OFD file. Open it, export it as PDF with text or copy the text and paste it."
        )
    return _("“%(name)s” is %(kind)s. Open it in Word or WPS, save it as .docx and choose that.")


def by_reason(why: str) -> str:
    """For Word and PDF files that cannot be read; empty for any other reason."""
    say = REASONS.get(why) or REASONS.get(f"*.{why.partition('.')[2]}")
    return say() if say else ""


REASONS: dict[str, Callable[[], str]] = {
    "*.broken": lambda: _(
        "“%(name)s” is a %(kind)s file, but a damaged one. Open it, save it again and choose the new file."
    ),
    "*.empty": lambda: _("“%(name)s” holds no words. Choose a file that has some, or paste the text."),
    "*.password": lambda: by_kind("locked"),
    "docx.scanned": lambda: _(
        "“%(name)s” holds pictures only, no words. Ask the sender for the text, "
        "or run text recognition, check the result and paste it."
    ),
    "docx.bomb": lambda: _(
        "“%(name)s” unpacks to more than a document holds (limit %(megabytes)s MB) or declares entities. "
        "Copy the text and paste it."
    ),
    "pdf.scanned": lambda: _(
        "“%(name)s” is a scan: its %(found)s pages are pictures without words. "
        "Ask the sender for the Word file, or run text recognition, check the result and paste it."
    ),
    "pdf.garbled": lambda: _(
        "“%(name)s” does not say which characters its fonts draw, so its words cannot be read. "
        "Ask the sender for the Word file, or copy the text from a PDF reader, check it and paste it."
    ),
    "pdf.pages": lambda: _(
        "“%(name)s” has %(found)s pages; the limit is %(pages)s (document.max_pages). "
        "Split it and load the parts."
    ),
    "pdf.slow": lambda: _(
        "“%(name)s” takes more than %(seconds)s seconds to read (document.max_seconds). "
        "Split it and load the parts, or paste its text."
    ),
}  # fmt: skip
