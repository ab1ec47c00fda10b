"""The page of the search."""

from django.http import HttpResponse
from django.shortcuts import render

from minhu.people.gate import Request, allow
from minhu.site.find.queries import search

MOST = 20


@allow("find")
def find(request: Request) -> HttpResponse:
    """Everything this reader may see that holds the words."""
    text = request.GET.get("q", "").strip()[:100]
    return render(request, "site/find.html", {"text": text, "kinds": search(text, request.reader, most=MOST)})
