"""Deeds of the designer: signing, asking, answering, publishing, withdrawing, sending to the reforms."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.people.models import Organisation
from minhu.people.rules import require
from minhu.services.actions.asking import Asked, answer_question, ask_department
from minhu.services.actions.merging import sign_merge
from minhu.services.actions.publishing import publish_thing, withdraw_thing
from minhu.services.actions.reforming import Lever, send_to_reforms
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.definitions import whole_of
from minhu.services.bridge.pages.designer import Situation
from minhu.services.forms.designing import AnswerForm, AskForm, MergeForm, ReasonForm
from minhu.services.models import Question
from minhu.services.queries.things import unit_names
from minhu.services.views.finding import answers_of, published_at, thing_at, version_at
from minhu.services.views.things import designer


def refused_page(request: Request, code: str, refused: Refusal, **more: Any) -> HttpResponse:
    """The designer again, saying why."""
    for words in refused.faults:
        messages.error(request, words)
    return designer(request, code, status=422, **more)


@allow("design_thing")
@require_POST
def merge(request: Request, code: str) -> HttpResponse:
    """Sign whether two fields are the same."""
    thing, form = thing_at(code), MergeForm(request.POST)
    require(request.reader, "design_thing", organisations=(thing.lead.code,))
    version = version_at(thing, request.GET.get("version", ""))
    if not form.is_valid():
        return designer(request, code, status=422, merge_form=form)
    said = form.cleaned_data
    try:
        made = sign_merge(
            by=request.reader.actor, version=version, pair=(said["one"], said["other"]),
            is_same=said["is_same"] == "yes", reason=said["reason"], at=timezone.now(),
        )  # fmt: skip
    except Refusal as refused:
        return refused_page(request, code, refused, merge_form=form)
    messages.success(request, _("Signed; the draft was compiled again."))
    return redirect(f"{made.get_absolute_url()}#alike")


@allow("design_thing")
@require_POST
def ask(request: Request, code: str) -> HttpResponse:
    """Ask a department."""
    thing, units = thing_at(code), unit_names()
    require(request.reader, "design_thing", organisations=(thing.lead.code,))
    whole = whole_of(version_at(thing, request.GET.get("version", "")))
    departments = {item.department: units.get(item.department, "") for item in whole.items.values()}
    form = AskForm(request.POST, departments=departments)
    if not form.is_valid():
        return designer(request, code, status=422, ask_form=form)
    said = form.cleaned_data
    unit = get_object_or_404(Organisation, code=said["department"])
    asked = Asked(unit, said["words"], said["subject"], said["code"])
    ask_department(by=request.reader.actor, thing=thing, asked=asked, at=timezone.now())
    messages.success(request, _("Asked: %(unit)s sees it on its desk.") % {"unit": unit.short or unit.name})
    return redirect(f"{thing.get_absolute_url()}#questions")


@allow("answer_question")
def answer(request: Request, pk: int) -> HttpResponse:
    """Answer what a department was asked."""
    question = get_object_or_404(Question.objects.select_related("thing", "department"), pk=pk)
    require(request.reader, "answer_question", organisations=(question.department.code,))
    form = AnswerForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            by, words = request.reader.actor, form.cleaned_data["answer"]
            answer_question(by=by, question=question, answer=words, at=timezone.now())
        except Refusal as refused:
            form.add_error(None, refused.words)
        else:
            messages.success(request, _("The answer stands."))
            return redirect(f"{question.thing.get_absolute_url()}#questions")
    status = 422 if request.method == "POST" else 200
    return render(request, "services/answer.html", {"form": form, "question": question}, status=status)


@allow("publish_thing")
@require_POST
def publish(request: Request, code: str) -> HttpResponse:
    """Publish the version on the page."""
    version = version_at(thing_at(code), request.GET.get("version", ""))
    try:
        made = publish_thing(by=request.reader.actor, version=version, at=timezone.now())
    except Refusal as refused:
        return refused_page(request, code, refused)
    messages.success(request, _("Published: whoever applies from now on gets this version."))
    return redirect(made)


@allow("publish_thing")
def withdraw(request: Request, code: str) -> HttpResponse:
    """Take the published version back, with a reason."""
    version, form = published_at(code), ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        by, reason = request.reader.actor, form.cleaned_data["reason"]
        withdraw_thing(by=by, version=version, reason=reason, at=timezone.now())
        messages.success(request, _("Withdrawn: nobody can apply any more; running cases go on."))
        return redirect(version)
    status = 422 if request.method == "POST" else 200
    return render(request, "services/withdraw.html", {"form": form, "version": version}, status=status)


@allow("start_reform")
@require_POST
def reform(request: Request, code: str) -> HttpResponse:
    """Send a rule that holds the whole up to the list of reforms."""
    version = version_at(thing_at(code), request.GET.get("version", ""))
    whole = whole_of(version)
    levers = Situation(whole, whole.solve(answers_of(whole, request.GET.dict())), unit_names()).levers()
    chosen = next((one for one in levers if one.clause == request.POST.get("clause")), None)
    try:
        if chosen is None:
            raise Refusal(_("This clause does not hold the plan up (any more)."))
        lever = Lever(chosen.clause, chosen.first_day, chosen.most, chosen.department, chosen.steps)
        made = send_to_reforms(by=request.reader.actor, version=version, lever=lever, at=timezone.now())
    except Refusal as refused:
        return refused_page(request, code, refused)
    messages.success(request, _("It stands in the ledger as an idea, with the days it would save."))
    return redirect(made)
