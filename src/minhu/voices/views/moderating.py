"""Moderation: held voices, single publications, requests of authors about their data."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.people.rules import Refused
from minhu.voices import rules
from minhu.voices.actions.moderating import hold_voice, moderate
from minhu.voices.actions.owning import decide_data_request
from minhu.voices.actions.publishing import check_publication, propose_publication
from minhu.voices.forms.inbox import DecideForm, ModerateForm, PublishForm, ReasonForm
from minhu.voices.models import Voice
from minhu.voices.queries.inbox import data_requests, held_voices, publications
from minhu.voices.states.hearing import Verdict, VoiceRefused
from minhu.voices.views.inbox import voice_at


def posted(request: Request) -> Any:
    """What was sent, if something was."""
    return request.POST if request.method == "POST" else None


def own_voice(request: Request, number: str, right: str) -> Voice:
    """A voice on which this reader has a right."""
    voice = voice_at(request, number)
    if not rules.may_do(request.reader, right, voice):
        raise Refused(right)
    return voice


@allow("moderate_voice")
def moderation(request: Request) -> HttpResponse:
    """What waits for the moderators: one row for all copies of a text."""
    rows = [
        (voice, count, list(voice.moderations.all())[-1:]) for voice, count in held_voices(request.reader)
    ]
    return render(request, "voices/moderation.html", {"rows": rows})


@allow("moderate_voice")
def decide(request: Request, number: str) -> HttpResponse:
    """Decide on a held voice and its copies."""
    voice = own_voice(request, number, "moderate_voice")
    form = ModerateForm(posted(request))
    if form.is_valid():
        said = form.cleaned_data
        try:
            count = moderate(by=request.reader.actor, number=number, verdict=Verdict(said["verdict"]),
                             words=said["words"], at=timezone.now())  # fmt: skip
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            words = ngettext("Decided on %(n)d voice.", "Decided on %(n)d voices.", count)
            messages.success(request, words % {"n": count})
            return redirect("voices:moderation")
    return sheet(request, voice, form, _("Decide on a held voice"), _("Decide it"))


@allow("moderate_voice")
@require_POST
def hold(request: Request, number: str) -> HttpResponse:
    """Hold a voice, saying why."""
    voice, form = own_voice(request, number, "moderate_voice"), ReasonForm(request.POST)
    if form.is_valid():
        try:
            hold_voice(
                by=request.reader.actor, number=number, words=form.cleaned_data["words"], at=timezone.now()
            )
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Held: it waits for the moderators."))
            return redirect(voice)
    return sheet(request, voice, form, _("Hold this voice"), _("Hold it"))


@allow("publish_voice")
def propose(request: Request, number: str) -> HttpResponse:
    """Propose that everybody may read a voice."""
    voice = own_voice(request, number, "publish_voice")
    form = PublishForm(posted(request), initial={"text": voice.masked})
    if form.is_valid():
        try:
            propose_publication(
                by=request.reader.actor, number=number, text=form.cleaned_data["text"], at=timezone.now()
            )
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Proposed: a second person has to check it."))
            return redirect(voice)
    return sheet(request, voice, form, _("Propose to publish"), _("Propose it"))


@allow("publish_voice")
def checks(request: Request) -> HttpResponse:
    """Proposals to publish that wait for a second person."""
    return render(request, "voices/checks.html", {"rows": publications(request.reader)})


@allow("publish_voice")
def check(request: Request, pk: int) -> HttpResponse:
    """Say whether the mask holds."""
    row = publications(request.reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = DecideForm(posted(request))
    if form.is_valid():
        try:
            check_publication(by=request.reader.actor, pk=pk, at=timezone.now(), **form.cleaned_data)
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Decided."))
            return redirect("voices:checks")
    words = _("Does this text tell nobody who it is?")
    return sheet(request, row.voice, form, words, _("Decide it"), text=row.text)


@allow("decide_data_request")
def requests(request: Request) -> HttpResponse:
    """What authors ask about their data."""
    return render(request, "voices/requests.html", {"rows": data_requests(request.reader)})


@allow("decide_data_request")
def answer(request: Request, pk: int) -> HttpResponse:
    """Do what an author asked, or say why not."""
    row = data_requests(request.reader).filter(pk=pk).first()
    if row is None:
        raise Http404
    form = DecideForm(posted(request))
    if form.is_valid():
        try:
            decide_data_request(by=request.reader.actor, pk=pk, at=timezone.now(), **form.cleaned_data)
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Decided."))
            return redirect("voices:requests")
    return sheet(request, row.voice, form, row.get_want_display(), _("Decide it"), text=row.words)


def sheet(
    request: Request, voice: Voice, form: Any, title: str, act: str, **more: object
) -> HttpResponse:  # fmt: skip
    """A form about one voice; `text`: what is decided on, if it is not the voice itself."""
    context = {"voice": voice, "form": form, "title": title, "act": act, "text": voice.masked, **more}
    return render(request, "voices/sheet.html", context, status=422 if form.errors else 200)
