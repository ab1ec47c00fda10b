"""A table of voices: looked at as a whole first, then brought in whole."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.people.gate import Request, allow
from minhu.voices.actions.importing import drop_table, import_voices, keep_table, prepare
from minhu.voices.bridge.cleaning import cleaned
from minhu.voices.bridge.tables import MEGABYTES, Table, read_table, shape_for, template
from minhu.voices.forms.inbox import TableForm
from minhu.voices.models import Incoming
from minhu.voices.queries.desks import street_choices
from minhu.voices.queries.limits import day_of
from minhu.voices.states.hearing import VoiceRefused

SHOWN, WRONG = 10, 200
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def read_incoming(content: bytes) -> Table:
    """A table by the columns of today."""
    return read_table(content, shape_for(dict(street_choices()), day_of(timezone.now())))


@allow("import_voices")
def bring(request: Request) -> HttpResponse:
    """Choose a table; it is looked at before anything comes in."""
    form = TableForm(request.POST or None, request.FILES or None)
    if request.method == "POST" and form.is_valid() and (kept := looked_at(request, form)):
        return redirect("voices:table", kept.pk)
    return render(request, "voices/bring.html", {"form": form}, status=422 if form.errors else 200)


def looked_at(request: Request, form: TableForm) -> Incoming | None:
    """Keep the table for the look; a file that cannot be read is told at its field."""
    file = form.cleaned_data["file"]
    try:
        if file.size > MEGABYTES * 1024 * 1024:
            raise VoiceRefused(_("The file is larger than %(n)d MB: split it.") % {"n": MEGABYTES}, "file")
        content = file.read()
        read_incoming(content)
    except VoiceRefused as refused:
        form.refuse(refused)
        return None
    return keep_table(
        by=request.reader.actor, channel=form.cleaned_data["channel"], name=file.name, content=content,
        at=timezone.now(),
    )  # fmt: skip


@allow("import_voices")
def table(request: Request, pk: int) -> HttpResponse:
    """What would come in; then, on a second word, it does."""
    kept = get_object_or_404(Incoming, pk=pk, user=request.reader.user.pk)
    if "drop" in request.POST:
        drop_table(incoming=kept)
        return redirect("voices:bring")
    found = read_incoming(bytes(kept.content))
    context = {
        "kept": kept,
        "table": found,
        "wrong": found.wrong[:WRONG],
        "channel": kept.get_channel_display(),
    }
    if found.sheet.problems:
        return render(request, "voices/table.html", context, status=422)
    ready = prepare(table=found, channel=kept.channel, keeper=request.reader.organisation)
    if request.method == "POST":
        voices = import_voices(by=request.reader.actor, ready=ready, at=timezone.now(), incoming=kept.pk)
        words = ngettext("%(n)d voice was brought in.", "%(n)d voices were brought in.", len(voices))
        messages.success(request, words % {"n": len(voices)})
        return redirect("voices:inbox")
    first = [(draft, cleaned(draft.text, draft.title)) for draft in ready.drafts[:SHOWN]]
    return render(request, "voices/table.html", context | {"ready": ready, "first": first})


@allow("import_voices")
def marked(request: Request, pk: int) -> HttpResponse:
    """The same table with every bad cell marked, to be mended and brought in again."""
    kept = get_object_or_404(Incoming, pk=pk, user=request.reader.user.pk)
    return workbook(read_incoming(bytes(kept.content)).marked(), "minhu-voices-marked.xlsx")


@allow("import_voices")
def empty(request: Request) -> HttpResponse:
    """An empty table with its explanations."""
    shape = shape_for(dict(street_choices()), day_of(timezone.now()))
    return workbook(template(shape), "minhu-voices.xlsx")


def workbook(content: bytes, name: str) -> HttpResponse:
    """A workbook to be kept."""
    answer = HttpResponse(content, content_type=XLSX)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "no-store"
    return answer
