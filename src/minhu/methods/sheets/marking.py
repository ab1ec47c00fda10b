"""The rows of the user once more, every bad cell marked and explained, ready to be mended and reloaded."""

from collections import defaultdict
from collections.abc import Sequence

from xlsxwriter.worksheet import Worksheet

from minhu.methods.sheets.answers import CellProblem, Raw, Say, Sheet, letters
from minhu.methods.sheets.columns import Shape
from minhu.methods.sheets.headings import WRONG, is_ours
from minhu.methods.sheets.paper import MOST_SIGNS, Paper, spoken
from minhu.methods.sheets.raws import Failed, shortened, words_of
from minhu.methods.sheets.wording import PAPER
from minhu.methods.sheets.writing import BELOW, offer, width_of, write_notes

STRANGE_WIDTH = 18
NOTE_SIZE = {"x_scale": 2, "y_scale": 1.2}
MOST_NOTES = 2_000  # comments a spreadsheet still opens quickly; the last column explains all


def error_workbook(sheet: Sheet, shape: Shape, say: Say | None = None) -> bytes:
    """Write the rows of a sheet where they stood: bad cells marked, a comment on each, a last column.

    Columns that are missing stand empty before it. A second sheet lists all problems. `read` ignores what is
    added. `say` translates the words of `MESSAGES`, `HINTS` and `PAPER`.
    """
    with Paper() as paper:
        marks = Marks(paper, sheet, shape, spoken(say))
        marks.write()
        marks.list_all()
        lists = write_notes(paper, shape, marks.say)
        last = max((row.number for row in sheet.rows), default=sheet.heading_row)
        for place, code in enumerate(marks.codes):
            if code:
                offer(marks.page, shape[code], (sheet.heading_row, last + BELOW, place), lists, marks.say)
    return paper.done()


class Marks:
    """The marked sheet as it is written."""

    def __init__(self, paper: Paper, sheet: Sheet, shape: Shape, say: Say) -> None:
        self.paper, self.sheet, self.shape, self.say = paper, sheet, shape, say
        self.page: Worksheet = paper.page(sheet.name)
        self.kept = [place for place, word in enumerate(sheet.headings) if not is_ours(word)]
        absent = [problem for problem in sheet.problems if problem.why == "no_column"]
        self.absent = [column for column in shape if column.title in {problem.heading for problem in absent}]
        self.codes = [sheet.columns[place] for place in self.kept] + [column.code for column in self.absent]
        self.last = len(self.codes)
        self.by_row: dict[int, list[CellProblem]] = defaultdict(list)
        for problem in sheet.problems:
            self.by_row[problem.row].append(problem)
        self.notes = 0

    def write(self) -> None:
        """Every row at its old place."""
        for place, code in enumerate(self.codes):
            self.page.set_column(place, place, width_of(self.shape[code]) if code else STRANGE_WIDTH)
        self.page.set_column(self.last, self.last, 60)
        self.page.freeze_panes(self.sheet.heading_row, 0)
        rows = {row.number: row.cells for row in self.sheet.rows} | dict(self.sheet.others)
        rows[self.sheet.heading_row] = self.sheet.headings
        for number in sorted(rows):
            if number == self.sheet.heading_row:
                self.heading()
            else:
                self.row(number, rows[number])

    def heading(self) -> None:
        """The heading row, with absent columns and ours at its end."""
        row, bad = self.sheet.heading_row - 1, self.bad_places(self.sheet.heading_row)
        names = [self.sheet.headings[place] for place in self.kept] + [
            column.heading for column in self.absent
        ]
        for place, name in enumerate(names):
            is_bad = place in bad or place >= len(self.kept)
            self.page.write_string(row, place, name, (self.paper.bad if is_bad else self.paper.looks)["head"])
            self.explain(row, place, bad.get(place, []))
        self.page.write_string(
            row, self.last, f"{WRONG} {self.say(PAPER['problem'])}", self.paper.bad["head"]
        )

    def row(self, number: int, cells: Sequence[Raw]) -> None:
        """One row, its bad cells marked, and what is wrong in the last column."""
        bad = self.bad_places(number)
        for place, old in enumerate(self.kept):
            raw = cells[old] if old < len(cells) else None
            raw = (raw.words or None) if isinstance(raw, Failed) else raw
            if raw is not None or place in bad:
                self.paper.put(self.page, (number - 1, place), raw, is_bad=place in bad)
                self.explain(number - 1, place, bad.get(place, []))
        if self.by_row.get(number):
            words = "\n".join(self.sentence(problem) for problem in self.by_row[number])
            self.paper.put(self.page, (number - 1, self.last), words[:MOST_SIGNS], is_bad=True)

    def bad_places(self, number: int) -> dict[int, list[CellProblem]]:
        """The problems of a row by the place of their cell in this workbook."""
        places = {letters(old): place for place, old in enumerate(self.kept)}
        found: dict[int, list[CellProblem]] = defaultdict(list)
        for problem in self.by_row.get(number, ()):
            if problem.column in places:
                found[places[problem.column]].append(problem)
        return found

    def explain(self, row: int, place: int, problems: Sequence[CellProblem]) -> None:
        """A comment on a bad cell."""
        if problems and self.notes < MOST_NOTES:
            self.notes += 1
            words = "\n".join(" ".join(problem.said(self.say)) for problem in problems)
            self.page.write_comment(row, place, words, {"author": "", **NOTE_SIZE})

    def sentence(self, problem: CellProblem) -> str:
        """A problem with its heading."""
        return " ".join((f"{problem.heading}:", *problem.said(self.say)))

    def list_all(self) -> None:
        """A sheet with a line for every problem, linked to its cell."""
        page = self.paper.page(f"{WRONG} {self.say(PAPER['problems'])}")
        heads = ("cell", "heading", "found", "wrong", "mend")
        for place, (name, width) in enumerate(zip(heads, (10, 20, 24, 60, 60), strict=True)):
            page.set_column(place, place, width)
            self.paper.head(page, (0, place), self.say(PAPER[name]))
        page.freeze_panes(1, 0)
        cells = {row.number: row.cells for row in self.sheet.rows}
        places = {letters(place): place for place in range(len(self.sheet.headings))}
        for line, problem in enumerate(self.sheet.problems, 1):
            row, place = cells.get(problem.row, ()), places.get(problem.column, -1)
            found = shortened(words_of(row[place])) if 0 <= place < len(row) else ""
            where = problem.cell or self.say(PAPER["whole_sheet"])
            for column, words in enumerate((where, problem.heading, found, *problem.said(self.say))):
                self.paper.put(page, (line, column), words)
