"""The page of a reform; starting, editing and moving one."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.reforms import actions
from minhu.reforms.forms import MoveForm, ReformForm
from minhu.reforms.models import Reform
from minhu.reforms.queries.life import steps_from
from minhu.reforms.queries.lights import day_of
from minhu.reforms.queries.reform_page import reform_page
from minhu.reforms.views.powers import answered, reform_at
from minhu.reforms.views.rights import rights_on


@allow("see_ledger")
def page(request: Request, code: str) -> HttpResponse:
    """Everything about one reform: stage, light, milestones with proofs, plan, partners, rules, record."""
    day = day_of(timezone.localdate())
    try:
        shown = reform_page(code, day)
    except Reform.DoesNotExist as unknown:
        raise Http404(_("No reform has the code %(code)s.") % {"code": code}) from unknown
    context = {"it": shown, "reform": shown.reform, "day": day, "may": rights_on(request.reader, shown)}
    return render(request, "reforms/reform.html", context)


@allow("start_reform")
def start(request: Request) -> HttpResponse:
    """Start a reform."""
    form = ReformForm(request.POST or None, instance=Reform())

    def deed() -> Reform:
        draft, now = form.draft(), timezone.now()
        return actions.start_reform(by=request.reader.actor, draft=draft, at=now, asked=form.asked)

    said = _("The reform stands in the ledger as an idea.")
    return answered(request, form, deed, said) or render(request, "reforms/edit.html", {"form": form})


@allow("edit_reform")
def edit(request: Request, code: str) -> HttpResponse:
    """Edit a reform; a save from an older page shows both values and loses nothing."""
    row = reform_at(code)
    form = ReformForm(request.POST or None, instance=reform_at(code))

    def deed() -> Reform:
        by, now = request.reader.actor, timezone.now()
        draft, rev = form.draft(row), form.opened_rev
        return actions.revise_reform(by=by, reform=row, draft=draft, rev=rev, at=now, asked=form.asked)

    context = {"form": form, "reform": row}
    return answered(request, form, deed, _("Saved.")) or render(request, "reforms/edit.html", context)


@allow("move_reform")
def move(request: Request, code: str) -> HttpResponse:
    """Move a reform to another stage; what the step still needs is said beside it."""
    row = reform_at(code)
    form = MoveForm(request.POST or None, reform=row)

    def deed() -> Reform:
        by, now = request.reader.actor, timezone.now()
        return actions.move_reform(by=by, reform=row, move=form.move(), at=now, asked=form.asked)

    said = _("The reform has moved on.")
    context = {"form": form, "reform": row, "steps": steps_from(row)}
    return answered(request, form, deed, said) or render(request, "reforms/move.html", context)
