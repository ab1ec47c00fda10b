"""The page of a case, its personal values when they are opened, its papers to read and to take along."""

from dataclasses import replace

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.cases import rules
from minhu.cases.actions.reading import open_personal
from minhu.cases.bridge.pages.case_page import case_view
from minhu.cases.bridge.pages.paper_views import docx_of, paper_view
from minhu.cases.models import Case, Paper
from minhu.cases.queries.lights import today
from minhu.cases.queries.page import paper_of, seen_around
from minhu.cases.views.powers import case_at
from minhu.people.gate import Request, allow

SHOWN = ("application/pdf", "image/png", "image/jpeg", "text/plain")
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


@allow("see_cases")
def page(request: Request, number: str) -> HttpResponse:
    """Where a case stands, by when, what may be done, and all that is known of it."""
    return shown(request, case_at(request, number), {})


@allow("act_in_case")
@require_POST
def personal(request: Request, number: str) -> HttpResponse:
    """The page with its personal values open; that they were opened stands in the record."""
    case = case_at(request, number)
    return shown(request, case, open_personal(by=rules.doer_of(request.reader), case=case, at=timezone.now()))


def shown(request: Request, case: Case, opened: dict[str, str]) -> HttpResponse:
    """The page of a case."""
    now = timezone.now()
    view = case_view(case, rules.doer_of(request.reader), today(now), now)
    masks = [replace(one, words=opened.get(one.row.key, "")) for one in view.personal]
    may_open = request.reader.may(
        "act_in_case", organisations=[p.organisation.code for p in view.sheet.parts]
    )
    context = {
        "it": view,
        "case": case,
        "day": today(now),
        "personal": masks,
        "opened": opened,
        "may_open": may_open,
        "may_erase": request.reader.may("erase_personal") and any(not m.row.erased_at for m in masks),
        "around": seen_around(case, request.reader),
    }
    return render(request, "cases/case.html", context)


@allow("see_cases")
def paper(request: Request, number: str, pk: int) -> HttpResponse:
    """A paper that was made, as one reads it."""
    case = case_at(request, number)
    row = made_paper(case, pk)
    return render(request, "cases/paper.html", {"case": case, "paper": row, "it": paper_view(row)})


@allow("see_cases")
def paper_file(request: Request, number: str, pk: int) -> HttpResponse | FileResponse:
    """A paper as a file: one handed in as it came, one made here by GB/T 9704."""
    case = case_at(request, number)
    row = paper_of(case, pk)
    if row is None:
        raise Http404(_("This case has no such paper."))
    if row.is_made:
        name = f"{row.number or row.title}.docx"
        return FileResponse(docx_of(row, case), as_attachment=True, filename=name, content_type=DOCX)
    is_shown = row.media_type.split(";")[0] in SHOWN
    return FileResponse(
        content_of(row), as_attachment=not is_shown, filename=row.title, content_type=row.media_type
    )


def made_paper(case: Case, pk: int) -> Paper:
    """A paper that was made by a step."""
    row = paper_of(case, pk)
    if row is None or not row.is_made:
        raise Http404(_("This case has no such paper."))
    return row


def content_of(row: Paper) -> object:
    """The file of a paper that was handed in."""
    try:
        return row.file.open("rb")
    except OSError as lost:
        raise Http404(_("The file of this paper is not on this machine.")) from lost
