"""The front door: everybody to the page that answers his first question."""

from django.http import HttpResponse
from django.shortcuts import redirect

from minhu.people.gate import Request, allow
from minhu.people.states import Role


@allow("see_desk")
def home(request: Request) -> HttpResponse:
    """Leaders to the cockpit, everybody else to the desk."""
    return redirect("site:cockpit" if request.reader.role == Role.LEADER else "site:desk")
