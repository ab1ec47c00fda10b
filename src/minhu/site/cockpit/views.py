"""The page of the cockpit."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.people.gate import Request, allow
from minhu.ui import offers


@allow("see_cockpit")
def cockpit(request: Request) -> HttpResponse:
    """Five questions, each with its number, its doubt and the rows behind it."""
    on, reader = timezone.localdate(), request.reader
    tiles = [(figure.question, figure.build(reader, on)) for figure in offers.figures()]
    context = {
        "on": on,
        "sentences": [tuple(opening.build(reader, on)) for opening in offers.openings()],
        "tiles": [(question, view) for question, view in tiles if view],
    }
    return render(request, "site/cockpit.html", context)
