"""Open311 GeoReport v2: services, requests, tokens; JSON and XML; errors in the shape of the standard."""

import json
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import wraps
from typing import Any

from django.http import HttpResponse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.translation import gettext as _
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from minhu.people.gate import Request, allow
from minhu.people.rules import Reader
from minhu.people.wire import Problem
from minhu.voices.actions.hearing import hear
from minhu.voices.actions.knocking import FOLLOW, SAY, knock
from minhu.voices.bridge import open311
from minhu.voices.bridge.tokens import bare_code, code_digest
from minhu.voices.models import Voice
from minhu.voices.public.holding import address_of
from minhu.voices.public.open311_keys import reader_with_key
from minhu.voices.queries.author import voice_by_digest
from minhu.voices.queries.desks import street_choices
from minhu.voices.queries.open311 import Asked, readable, requests_for
from minhu.voices.states.hearing import Sort, VoiceRefused

FORMATS = {"json": "application/json; charset=utf-8", "xml": "text/xml; charset=utf-8"}
STATUS = {"unknown": 404, "often": 429}
View = Callable[..., HttpResponse]


def answer(
    form: str, root: str, item: str, rows: Sequence[Mapping[str, Any]], status: int = 200
) -> HttpResponse:
    """Rows in one of the two formats; one definition (no item) is an object in JSON."""
    if form == "xml":
        content: bytes | str = open311.as_xml(root, item, rows)
    else:
        content = json.dumps(list(rows) if item else rows[0], ensure_ascii=False)
    return HttpResponse(content, content_type=FORMATS[form], status=status)


def errors(form: str, status: int, words: str) -> HttpResponse:
    """An error as the standard writes it."""
    return answer(form, "errors", "error", [{"code": status, "description": words}], status)


def told(view: View) -> View:
    """The view, whose refusals leave it in the shape of the standard; GET also in other pages' scripts."""

    @wraps(view)
    def whole(request: Request, form: str, **values: Any) -> HttpResponse:
        if form not in FORMATS:
            return errors("json", 404, _("There are two formats: json and xml."))
        try:
            response = view(request, form, **values)
        except VoiceRefused as refused:
            named = f"{refused.field}: " if refused.field else ""
            response = errors(form, STATUS.get(refused.code, 400), named + refused.words)
        except Problem as problem:
            words = problem.message or _("This key opens nothing, or its post may not do this.")
            response = errors(form, problem.status, str(words))
        if request.method == "GET":
            response["Access-Control-Allow-Origin"] = "*"
        return response

    return whole


@allow("public")
@require_GET
@told
def discovery(request: Request, form: str) -> HttpResponse:
    """Where the endpoint stands and what it speaks."""
    here = request.build_absolute_uri("v2/")
    row = {
        "changeset": "2026-11-25T00:00:00+08:00", "contact": "", "key_service": "",
        "endpoints": [{"specification": "http://wiki.open311.org/GeoReport_v2", "url": here,
                       "changeset": "2026-11-25T00:00:00+08:00", "type": "production",
                       "formats": ["text/xml", "application/json"]}],
    }  # fmt: skip
    return answer(form, "discovery", "", [row])


@allow("public")
@require_GET
@told
def services(request: Request, form: str) -> HttpResponse:
    """What somebody may wish."""
    return answer(form, "services", "service", [open311.service(sort) for sort in Sort])


@allow("public")
@require_GET
@told
def service(request: Request, form: str, code: str) -> HttpResponse:
    """What one service asks besides."""
    if code not in Sort.values:
        raise VoiceRefused(_("There is no service “%(code)s”.") % {"code": code}, "service_code", "unknown")
    return answer(form, "service_definition", "", [open311.definition(Sort(code), street_choices())])


@csrf_exempt
@allow("public")
@require_http_methods(["GET", "POST"])
@told
def requests(request: Request, form: str) -> HttpResponse:
    """POST: say something; GET: what everybody may read, or what the post behind the key sees."""
    if request.method == "POST":
        return heard(request, form)
    reader = reader_of(request, request.GET)
    rows = requests_for(reader, asked_of(request.GET))
    return answer(form, "service_requests", "request", [open311.request_row(row) for row in rows])


