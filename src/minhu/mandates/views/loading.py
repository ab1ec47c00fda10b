"""A document comes in: look at the cut first, then keep it; the head of a document is mended."""

from decimal import Decimal

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.mandates.actions import BadDocument, head_of, load_document, revise_document
from minhu.mandates.bridge import bases_of, read
from minhu.mandates.bridge.reach import file_limits
from minhu.mandates.forms import CorrectForm, LoadForm
from minhu.mandates.models import Document, Version
from minhu.people.gate import Request, allow
from minhu.rulebook.queries import limit


def max_megabytes() -> Decimal:
    """How large an upload may be today."""
    return limit("document.max_megabytes", on=timezone.localdate()).value


@allow("load_document")
def load(request: Request) -> HttpResponse:
    """The form; its first button shows the cut, its second keeps the document."""
    limits, first = file_limits(timezone.localdate()), {"kind": request.GET.get("kind", "upstream")}
    form = LoadForm(
        request.POST or None, request.FILES or None, max_megabytes=max_megabytes(), limits=limits,
        initial=first,
    )  # fmt: skip
    context = {"form": form, "max_megabytes": form.max_megabytes, "limits": form.limits}
    if request.method == "POST" and form.is_valid():
        if "keep" in request.POST and not form.must_look and (version := kept(request, form)):
            return redirect(version.document)
        text = form.cleaned_data["text"]
        cut, bases = read(text, form.cleaned_data["issued_on"]), bases_of(text)
        form.fill(cut, bases)
        context |= {"cut": cut, "bases": bases, "source": form.read_from}
    return render(request, "mandates/load.html", context)


def kept(request: Request, form: LoadForm) -> Version | None:
    """Load what the form says; a refusal is written at its field."""
    now = timezone.now()
    try:
        version = load_document(by=request.reader.actor, draft=form.draft(), at=now, asked=form.asked)
    except BadDocument as bad:
        form.add_error(bad.field, str(bad))
        return None
    said = (
        _("“%(title)s” is in: %(units)s clauses ask for an answer.")
        if version.added_at == now
        else _("“%(title)s” was here already with exactly this text; nothing changed.")
    )
    units = version.clauses.filter(is_unit=True).count()
    messages.success(request, said % {"title": version.document.title, "units": units})
    return version


@allow("load_document")
def head(request: Request, pk: int) -> HttpResponse:
    """Mend the head of a document."""
    document = get_object_or_404(Document, pk=pk)
    form = CorrectForm.of(request.POST or None, document)
    if request.method == "POST" and form.is_valid():
        by, now, seen = request.reader.actor, timezone.now(), form.cleaned_data["seen"]
        try:
            revise_document(
                by=by, document=document, head=form.head(), at=now, asked=form.asked, seen=seen
            )  # fmt: skip
        except BadDocument as bad:
            form.refuse(bad, head_of(document))
        else:
            return redirect(document)
    return render(request, "mandates/head.html", {"form": form, "document": document})
