"""Which row holds the headings, and which column stands for what."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from difflib import get_close_matches

from minhu.methods.sheets.answers import CellProblem, Note, Raw, letters
from minhu.methods.sheets.columns import Column, Shape, plain, without_bracket
from minhu.methods.sheets.numbers import heading_unit
from minhu.methods.sheets.raws import Bad, clean, one_line, words_of

WRONG, MORE = "⚠", "ℹ"  # headings and sheets that begin with these signs were added by the tool
LIKE = 0.6


def is_ours(name: str) -> bool:
    """Whether the tool added a column or sheet itself."""
    return name.startswith((WRONG, MORE))


@dataclass
class Headings:
    """The heading row, its words, and by place the column that stands there, with the unit it names."""

    row: int
    words: list[str]
    columns: list[Column | None]
    units: list[str]
    problems: list[CellProblem] = field(default_factory=list)
    notes: list[Note] = field(default_factory=list)

    @property
    def ignored(self) -> tuple[str, ...]:
        """The headings that stand for nothing."""
        pairs = zip(self.words, self.columns, strict=True)
        return tuple(word for word, column in pairs if word and column is None and not is_ours(word))

    @property
    def matched(self) -> int:
        """How many columns were found."""
        return sum(1 for column in self.columns if column)


class Names:
    """Everything the columns of a shape may be called."""

    def __init__(self, shape: Shape, foreign: Mapping[str, str]) -> None:
        self.known = {plain(name): column for column in shape for name in column.names}
        self.known |= {plain(name): shape[code] for name, code in foreign.items()}
        self.titles = {plain(name): column for column in shape for name in (column.title, *column.aliases)}

    def column(self, words: str) -> tuple[Column | None, str]:
        """The column a heading stands for, and the unit in its bracket where it names one."""
        flat = one_line(words)
        if is_ours(flat):
            return None, ""
        bare, bracket = without_bracket(flat)
        found = self.known.get(plain(flat)) or self.known.get(plain(bare))
        return found, bracket if found is not None else ""

    def near(self, words: str, free: Sequence[Column]) -> Column | None:
        """A column that was not found and is called nearly so."""
        titles = {title: column for title, column in self.titles.items() if column in free}
        close = get_close_matches(plain(without_bracket(words)[0]), list(titles), n=1, cutoff=LIKE)
        return titles[close[0]] if close else None


def headings_at(row: int, cells: Sequence[Raw], names: Names) -> Headings:
    """What a row says if it is the heading."""
    words = [clean(words_of(cell)) for cell in cells]
    found = [names.column(word) if word else (None, "") for word in words]
    return Headings(row, words, [column for column, _ in found], [unit for _, unit in found])


def find_headings(
    rows: Mapping[int, Sequence[Raw]], names: Names, within: int, fixed: int | None
) -> Headings | None:
    """The row among the first that names most columns (of two alike the upper one); None where none does."""
    if fixed is not None:
        return headings_at(fixed, rows.get(fixed, ()), names)
    seen = [headings_at(number, rows[number], names) for number in sorted(rows)[:within]]
    best = max(seen, key=lambda one: len({column.code for column in one.columns if column}), default=None)
    return best if best and best.matched else None


def judge(found: Headings, shape: Shape, names: Names, sheet: str, constant: frozenset[str]) -> None:
    """Add what is wrong with the headings: doubled ones, absent ones; what was left out becomes notes."""
    places: dict[str, int] = {}
    for place, column in enumerate(found.columns):
        if column is None:
            continue
        try:
            found.units[place] = heading_unit(found.units[place], column)
        except Bad as bad:
            found.problems.append(problem(found, sheet, place, column.title, bad.why, bad.facts))
            found.units[place] = ""
        if column.code in places:
            facts = {"heading": column.title, "one": letters(places[column.code]), "two": letters(place)}
            found.problems.append(problem(found, sheet, place, column.title, "heading_twice", facts))
            found.columns[place] = None
        else:
            places[column.code] = place
    absent = [column for column in shape if column.code not in places and column.code not in constant]
    strange = {place: word for place, word in enumerate(found.words) if word and found.columns[place] is None}
    nearest = {place: names.near(word, absent) for place, word in strange.items() if not is_ours(word)}
    left = [column for column in absent if not report_absent(found, sheet, column, nearest, shape.key)]
    if left:
        found.notes.append(Note("no_column", {"names": "、".join(column.heading for column in left)}))
    others = [found.words[place] for place, near in nearest.items() if near is None]
    if others:
        found.notes.append(Note("ignored", {"names": "、".join(others[:20])}))


def report_absent(
    found: Headings, sheet: str, column: Column, nearest: Mapping[int, Column | None], key: Sequence[str]
) -> bool:
    """One column that is not there: a problem if it is needed, a note if it is nearly there; else False."""
    place = next((place for place, near in nearest.items() if near is column), None)
    facts: dict[str, object] = {"heading": column.heading}
    is_needed = column.required or column.code in key
    if place is not None:
        facts["near"] = found.words[place]
    if is_needed:
        why = "no_column" if place is None else "near_column"
        found.problems.append(problem(found, sheet, place, column.title, why, facts))
    elif place is not None:
        found.notes.append(Note("near_heading", {"found": found.words[place], "near": column.heading}))
    return is_needed or place is not None


def problem(
    found: Headings, sheet: str, place: int | None, heading: str, why: str, facts: Mapping[str, object]
) -> CellProblem:
    """A problem of the heading row; without a place, of the whole sheet."""
    where = letters(place) if place is not None else ""
    cell = f"{where}{found.row}" if where else ""
    return CellProblem(sheet, found.row, where, heading, cell, why, facts)
