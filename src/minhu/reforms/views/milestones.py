"""Measures and milestones: added, revised, removed."""

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.reforms import actions
from minhu.reforms.forms import MeasureForm, MilestoneForm
from minhu.reforms.models import Milestone, Reform
from minhu.reforms.views.powers import answered, measure_at, milestone_at, reform_at, tried


@allow("edit_reform")
def add_measure(request: Request, code: str) -> HttpResponse:
    """Add a measure to a reform."""
    reform = reform_at(code)
    form = MeasureForm(request.POST or None)

    def deed() -> Reform:
        by, now, title = request.reader.actor, timezone.now(), form.cleaned_data["title"]
        return actions.add_measure(by=by, reform=reform, title=title, at=now, asked=form.asked).reform

    said = _("The measure has been added; now give it milestones.")
    context = {"form": form, "reform": reform}
    return answered(request, form, deed, said) or render(request, "reforms/measure.html", context)


@allow("edit_reform")
def revise_measure(request: Request, pk: int) -> HttpResponse:
    """Put a measure into other words."""
    measure = measure_at(pk)
    form = MeasureForm.of(request.POST or None, measure)

    def deed() -> Reform:
        by, now, said = request.reader.actor, timezone.now(), form.cleaned_data
        made = actions.revise_measure(
            by=by, measure=measure, title=said["title"], at=now, asked=form.asked, seen=said["seen"]
        )  # fmt: skip
        return made.reform

    context = {"form": form, "reform": measure.reform, "measure": measure}
    return answered(request, form, deed, _("Saved.")) or render(request, "reforms/measure.html", context)


@allow("edit_reform")
@require_POST
def remove_measure(request: Request, pk: int) -> HttpResponse:
    """Take away a measure without milestones."""
    measure = measure_at(pk)

    def deed() -> None:
        actions.remove_measure(by=request.reader.actor, measure=measure, at=timezone.now())

    return tried(request, deed, _("The measure has been removed."), measure.reform)


@allow("edit_reform")
def add(request: Request, pk: int) -> HttpResponse:
    """Add a milestone to a measure."""
    measure = measure_at(pk)
    form = MilestoneForm(request.POST or None, instance=Milestone())

    def deed() -> Milestone:
        by, now = request.reader.actor, timezone.now()
        return actions.add_milestone(by=by, measure=measure, draft=form.draft(), at=now, asked=form.asked)

    said = _("The milestone has been added.")
    context = {"form": form, "reform": measure.reform, "measure": measure}
    return answered(request, form, deed, said) or render(request, "reforms/milestone.html", context)


@allow("edit_reform")
def revise(request: Request, pk: int) -> HttpResponse:
    """Edit an open milestone; a save from an older page shows both values and loses nothing."""
    row = milestone_at(pk)
    form = MilestoneForm(request.POST or None, instance=milestone_at(pk))

    def deed() -> Milestone:
        by, now, draft, rev = request.reader.actor, timezone.now(), form.draft(row), form.opened_rev
        return actions.revise_milestone(
            by=by, milestone=row, draft=draft, rev=rev, at=now, asked=form.asked
        )  # fmt: skip

    context = {"form": form, "reform": row.reform, "measure": row.measure, "milestone": row}
    return answered(request, form, deed, _("Saved.")) or render(request, "reforms/milestone.html", context)


@allow("edit_reform")
@require_POST
def remove(request: Request, pk: int) -> HttpResponse:
    """Take away a milestone nothing has been proved of."""
    row = milestone_at(pk)

    def deed() -> None:
        actions.remove_milestone(by=request.reader.actor, milestone=row, at=timezone.now())

    return tried(request, deed, _("The milestone has been removed."), row.reform)
