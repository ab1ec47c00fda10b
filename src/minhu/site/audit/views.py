"""The pages of the record: all of it, and what was done to one thing."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render

from minhu.people.gate import Request, allow
from minhu.site.audit.forms import RecordFilter
from minhu.site.audit.queries import chain_of, in_words, last_seal, visible_entries
from minhu.ui import offers

PER_PAGE = 50


@allow("see_record")
def record(request: Request) -> HttpResponse:
    """The record, newest first, as far as this reader may read it."""
    form = RecordFilter(request.GET)
    page = Paginator(form.narrow(visible_entries(request.reader)), PER_PAGE).get_page(request.GET.get("page"))
    book = form.cleaned_data.get("book", "")
    context = {
        "form": form,
        "page": page,
        "lines": in_words(page),
        "book": book,
        "chain": chain_of(book) if book and page.paginator.count else None,
        "seal": last_seal(),
    }
    return render(request, "audit/record.html", context)


@allow("see_record")
def thing(request: Request, thing: str) -> HttpResponse:
    """What was done to one thing, and whether the book it stands in is whole."""
    entries = visible_entries(request.reader).filter(thing=thing)
    page = Paginator(entries, PER_PAGE).get_page(request.GET.get("page"))
    if not page.paginator.count:
        raise Http404(thing)
    title, url = offers.thing_link(thing)
    context = {
        "page": page,
        "lines": in_words(page),
        "title": title,
        "url": url,
        "chain": chain_of(page[0].book),
        "seal": last_seal(),
    }
    return render(request, "audit/thing.html", context)
