"""What could not be delivered: tried again by hand, or laid aside with a reason; links to hand over."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from minhu.cases.actions import effects, timers
from minhu.cases.forms.letters import CloseForm
from minhu.cases.models import Effect, Timer
from minhu.cases.queries import outbox
from minhu.cases.rules import doer_of
from minhu.people.gate import Request, allow


@allow("retry_effect")
@require_safe
def letters(request: Request) -> HttpResponse:
    """Everything that waits for a person, and what is still tried."""
    return page(request)


def page(request: Request, wrong: CloseForm | None = None, anchor: str = "") -> HttpResponse:
    """The page; a refused form stands open where it was sent from."""
    found = outbox.letters(request.reader)
    context = {"found": found, "form": CloseForm(), "wrong": wrong, "anchor": anchor}
    return render(request, "cases/letters.html", context, status=422 if wrong else 200)


@allow("retry_effect")
@require_POST
def retry_effect(request: Request, pk: int) -> HttpResponse:
    """The worker tries it again at once."""
    effects.retry_effect(**who(request), effect=get_object_or_404(Effect, pk=pk))
    return again(request)


@allow("retry_effect")
@require_POST
def retry_timer(request: Request, pk: int) -> HttpResponse:
    """The worker lets it run out again in its next round."""
    timers.retry_timer(**who(request), timer=get_object_or_404(Timer.objects.select_related("case"), pk=pk))
    return again(request)


@allow("retry_effect")
@require_POST
def close_effect(request: Request, pk: int) -> HttpResponse:
    """Nothing more is done about it."""
    form, effect = CloseForm(request.POST), get_object_or_404(Effect, pk=pk)
    if not form.is_valid():
        return page(request, form, f"effect-{pk}")
    effects.close_effect(**who(request), effect=effect, reason=form.cleaned_data["reason"])
    return laid_aside(request)


@allow("retry_effect")
@require_POST
def close_timer(request: Request, pk: int) -> HttpResponse:
    """It will not run out."""
    form = CloseForm(request.POST)
    timer = get_object_or_404(Timer.objects.select_related("case"), pk=pk)
    if not form.is_valid():
        return page(request, form, f"timer-{pk}")
    timers.close_timer(**who(request), timer=timer, reason=form.cleaned_data["reason"])
    return laid_aside(request)


@allow("act_in_case")
@never_cache
def link(request: Request, pk: int) -> HttpResponse:
    """The link of a rating, shown once to those who hand it to the author."""
    effect = get_object_or_404(outbox.links_to_hand_over(request.reader), pk=pk)
    token = ""
    if request.method == "POST":
        token = effects.hand_over_link(**who(request), effect=effect)
    return render(request, "cases/letters_link.html", {"effect": effect, "token": token})


def who(request: Request) -> dict[str, Any]:
    """Who acts, and when."""
    return {"by": doer_of(request.reader), "at": timezone.now()}


def again(request: Request) -> HttpResponse:
    """Back to the page, with a word."""
    messages.success(request, _("It is tried again in the next round of the worker, within seconds."))
    return redirect("cases:letters")


def laid_aside(request: Request) -> HttpResponse:
    """Back to the page, with a word."""
    messages.success(request, _("Laid aside; the reason stands in the record of the case."))
    return redirect("cases:letters")
