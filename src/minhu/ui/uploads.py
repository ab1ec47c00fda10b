"""How much one request may send: what is larger is refused before anything of it is kept."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

MEGABYTE = 1024 * 1024
# A browser shows an answer only when all it sends has been taken off the line; no worker waits for more.
DRAINED = 8


class RequestLimit:
    """Refuses requests over `MINHU_MAX_REQUEST_MB`, with what to do instead."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let the request through, or answer in its place."""
        sent, most = int(request.META.get("CONTENT_LENGTH") or 0), settings.MINHU_MAX_REQUEST_MB
        if sent <= most * MEGABYTE:
            return self.get_response(request)
        if sent <= DRAINED * most * MEGABYTE:
            while request.read(MEGABYTE):
                pass
        return render(request, "413.html", {"sent": -(-sent // MEGABYTE), "most": most}, status=413)
