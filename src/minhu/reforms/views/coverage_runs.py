"""Looking for answers with progress; many confirmed together after a look, and taken back together."""

from datetime import datetime

from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.dateparse import parse_datetime
from django.utils.http import urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST
from django_htmx.http import HttpResponseClientRedirect

from minhu.mandates.models import Version
from minhu.people.gate import Request, allow
from minhu.reforms.actions import coverage_answers as answering
from minhu.reforms.actions import coverage_suggestions as searching
from minhu.reforms.models import Answer, Search
from minhu.reforms.queries import coverage_decisions as decided
from minhu.reforms.queries.coverage_candidates import answer_text, words_of
from minhu.reforms.queries.coverage_limits import thresholds
from minhu.reforms.queries.coverage_lists import sure_answers, with_ends
from minhu.reforms.queries.coverage_names import name_posts
from minhu.reforms.views.coverage_page import draw, review_url

PER_PAGE = 50


def version_or_404(pk: int) -> Version:
    """An upstream wording, without its heavy text."""
    return get_object_or_404(Version.objects.select_related("document").defer("text", "furniture"), pk=pk)


@allow("match_clause")
@require_POST
def suggest(request: Request, version: int) -> HttpResponse:
    """Compare a document with every reform and local clause; what takes longer goes on with its progress."""
    row, now = version_or_404(version), timezone.now()
    search = searching.start_search(by=request.reader.actor, version=row, at=now)
    search = step_of(request, search)
    if search.is_running:
        return redirect("reforms:coverage_search", version=version)
    return ended(request, search)


@allow("see_coverage")
def search(request: Request, version: int) -> HttpResponse:
    """How far looking for answers has come."""
    row = version_or_404(version)
    may_match = request.reader.may("match_clause")
    context: dict[str, object] = {"version": row, "search": decided.last_search(row), "may_match": may_match}
    return draw(request, "reforms/coverage/search.html", context)


@allow("match_clause")
@require_POST
def step(request: Request, version: int) -> HttpResponse:
    """Go on for a moment; the page asks again until it is done."""
    search = running_or_404(version)
    search = step_of(request, search)
    if not search.is_running:
        return ended(request, search)
    if request.htmx:
        context = {"version": search.version, "search": search, "may_match": True}
        return render(request, "reforms/coverage/_progress.html", context)
    return redirect("reforms:coverage_search", version=version)


@allow("match_clause")
@require_POST
def stop(request: Request, version: int) -> HttpResponse:
    """Stop looking; what was found stays."""
    search = running_or_404(version)
    searching.stop_search(by=request.reader.actor, search=search, at=timezone.now())
    messages.info(request, _("Stopped. What was found so far stays; “Look for answers” begins anew."))
    return leave(request, review_url(version, None, "all"))


def running_or_404(version: int) -> Search:
    """The run that goes on; where it just ended in another window, the last one."""
    rows = Search.objects.filter(version=version).select_related("version__document")
    search = rows.defer("version__text", "version__furniture").order_by("-started_at", "-pk").first()
    return search or get_object_or_404(rows, pk=0)


def step_of(request: Request, search: Search) -> Search:
    """One step, at most a second or two."""
    possible = thresholds(timezone.localdate()).possible
    return searching.step_search(by=request.reader.actor, search=search, possible=possible, at=timezone.now())


def ended(request: Request, search: Search) -> HttpResponse:
    """Say what a run did, and go to the review."""
    if search.carried:
        kept = _("%(count)d decisions on unchanged clauses were carried over from earlier wordings.")
        messages.info(request, kept % {"count": search.carried})
    if not search.candidates:
        said = _("There is nothing yet that could answer: load a local document or start a reform.")
        messages.warning(request, said)
    else:
        said = _(
            "%(clauses)d clauses compared with %(candidates)d candidates: "
            "%(added)d suggestions added, %(dropped)d dropped."
        )
        names = ("clauses", "candidates", "added", "dropped")
        messages.success(request, said % {name: getattr(search, name) for name in names})
    return leave(request, review_url(search.version_id, None, "all"))


