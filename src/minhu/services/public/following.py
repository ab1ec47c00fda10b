"""Following an application by its secret code: where it is, corrections, taking it back, rating it."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.http import content_disposition_header
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.pages.paper_views import docx_of
from minhu.cases.models import Case
from minhu.cases.queries.lights import today
from minhu.people.gate import Request, allow
from minhu.services.actions import applying
from minhu.services.bridge.applying.progress import is_for_author, progress_of
from minhu.services.bridge.applying.standing import Standing, standing_of
from minhu.services.bridge.applying.summary import summary_of
from minhu.services.bridge.applying.walking import Walk
from minhu.services.forms.applying import CodeForm, ServiceRatingForm
from minhu.services.models import Application
from minhu.services.public.sessions import actor_of, hold, let_go, opened
from minhu.services.queries import applying as queries
from minhu.services.states import ApplicationRefused, ApplicationState, PaperState

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@allow("public")
def follow(request: Request) -> HttpResponse:
    """The door: a secret code opens one application."""
    form = CodeForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        row = queries.application_by_code(form.cleaned_data["code"])
        if row is None:
            form.add_error(
                "code", _("No application has this code: compare it sign by sign with your receipt.")
            )
        elif row.state == ApplicationState.EXPIRED:
            return render(request, "services/follow_over.html", {"row": row}, status=410)
        else:
            hold(request, row)
            return redirect("services:follow_one", row.pk)
    return render(request, "services/follow.html", {"form": form})


def with_code(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of an application whose code was given in this browser; without it, to the door."""

    @wraps(view)
    def shown(request: Request, pk: int, **more: Any) -> HttpResponse:
        row = opened(request, pk)
        if row is None or row.state == ApplicationState.EXPIRED:
            return redirect("services:follow")
        return view(request, row, **more)

    return shown


@allow("public")
@with_code
def one(request: Request, row: Application) -> HttpResponse:
    """How far it is; a draft goes on where it was left."""
    if row.is_draft:
        return redirect("services:apply_on", row.version.thing.code)
    walk = Walk(row)
    context: dict[str, object] = {"row": row, "thing": row.version.thing, "walk": walk}
    if row.case:
        progress = progress_of(row.case, today(timezone.now()))
        context |= {"it": progress, "standing": standing_of(row.case.number, walk.plan)}
        context |= {"asked": waiting_wants(walk, row.case), "form": ServiceRatingForm()}
    return render(request, "services/follow_one.html", context)


def waiting_wants(walk: Walk, case: Case) -> list[tuple[object, object]]:
    """Papers the applicant still has to bring, with how they stand."""
    standing = standing_of(case.number, walk.plan)
    return [
        (want, paper)
        for want in walk.wants
        if standing.waits_for(want)
        and (paper := walk.papers.get(want.code))
        and is_asked(paper.state, paper.way)
    ]


def is_asked(state: str, way: str) -> bool:
    """Whether a paper waits for the applicant rather than for a department."""
    return state == PaperState.MISSING or (state == PaperState.WAITING and way != "share")


@allow("public")
@with_code
def correct(request: Request, row: Application) -> HttpResponse:
    """The one correction notice: what is asked for, all answers with links to change them, handing in."""
    walk = Walk(row)
    standing = standing_of(row.case.number, walk.plan) if row.case else Standing()
    if not standing.is_mending:
        return redirect("services:follow_one", row.pk)
    if request.method == "POST":
        try:
            applying.hand_in_corrections(by=actor_of(request, row), pk=row.pk, at=timezone.now())
        except ApplicationRefused as refused:
            messages.error(request, refused.words)
        else:
            messages.success(request, _("Your corrections were handed in. The work goes on."))
            return redirect("services:follow_one", row.pk)
    context = {"row": row, "thing": row.version.thing, "walk": walk, "summary": summary_of(walk)}
    return render(request, "services/follow_correct.html", {**context, "standing": standing})


@allow("public")
@require_POST
@with_code
def withdraw(request: Request, row: Application) -> HttpResponse:
    """Take it back, once it was confirmed."""
    if not request.POST.get("sure"):
        messages.error(request, _("Tick that you want to take it back."))
        return redirect("services:follow_one", row.pk)
    try:
        applying.withdraw(by=actor_of(request, row), pk=row.pk, at=timezone.now())
    except ApplicationRefused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("The application was taken back."))
    return redirect("services:follow_one", row.pk)


@allow("public")
@require_POST
@with_code
def rate(request: Request, row: Application) -> HttpResponse:
    """Say how content one is."""
    form = ServiceRatingForm(request.POST)
    if form.is_valid():
        said = form.cleaned_data
        try:
            applying.rate(pk=row.pk, level=said["level"], words=said["words"], at=timezone.now())
        except ApplicationRefused as refused:
            messages.error(request, refused.words)
        else:
            messages.success(request, _("Thank you. Your answer has been taken down."))
    else:
        messages.error(request, _("Choose one of the five answers."))
    return redirect("services:follow_one", row.pk)


@allow("public")
@with_code
def result(request: Request, row: Application, paper: int) -> HttpResponse:
    """A paper made for the applicant, to take along."""
    found = row.case.papers.filter(pk=paper, is_made=True).first() if row.case else None
    if found is None or row.case is None or not is_for_author(compiled(row.case.kind), found):
        raise Http404(_("There is no such paper."))
    name = f"{found.number or found.title}.docx"
    answer = HttpResponse(docx_of(found, row.case).read(), content_type=DOCX)
    answer["Content-Disposition"] = content_disposition_header(True, name) or "attachment"
    return answer


@allow("public")
@require_POST
@with_code
def close(request: Request, row: Application) -> HttpResponse:
    """Close it in this browser: the code opens it again."""
    let_go(request, row)
    messages.info(request, _("Closed on this device. Your code opens it again."))
    return redirect("services:follow")
