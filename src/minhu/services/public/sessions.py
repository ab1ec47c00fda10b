"""Which applications a browser has open: by its session, for as long as that lives."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone

from minhu.people.gate import Request
from minhu.services.bridge.applying.walking import Walk
from minhu.services.models import Application
from minhu.services.queries import applying as queries
from minhu.services.states import APPLICANT, ApplicationState
from minhu.trail.states import Actor

MINE, CODES, OPEN = "services.mine", "services.codes", "services.open"


def hold(request: HttpRequest, row: Application, code: str = "") -> None:
    """Keep an application open in this browser, and its code until it was noted down."""
    session = request.session
    session[MINE] = {**session.get(MINE, {}), row.version.thing.code: row.pk}
    session[OPEN] = sorted({*session.get(OPEN, []), row.pk})
    if code:
        session[CODES] = {**session.get(CODES, {}), str(row.pk): code}


def code_of(request: HttpRequest, row: Application) -> str:
    """The secret code, as long as it has not been noted down."""
    return str(request.session.get(CODES, {}).get(str(row.pk), ""))


def forget_code(request: HttpRequest, row: Application) -> None:
    """It was noted down: it is shown no more."""
    codes = dict(request.session.get(CODES, {}))
    codes.pop(str(row.pk), None)
    request.session[CODES] = codes


def let_go(request: HttpRequest, row: Application) -> None:
    """Close an application in this browser."""
    session = request.session
    session[MINE] = {code: pk for code, pk in session.get(MINE, {}).items() if pk != row.pk}
    session[OPEN] = [pk for pk in session.get(OPEN, []) if pk != row.pk]
    forget_code(request, row)


def mine(request: HttpRequest, thing: str) -> Application | None:
    """The application for a one-thing that is open in this browser."""
    pk = request.session.get(MINE, {}).get(thing)
    return queries.application_by_pk(pk) if pk else None


def opened(request: HttpRequest, pk: int) -> Application | None:
    """An application whose code was given in this browser."""
    return queries.application_by_pk(pk) if pk in request.session.get(OPEN, []) else None


def actor_of(request: Request, row: Application | None = None) -> Actor:
    """Who does it: nobody in particular, or the post that applies for somebody."""
    helps = row is not None and row.helper_id is not None and request.reader.signed_in
    return request.reader.actor if helps else APPLICANT


def walked(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """A page of the way: with the draft of this browser, back to the beginning without one.

    A draft whose service has changed goes to what is new first.
    """

    @wraps(view)
    def shown(request: Request, thing: str, **more: Any) -> HttpResponse:
        row = mine(request, thing)
        if row is None or row.state in (ApplicationState.EXPIRED, ApplicationState.WITHDRAWN):
            return redirect("services:apply", thing)
        if row.is_draft and not row.version.is_published:
            return redirect("services:apply_changes", thing)
        return view(request, Walk(row), **more)

    return shown


def page(request: HttpRequest, template: str, walk: Walk, **more: Any) -> HttpResponse:
    """A page of the way: its template with the draft, and the way back."""
    status = more.pop("status", 200)
    kind, code = more.pop("stop", ("", ""))
    stops = walk.stops
    keys = [(one.kind, one.code) for one in stops]
    at = keys.index((kind, code)) if (kind, code) in keys else -1
    context = {
        "walk": walk, "row": walk.row, "thing": walk.row.version.thing, "before": walk.before(kind, code),
        "number": at + 1, "count": len(stops) if not walk.question else 0, "now": timezone.now(), **more,
    }  # fmt: skip
    return render(request, template, context, status=status)