def heard(request: Request, form: str) -> HttpResponse:
    """Hear what a program sends: with a key for its post, without one for the public, so often an hour."""
    said, now = request.POST.dict(), timezone.now()
    address = address_of(request)
    draft = open311.draft_of(said, address)
    if key := said.get("api_key", ""):
        reader = reader_with_key(request, key, "hear_voice", writes=True)
        taken = hear(by=reader.actor, draft=open311.taken_in(draft, reader.organisation), at=now)
    else:
        knock(address=address, what=SAY, at=now)
        taken = hear(by=None, draft=draft, at=now)
    notice = _("Keep the token: it is told this once and opens what was said, under “Where is it now?”.")
    if said.get("media_url"):
        notice += " " + _("Pictures are not kept.")
    row = {"service_request_id": taken.voice.number, "token": taken.follow_code, "service_notice": notice,
           "account_id": None}  # fmt: skip
    return answer(form, "service_requests", "request", [row], 201)


@allow("public")
@require_GET
@told
def one_request(request: Request, form: str, number: str) -> HttpResponse:
    """One request: if everybody may read it, the post behind the key sees it, or the token opens it."""
    reader = reader_of(request, request.GET)
    row = readable(reader).filter(number=number).first() or held(request, number)
    if row is None:
        words = _("There is no request %(number)s that you may read.") % {"number": number}
        raise VoiceRefused(words, "service_request_id", "unknown")
    return answer(form, "service_requests", "request", [open311.request_row(row)])


def held(request: Request, number: str) -> Voice | None:
    """The voice of a number, if the token of its author was sent."""
    token = request.GET.get("token", "")
    return by_token(request, token, number) if token else None


def by_token(request: Request, token: str, number: str = "") -> Voice | None:
    """The voice a token opens; an address may try so often."""
    knock(address=address_of(request), what=FOLLOW, at=timezone.now())
    voice = voice_by_digest(code_digest(token)) if bare_code(token) else None
    return voice if voice and not voice.erased_at and number in {"", voice.number} else None


@allow("public")
@require_GET
@told
def token(request: Request, form: str, token: str) -> HttpResponse:
    """Which request a token belongs to."""
    voice = by_token(request, token)
    if voice is None:
        raise VoiceRefused(_("This code opens nothing: look at it sign by sign."), "token", "unknown")
    row = {"token": token, "service_request_id": voice.number}
    return answer(form, "service_requests", "request", [row])


def reader_of(request: Request, said: Mapping[str, Any]) -> Reader | None:
    """The post behind the key, if one was sent."""
    key = said.get("api_key", "")
    return reader_with_key(request, key, "see_voices", writes=False) if key else None


def asked_of(said: Mapping[str, Any]) -> Asked:
    """Filters as the standard names them. Raises VoiceRefused for what cannot be read."""
    statuses = parts(said.get("status", ""))
    if set(statuses) - {"open", "closed"}:
        raise VoiceRefused(_("A status is open or closed."), "status")
    return Asked(
        parts(said.get("service_request_id", "")), parts(said.get("service_code", "")), statuses,
        moment(said, "start_date"), moment(said, "end_date"),
    )  # fmt: skip


def parts(words: str) -> tuple[str, ...]:
    """Values with commas between."""
    return tuple(part.strip() for part in words.split(",") if part.strip())


def moment(said: Mapping[str, Any], name: str) -> datetime | None:
    """A moment in W3C form, such as 2026-03-31T00:00:00+08:00."""
    typed = said.get(name, "")
    if not typed:
        return None
    try:
        found = parse_datetime(typed)
    except ValueError:
        found = None
    if found is None:
        raise VoiceRefused(
            _("“%(found)s” is no moment such as 2026-03-31T08:00:00Z.") % {"found": typed}, name
        )
    return found if found.tzinfo else timezone.make_aware(found)
