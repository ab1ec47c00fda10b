"""Coverage to look at: all documents, review clause by clause, matrix, blind spots, over-claims."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from minhu.mandates.models import Version
from minhu.people.gate import Request, allow
from minhu.reforms.queries import coverage_lists as lists
from minhu.reforms.queries.coverage import coverage_of, coverage_of_all
from minhu.reforms.queries.coverage_again import opened_documents
from minhu.reforms.queries.coverage_charts import chart_of, documents_with_bars, parts_of
from minhu.reforms.queries.coverage_decisions import last_search, outlooks_of
from minhu.reforms.queries.coverage_limits import thresholds
from minhu.reforms.queries.coverage_review import SHOWS
from minhu.reforms.queries.coverage_stale import older_by_document
from minhu.reforms.views.coverage_page import draw, draw_review, number_or_none


def version_of(pk: int) -> Version:
    """An upstream wording, without its heavy text."""
    rows = Version.objects.select_related("document").defer("text", "furniture")
    return get_object_or_404(rows, pk=pk)


@allow("see_coverage")
def overview(request: Request) -> HttpResponse:
    """All upstream documents in force: one bar each, and all together."""
    on = timezone.localdate()
    whole = coverage_of_all(possible=thresholds(on).possible)
    waiting = list(lists.waiting_inapplicable())
    rows = [(version, one, parts_of(one, version.pk)) for version, one in documents_with_bars(whole)]
    older, again = older_by_document(on=on), opened_documents()
    context = {"whole": whole, "parts": parts_of(whole, None), "rows": rows, "waiting": waiting}
    context |= {"older": [one for few in older.values() for one in few], "again": again}
    return draw(request, "reforms/coverage/overview.html", context)


@allow("see_coverage")
def review(request: Request, version: int) -> HttpResponse:
    """One clause at left, what answers it at right."""
    show = request.GET.get("show", "all")
    return draw_review(
        request,
        version_of(version),
        at=number_or_none(request.GET.get("at")),
        show=show if show in SHOWS else "all",
    )


@allow("see_coverage")
def matrix(request: Request, version: int) -> HttpResponse:
    """Clauses against lead organisations or domains, gaps first."""
    row = version_of(version)
    by = "domain" if request.GET.get("by") == "domain" else "lead"
    whole = coverage_of(row, possible=thresholds(timezone.localdate()).possible)
    context = {"version": row, "whole": whole, "by": by, "chart": chart_of(lists.grid_of(whole, by=by), by)}
    return draw(request, "reforms/coverage/matrix.html", context | {"tab": "matrix"})


@allow("see_coverage")
def blind(request: Request, version: int) -> HttpResponse:
    """The gaps, each with the text that comes nearest."""
    row, on = version_of(version), timezone.localdate()
    limits = thresholds(on)
    whole = coverage_of(row, possible=limits.possible)
    overdue = lists.overdue_since(whole, claim_days=limits.claim_days, on=on)
    outlooks = outlooks_of(row)
    keys = ((spot, spot.row.clause.pk) for spot in lists.blind_spots(whole))
    spots = [(spot, overdue.get(key), outlooks.get(key)) for spot, key in keys]
    context = {"version": row, "whole": whole, "spots": spots, "limits": limits, "tab": "blind"}
    context["search"] = last_search(row)
    return draw(request, "reforms/coverage/blind.html", context)


@allow("see_coverage")
def claims(request: Request, version: int) -> HttpResponse:
    """What claims to answer, but shares nothing with what it claims."""
    row, limits = version_of(version), thresholds(timezone.localdate())
    context = {
        "version": row,
        "limits": limits,
        "whole": coverage_of(row, possible=limits.possible),
        "answers": lists.over_claims(row),
        "unmet": lists.claims_unmet(row, possible=limits.possible),
        "reforms": lists.claims_without_clause(),
        "uncompared": lists.uncompared(row),
        "tab": "claims",
    }
    return draw(request, "reforms/coverage/claims.html", context)
