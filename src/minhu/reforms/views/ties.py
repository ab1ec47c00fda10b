"""Starting a reform from a case that showed what is wrong."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.cases.models import Case
from minhu.cases.queries.page import seen_case
from minhu.people.gate import Request, allow
from minhu.reforms import actions
from minhu.reforms.forms import ReformForm
from minhu.reforms.models import Reform
from minhu.reforms.states import Domain, Origin
from minhu.reforms.views.powers import answered


@allow("start_reform")
def start_from_case(request: Request, number: str) -> HttpResponse:
    """Start a reform; what the case says of its problem stands there already."""
    case = seen_case(number, request.reader)
    if case is None:
        raise Http404(_("There is no case %(number)s that you may see.") % {"number": number})
    known = {
        "problem": case.title,
        "origin": Origin.ENTERPRISE if case.kind.code == "enterprise" else Origin.VOICES,
        "origin_note": _("Case %(number)s: %(title)s") % {"number": number, "title": case.title},
    }
    form = ReformForm(request.POST or None, instance=Reform(**known, **proposed_by(case)))

    def deed() -> Reform:
        by, draft, now = request.reader.actor, form.draft(), timezone.now()
        return actions.start_reform_from_case(by=by, draft=draft, case=case, at=now, asked=form.asked)

    said = _("The reform stands in the ledger as an idea, and the case says that it arose from it.")
    return answered(request, form, deed, said) or render(request, "reforms/edit.html", {"form": form})


def proposed_by(case: Case) -> dict[str, str]:
    """What a case that stands for many proposes: a domain and what to change, not to be typed again."""
    said = dict(case.data.filter(key__in=("class_domain", "class_proposal")).values_list("key", "value"))
    domain, goal = str(said.get("class_domain") or ""), str(said.get("class_proposal") or "")
    return {"domain": domain if domain in Domain.values else "", "goal": goal}
