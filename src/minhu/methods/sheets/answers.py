"""What reading a sheet gives: rows, what is wrong in which cell, what was decided; or a refusal."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeAlias

from minhu.methods.sheets.columns import Value
from minhu.methods.sheets.wording import HINTS, MESSAGES, NOTES, REFUSALS, filled

Raw: TypeAlias = Any  # None, str, bool, int, float, Decimal, date, datetime, Percent or Failed
Say: TypeAlias = Callable[[str], str]
A = ord("A")


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a reader goes before it refuses: megabytes stored and unpacked, packing ratio, table size."""

    megabytes: float = 20
    unpacked_megabytes: float = 300
    ratio: int = 300
    rows: int = 50_000
    columns: int = 200
    cells: int = 2_000_000
    parts: int = 2_000
    problems: int = 5_000
    heading_within: int = 30


@dataclass(frozen=True, slots=True)
class CellProblem:
    """One thing wrong in one cell. `row` counts from 1 as spreadsheets do; 0 stands for the whole column.

    `why` is a short name; its words stand in `MESSAGES` and `HINTS` and are filled with `facts`.
    """

    sheet: str
    row: int
    column: str
    heading: str
    cell: str
    why: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """What is wrong, in English."""
        return filled(MESSAGES[self.why], self.facts)

    @property
    def hint(self) -> str:
        """How to mend it, in English."""
        return filled(HINTS[self.why], self.facts)

    def said(self, say: Say) -> tuple[str, str]:
        """What is wrong and how to mend it in the language of `say` (such as gettext)."""
        return filled(say(MESSAGES[self.why]), self.facts), filled(say(HINTS[self.why]), self.facts)


@dataclass(frozen=True, slots=True)
class Note:
    """Something the reader decided and a person should know; words in `NOTES`.

    hidden_sheets, other_sheets, hidden_rows, hidden_columns, merged, macros, ignored, formulas, above,
    no_column, encoding, more_problems.
    """

    name: str
    facts: Mapping[str, object] = field(default_factory=dict)

    @property
    def message(self) -> str:
        """The note in English."""
        return filled(NOTES[self.name], self.facts)

    def said(self, say: Say) -> str:
        """The note in the language of `say`."""
        return filled(say(NOTES[self.name]), self.facts)


@dataclass(frozen=True, slots=True)
class Row:
    """A row: its number in the file, its values by code of column, its cells as they stood."""

    number: int
    values: dict[str, Value]
    cells: tuple[Raw, ...]


@dataclass(frozen=True)
class Sheet:
    """A sheet as it was read. Rows with problems are among `rows`; their bad cells have no value.

    `headings` are the cells of the heading row (number `heading_row`), `columns` the code that stands for
    each ("" for ignored ones), `others` the rows that were not read (titles above and between) by number.
    """

    name: str
    rows: tuple[Row, ...]
    problems: tuple[CellProblem, ...]
    headings: tuple[str, ...]
    heading_row: int
    columns: tuple[str, ...]
    ignored: tuple[str, ...] = ()
    notes: tuple[Note, ...] = ()
    others: tuple[tuple[int, tuple[Raw, ...]], ...] = ()

    @property
    def is_clean(self) -> bool:
        """Whether nothing is wrong."""
        return not self.problems

    @property
    def good_rows(self) -> tuple[Row, ...]:
        """The rows in which nothing is wrong."""
        bad = {problem.row for problem in self.problems}
        return tuple(row for row in self.rows if row.number not in bad)


class Refused(ValueError):
    """A file that is not read: `why` is a short name whose words stand in `REFUSALS`, `facts` fill them."""

    def __init__(self, why: str, **facts: object) -> None:
        super().__init__(filled(REFUSALS[why], facts))
        self.why = why
        self.facts = facts

    def said(self, say: Say) -> str:
        """Why, in the language of `say`."""
        return filled(say(REFUSALS[self.why]), self.facts)


def letters(place: int) -> str:
    """The letters of a column counted from 0: 0 is A, 27 is AB."""
    out, place = "", place + 1
    while place:
        place, rest = divmod(place - 1, 26)
        out = chr(A + rest) + out
    return out
