"""The list of documents, the page of a document and of one clause."""

from itertools import zip_longest

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone

from minhu.mandates import queries
from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import duties_in_order, lines_of
from minhu.mandates.states import DocumentKind
from minhu.people.gate import Request, allow


@allow("see_mandates")
def index(request: Request) -> HttpResponse:
    """All documents, upstream ones first, with what they ask for."""
    rows = list(queries.documents())
    context = {
        "upstream": [row for row in rows if row.kind == DocumentKind.UPSTREAM],
        "local": [row for row in rows if row.kind == DocumentKind.LOCAL],
        "documents": rows,
        "stale": {one.local.pk for one in queries.stale_documents(on=timezone.localdate())},
        "may_load": request.reader.may("load_document"),
    }
    return render(request, "mandates/documents.html", context)


@allow("see_mandates")
def page(request: Request, pk: int) -> HttpResponse:
    """A document in its wording in force."""
    version = get_object_or_404(Version.objects.select_related("document"), document=pk, is_current=True)
    return show(request, version)


@allow("see_mandates")
def wording(request: Request, pk: int, version: int) -> HttpResponse:
    """A document in an earlier wording."""
    return show(
        request, get_object_or_404(Version.objects.select_related("document"), document=pk, pk=version)
    )


def show(request: Request, version: Version) -> HttpResponse:
    """The text with its clauses and duties marked, and what else is known of the document."""
    clauses = queries.clauses_in_order(version)
    lines = lines_of(version, clauses)
    context = {
        "document": version.document,
        "version": version,
        "versions": with_earlier(list(version.document.versions.defer("text", "furniture"))),
        "standings": queries.implemented_by(version.document, on=timezone.localdate()),
        "lines": [line for line in lines if line.parts and line.parts[0].text != version.document.title],
        "dated": queries.dated_duties(lines),
        "units": sum(clause.is_unit for clause in clauses),
        "headings": [line for line in lines if line.is_heading],
        "duties": sum(len(clause.duties.all()) for clause in clauses),
        "may_load": request.reader.may("load_document"),
    }
    return render(request, "mandates/document.html", context)


def with_earlier(rows: list[Version]) -> list[tuple[Version, Version | None]]:
    """Wordings, the latest first, each with the one before it."""
    return list(zip_longest(rows, rows[1:]))


@allow("see_mandates")
def all_duties(request: Request, pk: int) -> HttpResponse:
    """Who must do what by when in the wording in force: everything, or what has a date."""
    version = get_object_or_404(Version.objects.select_related("document"), document=pk, is_current=True)
    dated = "dated" in request.GET
    rows = duties_in_order(queries.clauses_in_order(version), dated=dated)
    context = {"document": version.document, "rows": rows, "dated": dated}
    return render(request, "mandates/all_duties.html", context)


@allow("see_mandates")
def clause(request: Request, pk: int) -> HttpResponse:
    """One clause: its words, its duties, its neighbours, and what the rooms above say about it."""
    row = get_object_or_404(Clause.objects.select_related("version__document"), pk=pk)
    below = [c for c in queries.clauses_in_order(row.version) if row.start <= c.start and c.end <= row.end]
    context = {
        "clause": row,
        "document": row.version.document,
        "place": queries.place_of(row),
        "lines": lines_of(row.version, below, within=(row.start, row.end)),
        "duties": [duty for c in below for duty in c.duties.all()],
        "may_load": request.reader.may("load_document"),
    }
    return render(request, "mandates/clause.html", context)
