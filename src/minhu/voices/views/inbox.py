"""The inbox of voices and the page of one."""

from django.core.paginator import Paginator
from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.people.rules import Refused
from minhu.ui import offers
from minhu.voices import rules
from minhu.voices.actions.hearing import hear
from minhu.voices.actions.looking import Raw, look
from minhu.voices.forms.inbox import HearForm, InboxForm, ReasonForm
from minhu.voices.models import Voice
from minhu.voices.queries.inbox import inbox, voice_seen, waiting
from minhu.voices.queries.limits import day_of
from minhu.voices.queries.thread import thread_of
from minhu.voices.states.hearing import VoiceRefused

ROWS = 50


@allow("see_voices")
def voices(request: Request) -> HttpResponse:
    """Voices, masked, filtered and paged by the address."""
    form = InboxForm(request.GET, reader=request.reader)
    rows = inbox(request.reader, form.filters(), day_of(timezone.now()))
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    context = {"form": form, "page": page, "waiting": waiting(request.reader), "may": may(request)}
    return render(request, "voices/inbox.html", context)


def may(request: Request) -> dict[str, bool]:
    """What this reader may do anywhere."""
    names = {"hear": "hear_voice", "bring": "import_voices", "moderate": "moderate_voice",
             "decide": "decide_data_request", "publish": "publish_voice", "groups": "see_groups"}  # fmt: skip
    return {name: request.reader.may_somewhere(right) for name, right in names.items()}


def voice_at(request: Request, number: str) -> Voice:
    """The voice of a number; what may not be seen is not there."""
    if voice := voice_seen(request.reader, number):
        return voice
    raise Http404


@allow("see_voices")
def voice(request: Request, number: str) -> HttpResponse:
    """One voice with all that happened to it, masked."""
    return voice_page(request, voice_at(request, number))


def voice_page(request: Request, one: Voice, raw: Raw | None = None) -> HttpResponse:
    """The page; `raw` stands on it only in the answer to a look that was recorded."""
    reader = request.reader
    thread, words = thread_of(one), offers.deeds()
    context = {
        "voice": one, "thread": thread, "raw": raw, "hold": ReasonForm(),
        "record": [(entry, words.get(entry.deed, entry.deed)) for entry in thread.entries],
        "may_look": rules.may_read_raw(reader, one) and not one.erased_at,
        "may_moderate": rules.may_do(reader, "moderate_voice", one),
        "may_publish": rules.may_do(reader, "publish_voice", one),
        "may_decide": rules.may_do(reader, "decide_data_request", one),
    }  # fmt: skip
    return render(request, "voices/voice.html", context)


@allow("see_raw_voice")
@require_POST
def raw(request: Request, number: str) -> HttpResponse:
    """The voice as it was said: recorded first, then shown in this one answer."""
    one = voice_at(request, number)
    if not rules.may_read_raw(request.reader, one):
        raise Refused("see_raw_voice")
    response = voice_page(request, one, look(by=request.reader.actor, number=number, at=timezone.now()))
    response["Cache-Control"] = "no-store"
    return response


@allow("hear_voice")
def write_down(request: Request) -> HttpResponse:
    """A letter or a call, typed by an officer; the code is told so that it can be handed on."""
    form = HearForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        reader = request.reader
        try:
            heard = hear(by=reader.actor, draft=form.draft(reader.organisation), at=timezone.now())
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            return render(request, "voices/written.html", {"heard": heard})
    return render(request, "voices/hear.html", {"form": form}, status=422 if form.errors else 200)
