"""The hot list with its reasons and timelines, one hot issue, and what people say street by street."""

from datetime import date, timedelta

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.voices.bridge.groups_pictures import cartogram, timeline
from minhu.voices.queries import hot as reading
from minhu.voices.queries.groups_choices import domain_choices
from minhu.voices.queries.groups_map import Span, groups_in, span_of
from minhu.voices.queries.limits import day_of

SHOWN = 30


@allow("see_groups")
def hot(request: Request) -> HttpResponse:
    """What people say more than usual, why, since when, where; never who."""
    run = reading.run_on(request.GET.get("on", ""))
    rows = reading.list_of(run) if run else []
    context = {
        "run": run, "runs": reading.runs(),
        "rows": [(row, timeline(padded(row.days, run.on, run.days), run.on)) for row in rows] if run else [],
        "may_cut": request.reader.may_somewhere("propose_small_cut"),
    }  # fmt: skip
    return render(request, "voices/hot.html", context)


def padded(days: tuple[tuple[date, int], ...], on: date, back: int) -> list[tuple[date, int]]:
    """Days of a timeline that begins and ends with the look back, so that lines can be compared."""
    first = on - timedelta(days=back - 1)
    told = dict(days)
    return sorted({first: told.get(first, 0), on: told.get(on, 0), **told}.items())


@allow("see_groups")
def hot_issue(request: Request, pk: int) -> HttpResponse:
    """One hot issue: its groups, its days, its streets, and what may be done about it."""
    row = reading.hot_at(pk)
    if row is None:
        raise Http404(_("There is no such entry on a hot list."))
    run = row.issue.run
    counts, rest = reading.counts_by_street(
        run.on - timedelta(days=run.days - 1), run.on, [group.pk for group in row.groups]
    )
    context = {
        "it": row, "run": run, "chart": timeline(padded(row.days, run.on, run.days), run.on),
        "map": cartogram(reading.grid_units(), counts, f"{reverse('voices:groups')}?show=all&place=", rest),
        "candidates": row.issue.candidates.all(),
        "may_cut": request.reader.may_somewhere("propose_small_cut"),
    }  # fmt: skip
    return render(request, "voices/hot_issue.html", context)


@allow("see_groups")
def street_map(request: Request) -> HttpResponse:
    """How much is said in which street, by days, sort and domain."""
    today = day_of(timezone.now())
    span: Span = span_of(request.GET, today)
    counts, rest = reading.counts_by_street(span.since, span.until, groups_in(span))
    context = {
        "map": cartogram(reading.grid_units(), counts, f"{reverse('voices:groups')}?show=all&place=", rest),
        "span": span, "domains": domain_choices(), "spans": (7, 30, 90, 365),
    }  # fmt: skip
    return render(request, "voices/map.html", context)
