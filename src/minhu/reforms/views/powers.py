"""Finding what a page is about, asking whether its reader may act, and what happens after a deed."""

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect

from minhu.people.gate import Request
from minhu.people.rules import require
from minhu.reforms.actions import Refusal
from minhu.reforms.forms.base import Refusable
from minhu.reforms.models import Measure, Milestone, Reform
from minhu.reforms.queries.reform_page import carriers_of


def reform_at(code: str) -> Reform:
    """The reform of a code, or a page that says there is none."""
    return get_object_or_404(Reform.objects.select_related("lead", "leader_post"), code=code)


def measure_at(pk: int) -> Measure:
    """A measure with its reform."""
    return get_object_or_404(Measure.objects.select_related("reform__lead"), pk=pk)


def milestone_at(pk: int) -> Milestone:
    """A milestone with its reform, lead and acceptor."""
    return get_object_or_404(Milestone.objects.select_related("reform__lead", "measure", "acceptor"), pk=pk)


def require_carrier(request: Request, right: str, reform: Reform) -> None:
    """Refuse readers who neither have the right everywhere nor carry this reform."""
    require(request.reader, right, organisations=carriers_of(reform))


def require_acceptor(request: Request, milestone: Milestone) -> None:
    """Refuse readers who neither accept everywhere nor belong to the acceptor of this milestone."""
    require(request.reader, "accept_proof", organisations=(milestone.acceptor.code,))


def answered(
    request: Request, form: Refusable, deed: Callable[[], Any], said: Callable[[], str] | str
) -> HttpResponse | None:
    """Do the deed of a form that was sent and is valid, say so, and go to what it made.

    None where there is nothing to do yet or the deed was refused: the form then says why and is shown again.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        made = deed()
    except Refusal as refusal:
        form.refuse(refusal)
        return None
    messages.success(request, said() if callable(said) else said)
    return redirect(made)


def tried(request: Request, deed: Callable[[], Any], said: str, back: Any) -> HttpResponse:
    """Do a deed without a form; what came of it is said on the page it goes back to."""
    try:
        deed()
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said)
    return redirect(back)
