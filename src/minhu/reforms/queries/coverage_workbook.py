"""The report as an Excel workbook to forward: overview, matrix, blind spots, what to check, all."""

from collections.abc import Iterable, Sequence
from io import BytesIO

from django.utils.translation import gettext as _
from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from minhu.reforms.queries.coverage_report import Report
from minhu.reforms.queries.coverage_texts import Line, Local

FORMULA = ("=", "+", "-", "@", "\t", "\r")
MOST_CHARACTERS = 32_000  # Excel refuses a cell of more than 32,767
TONES = {"sure": "#BCD9C9", "possible": "#CCD7E6", "blind": "#E0B4B2"}
Cell = str | int | float | tuple[float, str]  # a score comes with the state that colours it


class Book:
    """A workbook in the house's look: sheets of wrapped, framed cells with a frozen, repeated head."""

    def __init__(self) -> None:
        self.stream = BytesIO()
        # Words that look like formulas or addresses stay words.
        self.book = Workbook(
            self.stream, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
        )
        base = {"font_name": "宋体", "font_size": 10, "valign": "top", "border": 1, "border_color": "#C5CCD3"}
        self.words = self.book.add_format(base | {"text_wrap": True})
        self.number = self.book.add_format(base | {"num_format": "0.00"})
        self.count = self.book.add_format(base | {"num_format": "0"})
        self.head = self.book.add_format(
            base | {"bold": True, "text_wrap": True, "bg_color": "#F0F2F4", "valign": "vcenter"}
        )
        self.title = self.book.add_format({"font_name": "黑体", "font_size": 14, "bold": True})
        self.plain = self.book.add_format(
            {"font_name": "宋体", "font_size": 10, "text_wrap": True, "valign": "top"}
        )
        self.tones = {
            state: self.book.add_format(base | {"num_format": "0.00", "bg_color": colour, "align": "center"})
            for state, colour in TONES.items()
        }

    def sheet(
        self, name: str, title: str, heads: Sequence[tuple[str, int]], rows: Iterable[Sequence[Cell]]
    ) -> None:
        """One sheet: its title, its head with widths, its rows; prints on A4 across, head on every page."""
        page = self.book.add_worksheet(name)
        page.set_landscape()
        page.set_paper(9)
        page.fit_to_pages(1, 0)
        page.set_margins(left=0.5, right=0.5, top=0.6, bottom=0.6)
        page.set_footer("&C&P / &N")
        page.write_string(0, 0, escaped(title), self.title)
        for column, (head, width) in enumerate(heads):
            page.set_column(column, column, width)
            page.write_string(1, column, escaped(head), self.head)
        page.freeze_panes(2, 1)
        page.repeat_rows(0, 1)
        last = 1
        for last, row in enumerate(rows, 2):
            for column, cell in enumerate(row):
                self.write(page, last, column, cell)
        if last > 1:
            page.autofilter(1, 0, last, len(heads) - 1)

    def write(self, page: Worksheet, row: int, column: int, cell: Cell) -> None:
        """One cell by its kind."""
        if isinstance(cell, tuple):
            page.write_number(row, column, round(cell[0], 4), self.tones[cell[1]])
        elif isinstance(cell, str):
            page.write_string(row, column, escaped(cell), self.words)
        else:
            page.write_number(row, column, cell, self.kind(cell))

    def kind(self, cell: int | float) -> Format:
        """Counts without decimals, scores with two."""
        return self.count if isinstance(cell, int) else self.number

    def notes(self, name: str, title: str, lines: Iterable[str]) -> None:
        """A sheet of plain lines."""
        page = self.book.add_worksheet(name)
        page.set_paper(9)
        page.set_column(0, 0, 90)
        page.write_string(0, 0, escaped(title), self.title)
        for row, line in enumerate(lines, 1):
            page.write_string(row, 0, escaped(line), self.plain)

    def done(self) -> bytes:
        """The workbook as bytes."""
        self.book.close()
        return self.stream.getvalue()


def escaped(words: str) -> str:
    """Words no spreadsheet takes for a formula, whatever it does with the file; control signs gone."""
    clean = "".join(sign for sign in words if sign in "\n\t" or sign.isprintable())[:MOST_CHARACTERS]
    return f"'{clean}" if clean.startswith(FORMULA) else clean


