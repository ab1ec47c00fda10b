"""What applicants gave, opened by officers who need it: every look is recorded."""

from pathlib import Path

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.cases.models import Case
from minhu.cases.queries.page import seen_case
from minhu.people.gate import Request, allow
from minhu.people.rules import Refused
from minhu.services.actions import applying
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.purpose import matrix_of, may_open_paper
from minhu.services.forms.applying import EraseApplicationForm
from minhu.services.models import Application, ApplicationPaper
from minhu.services.queries import applying as queries

SHOWN = ("application/pdf", "image/png", "image/jpeg", "text/plain")


def case_of(request: Request, number: str) -> Case:
    """A case this reader may see."""
    case = seen_case(number, request.reader)
    if case is None:
        raise Http404(_("There is no such case."))
    return case


@allow("act_in_case")
@require_POST
def open_values(request: Request, number: str) -> HttpResponse:
    """The answers the own organisation needs, opened; that they were read is recorded."""
    case, mine = case_of(request, number), request.reader.organisation
    matrix = matrix_of(case, mine)
    if matrix is None or not matrix.may_open:
        raise Refused("act_in_case")
    found = applying.look_at_values(
        by=request.reader.actor, row=matrix.row, keys=matrix.keys, at=timezone.now()
    )
    return render(request, "services/applied_values.html", {"case": case, "it": matrix_of(case, mine, found)})


@allow("act_in_case")
def open_paper(request: Request, pk: int) -> FileResponse:
    """A paper the own organisation needs; that it was opened is recorded."""
    rows = ApplicationPaper.objects.select_related("application__case", "application__version__thing__lead")
    paper = get_object_or_404(rows, pk=pk)
    row = paper.application
    if row.case is None or not may_open(request, row, paper):
        raise Refused("act_in_case")
    case_of(request, row.case.number)
    path = Path(settings.MEDIA_ROOT) / paper.file
    if not paper.file or not path.is_file():
        raise Http404(_("The file of this paper is not on this machine, or was erased."))
    applying.look_at_paper(by=request.reader.actor, paper=paper, at=timezone.now())
    is_shown = paper.media_type.split(";")[0] in SHOWN
    return FileResponse(
        path.open("rb"), as_attachment=not is_shown, filename=paper.name, content_type=paper.media_type
    )


@allow("erase_personal")
def erase(request: Request, number: str) -> HttpResponse:
    """Erase what an applicant gave, on a ground, after a serious question."""
    case = case_of(request, number)
    row = queries.application_of_case(case)
    if row is None:
        raise Http404(_("There is no such case."))
    form = EraseApplicationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        ground = form.cleaned_data["ground"]
        gone = applying.erase_application(
            by=request.reader.actor, pk=row.pk, ground=ground, at=timezone.now()
        )
        messages.success(
            request, _("Erased: %(n)s. The record says by whom and on what ground.") % {"n": gone}
        )
        return redirect(case.get_absolute_url())
    return render(request, "services/applied_erase.html", {"case": case, "row": row, "form": form})


def may_open(request: Request, row: Application, paper: ApplicationPaper) -> bool:
    """Whether the own organisation needs a paper."""
    wants = plan_of(row.version, row.answers).wants
    keys = (paper.material, paper.form, paper.requirement)
    found = [want for want in wants if (want.material, want.form, want.requirement) == keys]
    return any(may_open_paper(row, want, request.reader.organisation) for want in found)
