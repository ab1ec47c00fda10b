"""For everybody: what can be applied for, by life event or stage of an enterprise, and the guide of each."""

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from minhu.people.gate import Request, allow
from minhu.services.bridge.definitions import whole_of
from minhu.services.bridge.forms import merged_form
from minhu.services.bridge.pages.guide import public_guide
from minhu.services.bridge.pages.tiers import stages_of
from minhu.services.forms.designing import CatalogueForm
from minhu.services.queries import things as queries
from minhu.services.queries.families import offered_families
from minhu.services.states import Tier
from minhu.services.views.finding import answers_of, published_at, switches_of


@allow("public")
@require_safe
def catalogue(request: Request) -> HttpResponse:
    """The catalogue; three lists, two audiences."""
    form = CatalogueForm(request.GET)
    said = form.cleaned_data if form.is_valid() else {"q": "", "tier": "", "audience": ""}
    rows = queries.catalogue(said["q"], said["tier"], said["audience"])
    context = {
        "form": form,
        "said": said,
        "shelves": stages_of(rows),
        "families": offered_families(thing for thing, _days in rows),
        "total": len(rows),
        "tiers": Tier.choices,
    }
    return render(request, "services/catalogue.html", context)


@allow("public")
@require_safe
def guide(request: Request, code: str) -> HttpResponse:
    """The guide (办事指南) of a published one-thing in a situation; it prints."""
    version = published_at(code)
    whole = whole_of(version)
    answers = answers_of(whole, request.GET.dict())
    solved = whole.solve(answers)
    context = {
        "version": version, "thing": version.thing, "switches": switches_of(whole, answers, {}),
        "guide": public_guide(whole, solved, queries.unit_names()),
        "form": merged_form(whole, solved.solution), "spec": whole.thing, "answers": answers,
    }  # fmt: skip
    return render(request, "services/guide.html", context)
