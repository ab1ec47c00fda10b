"""Whatever answers below the API, an unknown address or a request too large, has the one shape."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from minhu.people.wire.problems import KINDS, Problem

BELOW = "/api/v"
BAD = 400


class PlainErrors:
    """Turns pages that tell of an error into the one shape, below the addresses of the API only."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer; where the answer is a page of an error, say it plainly instead."""
        answer = self.get_response(request)
        is_page = answer.status_code >= BAD and "json" not in answer.headers.get("Content-Type", "")
        if not (request.path.startswith(BELOW) and is_page):
            return answer
        status = (
            answer.status_code if answer.status_code in KINDS else 400 if answer.status_code < 500 else 500
        )
        return Problem(status, where=request.path).response()
