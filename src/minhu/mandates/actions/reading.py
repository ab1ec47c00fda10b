"""From bytes to words: which encodings are read, and what to do about files that hold no text."""

import re
from decimal import Decimal
from pathlib import PurePath

from django.utils.translation import gettext as _

from minhu.mandates.bridge import Undecodable, decoded

SUFFIXES = frozenset({".md", ".markdown", ".txt", ".text"})
FOREIGN = (
    (b"%PDF", "PDF"),
    (b"PK\x03\x04", "Word (.docx) / zip"),
    (b"\xd0\xcf\x11\xe0", "Word (.doc, .wps)"),
    (b"\x89PNG", "PNG"),
    (b"\xff\xd8\xff", "JPEG"),
    (b"II*\x00", "TIFF"),
    (b"MM\x00*", "TIFF"),
    (b"GIF8", "GIF"),
    (b"\x1f\x8b", "gzip"),
    (b"Rar!", "RAR"),
    (b"7z\xbc\xaf", "7z"),
    (b"{\\rtf", "RTF"),
)
MARKUP = re.compile(rb"^\s*(<!doctype|<html|<\?xml)", re.IGNORECASE)
CONTROL = re.compile("[\x00-\x08\x0b\x0e-\x1f\x7f]")
BYTES_A_MEGABYTE = 1024 * 1024


class BadDocument(ValueError):
    """A document that cannot be loaded: says what is wrong and how to mend it, and at which field."""

    def __init__(self, message: str, field: str = "text") -> None:
        super().__init__(message)
        self.field = field


def read_text(data: bytes, *, name: str, max_megabytes: Decimal | float) -> str:
    """The words of an uploaded Markdown or text file in UTF-8, UTF-16 or GB 18030."""
    if not data.strip():
        return settle("", field="file")
    if len(data) > max_megabytes * BYTES_A_MEGABYTE:
        size = f"{len(data) / BYTES_A_MEGABYTE:.1f}"
        raise BadDocument(
            _("“%(name)s” has %(size)s MB; the limit is %(limit)s MB. Split the document or paste its text.")
            % {"name": name, "size": size, "limit": f"{float(max_megabytes):g}"},
            "file",
        )
    refuse_foreign(data, name)
    try:
        text = decoded(data)
    except Undecodable as bad:
        raise BadDocument(
            _(
                "“%(name)s” is not readable as UTF-8, UTF-16 or GB 18030 (byte %(offset)s). "
                "Save it again as UTF-8."
            )
            % {"name": name, "offset": bad.offset},
            "file",
        ) from bad
    return settle(text, field="file")


def refuse_foreign(data: bytes, name: str) -> None:
    """Say what a file really is when it is no text, whatever its name says."""
    found = next((kind for mark, kind in FOREIGN if data.startswith(mark)), None)
    if found is None and MARKUP.match(data[:200]):
        found = "HTML / XML"
    if found is None and PurePath(name).suffix.lower() not in SUFFIXES:
        found = PurePath(name).suffix or "?"
    if found:
        raise BadDocument(
            _(
                "“%(name)s” is %(kind)s; only Markdown (.md) and text (.txt) are read. "
                "Open it, copy the text and paste it."
            )
            % {"name": name, "kind": found},
            "file",
        )


def settle(text: str, *, field: str = "text") -> str:
    """The one form a text is kept in: line ends as \\n, no mark, no blank edge; refuses an empty one."""
    settled = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    settled = CONTROL.sub("", settled).strip()
    if not settled:
        raise BadDocument(_("The document is empty. Paste its text or choose a file that has some."), field)
    return settled
