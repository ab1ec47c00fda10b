"""Guides handed in: the workbook to fill in, a look at what was filled in, and taking it over."""

import base64
from typing import Any

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from minhu.packs.guides import ItemSpec, from_plain, to_plain
from minhu.people.gate import Request, allow
from minhu.people.rules import require
from minhu.services.actions.receiving import take_guide
from minhu.services.bridge.incoming import read_incoming, template_for
from minhu.services.bridge.pages.differences import guides
from minhu.services.bridge.pages.item_page import item_view
from minhu.services.forms.designing import GuideForm
from minhu.services.models import Item
from minhu.services.queries.things import guide_version, used_by

SHEET = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SALT = "services.guide"


@allow("see_things")
@require_safe
def template(request: Request, code: str = "") -> HttpResponse:
    """The workbook of a guide: empty, or as it stands."""
    spec = None
    if code:
        version = guide_version(get_object_or_404(Item, code=code), "")
        spec = from_plain(ItemSpec, version.data) if version else None
    headers = {"Content-Disposition": f'attachment; filename="guide-{code or "empty"}.xlsx"'}
    return HttpResponse(template_for(spec), content_type=SHEET, headers=headers)


@allow("design_thing")
def upload(request: Request) -> HttpResponse:
    """What a file would become: shown, compared with the guide that stands, kept only on a second word."""
    form = GuideForm(request.POST or None, request.FILES or None)
    context: dict[str, Any] = {"form": form}
    if request.method == "POST" and form.is_valid():
        file = form.cleaned_data["file"]
        found = read_incoming(file.read(), file.name)
        context |= {"found": found, "marked": base64.b64encode(found.marked).decode() if found.marked else ""}
        if found.spec:
            context |= looked_at(found.spec)
    refused = request.method == "POST" and not context.get("spec")
    return render(request, "services/upload.html", context, status=422 if refused else 200)


def looked_at(spec: ItemSpec) -> dict[str, Any]:
    """A guide beside the one that stands, and what it would touch."""
    item = Item.objects.filter(code=spec.code).first()
    before = guide_version(item, "") if item else None
    changes = list(guides(from_plain(ItemSpec, before.data), spec)) if before else []
    return {
        "spec": spec, "view": item_view(spec), "item": item, "before": before, "changes": changes,
        "things": used_by(item) if item else [],
        "kept": signing.dumps(to_plain(spec), salt=SALT, compress=True),
    }  # fmt: skip


@allow("design_thing")
@require_POST
def take(request: Request) -> HttpResponse:
    """Take a guide over that was looked at before."""
    try:
        spec = from_plain(ItemSpec, signing.loads(request.POST.get("kept", ""), salt=SALT, max_age=86_400))
    except signing.BadSignature:
        messages.error(request, _("The file has to be looked at again: it was not what was shown."))
        return redirect("services:upload")
    require(request.reader, "design_thing", organisations=(spec.department,))
    item = take_guide(by=request.reader.actor, spec=spec, at=timezone.now())
    messages.success(request, _("The guide is in; the one-things that join it have a draft made of it."))
    return redirect(item)
