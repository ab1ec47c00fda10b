"""The last look at all answers, sending, and the receipt with the secret code."""

from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.services.actions import applying
from minhu.services.bridge.applying.summary import summary_of
from minhu.services.bridge.applying.walking import Walk
from minhu.services.models import Application
from minhu.services.public.links import url_of
from minhu.services.public.sessions import actor_of, code_of, forget_code, hold, mine, page, walked
from minhu.services.states import ApplicationRefused


@allow("public")
@walked
def check(request: Request, walk: Walk) -> HttpResponse:
    """Everything that was answered, each with a link to change it; sending it."""
    if not walk.row.is_draft:
        return receipt_of(walk.row)
    if walk.question:
        return redirect(url_of(walk))
    faults: dict[str, str] = {}
    if request.method == "POST":
        try:
            row = applying.submit(
                by=actor_of(request, walk.row),
                pk=walk.row.pk,
                key=request.POST.get("key", ""),
                at=timezone.now(),
            )
        except ApplicationRefused as refused:
            faults = refused.faults or {"": refused.words}
        else:
            return receipt_of(row)
    status = 422 if faults else 200
    more = {"summary": summary_of(walk), "faults": faults}
    return page(request, "services/apply_check.html", walk, status=status, stop=("check", ""), **more)


def receipt_of(row: Application) -> HttpResponse:
    """To the receipt."""
    return redirect("services:apply_receipt", row.version.thing.code)


@allow("public")
def receipt(request: Request, thing: str) -> HttpResponse:
    """That it has arrived, and the code, until it was noted down."""
    row = mine(request, thing)
    if row is None or not row.is_submitted:
        return redirect("services:apply", thing)
    if not (code := code_of(request, row)):
        return redirect("services:follow_one", row.pk)
    return page(request, "services/apply_receipt.html", Walk(row), code=code)


@allow("public")
@require_POST
def noted(request: Request, thing: str) -> HttpResponse:
    """The code has been noted down: it is shown no more."""
    row = mine(request, thing)
    if row is None:
        return redirect("services:apply", thing)
    hold(request, row)
    forget_code(request, row)
    return (
        redirect("services:follow_one", row.pk) if row.is_submitted else redirect("services:apply_on", thing)
    )