def workbook_of(report: Report) -> bytes:
    """The whole report as one workbook."""
    book, title = Book(), f"{report.upstream.title} ← {len(report.locals)}"
    if len(report.locals) == 1:
        title = f"{report.upstream.title} ← {report.locals[0].source.title}"
    book.sheet(_("Overview"), title, overview_head(), (overview_row(local) for local in report.locals))
    book.sheet(_("Matrix"), title, matrix_head(report), matrix_rows(report))
    book.sheet(_("Blind spots"), title, blind_head(), blind_rows(report))
    book.sheet(_("To be checked"), title, check_head(), check_rows(report))
    book.sheet(_("Every clause"), title, clause_head(), clause_rows(report))
    book.notes(_("How to read it"), title, [*report.summaries, *reading(report), report.how])
    return book.done()


def reading(report: Report) -> list[str]:
    """How the texts were read, a line each."""
    return [
        _("%(name)s, as it was read: %(note)s") % {"name": name, "note": note} for name, note in report.notes
    ]


def overview_head() -> list[tuple[str, int]]:
    """Columns of the overview."""
    names = (
        _("Compared text"),
        _("Issued"),
        _("Articles"),
        _("sure"),
        _("possible"),
        _("blind"),
        _("Remark"),
    )
    return list(zip(names, (38, 12, 8, 8, 8, 8, 40), strict=True))


def overview_row(local: Local) -> list[Cell]:
    """One text."""
    source, counts = local.source, local.counts
    day = f"{source.issued_on:%Y-%m-%d}" if source.issued_on else "–"
    return [source.title, day, len(source.articles), *counts.values(), local.remark]


def matrix_head(report: Report) -> list[tuple[str, int]]:
    """Columns of the matrix: the clause, its words, one for each text."""
    return [
        (_("Clause"), 12), (_("What it asks"), 48), (_("Answered by texts"), 9),
        *((local.source.called, 14) for local in report.locals),
    ]  # fmt: skip


def matrix_rows(report: Report) -> Iterable[list[Cell]]:
    """Articles × texts: scores coloured by state."""
    for row in report.rows:
        scores: list[Cell] = [(line.score, line.state) for line in row.lines]
        yield [row.article.label, row.article.body, row.answered, *scores]


def blind_head() -> list[tuple[str, int]]:
    """Columns of the blind spots."""
    names = (
        _("Compared text"),
        _("Clause"),
        _("What it asks"),
        _("Nearest text"),
        _("Its words"),
        _("Score"),
        _("Why"),
    )
    return list(zip(names, (24, 10, 48, 10, 48, 8, 24), strict=True))


def blind_rows(report: Report) -> Iterable[list[Cell]]:
    """Every blind spot of every text, with the nearest text."""
    for local in report.locals:
        for line in local.blind:
            yield [local.source.called, line.article.label, line.article.body, *nearest(line), line.why]


def nearest(line: Line) -> list[Cell]:
    """The nearest text: label, words, score."""
    best = line.best
    return [best.article.label, best.article.body, float(best.score)] if best else ["–", "", 0.0]


def check_head() -> list[tuple[str, int]]:
    """Columns of what to check."""
    names = (_("Compared text"), _("Finding"), _("Clause"), _("Local clause"), _("Why"))
    return list(zip(names, (30, 18, 12, 12, 70), strict=True))


def check_rows(report: Report) -> Iterable[list[Cell]]:
    """Stale texts, figures that differ, over-claims."""
    for local in report.locals:
        name = local.source.called
        for line in local.stale:
            label = line.best.article.label if line.best else "–"
            yield [name, _("Stale"), line.article.label, label, local.remark]
        for line in local.differing:
            if line.best:
                yield [
                    name,
                    _("Figures differ"),
                    line.article.label,
                    line.best.article.label,
                    line.best.differs,
                ]
        for article in local.claims:
            why = _("names the upstream document, but answers none of its clauses")
            yield [name, _("Over-claim"), "–", article.label, why]


def clause_head() -> list[tuple[str, int]]:
    """Columns of everything."""
    names = (
        _("Clause"), _("What it asks"), _("Compared text"), _("State"), _("Score"), _("Local clause"),
        _("Its words"), _("Longest shared words"), _("Why"),
    )  # fmt: skip
    return list(zip(names, (10, 44, 22, 9, 8, 10, 44, 28, 26), strict=True))


def clause_rows(report: Report) -> Iterable[list[Cell]]:
    """Every article with what comes nearest in every text."""
    for row in report.rows:
        for local, line in zip(report.locals, row.lines, strict=True):
            for hit in line.worth:
                yield [
                    line.article.label, line.article.body, local.source.called, line.word, float(hit.score),
                    hit.article.label, hit.article.body, hit.evidence, line.why if hit is line.best else "",
                ]  # fmt: skip
            if not line.worth:
                yield [
                    line.article.label,
                    line.article.body,
                    local.source.called,
                    line.word,
                    0.0,
                    "–",
                    "",
                    "",
                    line.why,
                ]
