"""Families of one-things (一类事): what the software finds, what the office has confirmed."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minhu.people.gate import Request, allow
from minhu.services.actions.families import Naming, confirm_family, dissolve_family
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.families import Finding, FoundFamily
from minhu.services.forms.designing import ReasonForm
from minhu.services.forms.families import FamilyForm
from minhu.services.models import Family
from minhu.services.queries import families as queries
from minhu.services.queries.things import unit_names

Offer = tuple[FoundFamily, FamilyForm]


@allow("see_things")
@require_safe
def listed(request: Request) -> HttpResponse:
    """Confirmed families, and those found among the rest."""
    return page(request)


def page(request: Request, said: FamilyForm | None = None, status: int = 200) -> HttpResponse:
    """The page, with a form as it was filled in."""
    finding = Finding(queries.current_versions(), unit_names())
    rows = list(queries.standing())
    standing = [(row, finding.among(one.code for one in row.members.all())) for row in rows]
    taken = {one.code for row in rows for one in row.members.all()}
    context = {
        "standing": standing, "offers": offers(finding, taken, said), "dissolved": queries.dissolved()[:20],
        "may_confirm": request.reader.may("confirm_family"),
    }  # fmt: skip
    return render(request, "services/families.html", context, status=status)


def offers(finding: Finding, taken: set[str], said: FamilyForm | None) -> list[Offer]:
    """Families found among one-things that are in none yet, each with a form to name it."""
    found = []
    for number, family in enumerate(finding.found()):
        free = [one for one in family.members if one.code not in taken]
        shown = finding.among(one.code for one in free)
        if shown is not None:
            codes = [one.code for one in free]
            first = {"members": codes, "group": shown.codes}
            form = FamilyForm(things=free, initial=first, auto_id=f"id_{number}_%s")
            was_said = said is not None and said.data.get("group") == shown.codes
            found.append((shown, said if was_said and said else form))
    return found


@allow("confirm_family")
@require_POST
def confirm(request: Request) -> HttpResponse:
    """Name and confirm a family."""
    things = [version.thing for version in queries.current_versions()]
    form = FamilyForm(request.POST, things=things)
    if not form.is_valid():
        return page(request, form, 422)
    said = form.cleaned_data
    naming = Naming(said["name"], said["summary"], said["members"])
    try:
        made = confirm_family(by=request.reader.actor, naming=naming, at=timezone.now())
    except Refusal as refused:
        form.add_error(None, refused.words)
        return page(request, form, 422)
    messages.success(request, _("Confirmed: the public catalogue shows it from now on."))
    return redirect(made)


@allow("confirm_family")
@require_POST
def dissolve(request: Request, pk: int) -> HttpResponse:
    """Dissolve a family, with a reason."""
    family, form = get_object_or_404(Family, pk=pk), ReasonForm(request.POST)
    if not form.is_valid():
        return dissolved_not(request, _("Say why it is dissolved."))
    try:
        reason = form.cleaned_data["reason"]
        dissolve_family(by=request.reader.actor, family=family, reason=reason, at=timezone.now())
    except Refusal as refused:
        return dissolved_not(request, refused.words)
    messages.success(request, _("Dissolved; its one-things stay what they are."))
    return redirect("services:families")


def dissolved_not(request: Request, words: str) -> HttpResponse:
    """The page again, saying why it still stands."""
    messages.error(request, words)
    return page(request, status=422)
