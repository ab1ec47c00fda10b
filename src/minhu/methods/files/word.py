"""A Word file as an office reads it: numbering drawn, tables row by row, tracked changes as if accepted."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from minhu.methods.files.answers import Limits, Note, Reading, Refused
from minhu.methods.files.numbering import Numbering
from minhu.methods.files.package import BROKEN, Element, Package, child, local, value

CELLS = " | "
# Wrappers that hold paragraphs or runs and say nothing themselves.
SKIPPED = frozenset({"del", "moveFrom", "delText", "instrText", "delInstrText", "rPr", "pPr", "Fallback",
                     "sectPr", "tblPr", "tblGrid", "sdtPr", "sdtEndPr", "rubyPr", "rt"})  # fmt: skip
TAKEN = frozenset({"ins", "moveTo"})
LEFT_OUT = frozenset({"del", "moveFrom"})
SIGNS = {"tab": "\t", "br": "\n", "cr": "\n", "noBreakHyphen": "-", "ptab": "\t"}
CONTENTS_STYLES = ("toc ", "toc heading", "table of contents")
NOTES = (
    "insertions",
    "deletions",
    "tables",
    "contents",
    "boxes",
    "footnotes",
    "hidden",
    "pictures",
    "embedded",
)


def read_word(data: bytes, limits: Limits | None = None) -> Reading:
    """Read a .docx (transitional or strict): its paragraphs as they stand on paper, and what was decided.

    Headers, footers and comments are no part of the text. Raises `Refused` for damaged files, bombs,
    passwords, and files without words.
    """
    try:
        walk = walked(Package.of(data, limits or Limits()))
    except (ValueError, RecursionError) as error:  # numbers that are none, elements without end in each other
        if isinstance(error, Refused):
            raise
        raise Refused("broken", BROKEN) from error
    paragraphs = tuple(words for words in map(tidy, walk.paragraphs) if words)
    if not paragraphs:
        why = "scanned" if walk.found["pictures"] else "empty"
        raise Refused(why, "The Word file holds no words.")
    return Reading(paragraphs, tuple(Note(name, walk.found[name]) for name in NOTES if walk.found[name]))


def walked(package: Package) -> "Walk":
    """The whole body of a package, paragraph by paragraph."""
    main = package.main
    body = child(package.tree(main), "body")
    if body is None:
        raise Refused("broken", BROKEN)
    walk = Walk(Numbering.of(package.beside(main, "numbering"), package.beside(main, "styles")))
    walk.blocks(body)
    walk.close()
    return walk


def tidy(words: str) -> str:
    """A paragraph without blanks at its edges and around its line breaks."""
    return "\n".join(line.strip() for line in words.replace("\xa0", " ").split("\n")).strip()


@dataclass
class Walk:
    """The paragraphs so far, and what was met on the way."""

    numbering: Numbering
    paragraphs: list[str] = field(default_factory=list)
    found: Counter[str] = field(default_factory=Counter)
    open_words: str = ""
    boxes: list[Element] = field(default_factory=list)

    def blocks(self, holder: Element) -> None:
        """Everything that stands below each other in a body, a cell or a box."""
        for element in holder:
            name = local(element)
            if name == "p":
                self.paragraph(element)
            elif name == "tbl":
                self.close()
                self.table(element)
            elif name == "sdt" and is_contents(element):
                self.found["contents"] += 1
            elif name == "altChunk":
                self.found["embedded"] += 1
            elif name not in SKIPPED:
                self.met(name)
                self.blocks(element)
            else:
                self.met(name)

    def met(self, name: str) -> None:
        """Count tracked changes."""
        self.found["insertions"] += name in TAKEN
        self.found["deletions"] += name in LEFT_OUT

    def paragraph(self, element: Element) -> None:
        """One paragraph with its label; where its mark was deleted, the next one goes on in it."""
        properties = child(element, "pPr")
        if self.is_contents_line(properties):
            self.found["contents"] += not self.found["contents"]
            return
        marks = child(properties, "rPr")
        is_joined = child(marks, "del") is not None or child(marks, "moveFrom") is not None
        if child(marks, "ins") is not None:
            self.found["insertions"] += 1
        words = "".join(self.inline(element))
        if words.strip() and not self.open_words:
            words = self.numbering.label(properties) + words.lstrip()
        self.open_words += words
        if is_joined:
            self.found["deletions"] += 1
            return
        self.close()

    def close(self) -> None:
        """The paragraph ends; the boxes that hang on it follow."""
        if self.open_words.strip():
            self.paragraphs.append(self.open_words)
        self.open_words = ""
        boxes, self.boxes = self.boxes, []
        for box in boxes:
            self.found["boxes"] += 1
            self.blocks(box)

    def is_contents_line(self, properties: Element | None) -> bool:
        """Whether a paragraph belongs to a list of contents that Word made."""
        style = child(properties, "pStyle")
        names = self.numbering.style_names((value(style, "val") or "") if style is not None else "")
        return bool(names) and names[0].startswith(CONTENTS_STYLES)

    def inline(self, holder: Element) -> Iterator[str]:
        """The words of a paragraph, left out what was deleted, hidden or is drawn elsewhere."""
        for element in holder:
            name = local(element)
            if name == "t":
                yield element.text or ""
            elif name in SIGNS:
                yield SIGNS[name] if value(element, "type") != "page" else ""
            elif name == "AlternateContent":
                yield from self.inline(chosen(element))
            elif self.is_passage(element, name):
                yield from self.inline(element)

    def is_passage(self, element: Element, name: str) -> bool:
        """Whether the words of what stands inside belong here; what does not is counted or kept for later."""
        self.met(name)
        if name == "txbxContent":
            self.boxes.append(element)
            return False
        self.found["footnotes"] += name in {"footnoteReference", "endnoteReference"}
        self.found["pictures"] += name in {"blip", "imagedata"}
        hidden = name == "r" and is_hidden(element)
        self.found["hidden"] += hidden
        return not hidden and name not in SKIPPED

    def table(self, element: Element) -> None:
        """A table row by row; a row of one cell is paragraphs, others are one line."""
        self.found["tables"] += 1
        for row in rows_of(element):
            if child(row, "trPr", "del") is not None:
                self.found["deletions"] += 1
                continue
            self.found["insertions"] += child(row, "trPr", "ins") is not None
            cells = [self.cell(cell) for cell in cells_of(row)]
            filled = [cell for cell in cells if cell]
            if len(filled) == 1:
                self.paragraphs += filled[0]
            elif filled:
                words = [" ".join(" ".join(cell).split()) for cell in cells]
                self.paragraphs.append(CELLS.join(words).strip())

    def cell(self, element: Element) -> list[str]:
        """The paragraphs of a cell."""
        kept, self.paragraphs = self.paragraphs, []
        self.blocks(element)
        self.close()
        words, self.paragraphs = self.paragraphs, kept
        return words


def chosen(element: Element) -> Element:
    """Of several drawings of one thing the first that is offered; reading both would say it twice."""
    return next(iter(element), element)


def is_hidden(run: Element) -> bool:
    """Whether a run is formatted as hidden text."""
    mark = child(run, "rPr", "vanish")
    return mark is not None and value(mark, "val") not in {"0", "false"}


def is_contents(element: Element) -> bool:
    """Whether a content control is a list of contents."""
    gallery = child(element, "sdtPr", "docPartObj", "docPartGallery")
    return gallery is not None and value(gallery, "val") == "Table of Contents"


def rows_of(holder: Element) -> Iterator[Element]:
    """The rows of a table, content controls around them opened."""
    for element in holder:
        if local(element) == "tr":
            yield element
        elif local(element) in {"sdt", "sdtContent", "ins", "customXml"}:
            yield from rows_of(element)


def cells_of(holder: Element) -> Iterator[Element]:
    """The cells of a row, content controls around them opened."""
    for element in holder:
        if local(element) == "tc":
            yield element
        elif local(element) in {"sdt", "sdtContent", "customXml"}:
            yield from cells_of(element)
