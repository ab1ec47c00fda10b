"""A TOML file as plain values, each with its place."""

import re
import tomllib
from dataclasses import dataclass
from decimal import Decimal

from minhu.packs.positions import PackError, Path, Position, Problem
from minhu.packs.toml_marks import Marks, scan

STANDS_AT = re.compile(
    r"^(?P<what>.*) \(at (?:line (?P<line>\d+), column (?P<column>\d+)|end of document)\)$"
)
HINTS = (
    ("Cannot overwrite", "this key or table stands twice"),
    ("Cannot declare", "this table stands twice"),
    ("Invalid value", "text goes in \" \", dates are 2024-03-31, true and false are small"),
    ("Invalid date", "no such day in the calendar"),
    ("Expected '='", "every line is: key = value"),
    ("Unterminated string", 'a closing " is missing'),
    ("Illegal character", 'a closing " is missing on this line'),
    ("Expected newline", "one key = value on a line; text with \" inside goes in ' '"),
)  # fmt: skip


@dataclass(frozen=True)
class TomlFile:
    """Values of a file and where they stand."""

    name: str
    values: dict[str, object]
    marks: Marks

    def key(self, path: Path) -> Position:
        """Where a key is written."""
        return Position(self.name, *self.marks.key(path))

    def value(self, path: Path) -> Position:
        """Where a value begins."""
        return Position(self.name, *self.marks.value(path))

    def inside(self, path: Path, offset: int) -> Position:
        """Where a character of a text stands."""
        return Position(self.name, *self.marks.inside(path, offset))


def read_toml(text: str, name: str) -> TomlFile:
    """Parse; a mistake in the writing is raised with its line, its column and what was meant."""
    try:
        values = tomllib.loads(text, parse_float=Decimal)
    except tomllib.TOMLDecodeError as error:
        raise PackError([_mistake(str(error), text, name)]) from None
    return TomlFile(name, values, scan(text))


def _mistake(said: str, text: str, name: str) -> Problem:
    """tomllib's words turned into a problem."""
    found = STANDS_AT.match(said)
    what = found["what"] if found else said
    lines = text.split("\n")
    line = int(found["line"]) if found and found["line"] else len(lines)
    column = int(found["column"]) if found and found["column"] else len(lines[-1]) + 1
    hint = next((words for start, words in HINTS if what.startswith(start)), "")
    if set(lines[min(line, len(lines)) - 1]) & set("“”‘’＝，"):
        hint = 'Chinese quotes or signs where TOML wants " = ,'
    return Problem(Position(name, line, column), f"not TOML: {what}", hint)
