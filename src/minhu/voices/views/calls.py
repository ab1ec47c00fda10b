"""Calls as their office keeps them: prepared, announced, answered comment by comment, published."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.people.rules import require
from minhu.voices.actions import calls as doing
from minhu.voices.actions.calls_answering import answer_comments
from minhu.voices.forms.calls import CallForm, DaysForm, OutcomeForm, WeighForm
from minhu.voices.forms.saying import VoiceForm
from minhu.voices.models import Call
from minhu.voices.queries import calls as reading
from minhu.voices.queries.limits import day_of
from minhu.voices.states.calls import CallState
from minhu.voices.states.hearing import VoiceRefused


@allow("manage_calls")
def calls(request: Request) -> HttpResponse:
    """The calls a reader manages."""
    today = day_of(timezone.now())
    mine = reading.calls_of(request.reader)
    rows = [(call, call.phase(today), reading.answer_due(call, today)) for call in mine]
    return render(request, "voices/calls.html", {"rows": rows, "today": today})


@allow("manage_calls")
def new(request: Request) -> HttpResponse:
    """Prepare a call."""
    form = CallForm(request.POST if request.method == "POST" else None, reader=request.reader)
    if request.method == "POST" and form.is_valid() and (made := prepared(request, form)):
        return redirect("voices:call_desk", made.code)
    context = {"form": form, "call": None}
    return render(request, "voices/call_form.html", context, status=422 if form.errors else 200)


def prepared(request: Request, form: CallForm) -> Call | None:
    """Prepare what the form says; a refusal is told at its field."""
    draft = form.call_draft()
    require(request.reader, "manage_calls", organisations=(draft.office,))
    try:
        return doing.prepare_call(by=request.reader.actor, draft=draft, at=timezone.now())
    except VoiceRefused as refused:
        form.refuse(refused)
        return None


@allow("manage_calls")
def change(request: Request, code: str) -> HttpResponse:
    """Change a call that was not announced yet."""
    row = own_or_404(request, code)
    form = CallForm(request.POST if request.method == "POST" else None, reader=request.reader, call=row)
    if request.method == "POST" and form.is_valid() and changed(request, row, form):
        return redirect("voices:call_desk", code)
    context = {"form": form, "call": row}
    return render(request, "voices/call_form.html", context, status=422 if form.errors else 200)


def changed(request: Request, row: Call, form: CallForm) -> bool:
    """Change it; a refusal is told at its field."""
    draft = form.call_draft()
    require(request.reader, "manage_calls", organisations=(draft.office,))
    try:
        doing.change_call(by=request.reader.actor, call=row, draft=draft, at=timezone.now())
    except VoiceRefused as refused:
        form.refuse(refused)
        return False
    return True


def own_or_404(request: Request, code: str) -> Call:
    """A call this reader manages."""
    row = reading.call_at(code)
    if row is None:
        raise Http404(_("There is no such call."))
    require(request.reader, "manage_calls", organisations=(row.office.code,))
    return row


@allow("manage_calls")
def desk(request: Request, code: str) -> HttpResponse:
    """One call with everything said to it, article by article."""
    return page(request, own_or_404(request, code))


def page(request: Request, row: Call, wrong: VoiceForm | None = None) -> HttpResponse:
    """The page; a form that was refused stands on it with what was typed."""
    today, rows = day_of(timezone.now()), reading.rows_of(row)
    keys = [one.comment.pk for each in rows for one in each.said]
    shown: list[VoiceForm] = [
        WeighForm(keys=keys), DaysForm(initial={"closes_on": row.closes_on}), OutcomeForm()
    ]  # fmt: skip
    forms: dict[type[VoiceForm], VoiceForm] = {type(form): form for form in shown}
    if wrong:
        forms[type(wrong)] = wrong
    ticked = request.POST.getlist("comments") if isinstance(wrong, WeighForm) else []
    context: dict[str, Any] = {
        "call": row, "phase": row.phase(today), "rows": rows, "total": reading.totals(rows),
        "due": reading.answer_due(row, today), "limit": reading.length_limit(row, today),
        "held": reading.held_count(row), "ticked": {int(key) for key in ticked if key.isdecimal()},
        "weigh": forms[WeighForm], "days": forms[DaysForm], "publish": forms[OutcomeForm],
        "is_prepared": row.state == CallState.PREPARED,
    }  # fmt: skip
    return render(request, "voices/call_desk.html", context, status=422 if wrong else 200)


def tried(
    request: Request, row: Call, form: VoiceForm, deed: Callable[[], object], said: Callable[[object], str]
) -> HttpResponse:
    """Do what a form of the page asks; a refusal is told at its field."""
    if form.is_valid():
        try:
            done = deed()
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, said(done))
            return redirect("voices:call_desk", row.code)
    return page(request, row, form)


@allow("manage_calls")
@require_POST
def announce(request: Request, code: str) -> HttpResponse:
    """Announce it: from now on everybody sees it."""
    row = own_or_404(request, code)
    try:
        doing.announce_call(by=request.reader.actor, call=row, at=timezone.now())
    except VoiceRefused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("Announced: everybody sees it now."))
    return redirect("voices:call_desk", code)


@allow("manage_calls")
@require_POST
def days(request: Request, code: str) -> HttpResponse:
    """Move the last day."""
    row, form = own_or_404(request, code), DaysForm(request.POST)
    return tried(
        request, row, form,
        lambda: doing.move_last_day(
            by=request.reader.actor, call=row, closes_on=form.cleaned_data["closes_on"],
            reason=form.cleaned_data["reason"], at=timezone.now(),
        ),
        lambda done: _("The last day was moved; everybody sees it."),
    )  # fmt: skip


@allow("manage_calls")
@require_POST
def weigh(request: Request, code: str) -> HttpResponse:
    """Answer the ticked comments."""
    row = own_or_404(request, code)
    keys = [one.comment.pk for each in reading.rows_of(row) for one in each.said]
    form = WeighForm(request.POST, keys=keys)
    return tried(
        request, row, form,
        lambda: answer_comments(by=request.reader.actor, call=row, said=form.weighed(), at=timezone.now()),
        answered,
    )  # fmt: skip


def answered(done: object) -> str:
    """How many authors got the answer."""
    n = int(str(done))
    return ngettext("%(n)d author has the answer.", "%(n)d authors have the answer.", n) % {"n": n}


@allow("manage_calls")
@require_POST
def publish(request: Request, code: str) -> HttpResponse:
    """Publish what came of it."""
    row, form = own_or_404(request, code), OutcomeForm(request.POST)
    return tried(
        request, row, form,
        lambda: doing.publish_outcome(
            by=request.reader.actor, call=row, outcome=form.cleaned_data["outcome"], at=timezone.now()
        ),
        lambda done: _("Published: everybody reads it."),
    )  # fmt: skip
