"""Reading documents: their clauses, the units that ask for an answer, their duties."""

from collections import defaultdict
from dataclasses import dataclass
from typing import TypeVar

from django.db.models import Count, Model, Prefetch, Q, QuerySet

from minhu.mandates.models import Clause, Document, Duty, Version
from minhu.mandates.states import DocumentKind

Row = TypeVar("Row", bound=Model)


def documents() -> QuerySet[Document]:
    """All documents, counting in their wording in force: `units`, `duties`; and `wordings`."""
    current = Q(versions__is_current=True)
    units_in_force = current & Q(versions__clauses__is_unit=True)
    return Document.objects.annotate(
        units=Count("versions__clauses", filter=units_in_force, distinct=True),
        duties=Count("versions__clauses__duties", filter=current, distinct=True),
        wordings=Count("versions", distinct=True),
    ).order_by("-kind", "-received_on", "number")


def with_names(rows: QuerySet[Row], prefix: str = "") -> QuerySet[Row]:
    """Clauses (or rows that hold one under `prefix`) with what `Clause.name` reads, and nothing heavy."""
    steps = [f"{prefix}parent", f"{prefix}parent__parent", f"{prefix}parent__parent__parent"]
    return rows.select_related(steps[-1]).defer(*(f"{step}__text" for step in steps))


def current_version(document: Document) -> Version | None:
    """The wording in force."""
    return document.versions.filter(is_current=True).select_related("document").first()


def current_versions(kind: str = DocumentKind.UPSTREAM) -> QuerySet[Version]:
    """The wordings in force of all documents of a kind."""
    return Version.objects.filter(is_current=True, document__kind=kind).select_related("document")


def units(of: Document | Version) -> QuerySet[Clause]:
    """The clauses of a wording (of a document: of the one in force) that are answered one by one."""
    if isinstance(of, Document):
        return Clause.objects.filter(version__document=of, version__is_current=True, is_unit=True)
    return Clause.objects.filter(version=of, is_unit=True)


def current_units(kind: str = DocumentKind.UPSTREAM) -> QuerySet[Clause]:
    """The units of all documents of a kind in their wordings in force."""
    rows = Clause.objects.filter(is_unit=True, version__is_current=True, version__document__kind=kind)
    return rows.select_related("version__document").defer("version__text", "version__furniture")


def clause_at(number: str, label: str) -> Clause:
    """The clause of a document in force by its label ("第三条"), its path ("ch1/art3") or its label path.

    A label path joins labels from the top by "/" ("第一章/第三条"). Raises Clause.DoesNotExist naming both.
    """
    rows = Clause.objects.filter(version__document__number=number, version__is_current=True)
    found = rows.filter(path=label).first()
    if found is None:
        *above, last = label.split("/")
        fitting = [c for c in rows.filter(label=last).order_by("-is_unit", "order") if is_below(c, above)]
        found = fitting[0] if fitting else None
    if found is None:
        raise Clause.DoesNotExist(f"no clause {label} in document {number}")
    return found


def is_below(clause: Clause, labels: list[str]) -> bool:
    """Whether the labels, from the top down, all stand above the clause."""
    wanted, above = list(labels), clause.parent
    while wanted and above is not None:
        if above.label == wanted[-1]:
            wanted.pop()
        above = above.parent
    return not wanted


def find_clauses(text: str, most: int = 20) -> QuerySet[Clause]:
    """Units and headings in force whose words hold the text."""
    return with_names(
        Clause.objects.filter(version__is_current=True)
        .filter(Q(is_unit=True, text__icontains=text) | Q(heading__icontains=text))
        .select_related("version__document")
        .defer("version__text", "version__furniture")
        .order_by("version__document__number", "order")
    )[:most]


def find_documents(text: str, most: int | None = 20) -> QuerySet[Document]:
    """Documents whose title, number or issuer holds the text."""
    asked = Q(title__icontains=text) | Q(number__icontains=text) | Q(issuer__icontains=text)
    return Document.objects.filter(asked).order_by("number")[:most]


def clauses_in_order(version: Version) -> list[Clause]:
    """The whole tree of a wording, flat, with duties, in two queries."""
    duties = Prefetch("duties", Duty.objects.order_by("start", "pk"))
    rows = list(version.clauses.order_by("order").prefetch_related(duties))
    by_key = {row.pk: row for row in rows}
    for row in rows:
        row.version, row.parent = version, by_key.get(row.parent_id or 0)
    return rows


@dataclass(frozen=True, slots=True)
class Place:
    """Where a clause stands: the steps above it and the units beside it."""

    above: tuple[Clause, ...]
    before: Clause | None
    after: Clause | None
    number: int
    total: int


def place_of(clause: Clause) -> Place:
    """The steps above a clause and its neighbours among the units, in two queries."""
    rows = list(Clause.objects.filter(version=clause.version_id).order_by("order").defer("text"))
    by_key = {row.pk: row for row in rows}
    for row in rows:
        row.parent = by_key.get(row.parent_id or 0)
    above, step = [], clause.parent_id
    while step is not None:
        above.append(by_key[step])
        step = by_key[step].parent_id
    unit_rows = [row for row in rows if row.is_unit or row.pk == clause.pk]
    index = [row.pk for row in unit_rows].index(clause.pk)
    return Place(
        above=tuple(reversed(above)),
        before=unit_rows[index - 1] if index else None,
        after=unit_rows[index + 1] if index + 1 < len(unit_rows) else None,
        number=sum(row.is_unit for row in unit_rows[: index + 1]),
        total=sum(row.is_unit for row in unit_rows),
    )


def duties_by_unit(version: Version) -> dict[int, list[Duty]]:
    """The duties of each unit, those of its own paragraphs and points with it, in two queries."""
    parents = dict(version.clauses.values_list("pk", "parent_id"))
    unit_keys = set(version.clauses.filter(is_unit=True).values_list("pk", flat=True))
    found: dict[int, list[Duty]] = defaultdict(list)
    for duty in Duty.objects.filter(clause__version=version).order_by("start", "pk"):
        key: int | None = duty.clause_id
        while key is not None and key not in unit_keys:
            key = parents[key]
        if key is not None:
            found[key].append(duty)
    return dict(found)
