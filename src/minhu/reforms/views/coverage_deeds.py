"""Coverage decided: suggestions asked for, answers confirmed, refused, taken back; not applicable."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.mandates.models import Clause, Version
from minhu.people.gate import Request, allow
from minhu.people.rules import require
from minhu.reforms.actions import Refusal, Verdict
from minhu.reforms.actions import coverage_answers as answering
from minhu.reforms.actions import coverage_inapplicable as exempting
from minhu.reforms.models import Answer, Inapplicable, Reform
from minhu.reforms.queries.coverage_decisions import last_go
from minhu.reforms.queries.coverage_review import SHOWS, organisations_of_clause
from minhu.reforms.views.coverage_page import draw_review, review_url


def upstream(clause: Clause) -> Version:
    """The wording a clause stands in, without its heavy text."""
    return Version.objects.select_related("document").defer("text", "furniture").get(pk=clause.version_id)


def answer_to(
    request: Request, clause: Clause, deed: Callable[[], object], said: str, **more: object
) -> HttpResponse:
    """Do a deed, then show the next clause that waits (or the same, with what went wrong)."""
    show = request.POST.get("show", "all")
    show = show if show in SHOWS else "all"
    version = upstream(clause)
    try:
        deed()
    except Refusal as refusal:
        wrong = {
            "wrong": str(refusal),
            "typed": request.POST.get("reason", ""),
            "code": request.POST.get("code", ""),
        }
        return draw_review(request, version, at=clause.pk, show=show, said=wrong)
    at = int(request.POST["next"]) if request.POST.get("next", "").isdecimal() else clause.pk
    if request.htmx:
        return draw_review(request, version, at=at, show=show, said={"done": said, "clause": clause, **more})
    messages.success(request, said)
    return redirect(review_url(version.pk, at, show))


@allow("match_clause")
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """This answers the clause."""
    row = answer_or_404(pk)

    def deed() -> object:
        by, seen = request.reader.actor, seen_in(request)
        return answering.confirm_suggestion(by=by, answer=row, at=timezone.now(), seen=seen)

    return answer_to(request, row.clause, deed, _("Confirmed."), undo=row)


@allow("match_clause")
@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """This does not answer the clause."""
    row = answer_or_404(pk)

    def deed() -> object:
        by, seen = request.reader.actor, seen_in(request)
        return answering.refuse_answer(by=by, answer=row, at=timezone.now(), seen=seen)

    return answer_to(request, row.clause, deed, _("Refused."), undo=row)


@allow("match_clause")
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a decision back."""
    row = answer_or_404(pk)

    def deed() -> None:
        by, seen = request.reader.actor, seen_in(request)
        answering.undo_answer(by=by, answer=row, at=timezone.now(), seen=seen)

    return answer_to(request, row.clause, deed, _("Taken back."))


@allow("match_clause")
@require_POST
def undo_last(request: Request, version: int) -> HttpResponse:
    """Take back what this account decided last about a document; again: what it decided before that."""
    row = get_object_or_404(Version.objects.select_related("document").defer("text", "furniture"), pk=version)
    last = last_go(row, request.reader.user.pk)
    if not last:
        messages.info(request, _("There is nothing of yours to take back."))
        return redirect(review_url(version, None, "all"))

    def deed() -> None:
        answering.undo_answers(by=request.reader.actor, answers=last, at=timezone.now())

    return answer_to(request, last[0].clause, deed, _("Taken back."))


@allow("match_clause")
@require_POST
def answer(request: Request, pk: int) -> HttpResponse:
    """Name a reform by its code as the answer of a clause."""
    clause = get_object_or_404(Clause, pk=pk)
    code = request.POST.get("code", "").strip().split(" ")[0]

    def deed() -> object:
        reform = Reform.objects.filter(code=code).first()
        if reform is None:
            raise Refusal(_("There is no reform with the code “%(code)s”.") % {"code": code}, "code")
        return answering.confirm_answer(
            by=request.reader.actor, clause=clause, reform=reform, at=timezone.now(), asked=1
        )

    return answer_to(request, clause, deed, _("Confirmed."))


@allow("propose_inapplicable")
@require_POST
def propose(request: Request, pk: int) -> HttpResponse:
    """Propose that a clause does not apply here."""
    clause = get_object_or_404(Clause, pk=pk)
    require(request.reader, "propose_inapplicable", organisations=organisations_of_clause(clause))
    by, now, reason = request.reader.actor, timezone.now(), request.POST.get("reason", "")
    return answer_to(
        request,
        clause,
        lambda: exempting.propose_inapplicable(by=by, clause=clause, reason=reason, at=now),
        _("Proposed as not applicable; a second person decides."),
    )


@allow("decide_inapplicable")
@require_POST
def decide(request: Request, pk: int) -> HttpResponse:
    """Agree that a clause does not apply, or not."""
    row = get_object_or_404(Inapplicable.objects.select_related("clause"), pk=pk)
    verdict = Verdict("yes" in request.POST, request.POST.get("reason", ""))
    by, now = request.reader.actor, timezone.now()
    asked = 0 if verdict.yes else 1
    return answer_to(
        request,
        row.clause,
        lambda: exempting.decide_inapplicable(by=by, inapplicable=row, verdict=verdict, at=now, asked=asked),
        _("Agreed: not applicable.")
        if verdict.yes
        else _("Not agreed: the clause still asks for an answer."),
    )


@allow("propose_inapplicable")
@require_POST
def reopen(request: Request, pk: int) -> HttpResponse:
    """Take back a proposal, or an agreement."""
    row = get_object_or_404(Inapplicable.objects.select_related("clause"), pk=pk)
    if row.granted:
        require(request.reader, "decide_inapplicable")
    by, now = request.reader.actor, timezone.now()
    return answer_to(
        request,
        row.clause,
        lambda: exempting.undo_inapplicable(by=by, inapplicable=row, at=now),
        _("Taken back: the clause asks for an answer again."),
    )


def seen_in(request: Request) -> str:
    """The state the page showed when the button was pressed; the action compares it under its lock."""
    return request.POST.get("seen", "")


def answer_or_404(pk: int) -> Answer:
    """An answer with both its ends."""
    return get_object_or_404(Answer.objects.select_related("clause", "reform", "local_clause"), pk=pk)
