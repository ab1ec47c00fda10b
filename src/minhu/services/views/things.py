"""One-things for staff: the list, and the designer of each with its proof."""

import json
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minhu.cases.queries.readings import day_of
from minhu.packs.plain import plain_of
from minhu.people.gate import Request, allow
from minhu.services.actions.publishing import plan_of
from minhu.services.actions.refusals import Refusal
from minhu.services.bridge.courses import Publishing
from minhu.services.bridge.definitions import BadBundle, Solved, Whole, whole_of
from minhu.services.bridge.pages.designing import Designer, Look
from minhu.services.bridge.pages.tiers import tiers_of
from minhu.services.forms.designing import CatalogueForm
from minhu.services.models import ThingVersion
from minhu.services.queries.things import thing_rows, things, unit_names
from minhu.services.views.finding import answers_of, switches_of, thing_at, version_at


@allow("see_things")
@require_safe
def listed(request: Request) -> HttpResponse:
    """All one-things by list, with promises, open cases and ratings."""
    form = CatalogueForm(request.GET)
    rows = things()
    said = form.cleaned_data if form.is_valid() else {}
    for word in said.get("q", "").split():
        rows = rows.filter(name__icontains=word)
    for name in ("tier", "audience"):
        rows = rows.filter(**{name: said[name]}) if said.get(name) else rows
    found = thing_rows(day_of(timezone.now()), rows)
    context = {"form": form, "tiers": tiers_of(found), "total": len(found)}
    return render(request, "services/things.html", context)


@allow("see_things")
@require_safe
def thing(request: Request, code: str) -> HttpResponse:
    """The designer: one version in one situation."""
    return designer(request, code)


def designer(request: Request, code: str, status: int = 200, **more: Any) -> HttpResponse:
    """The page of the designer, with forms as they were filled in."""
    version = version_at(thing_at(code), request.GET.get("version", ""))
    whole, units, on = whole_of(version), unit_names(), day_of(timezone.now())
    answers = answers_of(whole, request.GET.dict())
    keep = {"version": str(version.number)} if "version" in request.GET else {}
    context = {
        "version": version, "thing": version.thing, "whole": whole, "answers": answers,
        "switches": switches_of(whole, answers, keep),
        "page": Designer(Look(version, request.reader, on), answers, units, planned(version, on)), **more,
    }  # fmt: skip
    return render(request, "services/thing.html", context, status=status)


def planned(version: ThingVersion, on: date) -> Publishing:
    """What would be published, or why it cannot even be tried."""
    try:
        return plan_of(version, on)
    except Refusal as refused:
        return Publishing(obstacles=list(refused.faults))


@allow("see_things")
@require_safe
def proof(request: Request, code: str) -> HttpResponse:
    """The proof of a situation with the whole problem, so that anybody can check it."""
    version = version_at(thing_at(code), request.GET.get("version", ""))
    whole = whole_of(version)
    text = json.dumps(
        proof_plain(version, whole, answers_of(whole, request.GET.dict())), ensure_ascii=False, indent=1
    )
    headers = {"Content-Disposition": f'attachment; filename="{code}-v{version.number}-proof.json"'}
    return HttpResponse(text, content_type="application/json; charset=utf-8", headers=headers)


def proof_plain(version: ThingVersion, whole: Whole, answers: dict[str, str]) -> dict[str, Any]:
    """The problem, the proof and what the checker says, as plain data."""
    head = {
        "thing": version.thing.code,
        "version": version.number,
        "digest": version.digest,
        "answers": answers,
    }
    try:
        solved: Solved = whole.solve(answers)
    except BadBundle as error:
        return head | {"faults": [str(fault) for fault in error.faults], "definition": version.definition}
    found = solved.solution.proof
    return head | {
        "checker": list(solved.complaints) or [str(_("nothing to object"))],
        "proof": plain_of(found) if found else None,
        "definition": version.definition,
    }
