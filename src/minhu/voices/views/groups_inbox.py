"""The inbox of groups: the main page of whoever sorts and answers what people say."""

from typing import Any

from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.cases.queries.lights import Day, today
from minhu.people.gate import Request, allow
from minhu.voices.bridge.searching import groups_found
from minhu.voices.forms.groups_inbox import GroupsForm
from minhu.voices.queries import groups_inbox as reading
from minhu.voices.queries.groups_choices import domain_choices
from minhu.voices.views.groups_wording import inbox_tabs, opening

ROWS = 50
TYPED, MOST_TYPED, LONGEST = 8, 40, 200


@allow("see_groups")
def groups(request: Request) -> HttpResponse:
    """Groups filtered, sorted and paged by the address, under a sentence that sums them up."""
    reader, day = request.reader, today(timezone.now())
    counts = reading.counts(reader)
    form = GroupsForm(request.GET, show=shown(request, counts), choices=choices())
    filters = form.filters()
    page = Paginator(listed(request, filters, day), ROWS).get_page(request.GET.get("page"))
    context = {
        "form": form, "filters": filters, "page": page, "rows": reading.rows_of(page.object_list, day),
        "day": day, "tabs": inbox_tabs(counts, filters.show, request.GET), "opening": opening(counts),
        "may_assign": reader.may("assign_voices", organisation=reading.desk_of(reader)),
        "may_hear": reader.may_somewhere("hear_voice"), "may_see": reader.may_somewhere("see_voices"),
    }  # fmt: skip
    return render(request, "voices/groups.html", context)


@allow("see_groups")
def find(request: Request) -> HttpResponse:
    """The groups that fit what is being typed best, as a piece of the page."""
    text = request.GET.get("text", "")[:LONGEST]
    keys = groups_found(text, MOST_TYPED)[:TYPED] if len(text.strip()) > 1 else []
    return render(request, "voices/_found.html", {"groups": reading.standing_among(keys)})


def listed(request: Request, filters: reading.Filters, day: Day) -> Any:
    """The groups of the list: what a search found the nearest first, unless another order is asked for."""
    among = groups_found(filters.text) if filters.text else None
    rows = reading.matching(filters, request.reader, among).select_related("case__kind", "office", "place")
    if among is not None and filters.sort == "light":
        return reading.by_likeness(rows, among)
    return reading.ordered(rows, filters.sort, day)


def shown(request: Request, counts: dict[str, int]) -> str:
    """The tab asked for; else what waits, or for an office what it owes."""
    show = request.GET.get("show", "")
    if show in reading.SHOWS:
        return show
    return "waiting" if reading.is_desk(request.reader) else "mine" if counts["mine"] else "all"


def choices() -> dict[str, list[tuple[str, str]]]:
    """What the filters offer."""
    return {
        "office": reading.offices_of_groups(),
        "place": reading.places_of_groups(),
        "domain": domain_choices(),
    }
