"""Figures of one kind of case."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.cases.queries.kinds import current_kinds
from minhu.cases.queries.lights import today
from minhu.cases.queries.naming import namings
from minhu.cases.queries.statistics import roles_of, statistics_of
from minhu.cases.views.plan import year_of
from minhu.people.gate import Request, allow


@allow("see_cases")
def statistics(request: Request, kind: str) -> HttpResponse:
    """By office and by month, of cases opened in a year."""
    versions = [one for one in namings().values() if one.code == kind]
    if not versions:
        raise Http404(_("There is no kind of case with the code %(code)s.") % {"code": kind})
    day, current = today(timezone.now()), next((one for one in versions if one.is_current), versions[0])
    year, roles = year_of(request, day.on.year), roles_of(current)
    role = request.GET.get("role", "")
    role = role if role in dict(roles) else roles[0][0]
    context = {
        "kind": current, "kinds": current_kinds(), "year": year, "before": year - 1, "after": year + 1,
        "roles": roles, "role": role, "role_title": dict(roles)[role], "day": day,
        "it": statistics_of(versions, role, year, day.on, request.reader),
    }  # fmt: skip
    return render(request, "cases/statistics.html", context)
