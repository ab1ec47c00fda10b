"""The queue: what lies on the own desk, what waits for others, what is open, what is closed."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.cases import rules
from minhu.cases.forms.queue import QueueForm
from minhu.cases.queries.kinds import kinds_to_open
from minhu.cases.queries.lights import today
from minhu.cases.queries.matrix import titles_of_matters
from minhu.cases.queries.queue import Queue, matters_of
from minhu.cases.views.wording import opening, tabs
from minhu.people.gate import Request, allow

ROWS = 50


class CountedPaginator(Paginator):  # type: ignore[type-arg]
    """A paginator that is told the count, which the tabs and lights have asked for already."""

    def __init__(self, rows: Any, size: int, count: int) -> None:
        super().__init__(rows, size)
        self.count = count


@allow("see_cases")
def queue(request: Request) -> HttpResponse:
    """Cases filtered, sorted and paged by the address, under a sentence that sums them up."""
    day = today(timezone.now())
    one = Queue(request.reader, day)
    form = QueueForm(request.GET, queue=one, matters=titles_of_matters(matters_of(request.reader)))
    filters = form.filters()
    found = one.matching(filters)
    tones = one.tones(found) if filters.show != "ended" else {}
    total = tones.get(filters.light, sum(tones.values())) if tones else found.count()
    page = CountedPaginator(one.keys(found, filters), ROWS, total).get_page(request.GET.get("page"))
    context = {
        "form": form, "filters": filters, "page": page, "rows": one.rows(page.object_list), "day": day,
        "tabs": tabs(one.counts(), filters.show, request.GET), "opening": opening(tones, request.GET),
        "picks": filters.show == "desk" and bool(filters.kind and filters.place),
        "kinds": kinds_to_open(rules.doer_of(request.reader)), "chosen": one.kind(filters.kind),
    }  # fmt: skip
    return render(request, "cases/queue.html", context)
