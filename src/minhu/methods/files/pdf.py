"""A PDF with text: its lines by where they stand, page furniture taken off, joined back into paragraphs."""

import logging
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from pypdf import PageObject, PdfReader
from pypdf.errors import PyPdfError

from minhu.methods.files.answers import Limits, Note, Reading, Refused
from minhu.methods.files.furniture import repeated
from minhu.methods.files.layout import Fragment, Line, lines_among, paragraphs_of

logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # every stray space of a PDF is worth a warning to it
FEW_SIGNS = 15  # where pages hold half as many on an average, they are pictures
MOST_GARBLED = 0.2
BROKEN = "The PDF is damaged: open it and print or save it again as PDF."
Clock = Callable[[], float]


def read_pdf(data: bytes, limits: Limits | None = None, clock: Clock = time.thread_time) -> Reading:
    """Read a PDF: paragraphs without headers, footers and page numbers, and what was decided.

    Raises `Refused` for passwords, damaged files, too many pages, too much time, pages that are pictures
    ("scanned") and fonts that do not say which characters they draw ("garbled").
    """
    limits = limits or Limits()
    ends = clock() + limits.seconds
    try:
        reader = opened(data)
        count = len(reader.pages)
        if count > limits.pages:
            raise Refused("pages", f"The PDF has {count} pages; at most {limits.pages} are read.", str(count))
        pages = [lines_within(reader, i, ends, clock) for i in range(count)]
    except (PyPdfError, ValueError, KeyError, TypeError, AttributeError, IndexError, RecursionError,
            OverflowError, NotImplementedError, AssertionError, MemoryError) as error:  # fmt: skip
        if isinstance(error, Refused):
            raise
        raise Refused("broken", BROKEN) from error
    return reading_of(pages)


def opened(data: bytes) -> PdfReader:
    """The file, unlocked where its password only guards printing."""
    reader = PdfReader(BytesIO(data), strict=False)
    if reader.is_encrypted and not reader.decrypt(""):
        raise Refused("password", "The PDF opens only with a password: remove it and save the file again.")
    return reader


def lines_within(reader: PdfReader, index: int, ends: float, clock: Clock) -> list[Line]:
    """The lines of a page, unless time is up."""
    if clock() > ends:
        raise Refused("slow", f"Reading took too long; {index} pages were done.", str(index))
    page = reader.pages[index]
    collect = Collector([])
    if "/Contents" in page:
        page.extract_text(visitor_text=collect, orientations=(0, 90, 180, 270))
    return lines_among(collect.found, height_of(page), index)


def height_of(page: PageObject) -> float:
    """How high the page is, in points."""
    return float(page.mediabox.height) or 842.0


@dataclass
class Collector:
    """Takes down every string that a page draws, with its place and the size of its letters."""

    found: list[Fragment]

    def __call__(self, words: str, cm: list[float], tm: list[float], font: Any, size: float) -> None:
        """One string: `tm` and `cm` are the matrices of text and page."""
        if not words.strip():
            return
        x = tm[4] * cm[0] + tm[5] * cm[2] + cm[4]
        y = tm[4] * cm[1] + tm[5] * cm[3] + cm[5]
        scale = abs(tm[3] * cm[3]) or abs(tm[1] * cm[1]) or 1.0
        self.found.append(Fragment(words.strip("\n"), x, y, (size or 1.0) * scale))


def reading_of(pages: Sequence[Sequence[Line]]) -> Reading:
    """Paragraphs of all pages together, and what was left out."""
    signs = [sum(len(line.words.strip()) for line in page) for page in pages]
    if sum(signs) < FEW_SIGNS * max(1, len(pages)) / 2:
        raise Refused("scanned", "The PDF holds pictures of pages, not their words.", str(len(pages)))
    whole = "".join(line.words for page in pages for line in page)
    garbled = sum(map(is_garbled, whole))
    if garbled > MOST_GARBLED * len(whole):
        raise Refused("garbled", "The fonts of the PDF do not say which characters they draw.")
    off = repeated(pages)
    kept = [line for page in pages for line in page if (line.page, line.order) not in off]
    told = {line.page for line in kept}
    empty = [i + 1 for i in range(len(pages)) if i not in told]
    notes = (
        Note("repeated", len(off)),
        Note("empty_pages", len(empty), ", ".join(map(str, empty[:20])) + ("…" if len(empty) > 20 else "")),
        Note("signs", garbled),
    )
    return Reading(tuple(paragraphs_of(kept)), tuple(note for note in notes if note.count))


def is_garbled(sign: str) -> bool:
    """A sign that means nothing outside its font: private, unassigned, a control."""
    return "\ue000" <= sign <= "\uf8ff" or sign == "\ufffd" or (sign < " " and sign not in "\t\n")
