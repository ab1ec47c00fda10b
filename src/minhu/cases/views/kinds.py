"""Kinds of case: how each goes, its tables and clocks; files in and out; traces tried again; cases moved."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from minhu.cases.actions.moving import Change, move_cases
from minhu.cases.bridge import interchange
from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.moving import places_gone
from minhu.cases.bridge.pages.kind_page import clock_rows, paper_views, step_rows, table_views
from minhu.cases.bridge.pages.net_picture import net_picture
from minhu.cases.forms.kinds import FileForm, MoveForm
from minhu.cases.models import Kind
from minhu.cases.pack import Verdict, looked_at, tried_again
from minhu.cases.queries.kind_pages import Versions, all_versions
from minhu.cases.queries.readings import day_of
from minhu.packs.kind_values import from_plain
from minhu.people.gate import Request, allow
from minhu.people.rules import Reader


@allow("see_cases")
@require_safe
def kinds(request: Request) -> HttpResponse:
    """All kinds with their versions and open cases."""
    context = {"kinds": all_versions(request.reader), "may_publish": request.reader.may("publish_kind")}
    return render(request, "cases/kinds/kinds.html", context)


def versions_of(code: str, reader: Reader) -> Versions:
    """A kind by its code. Raises Http404."""
    found = all_versions(reader, code)
    if not found:
        raise Http404(_("There is no kind of case with the code %(code)s.") % {"code": code})
    return found[0]


def chosen(request: Request, versions: Versions) -> Kind:
    """The version the address asks for, else the current one."""
    asked = request.GET.get("version", "")
    return next((one for one in versions.older if asked and one.version == asked), versions.current)


@allow("see_cases")
@require_safe
def kind(request: Request, code: str) -> HttpResponse:
    """One kind: drawn, and in tables."""
    return kind_page(request, code)


def kind_page(request: Request, code: str, verdicts: list[Verdict] | None = None) -> HttpResponse:
    """The page of a kind, with what came of its traces if they were just tried."""
    versions = versions_of(code, request.reader)
    row = chosen(request, versions)
    ready, on = compiled(row), day_of(timezone.now())
    context: dict[str, Any] = {
        "versions": versions, "kind": row, "spec": ready.spec, "picture": net_picture(ready),
        "steps": step_rows(ready, on), "tables": table_views(ready),
        "clocks": clock_rows(ready, on),
        "papers": paper_views(ready), "traces": from_plain({**row.spec, "trace": row.traces}).trace,
        "verdicts": verdicts, "looks": list(looked_at(row)),
        "may_publish": request.reader.may("publish_kind"),
    }  # fmt: skip
    return render(request, "cases/kinds/kind.html", context)


@allow("publish_kind")
@require_POST
def kind_try(request: Request, code: str) -> HttpResponse:
    """The traces of the current version, played as things stand today; nothing of it stays."""
    verdicts = tried_again(versions_of(code, request.reader).current, at=timezone.now())
    return kind_page(request, code, verdicts)


@allow("see_cases")
@require_safe
def kind_bpmn(request: Request, code: str) -> HttpResponse:
    """The course of a kind as a BPMN file."""
    row = chosen(request, versions_of(code, request.reader))
    return attached(interchange.bpmn_of(compiled(row)), f"{row.code}.bpmn")


@allow("see_cases")
@require_safe
def kind_dmn(request: Request, code: str, table: str) -> HttpResponse:
    """A table of a kind as a DMN file."""
    row = chosen(request, versions_of(code, request.reader))
    text = interchange.dmn_of(compiled(row), table)
    if text is None:
        raise Http404(_("This kind has no table with the code %(code)s.") % {"code": table})
    return attached(text, f"{row.code}.{table}.dmn")


def attached(text: str, name: str) -> HttpResponse:
    """A file to be saved."""
    headers = {"Content-Disposition": f'attachment; filename="{name}"'}
    return HttpResponse(text, content_type="application/xml; charset=utf-8", headers=headers)


@allow("publish_kind")
def kind_import(request: Request) -> HttpResponse:
    """What a BPMN or DMN file becomes in a pack; nothing of it is kept."""
    form = FileForm(request.POST or None, request.FILES or None)
    found = None
    if request.method == "POST" and form.is_valid():
        found = interchange.preview(form.cleaned_data["file"].read(interchange.LARGEST + 1))
    refused = request.method == "POST" and (found is None or found.refused)
    context = {"form": form, "found": found}
    return render(request, "cases/kinds/import.html", context, status=422 if refused else 200)


@allow("publish_kind")
def kind_move(request: Request, code: str) -> HttpResponse:
    """What would become of the cases under older versions; then, on a second word, it is done."""
    versions = versions_of(code, request.reader)
    new = compiled(versions.current)
    old = [compiled(one) for one in versions.older if getattr(one, "open_cases", 0)]
    form = MoveForm(request.POST or {}, places_gone(old, new), new)
    form.is_valid()
    change = Change(code, versions.current.digest, form.renamed)
    do = request.method == "POST" and "move" in request.POST
    moves = move_cases(by=request.reader.actor, change=change, at=timezone.now(), try_only=not do)
    if do:
        count = sum(one.can for one in moves)
        words = ngettext("%(n)d case was moved.", "%(n)d cases were moved.", count)
        messages.success(request, words % {"n": count})
        return redirect("cases:kind", code)
    context = {"versions": versions, "kind": versions.current, "form": form, "moves": moves}
    return render(request, "cases/kinds/move.html", context | {"can": sum(one.can for one in moves)})
