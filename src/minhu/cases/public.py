"""What anybody may open who was given the address: the rating of one case, once."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from minhu.cases import actions
from minhu.cases.actions.rating import digest_of_token
from minhu.cases.forms.rating import RatingForm
from minhu.cases.queries.page import open_rating
from minhu.cases.states import BAD_LEVELS, CaseRefused
from minhu.people.gate import allow


@allow("public")
def rate(request: HttpRequest, token: str) -> HttpResponse:
    """Five answers and words; the second time it says that one was given."""
    rating = open_rating(digest_of_token(token))
    if rating is None:
        return page(request, "unknown", status=404)
    kind = rating.case.kind.title
    if rating.rated_at:
        return page(request, "used", kind=kind, rated_at=rating.rated_at)
    form = RatingForm(request.POST if request.method == "POST" else None)
    if request.method == "POST" and form.is_valid():
        said = form.cleaned_data
        try:
            actions.rate(token=token, level=said["level"], words=said["words"], at=timezone.now())
        except CaseRefused as refused:
            form.add_error(None, refused.words)
        else:
            return page(request, "thanks", kind=kind, bad=said["level"] in BAD_LEVELS)
    return page(request, "ask", kind=kind, form=form)


def page(request: HttpRequest, state: str, status: int = 200, **context: object) -> HttpResponse:
    """The page of a rating in one of its states."""
    return render(request, "cases/rate.html", {"state": state, **context}, status=status)
