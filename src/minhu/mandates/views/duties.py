"""Duties put right by a person."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_POST

from minhu.mandates.actions import BadDocument, add_duty, correct_duty, draft_of, remove_duty
from minhu.mandates.forms import DutyForm
from minhu.mandates.models import Clause, Duty
from minhu.people.gate import Request, allow


@allow("load_document")
def add(request: Request, pk: int) -> HttpResponse:
    """Add a duty that was not seen."""
    clause = get_object_or_404(Clause.objects.select_related("version__document"), pk=pk)
    form = DutyForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        now, draft = timezone.now(), form.draft()
        add_duty(by=request.reader.actor, clause=clause, draft=draft, at=now, asked=form.asked)
        return redirect(clause)
    return render(request, "mandates/duty.html", {"form": form, "clause": clause})


@allow("load_document")
def correct(request: Request, pk: int) -> HttpResponse:
    """Correct who, what, by when."""
    duty = get_object_or_404(Duty.objects.select_related("clause__version__document"), pk=pk)
    form = DutyForm.of(request.POST or None, get_object_or_404(Duty, pk=pk))
    if request.method == "POST" and form.is_valid():
        by, now, seen = request.reader.actor, timezone.now(), form.cleaned_data["seen"]
        try:
            correct_duty(by=by, duty=duty, draft=form.draft(), at=now, asked=form.asked, seen=seen)
        except BadDocument as bad:
            form.refuse(bad, draft_of(duty))
        else:
            return redirect(duty.clause)
    return render(request, "mandates/duty.html", {"form": form, "duty": duty, "clause": duty.clause})


@allow("load_document")
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take away what is no duty."""
    duty = get_object_or_404(Duty.objects.select_related("clause"), pk=pk)
    remove_duty(by=request.reader.actor, duty=duty, at=timezone.now())
    return redirect(duty.clause)
