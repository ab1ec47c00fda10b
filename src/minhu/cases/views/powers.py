"""Finding the case a page is about, and what happens after a deed that was refused or done."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.utils.translation import gettext as _

from minhu.cases.forms.base import DeedForm
from minhu.cases.models import Case
from minhu.cases.queries.loading import state_of
from minhu.cases.queries.page import seen_case
from minhu.cases.states import CaseRefused, Done
from minhu.people.gate import Request


def case_at(request: Request, number: str) -> Case:
    """The case of a number, or a page that says there is none; what may not be seen is not there."""
    case = seen_case(number, request.reader)
    if case is None:
        raise Http404(_("There is no case %(number)s, or none that you may see.") % {"number": number})
    return case


def posted(request: Request) -> QueryDict | None:
    """What was sent, be it nothing at all; None where the form is only opened."""
    return request.POST if request.method == "POST" else None


def answered(
    request: Request, form: DeedForm, deed: Callable[[], Done], said: str, number: str = ""
) -> HttpResponse | None:
    """Do the deed of a form that was sent and is valid, and go to the case.

    None where there is nothing to do yet or the deed was refused: the form then says why and is shown again.
    """
    if request.method != "POST" or not form.is_valid():
        return None
    try:
        done = deed()
    except CaseRefused as refused:
        state = state_of(number) if number else None
        form.refuse(refused, state.rev if state else None)
        return None
    messages.success(
        request, said if not done.repeated else _("This had been done already; nothing was done twice.")
    )
    return redirect("cases:case", done.number)
