"""Coverage decided: suggestions asked for, answers confirmed, refused, taken back; not applicable."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minhu.mandates.models import Clause, Version
from minhu.people.gate import Request, allow
from minhu.people.rules import require
from minhu.reforms.actions import Refusal, Verdict
from minhu.reforms.actions import coverage_answers as answering
from minhu.reforms.actions import coverage_inapplicable as exempting
from minhu.reforms.actions.coverage_suggestions import suggest_answers
from minhu.reforms.models import Answer, Inapplicable, Reform
from minhu.reforms.queries.coverage_limits import thresholds
from minhu.reforms.queries.coverage_lists import sure_answers
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
def suggest(request: Request, version: int) -> HttpResponse:
    """Compare a document with every reform and local clause, and keep what comes near."""
    row, now = get_object_or_404(Version.objects.select_related("document"), pk=version), timezone.now()
    limits = thresholds(timezone.localdate())
    done = suggest_answers(by=request.reader.actor, version=row, possible=limits.possible, at=now)
    if not done.candidates:
        messages.warning(
            request, _("There is nothing yet that could answer: load a local document or start a reform.")
        )
    else:
        if done.carried:
            kept = _("%(count)d decisions on unchanged clauses were carried over from earlier wordings.")
            messages.info(request, kept % {"count": done.carried})
        said = _(
            "%(clauses)d clauses compared with %(candidates)d candidates: "
            "%(added)d suggestions added, %(dropped)d dropped."
        )
        messages.success(
            request,
            said % {name: getattr(done, name) for name in ("clauses", "candidates", "added", "dropped")},
        )
    return redirect(review_url(version, None, "all"))


@allow("match_clause")
@require_POST
def confirm_sure(request: Request, version: int) -> HttpResponse:
    """Confirm the best suggestion of every open clause where it is confident."""
    row = get_object_or_404(Version.objects.defer("text", "furniture"), pk=version)
    answers = sure_answers(row, confident=thresholds(timezone.localdate()).confident)
    count = answering.confirm_answers(by=request.reader.actor, answers=answers, at=timezone.now())
    said = ngettext("%(count)d answer confirmed.", "%(count)d answers confirmed.", count)
    messages.success(request, said % {"count": count})
    return redirect(review_url(version, None, "open"))


@allow("match_clause")
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """This answers the clause."""
    row = answer_or_404(pk)

    def deed() -> object:
        check_seen(request, row)
        return answering.confirm_answer(
            by=request.reader.actor,
            clause=row.clause,
            reform=row.reform,
            local_clause=row.local_clause,
            at=timezone.now(),
        )

    return answer_to(request, row.clause, deed, _("Confirmed."), undo=row)


@allow("match_clause")
@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """This does not answer the clause."""
    row = answer_or_404(pk)

    def deed() -> object:
        check_seen(request, row)
        return answering.refuse_answer(by=request.reader.actor, answer=row, at=timezone.now())

    return answer_to(request, row.clause, deed, _("Refused."), undo=row)


@allow("match_clause")
@require_POST
def undo(request: Request, pk: int) -> HttpResponse:
    """Take a decision back."""
    row = answer_or_404(pk)

    def deed() -> None:
        check_seen(request, row)
        answering.undo_answer(by=request.reader.actor, answer=row, at=timezone.now())

    return answer_to(request, row.clause, deed, _("Taken back."))


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


def check_seen(request: Request, row: Answer) -> None:
    """Refuse to turn round a decision that was made after the page was opened; the page now shows it."""
    if request.POST.get("seen", row.state) != row.state:
        said = _("Somebody decided this in the meantime: %(state)s. Look again before you change it.")
        raise Refusal(said % {"state": row.get_state_display()})


def answer_or_404(pk: int) -> Answer:
    """An answer with both its ends."""
    return get_object_or_404(Answer.objects.select_related("clause", "reform", "local_clause"), pk=pk)
