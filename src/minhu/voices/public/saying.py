"""Saying something without log-in, and seeing who said the same while typing."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.voices.actions.hearing import Heard, hear
from minhu.voices.actions.knocking import SAY, knock
from minhu.voices.bridge.public_similar import similar_in_public
from minhu.voices.bridge.tokens import code_digest
from minhu.voices.forms.saying import SayForm
from minhu.voices.public.holding import address_of, hold_key
from minhu.voices.queries.limits import day_of
from minhu.voices.queries.promises import promise
from minhu.voices.states.hearing import Channel, VoiceRefused

SHOWN = 4


@allow("public")
def say(request: Request) -> HttpResponse:
    """One question, then where; the code is told in the answer to this very request and nowhere else."""
    form = SayForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid() and (heard := heard_from(request, form)):
        return render(request, "voices/public/said.html", {"heard": heard, "promise": promised()})
    status = 422 if form.errors else 200
    context = {"form": form, "promise": promised()}
    return render(request, "voices/public/say.html", context, status=status)


def heard_from(request: Request, form: SayForm) -> Heard | None:
    """Hear what the form says; a refusal is told at its field and nothing typed is lost."""
    now = timezone.now()
    try:
        knock(address=address_of(request), what=SAY, at=now)
        if form.is_machine:
            raise VoiceRefused(_("Leave the last field empty: it is there to stop machines."))
        heard = hear(by=None, draft=form.draft(address_of(request)), at=now)
    except VoiceRefused as refused:
        form.refuse(refused)
        return None
    if heard.follow_code:
        hold_key(request, code_digest(heard.follow_code))
    return heard


def promised() -> object:
    """By when what comes through this page is answered."""
    return promise(Channel.WEB, day_of(timezone.now()))


@allow("public")
@require_POST
def similar(request: Request) -> HttpResponse:
    """What others said that is like it: only what everybody may read."""
    text = request.POST.get("text", "")[:2000]
    found = similar_in_public(text, most=SHOWN, on=day_of(timezone.now()))
    return render(request, "voices/public/_similar.html", {"found": found})
