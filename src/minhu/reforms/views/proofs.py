"""Proofs: handed in, looked at, accepted or returned."""

from django.http import FileResponse, Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.gate import Request, allow
from minhu.reforms import actions
from minhu.reforms.forms import ProofForm, VerdictForm
from minhu.reforms.models import Milestone, Proof
from minhu.reforms.queries.reform_page import name_deciders
from minhu.reforms.views.powers import answered, milestone_at, require_acceptor, require_carrier

# Shown in the browser; every other type is handed over to be saved.
SHOWN = ("application/pdf", "image/png", "image/jpeg", "text/plain")


@allow("submit_proof")
def submit(request: Request, pk: int) -> HttpResponse:
    """Hand in a proof of a milestone."""
    row = milestone_at(pk)
    require_carrier(request, "submit_proof", row.reform)
    form = ProofForm(request.POST or None, request.FILES or None, milestone=row)

    def deed() -> Milestone:
        by, now, draft = request.reader.actor, timezone.now(), form.draft()
        return actions.submit_proof(by=by, milestone=row, draft=draft, at=now, asked=form.asked).milestone

    said = _("Handed in; %(acceptor)s will look at it.") % {"acceptor": row.acceptor.short}
    context = {"form": form, "milestone": row, "reform": row.reform}
    return answered(request, form, deed, said) or render(request, "reforms/prove.html", context)


@allow("accept_proof")
def decide(request: Request, pk: int) -> HttpResponse:
    """Look at a proof, and accept or return it."""
    row = proof_at(pk)
    require_acceptor(request, row.milestone)
    form = VerdictForm(request.POST or None)

    def deed() -> Milestone:
        by, now, verdict = request.reader.actor, timezone.now(), form.verdict()
        return actions.decide_proof(by=by, proof=row, verdict=verdict, at=now, asked=form.asked).milestone

    said = _("Accepted.") if form.is_yes else _("Returned, with your reason.")
    name_deciders([row], "submitted_by")
    context = {"form": form, "proof": row, "milestone": row.milestone, "reform": row.milestone.reform}
    context["is_own"] = row.submitted_by_user == request.user.pk
    return answered(request, form, deed, said) or render(request, "reforms/decide_proof.html", context)


@allow("see_ledger")
def file(request: Request, pk: int) -> FileResponse:
    """The file of a proof."""
    row = proof_at(pk)
    try:
        content = open(row.path, "rb")  # noqa: SIM115 (the response closes it)
    except OSError as lost:
        raise Http404(_("The file of this proof is not on this machine.")) from lost
    is_shown = row.media_type.split(";")[0] in SHOWN
    return FileResponse(
        content, as_attachment=not is_shown, filename=row.file_name, content_type=row.media_type
    )


def proof_at(pk: int) -> Proof:
    """A proof with its milestone, reform and acceptor."""
    return get_object_or_404(
        Proof.objects.select_related("milestone__reform__lead", "milestone__acceptor"), pk=pk
    )
