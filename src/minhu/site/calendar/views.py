"""The calendar itself, and making the private address under which it is read."""

from datetime import timedelta
from hashlib import sha256

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone, translation
from django.utils.cache import get_conditional_response
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from minhu.people.actions import TokenDraft, count_request, digest_of, make_token
from minhu.people.gate import Request, allow
from minhu.people.queries import reader_behind, token_with
from minhu.people.rules import Reader
from minhu.people.states import Scope
from minhu.people.wire.numbers import PER_MINUTE, TOKEN_DAYS, Unset, number
from minhu.site.calendar.feed import calendar_of
from minhu.ui import offers


@allow("public")
@require_safe
def calendar(request: HttpRequest, secret: str) -> HttpResponse:
    """The due days of a post; whoever has not the whole address finds nothing."""
    now = timezone.now()
    on, reader = timezone.localdate(now), reader_with(secret)
    # A program that reads calendars chose no language: it is the first one of the site.
    with translation.override(settings.LANGUAGE_CODE):
        name = _("Due days · %(post)s") % {"post": f"{reader.organisation_name} {reader.title}"}
        text = calendar_of(offers.duties(reader, on), name=name, address=settings.MINHU_ADDRESS, on=on)
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["ETag"] = etag = f'"{sha256(text.encode()).hexdigest()[:32]}"'
    answer["Cache-Control"] = "private, no-cache"
    answer["Content-Disposition"] = 'inline; filename="minhu.ics"'
    answer["X-Robots-Tag"] = "noindex"
    return get_conditional_response(request, etag=etag, response=answer) or answer


def reader_with(secret: str) -> Reader:
    """The reader behind an address; 404 for one that is wrong, revoked, run out, or asked for too often."""
    now = timezone.now()
    on = timezone.localdate(now)
    token = token_with(digest_of(secret), on=on)
    reader = reader_behind(token) if token and token.scope == Scope.CALENDAR else None
    if token is None or reader is None or not reader.may("see_desk"):
        raise Http404
    if count_request(token=token, at=now) > number(PER_MINUTE, on):
        raise Http404
    return reader


@allow("see_desk")
@require_POST
@never_cache
def make(request: Request) -> HttpResponse:
    """A new private address, shown once."""
    now = timezone.now()
    on, secret, missing = timezone.localdate(now), "", ""
    try:
        days = number(TOKEN_DAYS, on)
    except Unset as unset:
        missing = unset.code
    else:
        draft = TokenDraft(_("Calendar of due days"), Scope.CALENDAR, on + timedelta(days=days))
        _token, secret = make_token(by=request.reader.actor, draft=draft, most_days=days, at=now)
    context = {"secret": secret, "missing": missing, "address": settings.MINHU_ADDRESS}
    return render(request, "calendar/made.html", context, status=503 if missing else 200)
