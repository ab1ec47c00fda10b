"""A workbook: its sheets, its words, and which cell formats show days and percents."""

import re
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from minhu.methods.sheets.answers import Limits, Refused
from minhu.methods.sheets.package import Package

# Built-in formats of ECMA-376, 18.8.30, with those East Asian editions add.
DAYS = frozenset({*range(14, 18), 22, *range(27, 32), 36, *range(50, 55), 57, 58})
TIMES = frozenset({*range(18, 22), *range(32, 36), 45, 46, 47, 55, 56})
PERCENTS = frozenset({9, 10})
QUOTED = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h|m|s)[^\]]*\]', re.IGNORECASE)
EPOCHS = {False: datetime(1899, 12, 30), True: datetime(1904, 1, 1)}
LAST_SERIAL = 2_958_466
LONGEST = 1_000_000  # characters of one cell, of which spreadsheets write 32,767
MOST_PAGES, MOST_FORMATS = 500, 200_000
ESCAPED = re.compile("_x([0-9A-Fa-f]{4})_")


@dataclass(frozen=True, slots=True)
class Page:
    """A sheet of a workbook: its name, its part, whether it is hidden."""

    name: str
    part: str
    is_hidden: bool


@dataclass
class Workbook:
    """What all sheets share."""

    package: Package
    pages: list[Page] = field(default_factory=list)
    shared: list[str] = field(default_factory=list)
    formats: list[str] = field(default_factory=list)  # by style: "day", "time", "percent" or ""
    has_macros: bool = False
    epoch: datetime = EPOCHS[False]

    @classmethod
    def of(cls, data: bytes, limits: Limits) -> "Workbook":
        """Open a workbook: its list of sheets, styles and shared words."""
        package = Package(data, limits)
        main = next((path for kind, path in package.beside("").values() if kind == "officeDocument"), "")
        if main not in package.parts:
            raise Refused("broken", part="xl/workbook.xml")
        book = cls(package, has_macros=any(name.endswith("vbaProject.bin") for name in package.parts))
        relations = package.beside(main)
        book.read_main(main, relations)
        for kind, path in relations.values():
            if kind == "styles" and path in package.parts:
                book.read_styles(path)
        return book

    def read_main(self, main: str, relations: dict[str, tuple[str, str]]) -> None:
        """The sheets in their order, and the day from which days are counted."""

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = tag.rpartition(":")[2]
            if name == "workbookPr" and attributes.get("date1904") in {"1", "true"}:
                self.epoch = EPOCHS[True]
            if name != "sheet":
                return
            link = next((value for key, value in attributes.items() if key.endswith(":id")), "")
            kind, path = relations.get(link, ("", ""))
            if kind == "worksheet" and path in self.package.parts and len(self.pages) < MOST_PAGES:
                hidden = attributes.get("state", "visible") != "visible"
                self.pages.append(Page(attributes.get("name", ""), path, hidden))

        self.package.walk(main, start)
        self.strings = next((path for kind, path in relations.values() if kind == "sharedStrings"), "")
        if not self.pages:
            raise Refused("broken", part=main)

    def read_styles(self, path: str) -> None:
        """What each cell format shows."""
        codes: dict[int, str] = {}
        inside = [""]

        def start(tag: str, attributes: dict[str, str]) -> None:
            name = tag.rpartition(":")[2]
            if name == "numFmt" and inside[-1] == "numFmts":
                codes[whole(attributes.get("numFmtId"))] = attributes.get("formatCode", "")
            if len(self.formats) + len(codes) > MOST_FORMATS:
                raise Refused("broken", part=path)
            if name == "xf" and inside[-1] == "cellXfs":
                number = whole(attributes.get("numFmtId"))
                self.formats.append(kind_of(number, codes.get(number, "")))
            inside.append(name)

        def end(_tag: str) -> None:
            inside.pop()

        self.package.walk(path, start, end)

    def read_shared(self) -> None:
        """The words cells point at; phonetic readings are left out."""
        if self.strings not in self.package.parts:
            return
        walk = Strings(self.shared, self.package.limits)
        self.package.walk(self.strings, walk.start, walk.end, walk.words)

    def moment(self, serial: float) -> datetime | float:
        """The day and time of a serial number, or the number where there is no such day."""
        if not 0 <= serial < LAST_SERIAL - (self.epoch - EPOCHS[False]).days:
            return serial
        start = self.epoch + timedelta(days=1) if serial < 60 and self.epoch == EPOCHS[False] else self.epoch
        seconds = round(serial % 1 * 86_400)
        return start + timedelta(days=int(serial), seconds=seconds)


@dataclass
class Strings:
    """One pass over the shared words."""

    found: list[str]
    limits: Limits
    parts: list[str] = field(default_factory=list)
    length: int = 0
    is_text: bool = False
    is_phonetic: bool = False

    def start(self, tag: str, _attributes: dict[str, str]) -> None:
        """An element begins."""
        name = tag.rpartition(":")[2]
        self.is_text = self.is_text or name == "t"
        self.is_phonetic = self.is_phonetic or name == "rPh"
        if name == "si":
            self.parts.clear()
            self.length = 0

    def end(self, tag: str) -> None:
        """An element ends."""
        name = tag.rpartition(":")[2]
        self.is_text = self.is_text and name != "t"
        self.is_phonetic = self.is_phonetic and name != "rPh"
        if name == "si":
            if len(self.found) >= self.limits.cells:
                raise Refused("full", most=self.limits.cells)
            self.found.append(unescaped("".join(self.parts)))

    def words(self, more: str) -> None:
        """Words within an element."""
        if self.is_text and not self.is_phonetic:
            self.parts.append(more)
            self.length += len(more)
            if self.length > LONGEST:
                raise Refused("broken", part="xl/sharedStrings.xml")


def kind_of(number: int, code: str) -> str:
    """What a number format shows: "day", "time", "percent" or "" (a plain number)."""
    if not code:
        known = ((DAYS, "day"), (TIMES, "time"), (PERCENTS, "percent"))
        return next((kind for ids, kind in known if number in ids), "")
    bare = QUOTED.sub("", code.split(";")[0]).lower()
    if "%" in bare:
        return "percent"
    if any(sign in bare for sign in "yd年") or ("m" in bare and not any(sign in bare for sign in "hs0#")):
        return "day"
    return "time" if any(sign in bare for sign in "hs") and "0" not in bare.replace(".0", "") else ""


def whole(words: str | None) -> int:
    """A number of an attribute; -1 for none."""
    return int(words) if words and words.isdecimal() and len(words) < 10 else -1


def unescaped(words: str) -> str:
    """Words with the escapes of ECMA-376, 22.4.2.4 undone: _x000D_ is a carriage return."""
    return ESCAPED.sub(lambda found: sign_of(int(found[1], 16)), words) if "_x" in words else words


def sign_of(code: int) -> str:
    """The sign of a code; half a pair is none."""
    return "" if 0xD800 <= code < 0xE000 else chr(code)
