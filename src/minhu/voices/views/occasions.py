"""Visits and sessions: listed, written down, read."""

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext

from minhu.people.gate import Request, allow
from minhu.people.rules import require
from minhu.voices import rules
from minhu.voices.actions.occasions import add_said, record_occasion
from minhu.voices.forms.inbox import AddSaidForm, OccasionForm
from minhu.voices.models import Occasion
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.states.hearing import VoiceRefused

ROWS = 50


@allow("see_voices")
def occasions(request: Request) -> HttpResponse:
    """Occasions, the latest first; nobody counts how many an office held."""
    shown = rules.visible_occasions(request.reader, sorting_desk())
    rows = Occasion.objects.filter(shown).select_related("office", "place")
    page = Paginator(rows, ROWS).get_page(request.GET.get("page"))
    return render(
        request,
        "voices/occasions.html",
        {"page": page, "may_hear": request.reader.may_somewhere("hear_voice")},
    )


@allow("see_voices")
def occasion(request: Request, pk: int) -> HttpResponse:
    """One occasion and what was said there, masked; its unit may add what was forgotten."""
    rows = Occasion.objects.filter(rules.visible_occasions(request.reader, sorting_desk()))
    one = get_object_or_404(rows.select_related("office", "place"), pk=pk)
    may_add = rules.may_add_to(request.reader, one)
    form = AddSaidForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        require(request.reader, "hear_voice", organisations=(one.office.code,))
        if form.is_valid() and added(request, one, form):
            return redirect(one)
    voices = one.voices.defer("text").filter(erased_at=None).order_by("pk")
    context = {"occasion": one, "voices": voices, "form": form, "may_add": may_add}
    return render(request, "voices/occasion.html", context, status=422 if form.errors else 200)


def added(request: Request, one: Occasion, form: AddSaidForm) -> bool:
    """Add what was forgotten; a refusal is told at its field."""
    try:
        voices = add_said(by=request.reader.actor, occasion=one, said=form.notes(), at=timezone.now())
    except VoiceRefused as refused:
        form.refuse(VoiceRefused(refused.words, "said"))
        return False
    words = ngettext("%(n)d voice was taken down.", "%(n)d voices were taken down.", len(voices))
    messages.success(request, words % {"n": len(voices)})
    return True


@allow("hear_voice")
def new(request: Request) -> HttpResponse:
    """Write an occasion down, with everything that was said there."""
    form = OccasionForm(request.POST if request.method == "POST" else None, reader=request.reader)
    if request.method == "POST" and form.is_valid() and (one := recorded(request, form)):
        return redirect(one)
    return render(request, "voices/occasion_new.html", {"form": form}, status=422 if form.errors else 200)


def recorded(request: Request, form: OccasionForm) -> Occasion | None:
    """Do it; a refusal is told at its field."""
    require(request.reader, "hear_voice", organisations=(form.cleaned_data["office"],))
    try:
        noted = record_occasion(
            by=request.reader.actor, draft=form.draft(), said=form.notes(), at=timezone.now()
        )
    except VoiceRefused as refused:
        form.refuse(VoiceRefused(refused.words, "said") if refused.field == "text" else refused)
        return None
    words = ngettext("%(n)d voice was taken down.", "%(n)d voices were taken down.", len(noted.voices))
    messages.success(request, words % {"n": len(noted.voices)})
    return noted.occasion
