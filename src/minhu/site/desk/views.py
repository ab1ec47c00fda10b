"""The page of the desk."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.people.gate import Request, allow
from minhu.site.desk.queries import burden_of, piles
from minhu.ui import offers


@allow("see_desk")
def desk(request: Request) -> HttpResponse:
    """What this post owes, by when, and what waits for others."""
    now = timezone.localtime()
    month = now.replace(day=1, hour=0, minute=0, second=0, microsecond=0)
    owed = piles(offers.duties(request.reader, now.date()), on=now.date())
    context = {
        "piles": owed,
        "count": sum(len(pile.duties) for pile in owed if pile.key != "waits"),
        "late": sum(len(pile.duties) for pile in owed if pile.key == "late"),
        "burden": burden_of(request.reader.organisation, since=month, on=now.date()),
        "on": now.date(),
    }
    return render(request, "site/desk.html", context)
