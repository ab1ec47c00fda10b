"""Complaints about the software, their answers, notices, and the table of rights."""

from urllib.parse import urlsplit

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minhu.people import actions
from minhu.people.forms import AnswerForm, ComplaintForm
from minhu.people.gate import Request, allow
from minhu.people.queries import complaints_of, notices_for
from minhu.people.rules import may, require, rights_by_group
from minhu.people.states import Role
from minhu.people.views.units import MAY_EDIT, sent, who


@allow("report_problem")
@MAY_EDIT
def complain(request: Request) -> HttpResponse:
    """Say what is wrong with the system; the page it was said from is filled in."""
    form = ComplaintForm(sent(request), initial={"page": page_before(request)})
    if form.do(lambda: actions.complain(**who(request), **form.cleaned_data)):
        messages.success(request, _("Thank you. The reform office answers here; your post gets a notice."))
        return redirect("people:complaints")
    status = 422 if form.is_bound else 200
    return render(request, "people/complain.html", {"form": form}, status=status)


def page_before(request: Request) -> str:
    """Path of the page a reader came from: named in the address, or told by the browser."""
    named = request.GET.get("page") or request.headers.get("Referer", "")
    return urlsplit(named).path[:300]


@allow("report_problem")
@require_safe
def complaints(request: Request) -> HttpResponse:
    """Complaints this reader may see, unanswered ones first for those who answer."""
    rows = complaints_of(request.reader)
    state = request.GET.get("state", "")
    if state in {"open", "answered"}:
        rows = rows.filter(answered_at__isnull=state == "open")
    context = {"rows": rows[:200], "state": state, "answers": may(request.reader, "answer_complaint")}
    return render(request, "people/complaints.html", context)


@allow("report_problem")
@MAY_EDIT
def complaint(request: Request, pk: int) -> HttpResponse:
    """One complaint and its answer; the office answers here."""
    row = get_object_or_404(complaints_of(request.reader), pk=pk)
    form = AnswerForm(sent(request))
    if form.is_bound:
        require(request.reader, "answer_complaint")
    if form.do(lambda: actions.answer_complaint(**who(request), complaint=row, **form.cleaned_data)):
        messages.success(request, _("Answered. The post that complained has been told."))
        return redirect("people:complaints")
    answers = may(request.reader, "answer_complaint") and (form.is_bound or not row.is_answered)
    status = 422 if form.is_bound else 200
    return render(
        request, "people/complaint.html", {"row": row, "form": form, "answers": answers}, status=status
    )


@allow("see_desk")
@require_safe
def me(request: Request) -> HttpResponse:
    """The own account: posts to act from, password, notices of the last ninety days."""
    rows = notices_for(request.reader, at=timezone.now(), days=90)
    return render(request, "people/me.html", {"notices": rows})


@allow("see_rights")
@require_safe
def rights(request: Request) -> HttpResponse:
    """Who may do what: the table of rules.py, to be read."""
    return render(request, "people/rights.html", {"groups": rights_by_group(), "roles": Role})
