"""Coverage from above: the matrix, blind spots with the nearest text, over-claims, what is overdue."""

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from minhu.mandates.models import Clause, Document, Version
from minhu.mandates.queries import current_units, with_names
from minhu.mandates.states import DocumentKind
from minhu.people.models import Organisation
from minhu.reforms.models import Answer, Inapplicable, Reform
from minhu.reforms.queries.coverage import HEAVY, Covered, Row, effective
from minhu.reforms.queries.coverage_candidates import GONE
from minhu.reforms.states import AnswerState, Domain, Origin
from minhu.rulebook.queries import calendar

LOCAL = "local"
NAME = 24


@dataclass(frozen=True, slots=True)
class Cell:
    """How one column stands to one clause."""

    is_lead: bool
    reforms: tuple[Reform, ...]
    clauses: tuple[Clause, ...] = ()


@dataclass(frozen=True, slots=True)
class Grid:
    """Clauses against organisations or domains: columns as (key, name), one line a clause, gaps first."""

    columns: tuple[tuple[str, str], ...]
    lines: tuple[tuple[Row, dict[str, Cell]], ...]


def grid_of(whole: Covered, *, by: str) -> Grid:
    """The matrix by `lead` (leads full, supports ring) or by `domain`; one query for the supports."""
    supports = supports_of(whole) if by == "lead" else {}
    lines = [(row, cells_of(row, by, supports)) for row in whole.rows]
    used = {key for _row, cells in lines for key in cells}
    columns = [(key, name) for key, name in names_of(by, used) if key in used]
    if LOCAL in used:
        columns.append((LOCAL, _("Local documents")))
    lines.sort(key=lambda line: (not line[0].is_blind, not line[0].is_pending, line[0].is_settled))
    return Grid(tuple(columns), tuple(lines))


def supports_of(whole: Covered) -> dict[int, list[str]]:
    """Codes of the supporting organisations of every reform that answers."""
    keys = {reform.pk for row in whole.rows for a in row.answers if (reform := effective(a))}
    found: dict[int, list[str]] = {}
    pairs = Reform.supports.through.objects.filter(reform__in=keys).values_list(
        "reform", "organisation__code"
    )
    for key, code in pairs:
        found.setdefault(key, []).append(code)
    return found


def cells_of(row: Row, by: str, supports: dict[int, list[str]]) -> dict[str, Cell]:
    """The cells of one clause; a lead outweighs a support."""
    cells: dict[str, Cell] = {}
    for answer in row.answers:
        reform = effective(answer)
        if reform is None:
            before = cells.get(LOCAL, Cell(True, ()))
            clauses = (answer.local_clause,) if answer.local_clause else ()
            cells[LOCAL] = Cell(True, (), (*before.clauses, *clauses))
            continue
        keys = [reform.domain] if by == "domain" else [reform.lead.code] if reform.lead else []
        for key in keys:
            cells[key] = joined(cells.get(key), True, reform)
        for key in supports.get(reform.pk, ()):
            cells[key] = joined(cells.get(key), False, reform)
    return cells


def joined(cell: Cell | None, is_lead: bool, reform: Reform) -> Cell:
    """A cell with one more reform in it."""
    return Cell(is_lead or bool(cell and cell.is_lead), (*(cell.reforms if cell else ()), reform))


def names_of(by: str, used: set[str]) -> list[tuple[str, str]]:
    """Keys and names of columns in their own order."""
    if by == "domain":
        return [(value, str(label)) for value, label in Domain.choices]
    return [(one.code, one.short) for one in Organisation.objects.filter(code__in=used)]


@dataclass(frozen=True, slots=True)
class Blind:
    """A clause nothing answers, and the text that comes nearest."""

    row: Row
    nearest: Answer | None


def blind_spots(whole: Covered) -> list[Blind]:
    """Every gap with the nearest suggestion, those without any hope first; one query."""
    gaps = [row for row in whole.rows if row.state == "gap"]
    suggested = with_ends(
        Answer.objects.filter(clause__in=[row.clause.pk for row in gaps], state=AnswerState.SUGGESTED)
    ).order_by("clause", "score")
    nearest = {answer.clause_id: answer for answer in suggested}
    found = [Blind(row, nearest.get(row.clause.pk)) for row in gaps]
    return sorted(found, key=lambda one: (not one.row.is_blind, (one.nearest and one.nearest.score) or 0))


