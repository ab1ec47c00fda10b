"""Items of departments and the versions of their guides."""

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from minhu.packs.guides import ItemSpec, from_plain
from minhu.people.gate import Request, allow
from minhu.services.bridge.pages.differences import guides
from minhu.services.bridge.pages.item_page import item_view
from minhu.services.forms.designing import ItemsForm
from minhu.services.models import Item
from minhu.services.queries import things as queries


@allow("see_things")
@require_safe
def listed(request: Request) -> HttpResponse:
    """All items with their latest guides."""
    form = ItemsForm(request.GET)
    text = form.cleaned_data["q"] if form.is_valid() else ""
    rows = list(queries.items(text))
    may_design = request.reader.may_somewhere("design_thing")
    context = {"form": form, "rows": rows, "total": len(rows), "may_design": may_design}
    return render(request, "services/items.html", context)


@allow("see_things")
@require_safe
def item(request: Request, code: str) -> HttpResponse:
    """One item: a version of its guide in tables, what changed, which one-things join it."""
    row = Item.objects.select_related("department").filter(code=code).first()
    if row is None:
        raise Http404(_("There is no item with the code %(code)s.") % {"code": code})
    version = queries.guide_version(row, request.GET.get("version", ""))
    if version is None:
        raise Http404(_("This item has no guide yet."))
    spec = from_plain(ItemSpec, version.data)
    before = row.versions.filter(number=version.number - 1).first()
    changes = list(guides(from_plain(ItemSpec, before.data), spec)) if before else []
    context = {
        "item": row, "version": version, "versions": row.versions.all(), "spec": spec, "changes": changes,
        "view": item_view(spec), "things": queries.used_by(row),
    }  # fmt: skip
    return render(request, "services/item.html", context)
