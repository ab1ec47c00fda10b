"""Choosing the daily mail, from the page of the own account."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from minhu.people.actions import choose_digest
from minhu.people.gate import Request, allow
from minhu.people.models import User


@allow("see_desk")
@require_POST
def choose(request: Request) -> HttpResponse:
    """Get the daily mail from now on, or no longer."""
    is_wanted = request.POST.get("wanted") == "yes"
    user = User.objects.get(pk=request.reader.user.pk or 0)
    choose_digest(by=request.reader.actor, user=user, is_wanted=is_wanted, at=timezone.now())
    said = _("You get the daily mail.") if is_wanted else _("You get no daily mail any more.")
    messages.success(request, said)
    return redirect("people:me")