def over_claims(version: Version) -> list[Answer]:
    """Confirmed answers whose words share no run at all with the clause they are said to answer."""
    compared = Q(score__isnull=False, spans=[])
    rows = Answer.objects.filter(compared, clause__version=version, state=AnswerState.CONFIRMED)
    named = with_names(with_ends(rows).select_related("clause"), "clause__")
    return list(named.order_by("score", "clause__order"))


def with_ends(answers: QuerySet[Answer]) -> QuerySet[Answer]:
    """Answers with the reform or the local clause that answers, by name."""
    rows = answers.select_related("reform__lead", "local_clause__version__document").defer(*HEAVY)
    return with_names(rows, "local_clause__")


def claims_unmet(version: Version, *, possible: float) -> list[Clause]:
    """Local clauses that name the document, but nothing in them comes near any of its clauses."""
    met = Answer.objects.filter(
        Q(state=AnswerState.CONFIRMED) | Q(state=AnswerState.SUGGESTED, score__gte=possible),
        local_clause=OuterRef("pk"), clause__version=version,
    )  # fmt: skip
    rows = current_units(DocumentKind.LOCAL).exclude(version__document=version.document_id)
    found = rows.filter(~Exists(met), text__contains=version.document.title)
    return list(with_names(found).order_by("version", "order"))


def uncompared(version: Version) -> int:
    """Confirmed answers that were never compared: the next run of suggestions scores them."""
    rows = Answer.objects.filter(clause__version=version, state=AnswerState.CONFIRMED, score=None)
    return rows.exclude(reform__state__in=GONE).count()


def claims_without_clause() -> list[Reform]:
    """Reforms that say they come from a clause, but answer none."""
    confirmed = Answer.objects.filter(reform=OuterRef("pk"), state=AnswerState.CONFIRMED)
    rows = Reform.objects.filter(~Exists(confirmed), origin=Origin.CLAUSE)
    return list(rows.exclude(state__in=GONE).select_related("lead").order_by("code"))


def waiting_inapplicable() -> QuerySet[Inapplicable]:
    """Proposals that wait for a second person, the oldest first."""
    rows = Inapplicable.objects.filter(granted=None, clause__version__is_current=True)
    heavy = ("clause__version__text", "clause__version__furniture")
    rows = with_names(rows.select_related("clause__version__document"), "clause__")
    return rows.defer(*heavy).order_by("asked_at", "pk")


def overdue_since(whole: Covered, *, claim_days: int, on: date) -> dict[int, date]:
    """Gaps that should have been taken over: clause key -> the day it was due; one query for the calendar."""
    versions = {row.clause.version_id for row in whole.rows if row.state == "gap"}
    if not versions:
        return {}
    days = calendar(on=on)
    due = {
        version.pk: days.add(came_in(version.document, version.added_at), claim_days, "working_day").on
        for version in Version.objects.filter(pk__in=versions).select_related("document").defer("text")
    }
    gaps = (row.clause for row in whole.rows if row.state == "gap")
    return {clause.pk: due[clause.version_id] for clause in gaps if due[clause.version_id] < on}


def came_in(document: Document, added_at: datetime) -> date:
    """The day from which the days to take over are counted."""
    return document.received_on or timezone.localdate(added_at)


def short(words: str, most: int = NAME) -> str:
    """The first characters of a clause."""
    return Truncator(" ".join(words.split())).chars(most)


def sure_answers(version: Version, *, confident: float, learned: float | None = None) -> list[Answer]:
    """The best suggestion of every clause that has no confirmed answer yet, where it is confident.

    `learned`: the bound for scores that are probabilities, if it is another.
    """
    decided = Answer.objects.filter(clause__version=version, state=AnswerState.CONFIRMED).values("clause")
    bound = confident if learned is None else learned
    sure = Q(is_learned=False, score__gte=confident) | Q(is_learned=True, score__gte=bound)
    rows = Answer.objects.filter(sure, clause__version=version, state=AnswerState.SUGGESTED)
    best: dict[int, Answer] = {}
    for answer in rows.exclude(clause__in=decided).order_by("clause__order", "-score", "pk"):
        best.setdefault(answer.clause_id, answer)
    return list(best.values())
