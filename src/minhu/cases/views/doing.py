"""Doing a step of a case: what it asks, what it will do, and what was refused, at its fields."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.cases import actions, rules
from minhu.cases.bridge.pages.asking import Doing, doing_of
from minhu.cases.forms.base import DeedForm
from minhu.cases.forms.fields import unit_choices
from minhu.cases.models import Case
from minhu.cases.queries.page import standing_units
from minhu.cases.states import Ask, Done
from minhu.cases.views.powers import answered, case_at, posted
from minhu.people.gate import Request, allow


@allow("act_in_case")
def do(request: Request, number: str, step: str) -> HttpResponse:
    """Do a step of a case; where the case has moved on, what was typed is kept and the difference shown."""
    case, now = case_at(request, number), timezone.now()
    doing = doing_of(case, step, rules.doer_of(request.reader), now)
    if doing is None or (request.method == "GET" and not doing.here):
        messages.info(request, _("The case has moved on: this step is not to be done now."))
        return redirect(case)
    form = form_of(request, doing)

    def deed() -> Done:
        return actions.act(by=rules.doer_of(request.reader), ask=ask_of(case, doing, form), at=now)

    said = _("Done: %(step)s") % {"step": doing.title}
    context = {"case": case, "doing": doing, "form": form}
    status = 200 if doing.may or request.method == "POST" else 403
    return answered(request, form, deed, said, number) or render(
        request, "cases/do.html", context, status=status
    )


def form_of(request: Request, doing: Doing) -> DeedForm:
    """The form of a step, filled with what is known already."""
    return DeedForm(
        posted(request), request.FILES or None, kind=doing.kind, asked=doing.asked,
        units=unit_choices(standing_units()), known=doing.known,
    )  # fmt: skip


def ask_of(case: Case, doing: Doing, form: DeedForm) -> Ask:
    """The command a form stands for."""
    place, attempt = doing.meant(form.data.get("place", ""), form.data.get("attempt", ""))
    return Ask(
        number=case.number, on=doing.step.code, key=form.cleaned_data["key"], values=form.values(),
        assigns=form.assigns(), place=place, attempt=attempt, rev=form.cleaned_data["rev"],
    )  # fmt: skip