def leave(request: Request, url: str) -> HttpResponse:
    """To another page, by htmx or by itself."""
    return HttpResponseClientRedirect(url) if request.htmx else HttpResponseRedirect(url)


@allow("match_clause")
def sure(request: Request, version: int) -> HttpResponse:
    """What would be confirmed together, from a score on that can be set."""
    row, limits = version_or_404(version), thresholds(timezone.localdate())
    given = score_in(request.GET.get("from"))
    rows = sure_answers(row, confident=given or limits.confident, learned=given or limits.learned)
    answers = [(one, words_of(one.clause), answer_text(one)) for one in named(rows)]
    is_learned = any(one.is_learned for one in rows)
    least = given if given is not None else limits.surely(is_learned)
    context = {"version": row, "answers": answers, "least": least, "tab": "review", "is_learned": is_learned}
    return draw(request, "reforms/coverage/sure.html", context)


def named(rows: list[Answer]) -> list[Answer]:
    """Answers with everything their words need, in the order of the clauses."""
    found = with_ends(Answer.objects.filter(pk__in=[row.pk for row in rows])).select_related("clause")
    return list(found.prefetch_related("reform__measures__milestones").order_by("clause__order"))


def score_in(words: str | None) -> float | None:
    """A score from an address, in [0, 1]; nonsense is none."""
    try:
        score = float(words or "")
    except ValueError:
        return None
    return score if 0.0 <= score <= 1.0 else None


@allow("match_clause")
@require_POST
def confirm_sure(request: Request, version: int) -> HttpResponse:
    """Confirm the answers that were looked at, or the best of every open clause where it is confident."""
    row, limits, now = version_or_404(version), thresholds(timezone.localdate()), timezone.now()
    rows = sure_answers(row, confident=limits.confident, learned=limits.learned)
    if "answer" in request.POST:
        keys = [int(key) for key in request.POST.getlist("answer") if key.isdecimal()]
        rows = list(Answer.objects.filter(pk__in=keys, clause__version=row))
    count = answering.confirm_answers(by=request.reader.actor, answers=rows, at=now)
    said = ngettext("%(count)d answer confirmed.", "%(count)d answers confirmed.", count)
    messages.success(request, said % {"count": count})
    where = reverse("reforms:coverage_decisions", args=[version])
    return redirect(
        f"{where}?{urlencode({'at': now.isoformat()})}" if count else review_url(version, None, "open")
    )


@allow("see_coverage")
def decisions(request: Request, version: int) -> HttpResponse:
    """Who decided what, and when; one post's, or what was decided together."""
    row, post = version_or_404(version), request.GET.get("post", "")
    at = moment_in(request.GET.get("at"))
    page = Paginator(decided.decisions_in_order(row, post=post, at=at), PER_PAGE).get_page(
        request.GET.get("page")
    )
    name_posts(page.object_list)
    context = {
        "version": row, "page": page, "post": post, "at": at, "deciders": decided.deciders_of(row),
        "tab": "decisions", "may_match": request.reader.may("match_clause"),
    }  # fmt: skip
    return draw(request, "reforms/coverage/decisions.html", context)


def moment_in(words: str | None) -> datetime | None:
    """A moment from an address; nonsense is none."""
    try:
        at = parse_datetime(words or "")
    except ValueError:
        return None
    return at if at and at.tzinfo else None


@allow("match_clause")
@require_POST
def undo_together(request: Request, version: int) -> HttpResponse:
    """Take back what was confirmed together, except what somebody decided anew since."""
    row, at = version_or_404(version), moment_in(request.POST.get("at"))
    rows = decided.decisions_in_order(row, at=at) if at else Answer.objects.none()
    count = answering.undo_answers(by=request.reader.actor, answers=rows, at=timezone.now())
    said = ngettext("%(count)d decision taken back.", "%(count)d decisions taken back.", count)
    messages.success(request, said % {"count": count})
    return redirect(review_url(version, None, "all"))
