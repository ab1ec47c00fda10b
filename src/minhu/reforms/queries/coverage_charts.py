"""Coverage drawn: the bar of one document, and the matrix."""

from django.urls import reverse
from django.utils.translation import gettext as _

from minhu.mandates.models import Version
from minhu.mandates.queries import current_versions
from minhu.reforms.queries.coverage import Covered, Row
from minhu.reforms.queries.coverage_lists import Cell, Grid, short
from minhu.ui.charts import Mark, Matrix, MatrixRow
from minhu.ui.offers import Segment

LABEL = 14


def parts_of(whole: Covered, version: int | None) -> tuple[Segment, ...]:
    """Taken over, unfinished, not applicable, to be confirmed, blind: side by side, each with its rows."""

    def url(show: str) -> str:
        return reverse("reforms:coverage_review", args=[version]) + f"?show={show}" if version else ""

    counts = whole.counts
    return (
        Segment(counts["taken"], "done", _("taken over"), url("settled")),
        Segment(counts["inapplicable"], "off", _("not applicable"), url("settled")),
        Segment(whole.unfinished, "yellow", _("answered, but unfinished"), url("open")),
        Segment(whole.pending, "work", _("to be confirmed"), url("pending")),
        Segment(whole.blind, "red", _("blind spots"), url("blind")),
    )


def documents_with_bars(whole: Covered) -> list[tuple[Version, Covered]]:
    """Every upstream document that asks for answers, with its own coverage; one query."""
    each = whole.by_version
    rows = current_versions().filter(pk__in=each).defer("text", "furniture")
    return [(version, each[version.pk]) for version in rows.order_by("-document__received_on", "pk")]


def chart_of(grid: Grid, by: str) -> Matrix:
    """The matrix as the page draws it."""
    corner = _("Clause × domain") if by == "domain" else _("Clause × lead organisation")
    rows = tuple(matrix_row(row, cells, grid) for row, cells in grid.lines)
    return Matrix(corner, tuple(name for _key, name in grid.columns), rows)


def matrix_row(row: Row, cells: dict[str, Cell], grid: Grid) -> MatrixRow:
    """One clause: marks where somebody answers, a remark where nobody does."""
    clause = row.clause
    label = f"{clause.name} {short(clause.text.removeprefix(clause.label).strip(), LABEL)}"
    url = reverse("reforms:coverage_review", args=[clause.version_id]) + f"?at={clause.pk}"
    if not cells:
        return MatrixRow(label, url, remark=f"{row.word} · {row.reason}", remark_url=url, blind=row.is_blind)
    marks = tuple(mark_of(cells.get(key)) for key, _name in grid.columns)
    return MatrixRow(label, url, marks)


def mark_of(cell: Cell | None) -> Mark | None:
    """Full where it leads (or a local clause answers), a ring where it supports."""
    if cell is None:
        return None
    url = cell.reforms[0].get_absolute_url() if cell.reforms else cell.clauses[0].get_absolute_url()
    return Mark("full", _("leads or answers"), url) if cell.is_lead else Mark("ring", _("supports"), url)
