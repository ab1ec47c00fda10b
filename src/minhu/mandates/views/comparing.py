"""Two wordings of a document side by side; what a local document carries out, and whether it still does."""

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone

from minhu.mandates import bridge, queries
from minhu.mandates.actions import BadDocument, check_implementation, set_implements
from minhu.mandates.forms import CheckForm, ImplementsForm
from minhu.mandates.models import Document, Implementation, Version
from minhu.people.gate import Request, allow


@allow("see_mandates")
def compare(request: Request, pk: int, later: int, earlier: int) -> HttpResponse:
    """An earlier wording beside a later one, clause by clause; `show` keeps one kind of change."""
    rows = {row.pk: row for row in Version.objects.filter(document=pk).select_related("document")}
    if not {later, earlier} <= rows.keys() or later == earlier:
        raise Http404
    comparison = bridge.compare_versions(rows[earlier], rows[later])
    shown = request.GET.get("show", "")
    context = {
        "document": rows[later].document,
        "comparison": comparison,
        "versions": list(rows.values()),
        "steps": comparison.only(shown),
        "shown": shown,
    }
    return render(request, "mandates/compare.html", context)


@allow("load_document")
def implements(request: Request, pk: int) -> HttpResponse:
    """Say which upstream documents a local one carries out; what its text names is ticked already."""
    document = get_object_or_404(Document, pk=pk)
    version = queries.current_version(document)
    bases = bridge.bases_of(version.text if version else "")
    there = [one.upstream.number for one in queries.implemented_by(document, on=timezone.localdate())]
    ticked = there or [one.number for one in bases.here]
    form = ImplementsForm(request.POST if request.method == "POST" else None, initial={"implements": ticked})
    if form.is_valid():
        by, at, numbers = request.reader.actor, timezone.now(), form.numbers
        try:
            set_implements(by=by, document=document, numbers=numbers, at=at, asked=len(form.changed_data))
            return redirect(document)
        except BadDocument as bad:
            form.add_error(bad.field, str(bad))
    return render(request, "mandates/implements.html", {"form": form, "document": document, "bases": bases})


@allow("load_document")
def check(request: Request, pk: int) -> HttpResponse:
    """Look whether a local text still fits the wording in force of what it carries out, and say why."""
    link = get_object_or_404(Implementation, pk=pk)
    standing = next(iter(queries.standings(Implementation.objects.filter(pk=pk), on=timezone.localdate())))
    form = CheckForm(request.POST if request.method == "POST" else None, initial={"reason": link.reason})
    if form.is_valid():
        try:
            reason = form.cleaned_data["reason"]
            check_implementation(by=request.reader.actor, link=link, reason=reason, at=timezone.now())
            return redirect(standing.local)
        except BadDocument as bad:
            form.add_error(bad.field, str(bad))
    before = bridge.version_before(standing.upstream_version)
    return render(request, "mandates/check.html", {"form": form, "one": standing, "before": before})
