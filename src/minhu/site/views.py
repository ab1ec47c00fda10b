"""The front door: everybody to the page that answers his first question."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from minhu.people.gate import Request, allow
from minhu.people.states import Role


@allow("public")
def home(request: Request) -> HttpResponse:
    """Leaders to the cockpit, all other posts to the desk; whoever is not signed in sees the open doors."""
    if request.reader.signed_in:
        return redirect("site:cockpit" if request.reader.role == Role.LEADER else "site:desk")
    return render(request, "site/front.html")
