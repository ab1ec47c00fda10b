"""The plan of cases that may not crowd, year by year."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.cases.bridge.pages.planning import plan_of
from minhu.cases.queries.kinds import current_kind
from minhu.cases.queries.lights import today
from minhu.people.gate import Request, allow


def year_of(request: Request, now: int) -> int:
    """The year the address asks for, within reach of this one."""
    said = request.GET.get("year", "")
    return int(said) if said.isdecimal() and abs(int(said) - now) <= 50 else now


@allow("see_cases")
def plan(request: Request, kind: str) -> HttpResponse:
    """Bodies against the months of a year, with what is too close or too often, and why."""
    row, day = current_kind(kind), today(timezone.now())
    if row is None or not row.spec.get("spacing"):
        raise Http404(_("Cases of the kind “%(code)s” have no plan.") % {"code": kind})
    year = year_of(request, day.on.year)
    context = {"kind": row, "plan": plan_of(row, year, day.on, request.reader), "year": year, "day": day}
    return render(request, "cases/plan.html", context | {"before": year - 1, "after": year + 1})
