"""What people say and what came of it, for everybody: groups, one group, outcomes, and the data."""

import csv
from io import StringIO
from typing import Any

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.voices.bridge.groups_pictures import timeline
from minhu.voices.bridge.open_data import COLUMNS, SEALED, row_of
from minhu.voices.forms.open_groups import OpenForm
from minhu.voices.queries import open_groups as reading
from minhu.voices.queries import outcomes as became
from minhu.voices.queries.groups_inbox import streets_of
from minhu.voices.queries.groups_limits import public_least
from minhu.voices.queries.limits import day_of

ROWS = 20
LICENCE = "https://creativecommons.org/licenses/by/4.0/"


@allow("public")
def groups(request: Request) -> HttpResponse:
    """Groups of enough people, by street, theme and how far they have come."""
    today = day_of(timezone.now())
    form = OpenForm(request.GET, places=reading.places(today), domains=reading.domains(today))
    asked = form.asked()
    rows = reading.filtered(reading.open_groups(today), asked["place"], asked["domain"], asked["stage"])
    order = ("-size", "-last_on", "-pk") if asked["sort"] == "size" else ("-last_on", "-size", "-pk")
    page = Paginator(rows.order_by(*order), ROWS).get_page(request.GET.get("page"))
    context = {
        "page": page, "rows": reading.shown(page.object_list), "form": form,
        "least": public_least(today), "today": today, "is_on": any(asked.values()),
    }  # fmt: skip
    return render(request, "voices/public/groups.html", context)


@allow("public")
def group(request: Request, pk: int) -> HttpResponse:
    """One group: how many, where, since when, who has it, what was answered, what became of it."""
    today = day_of(timezone.now())
    found = reading.shown(reading.open_groups(today).filter(pk=pk))
    if not found:
        raise Http404(_("There is no such group, or too few people say it to show it."))
    row = found[0].group
    context = {
        "it": found[0], "today": today, "chart": timeline(reading.days_of(row), today),
        "streets": streets_of([pk]).get(pk, ()), "answers": reading.answers_told(row),
        "voices": reading.opened_voices(row),
    }  # fmt: skip
    return render(request, "voices/public/group.html", context)


@allow("public")
def outcomes(request: Request) -> HttpResponse:
    """Whether saying something helps: what was taken, what was not and why, what grew of it."""
    today = day_of(timezone.now())
    context = {
        "today": today, "figures": became.figures(today), "weighed": became.weighed(today),
        "grown": became.grown(today), "back": became.not_settled(today), "calls": became.published_calls(),
    }  # fmt: skip
    return render(request, "voices/public/outcomes.html", context)


def rows_now() -> list[dict[str, Any]]:
    """Every group everybody may see, as plain values."""
    today = day_of(timezone.now())
    rows = reading.open_groups(today).order_by("pk")
    return [row_of(one) for one in reading.shown(rows)]


@allow("public")
def data(request: Request) -> HttpResponse:
    """What the open data hold, how they were made, under which licence."""
    today = day_of(timezone.now())
    context = {
        "columns": COLUMNS, "least": public_least(today), "today": today, "licence": LICENCE,
        "count": reading.open_groups(today).count(),
    }  # fmt: skip
    return render(request, "voices/public/data.html", context)


@allow("public")
def data_json(request: Request) -> HttpResponse:
    """The groups as JSON."""
    told = {
        "as_of": timezone.now().isoformat(timespec="seconds"), "licence": LICENCE,
        "about": request.build_absolute_uri(reverse("voices:open_data")), "groups": rows_now(),
    }  # fmt: skip
    return JsonResponse(told, json_dumps_params={"ensure_ascii": False, "indent": 1})


@allow("public")
def data_csv(request: Request) -> HttpResponse:
    """The groups as a table; a byte order mark lets spreadsheets read it, formulas are sealed."""
    text = StringIO()
    writer = csv.writer(text)
    writer.writerow(COLUMNS)
    for row in rows_now():
        writer.writerow([sealed(row[name]) for name in COLUMNS])
    answer = HttpResponse("\ufeff" + text.getvalue(), content_type="text/csv; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="groups.csv"'
    answer["Link"] = f'<{LICENCE}>; rel="license"'
    return answer


def sealed(value: object) -> object:
    """A cell no spreadsheet takes for a formula."""
    words = "; ".join(map(str, value)) if isinstance(value, list) else value
    return f"'{words}" if isinstance(words, str) and words.startswith(SEALED) else words
