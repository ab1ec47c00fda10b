"""Who works on a case at a desk, and personal values that are erased."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from minhu.cases import actions, rules
from minhu.cases.bridge.compiling import of_digest
from minhu.cases.forms.people import EraseForm, PersonForm
from minhu.cases.models import Case
from minhu.cases.queries.desks import open_step, people_of
from minhu.cases.states import CaseRefused
from minhu.cases.views.powers import case_at, posted
from minhu.people.gate import Request, allow
from minhu.people.rules import Refused


@allow("act_in_case")
def who(request: Request, number: str, place: str) -> HttpResponse:
    """Say who works on a case at a place; only the organisation on whose desk it lies says so."""
    case = case_at(request, number)
    step = open_step(case, place)
    if step is None:
        messages.info(request, _("The case has moved on: this step is not to be done now."))
        return redirect(case)
    if step.organisation_id != request.reader.organisation_id:
        raise Refused("act_in_case")
    form = PersonForm(posted(request), people=people_of(step.organisation_id), now=step.assignee_id)
    if form.is_valid() and named(request, case, place, form):
        return redirect(case)
    title = of_digest(case.kind.digest, case.kind_id).title(place)
    return render(request, "cases/who.html", {"case": case, "form": form, "step": step, "place": title})


def named(request: Request, case: Case, place: str, form: PersonForm) -> bool:
    """Do it; a refusal is told at the field."""
    by, person = rules.doer_of(request.reader), form.cleaned_data["person"]
    try:
        actions.assign_person(by=by, number=case.number, node=place, user_id=person, at=timezone.now())
    except CaseRefused as refused:
        form.add_error("person", refused.words)
        return False
    messages.success(request, _("Noted who works on it."))
    return True


@allow("erase_personal")
def erase(request: Request, number: str) -> HttpResponse:
    """Erase personal values of a case, on a ground, after a serious question."""
    case = case_at(request, number)
    form = EraseForm(posted(request), choices=values_left(case))
    if form.is_valid() and erased(request, case, form):
        return redirect(f"{case.get_absolute_url()}#personal")
    return render(request, "cases/erase.html", {"case": case, "form": form})


def values_left(case: Case) -> list[tuple[str, str]]:
    """The personal values that are still kept: by title, what for and until when; not what they say."""
    kind = of_digest(case.kind.digest, case.kind_id)
    rows = case.personal.filter(erased_at=None).values_list("key", "purpose", "keep_until")
    words = _("%(title)s: for “%(purpose)s”, kept until %(day)s")
    return [
        (key, words % {"title": kind.title(key), "purpose": why, "day": date_format(until, "Y-m-d")})
        for key, why, until in rows
    ]


def erased(request: Request, case: Case, form: EraseForm) -> bool:
    """Do it; a refusal is told at its field."""
    by, said = rules.doer_of(request.reader), form.cleaned_data
    try:
        count = actions.erase_personal(
            by=by, number=case.number, keys=said["keys"], ground=said["ground"], at=timezone.now()
        )
    except CaseRefused as refused:
        form.add_error("ground" if refused.faults else None, refused.words)
        return False
    messages.success(request, _("Erased: %(n)s. The record says by whom and on what ground.") % {"n": count})
    return True
