"""The beginning: what it is and what one needs; a draft begun, kept for later, taken over, thrown away."""

from django.contrib import messages
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.services.actions import applying
from minhu.services.bridge.applying.differences import differences
from minhu.services.bridge.applying.planning import plan_of
from minhu.services.bridge.applying.walking import Walk
from minhu.services.bridge.definitions import whole_of
from minhu.services.models import Application, Thing, ThingVersion
from minhu.services.public.links import url_of
from minhu.services.public.sessions import actor_of, code_of, hold, let_go, mine, page, walked
from minhu.services.queries import applying as queries
from minhu.services.states import APPLICANT, ApplicationRefused


def thing_or_404(code: str) -> Thing:
    """A one-thing that is offered."""
    thing = queries.open_thing(code)
    if thing is None:
        raise Http404(_("There is no such service."))
    return thing


@allow("public")
def begin(request: Request, thing: str) -> HttpResponse:
    """What it is, for whom, how long it takes; a draft that is open is offered first."""
    found = thing_or_404(thing)
    version = queries.published_version(found)
    draft = mine(request, thing)
    if request.method == "POST" and version:
        return started(request, version)
    context = {
        "thing": found, "version": version, "draft": draft if draft and draft.is_draft else None,
        "whole": whole_of(version) if version else None,
        "is_ready": version is not None and is_ready(version),
        "may_help": version is not None and may_help(request, version),
        "days": queries.draft_days(timezone.localdate()),
    }  # fmt: skip
    return render(request, "services/apply_begin.html", context)


def is_ready(version: ThingVersion) -> bool:
    """Whether a child's data may be taken: only once their impact was assessed."""
    thing = whole_of(version).thing
    return bool(thing.assessment) or not any(one.child for one in thing.consent)


def may_help(request: Request, version: ThingVersion) -> bool:
    """Whether this reader may apply for somebody."""
    reader = request.reader
    return whole_of(version).thing.help and reader.has_post and reader.may_somewhere("apply_for_others")


def started(request: Request, version: ThingVersion) -> HttpResponse:
    """A new draft, held by this browser."""
    helps = bool(request.POST.get("helps")) and may_help(request, version)
    by = request.reader.actor if helps else APPLICANT
    if not is_ready(version):
        return redirect("services:apply", version.thing.code)
    begun = applying.start(by=by, version=version, at=timezone.now(), helps=helps)
    hold(request, begun.application, begun.code)
    return redirect(url_of(Walk(begun.application)))


@allow("public")
@walked
def onward(request: Request, walk: Walk) -> HttpResponse:
    """To the first page that is not done."""
    return redirect(url_of(walk))


@allow("public")
@walked
def save(request: Request, walk: Walk) -> HttpResponse:
    """The code with which one comes back; if it was noted down and lost, another one."""
    if request.method == "POST":
        code = applying.new_code(by=actor_of(request, walk.row), pk=walk.row.pk, at=timezone.now())
        hold(request, walk.row, code)
        return redirect("services:apply_save", walk.row.version.thing.code)
    return page(request, "services/apply_save.html", walk, code=code_of(request, walk.row))


@allow("public")
def changes(request: Request, thing: str) -> HttpResponse:
    """The service changed since the draft was begun: what is new, and on with everything that was kept."""
    row, version = mine(request, thing), queries.published_version(thing_or_404(thing))
    if row is None or not row.is_draft:
        return redirect("services:apply", thing)
    if row.version.is_published:
        return redirect("services:apply_on", thing)
    if request.method == "POST" and version:
        applying.take_version(by=actor_of(request, row), pk=row.pk, version=version, at=timezone.now())
        messages.success(request, _("Everything you filled in was kept. Only what is new is asked for."))
        return redirect("services:apply_on", thing)
    context = {"row": row, "thing": row.version.thing, "version": version, "found": changed(row, version)}
    return render(request, "services/apply_changes.html", context)


def changed(row: Application, version: ThingVersion | None) -> tuple[object, ...]:
    """What differs for this situation."""
    if version is None:
        return ()
    return differences(plan_of(row.version, row.answers), plan_of(version, row.answers))


@allow("public")
@require_POST
def discard(request: Request, thing: str) -> HttpResponse:
    """Throw the draft away."""
    row = mine(request, thing)
    if row and row.is_draft:
        try:
            applying.discard(by=actor_of(request, row), pk=row.pk, at=timezone.now())
        except ApplicationRefused as refused:
            messages.error(request, refused.words)
        else:
            let_go(request, row)
            messages.success(request, _("The draft is gone, with everything in it."))
    return redirect("services:apply", thing)
