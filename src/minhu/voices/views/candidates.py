"""Small cuts: the list, one of them, proposing, and deciding."""

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.reforms.actions import ReformDraft, Refusal
from minhu.reforms.states import Origin
from minhu.voices.actions import candidates as doing
from minhu.voices.bridge.matching_reforms import fits
from minhu.voices.forms.candidates import CutForm, ReformChoiceForm, RefuseForm, StartForm
from minhu.voices.forms.groups import Refusable
from minhu.voices.models import Candidate
from minhu.voices.queries import candidates as reading
from minhu.voices.queries.hot import hot_at
from minhu.voices.queries.limits import day_of
from minhu.voices.queries.links import reform_texts, threshold
from minhu.voices.states.groups import CandidateState
from minhu.voices.states.hearing import VoiceRefused

WHY = {"bad": gettext_lazy("its answers were rated bad"), "again": gettext_lazy("its cases came back")}
LEADING = 3


@allow("see_groups")
def candidates(request: Request) -> HttpResponse:
    """Small cuts by state, and large groups that ask for one."""
    state = request.GET.get("state", CandidateState.PROPOSED)
    state = state if state in reading.STATES else CandidateState.PROPOSED
    context = {
        "rows": reading.shown(state), "state": state, "counts": reading.counts(),
        "states": [*CandidateState.choices, ("all", _("All"))],
        "asking": reading.asking(day_of(timezone.now())),
        "may_cut": request.reader.may_somewhere("propose_small_cut"),
    }  # fmt: skip
    return render(request, "voices/candidates.html", context)


def candidate_or_404(pk: int) -> Candidate:
    """A small cut, or a page that says there is none."""
    row = reading.candidate_at(pk)
    if row is None:
        raise Http404(_("There is no such small cut."))
    return row


@allow("see_groups")
def candidate(request: Request, pk: int) -> HttpResponse:
    """A small cut with its evidence, and how it may be decided on."""
    return shown(request, candidate_or_404(pk))


def shown(request: Request, row: Candidate, wrong: Refusable | None = None) -> HttpResponse:
    """The page of a small cut; a form that was refused stands on it with what was typed."""
    may_decide = row.state == CandidateState.PROPOSED and request.reader.may("link_reform")
    forms: dict[str, Refusable] = {
        "link": ReformChoiceForm(),
        "refuse": RefuseForm(),
        "start": start_form(row),
    }
    if wrong:
        forms |= {name: wrong for name, form in forms.items() if type(form) is type(wrong)}
    context = {
        "it": row, "forms": forms, "may_decide": may_decide, "groups": row.groups.all(),
        "fits": suggested(row) if may_decide else [],
    }  # fmt: skip
    return render(request, "voices/candidate.html", context, status=422 if wrong else 200)


def start_form(row: Candidate) -> StartForm:
    """A reform as a small cut proposes it."""
    return StartForm(initial={"name": row.title, "goal": row.cut})


def suggested(row: Candidate) -> list[tuple[object, float]]:
    """Reforms that say something like a small cut, with how alike they are."""
    texts = reform_texts()
    found = fits(f"{row.title}\n{row.problem}", [text for _r, text in texts], threshold(timezone.now()))
    return [(texts[one.place][0], one.score) for one in found[:LEADING]]


@allow("propose_small_cut")
def propose(request: Request) -> HttpResponse:
    """Propose a small cut from groups, or from a hot issue; what it rests on stands beside the form."""
    source = request.POST or request.GET
    keys = [int(one) for one in source.getlist("g") if one.isdecimal()]
    hot = hot_at(int(source["hot"])) if source.get("hot", "").isdecimal() else None
    groups = reading.groups_of(hot.issue if hot else None, keys)
    if not groups:
        messages.info(request, _("Choose the groups of voices a small cut is to rest on."))
        return redirect("voices:groups")
    weight = reading.weight_of(groups)
    first = groups[0]
    known = {
        "title": first.title, "severity": weight.severity,
        "problem": first.centre.masked if first.centre else first.title,
    }  # fmt: skip
    form = CutForm(request.POST or None, initial=known)
    if request.method == "POST" and form.is_valid():
        draft = doing.CutDraft(**form.cleaned_data, groups=groups, hot=hot.issue if hot else None)
        try:
            made = doing.propose_small_cut(by=request.reader.actor, draft=draft, at=timezone.now())
        except VoiceRefused as refused:
            form.refuse(refused)
        else:
            messages.success(request, _("Proposed. The reform office links it to a reform or starts one."))
            return redirect(made)
    context = {
        "form": form, "groups": groups, "weight": weight, "hot": hot, "why": [WHY[one] for one in weight.why]
    }  # fmt: skip
    return render(request, "voices/propose.html", context)


def decided(
    request: Request, row: Candidate, form: Refusable, deed: Callable[[], Candidate], said: str
) -> HttpResponse:
    """Decide on a small cut; a refusal is shown at its field."""
    if form.is_valid():
        try:
            made = deed()
        except VoiceRefused as refused:
            form.refuse(refused)
        except Refusal as refusal:
            form.refuse(VoiceRefused(str(refusal), refusal.field))
        else:
            messages.success(request, said)
            return redirect(made.reform or made)
    return shown(request, row, form)


@allow("link_reform")
@require_POST
def link(request: Request, pk: int) -> HttpResponse:
    """Take a small cut into a reform that goes on."""
    row, form = candidate_or_404(pk), ReformChoiceForm(request.POST)

    def deed() -> Candidate:
        reform = form.cleaned_data["reform"]
        return doing.link_candidate(by=request.reader.actor, candidate=row, reform=reform, at=timezone.now())

    return decided(request, row, form, deed, _("The reform takes it up; its page shows what people say."))


@allow("link_reform")
@require_POST
def start(request: Request, pk: int) -> HttpResponse:
    """Start a reform from a small cut."""
    row, form = candidate_or_404(pk), StartForm(request.POST)

    def deed() -> Candidate:
        note = _("Small cut from %(n)d voices: %(title)s") % {"n": row.frequency, "title": row.title}
        draft = ReformDraft(
            **form.cleaned_data, problem=row.problem, origin=Origin.VOICES, origin_note=note,
            illustrative=any(group.illustrative for group in row.groups.all()),
        )  # fmt: skip
        return doing.start_from_candidate(
            by=request.reader.actor,
            candidate=row,
            draft=draft,
            at=timezone.now(),
            asked=len(form.changed_data),
        )

    return decided(request, row, form, deed, _("The reform stands in the ledger as an idea."))


@allow("link_reform")
@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """Do not take a small cut up, with a reason."""
    row, form = candidate_or_404(pk), RefuseForm(request.POST)

    def deed() -> Candidate:
        reason = form.cleaned_data["reason"]
        return doing.refuse_candidate(
            by=request.reader.actor, candidate=row, reason=reason, at=timezone.now()
        )

    return decided(request, row, form, deed, _("Not taken up; the reason is kept."))
