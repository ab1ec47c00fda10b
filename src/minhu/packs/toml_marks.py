"""Where every key and value of a TOML text stands: a scanner over text that tomllib has already accepted."""

import re
import tomllib
from bisect import bisect_right
from dataclasses import dataclass, field

from minhu.packs.positions import Path

Place = tuple[int, int]
BARE = re.compile(r"[A-Za-z0-9_-]+")
BLANK = re.compile(r"(?:[ \t\n]+|#[^\n]*)*")
PLAIN = re.compile(r"[^,\]}#\n]*")
# One character of a string as it is written; a line that ends in a backslash is none.
SPELLED = re.compile(r"\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8}|\\[^\n]|[^\\]", re.DOTALL)


@dataclass(frozen=True)
class Marks:
    """Line and column of each key and of each value, by its path."""

    keys: dict[Path, Place] = field(default_factory=dict)
    values: dict[Path, Place] = field(default_factory=dict)
    text: str = ""

    def key(self, path: Path) -> Place:
        """Where a key is written; for a path that is not written, its nearest written ancestor."""
        while path and path not in self.keys:
            path = path[:-1]
        return self.keys.get(path, (1, 1))

    def value(self, path: Path) -> Place:
        """Where a value begins; where there is none, its key."""
        return self.values.get(path) or self.key(path)

    def inside(self, path: Path, offset: int) -> Place:
        """Where a character of a text stands, counted from 0, however the text is quoted."""
        line, column = self.value(path)
        starts = [0, *(found.end() for found in re.finditer("\n", self.text))]
        at = starts[line - 1] + column - 1
        if path not in self.values or self.text[at : at + 1] not in {'"', "'"}:
            return line, column
        at = _inside(self.text, at, offset)
        line = bisect_right(starts, at)
        return line, at - starts[line - 1] + 1


def scan(text: str) -> Marks:
    """The marks of a valid TOML text."""
    return _Scanner(text.replace("\r\n", "\n")).scan()


def _inside(text: str, at: int, offset: int) -> int:
    """The index of a character of the string that begins at `at`."""
    quote = text[at]
    fence = quote * 3 if text.startswith(quote * 3, at) else quote
    at += len(fence) + (len(fence) == 3 and text.startswith("\n", at + 3))
    for _ in range(offset):
        if text.startswith(fence, at):
            break
        found = SPELLED.match(text, at) if quote == '"' else None
        at = found.end() if found else at + 1
    return at


class _Scanner:
    """Walks once through the text; it trusts the text to be valid."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.at = 0
        self.marks = Marks(text=text)
        self.lengths: dict[Path, int] = {}
        self.starts = [0, *(found.end() for found in re.finditer("\n", text))]

    def scan(self) -> Marks:
        """Read tables and pairs to the end."""
        table: Path = ()
        self.blank()
        while self.at < len(self.text):
            if self.text[self.at] == "[":
                table = self.header()
            else:
                self.pair(table)
            self.blank()
        return self.marks

    def header(self) -> Path:
        """`[a.b]` or `[[a.b]]`; answers the path that the following pairs belong to."""
        begin, many = self.place(), self.text.startswith("[[", self.at)
        self.at += 2 if many else 1
        names = [name for name, _ in self.dotted()]
        self.at = self.text.index("]", self.at) + (2 if many else 1)
        path: Path = ()
        for name in names[:-1]:
            path = self.last((*path, name))
            self.marks.keys.setdefault(path, begin)
        path = (*path, names[-1])
        self.marks.keys.setdefault(path, begin)
        if many:
            self.lengths[path] = self.lengths.get(path, 0) + 1
            path = self.last(path)
        self.marks.keys[path] = begin
        return path

    def last(self, path: Path) -> Path:
        """A table, or the newest table of an array of tables."""
        return (*path, self.lengths[path] - 1) if path in self.lengths else path

    def pair(self, base: Path) -> None:
        """`key = value`, the key possibly dotted."""
        path = base
        for name, place in self.dotted():
            path = (*path, name)
            self.marks.keys.setdefault(path, place)
        self.at = self.text.index("=", self.at) + 1
        self.blank()
        self.value(path)

    def dotted(self) -> list[tuple[str, Place]]:
        """The parts of a key, each with its place."""
        parts = []
        while True:
            self.blank()
            place, begin = self.place(), self.at
            if self.text[self.at] in "\"'":
                self.string()
                parts.append((str(tomllib.loads(f"k={self.text[begin : self.at]}")["k"]), place))
            else:
                self.at = BARE.match(self.text, self.at).end()  # type: ignore[union-attr]
                parts.append((self.text[begin : self.at], place))
            self.blank()
            if self.text[self.at] != ".":
                return parts
            self.at += 1

    def value(self, path: Path) -> None:
        """Any value; arrays and inline tables are entered."""
        self.marks.values[path] = self.place()
        self.marks.keys.setdefault(path, self.place())
        first = self.text[self.at]
        if first in "\"'":
            self.string()
        elif first == "[":
            self.array(path)
        elif first == "{":
            self.inline(path)
        else:
            self.at = PLAIN.match(self.text, self.at).end()  # type: ignore[union-attr]

    def array(self, path: Path) -> None:
        """`[a, b]`, over many lines if need be."""
        self.at += 1
        index = 0
        while self.enter("]"):
            self.value((*path, index))
            index += 1

    def inline(self, path: Path) -> None:
        """`{a = 1, b = 2}`."""
        self.at += 1
        while self.enter("}"):
            self.pair(path)

    def enter(self, end: str) -> bool:
        """Step to the next member; at the end step over it and answer no."""
        self.blank()
        if self.text[self.at] == ",":
            self.at += 1
            self.blank()
        if self.text[self.at] != end:
            return True
        self.at += 1
        return False

    def string(self) -> None:
        """Step over a string of any of the four kinds."""
        quote = self.text[self.at]
        fence = quote * 3 if self.text.startswith(quote * 3, self.at) else quote
        self.at += len(fence)
        while not self.text.startswith(fence, self.at):
            self.at += 2 if quote == '"' and self.text[self.at] == "\\" else 1
        self.at += len(fence)
        # Up to two quotes may stand right before the closing fence and belong to the string.
        while len(fence) == 3 and self.text.startswith(quote, self.at):
            self.at += 1

    def blank(self) -> None:
        """Step over spaces, ends of lines and comments."""
        self.at = BLANK.match(self.text, self.at).end()  # type: ignore[union-attr]

    def place(self) -> Place:
        """Line and column, both from 1."""
        line = bisect_right(self.starts, self.at)
        return line, self.at - self.starts[line - 1] + 1
