"""Postponements: asked for with a reason, decided by another person."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.reforms import actions
from minhu.reforms.forms import PostponementForm, VerdictForm
from minhu.reforms.models import Milestone, Postponement
from minhu.reforms.queries.reform_page import name_deciders
from minhu.reforms.views.powers import answered, milestone_at, require_carrier


@allow("ask_postponement")
def ask(request: Request, pk: int) -> HttpResponse:
    """Ask to move the due date of a milestone."""
    row = milestone_at(pk)
    require_carrier(request, "ask_postponement", row.reform)
    form = PostponementForm(request.POST or None)

    def deed() -> Milestone:
        by, now, wish = request.reader.actor, timezone.now(), form.wish()
        return actions.ask_postponement(by=by, milestone=row, wish=wish, at=now, asked=form.asked).milestone

    said = _("Asked; the date stays as it is until somebody else has agreed.")
    context = {"form": form, "milestone": row, "reform": row.reform}
    return answered(request, form, deed, said) or render(request, "reforms/postpone.html", context)


@allow("decide_postponement")
def decide(request: Request, pk: int) -> HttpResponse:
    """Grant or refuse a postponement."""
    row = get_object_or_404(
        Postponement.objects.select_related("milestone__reform__lead", "milestone__acceptor"), pk=pk
    )
    form = VerdictForm(request.POST or None)

    def deed() -> Milestone:
        by, now, verdict = request.reader.actor, timezone.now(), form.verdict()
        made = actions.decide_postponement(
            by=by, postponement=row, verdict=verdict, at=now, asked=form.asked
        )  # fmt: skip
        return made.milestone

    said = _("Granted; the due date has moved.") if form.is_yes else _("Refused, with your reason.")
    name_deciders([row], "asked_by")
    context = {"form": form, "wish": row, "milestone": row.milestone, "reform": row.milestone.reform}
    context["is_own"] = row.asked_by_user == request.user.pk
    return answered(request, form, deed, said) or render(request, "reforms/decide_postponement.html", context)
