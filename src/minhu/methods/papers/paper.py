"""An official paper as plain values: what stands on it, not how it looks."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum


class Form(StrEnum):
    """Which head a paper wears: the red one with 文件, that of a letter (信函), or none."""

    DOCUMENT = "document"
    LETTER = "letter"
    PLAIN = "plain"


class Level(StrEnum):
    """How a paragraph stands in the body; headings get their numbers by themselves."""

    TEXT = "text"
    FIRST = "1"
    SECOND = "2"
    THIRD = "3"
    FOURTH = "4"


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph. Line breaks in `text` begin a new paragraph; blank lines fall away."""

    text: str
    level: Level = Level.TEXT


@dataclass(frozen=True, slots=True)
class Table:
    """A table: `rows` of equally many cells, the first `headed` of them repeated on every page.

    `shares`: how the columns divide the type area, one number above 0 a column; even if empty.
    `labelled`: the first column names what stands beside it.
    """

    rows: tuple[tuple[str, ...], ...]
    shares: tuple[int, ...] = ()
    headed: int = 1
    labelled: bool = False


Block = Paragraph | Table


@dataclass(frozen=True, slots=True)
class Attachment:
    """An attachment: only named if `body` is empty, else laid on pages of its own before the imprint."""

    title: str
    body: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True)
class Marks:
    """What stands in the upper left corner: copy number (six digits), secrecy (机密★1年), urgency (特急)."""

    copy_number: str = ""
    secrecy: str = ""
    urgency: str = ""


@dataclass(frozen=True, slots=True)
class Imprint:
    """The 版记 at the foot of the last page: who gets copies, who printed it and when."""

    copies: tuple[str, ...] = ()
    printed_by: str = ""
    printed_on: date | None = None


NO_MARKS, NO_IMPRINT = Marks(), Imprint()


@dataclass(frozen=True, slots=True)
class Paper:
    """An official paper.

    `issuer`: the organisation, also the only author in the file's properties. `head`: the 发文机关标志 if it
    is not the issuer's name (followed by 文件 on a document). `number`: 甬北督〔2026〕3号. `signature`: the
    署名 if it is not the issuer's name. `signed_on`: 成文日期, also the time in the file's properties.
    """

    form: Form
    issuer: str
    title: str
    body: tuple[Block, ...]
    signed_on: date | None
    number: str = ""
    head: str = ""
    addressee: str = ""
    attachments: tuple[Attachment, ...] = ()
    signature: str = ""
    marks: Marks = NO_MARKS
    imprint: Imprint = NO_IMPRINT

    @property
    def red_head(self) -> str:
        """The words of the red head; empty on a plain paper."""
        if self.form is Form.PLAIN:
            return ""
        return self.head or self.issuer + ("文件" if self.form is Form.DOCUMENT else "")

    @property
    def signed_by(self) -> str:
        """The words of the signature."""
        return self.signature or self.issuer


def texts(paper: Paper) -> Iterator[tuple[str, str]]:
    """Every text of a paper with the name of its place, such as ("body[2].rows[0][1]", "…")."""
    for name in ("issuer", "head", "number", "title", "addressee", "signature"):
        yield name, getattr(paper, name)
    for name in ("copy_number", "secrecy", "urgency"):
        yield f"marks.{name}", getattr(paper.marks, name)
    yield from _block_texts("body", paper.body)
    for at, attachment in enumerate(paper.attachments):
        yield f"attachments[{at}].title", attachment.title
        yield from _block_texts(f"attachments[{at}].body", attachment.body)
    for at, copy in enumerate(paper.imprint.copies):
        yield f"imprint.copies[{at}]", copy
    yield "imprint.printed_by", paper.imprint.printed_by


def _block_texts(where: str, blocks: tuple[Block, ...]) -> Iterator[tuple[str, str]]:
    for at, block in enumerate(blocks):
        if isinstance(block, Paragraph):
            yield f"{where}[{at}].text", block.text
            continue
        for row, cells in enumerate(block.rows):
            for column, cell in enumerate(cells):
                yield f"{where}[{at}].rows[{row}][{column}]", cell
