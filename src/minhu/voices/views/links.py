"""Which reform takes up a group: look for some, confirm, refuse, name one by hand."""

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from minhu.people.gate import Request, allow
from minhu.reforms.models import Reform
from minhu.voices.actions.links import confirm_link, refuse_link, suggest_links
from minhu.voices.models import Group
from minhu.voices.states.hearing import VoiceRefused
from minhu.voices.views.groups import group_or_404


@allow("link_reform")
@require_POST
def suggest(request: Request, pk: int) -> HttpResponse:
    """Look for reforms that may take up a group."""
    group = group_or_404(pk)
    n = len(suggest_links(group=group, at=timezone.now()))
    words = ngettext("%(n)d reform says something like it.", "%(n)d reforms say something like it.", n)
    messages.info(request, words % {"n": n} if n else _("No reform says anything like it: name one by hand."))
    return redirect(f"{group.get_absolute_url()}#reforms")


@allow("link_reform")
@require_POST
def confirm(request: Request, pk: int) -> HttpResponse:
    """A reform takes up a group."""
    return done(
        request, pk, lambda by, group, reform, at: confirm_link(by=by, group=group, reform=reform, at=at)
    )


@allow("link_reform")
@require_POST
def refuse(request: Request, pk: int) -> HttpResponse:
    """A reform does not take up a group."""
    return done(
        request, pk, lambda by, group, reform, at: refuse_link(by=by, group=group, reform=reform, at=at)
    )


def done(request: Request, pk: int, deed: Callable[..., object]) -> HttpResponse:
    """Decide on a link; what came of it is said on the page of the group."""
    group: Group = group_or_404(pk)
    reform = get_object_or_404(Reform, code=request.POST.get("reform", ""))
    try:
        deed(request.reader.actor, group, reform, timezone.now())
    except VoiceRefused as refused:
        messages.error(request, refused.words)
    else:
        messages.success(request, _("Kept: %(reform)s") % {"reform": reform.name})
    return redirect(f"{group.get_absolute_url()}#reforms")
