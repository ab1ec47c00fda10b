"""Following one voice by its code: where it is, the answer, the own data."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.voices.actions import owning
from minhu.voices.actions.answering_ratings import rate_reply
from minhu.voices.actions.knocking import FOLLOW, knock
from minhu.voices.actions.moderating import write_again
from minhu.voices.bridge.tokens import code_digest
from minhu.voices.forms.saying import (
    AgainForm,
    CodeForm,
    ConsentForm,
    ContactForm,
    RateForm,
    VoiceForm,
    WantForm,
)
from minhu.voices.models import Voice
from minhu.voices.public.holding import address_of, drop_key, held_key, held_voice, hold_key
from minhu.voices.queries.author import AuthorView, author_view, voice_by_digest
from minhu.voices.queries.limits import day_of
from minhu.voices.queries.promises import promise
from minhu.voices.states.hearing import VoiceRefused


@allow("public")
def follow(request: Request) -> HttpResponse:
    """The code opens the page of one voice; the code itself stands in no address."""
    form = CodeForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and opened(request, form):
        return redirect("voices:mine")
    status = 422 if form.errors else 200
    return render(
        request, "voices/public/follow.html", {"form": form, "held": held_voice(request)}, status=status
    )


def opened(request: Request, form: CodeForm) -> bool:
    """Look the code up, as often as one address may."""
    try:
        knock(address=address_of(request), what=FOLLOW, at=timezone.now())
        digest = code_digest(form.cleaned_data["code"])
        if voice_by_digest(digest) is None:
            raise VoiceRefused(_("This code opens nothing: look at it sign by sign."), "code", "unknown")
    except VoiceRefused as refused:
        form.refuse(refused)
        return False
    hold_key(request, digest)
    return True


@allow("public")
def mine(request: Request) -> HttpResponse:
    """The page of one voice, for its author."""
    voice = held_voice(request)
    return page(request, voice) if voice else redirect("voices:follow")


def page(request: Request, voice: Voice, wrong: VoiceForm | None = None) -> HttpResponse:
    """The page; a form that was refused stands on it with what was typed."""
    now = timezone.now()
    view = author_view(voice, day_of(now))
    shown = {type(form): form for form in forms_of(view)}
    if wrong:
        shown[type(wrong)] = wrong
    named = {kind.__name__.removesuffix("Form").lower(): form for kind, form in shown.items()}
    context = {"view": view, "voice": voice, "forms": named, "promise": promise(voice.channel, day_of(now))}
    return render(request, "voices/public/mine.html", context, status=422 if wrong else 200)


def forms_of(view: AuthorView) -> list[VoiceForm]:
    """The forms as they stand before anything is typed."""
    contact = {row.key: row.value for row in view.personal}
    consent = {"may_publish": view.voice.may_publish}
    return [AgainForm(), ContactForm(initial=contact), ConsentForm(initial=consent), WantForm(), RateForm()]


def posted(
    request: Request, form: VoiceForm, do: Callable[[str, dict[str, Any]], object], said: str
) -> HttpResponse:
    """Do what a form of this page asks; a refusal is told at its field."""
    voice = held_voice(request)
    if voice is None:
        return redirect("voices:follow")
    if form.is_valid():
        try:
            do(held_key(request), form.cleaned_data)
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, said)
            return redirect("voices:mine")
    return page(request, voice, form)


@allow("public")
@require_POST
def again(request: Request) -> HttpResponse:
    """The text, written again as asked."""
    said = _("Thank you. It is being looked at again.")
    return posted(
        request, AgainForm(request.POST),
        lambda key, got: write_again(code=key, text=got["text"], at=timezone.now()), said,
    )  # fmt: skip


@allow("public")
@require_POST
def contact(request: Request) -> HttpResponse:
    """The contact, corrected or taken away."""
    return posted(
        request, ContactForm(request.POST),
        lambda key, got: owning.change_contact(code=key, contact=got, at=timezone.now()),
        _("Your contact is as you wrote it now."),
    )  # fmt: skip


@allow("public")
@require_POST
def consent(request: Request) -> HttpResponse:
    """Whether others may read it."""
    return posted(
        request, ConsentForm(request.POST),
        lambda key, got: owning.change_consent(code=key, may_publish=got["may_publish"], at=timezone.now()),
        _("Done: this holds from now on."),
    )  # fmt: skip


@allow("public")
@require_POST
def data(request: Request) -> HttpResponse:
    """Ask that something be corrected, or that all be deleted."""
    return posted(
        request, WantForm(request.POST),
        lambda key, got: owning.ask_about_data(
            code=key, want=got["want"], words=got["words"], at=timezone.now()
        ),
        _("Your request is in; its answer will stand on this page."),
    )  # fmt: skip


@allow("public")
@require_POST
def rate(request: Request) -> HttpResponse:
    """What the author thinks of the latest answer; “not settled” sends it back."""

    def do(key: str, got: dict[str, Any]) -> None:
        voice = voice_by_digest(key)
        reply = author_view(voice, day_of(timezone.now())).to_rate if voice else None
        if reply is None:
            raise VoiceRefused(_("There is no answer to be rated now."))
        rate_reply(
            reply=reply, level=got["level"], is_fixed=got["fixed"], words=got["words"], at=timezone.now()
        )

    return posted(request, RateForm(request.POST), do, _("Thank you. Your answer has been taken down."))


@allow("public")
@require_POST
def leave(request: Request) -> HttpResponse:
    """Close the page on this device."""
    drop_key(request)
    return redirect("voices:follow")
