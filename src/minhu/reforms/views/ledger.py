"""The ledger as a table, and the page of everything that is late or near."""

from typing import Any

from django.core.paginator import Paginator
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.people.gate import Request, allow
from minhu.reforms.forms import LedgerFilterForm
from minhu.reforms.models import Reform
from minhu.reforms.queries.lateness import late_milestones, near_milestones
from minhu.reforms.queries.ledger import counts_by_tone, matching, narrowed, page_of, rows_of
from minhu.reforms.queries.lights import day_of
from minhu.reforms.views.wording import columns, opening

ROWS = 50


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator that is told the count, which the summary has asked for already."""

    def __init__(self, rows: QuerySet[Reform, Any], size: int, count: int) -> None:
        super().__init__(rows, size)
        self.count = count


@allow("see_ledger")
def ledger(request: Request) -> HttpResponse:
    """Reforms filtered, sorted and paged by the address, under a sentence that sums them up."""
    form = LedgerFilterForm(request.GET)
    filters, day = form.filters(), day_of(timezone.localdate())
    found = matching(filters)
    tones = counts_by_tone(found, day)
    total = tones[filters.light] if filters.light in tones else sum(tones.values())
    number = CountedPaginator(found.none(), ROWS, total).get_page(request.GET.get("page")).number
    keys = page_of(narrowed(found, filters, tones, day, number * ROWS), filters, day)
    page = CountedPaginator(keys, ROWS, total).page(number)
    context = {
        "form": form,
        "page": page,
        "rows": rows_of(page.object_list, day),
        "opening": opening(tones, request.GET),
        "columns": columns(filters.sort, request.GET),
        "day": day,
        "may_start": request.reader.may("start_reform"),
    }
    return render(request, "reforms/ledger.html", context)


@allow("see_ledger")
def late(request: Request) -> HttpResponse:
    """What is late and why, then what is due soon."""
    day = day_of(timezone.localdate())
    context = {"late": late_milestones(day, most=200), "near": near_milestones(day, most=200), "day": day}
    return render(request, "reforms/late.html", context)
