"""The gate: no view is reached unless it says which right it needs, and the reader has it."""

import json
from collections.abc import Callable, Mapping
from typing import Any, TypeVar, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.functional import SimpleLazyObject
from django.views.i18n import set_language
from django_htmx.http import HttpResponseClientRedirect
from django_htmx.middleware import HtmxDetails

from minhu.people.queries import posts_with_right, reader_of
from minhu.people.rules import DOORS, PUBLIC, RIGHTS, Reader, Refused, holders_of, may_somewhere

View = TypeVar("View", bound=Callable[..., Any])
MARK = "needs_right"
# The doorkeeper of a view that programs call (`people.wire`): its readers come from tokens.
ADMIT = "admits"
POST_KEY = "post"
# The field in which a form travels through the log-in page when the session had ended.
KEPT = "kept"
# A view of Django's own that somebody may mount as it is.
KNOWN = {set_language: PUBLIC}


class Request(HttpRequest):
    """A request as views get it: behind the gate there is always a reader."""

    reader: Reader
    htmx: HtmxDetails


def allow(right: str) -> Callable[[View], View]:
    """Mark a view (function, class, or the result of as_view) with the right it needs; the gate holds it."""
    if right not in RIGHTS and right not in DOORS:
        raise LookupError(f"no right {right!r} in minhu.people.rules.RIGHTS")

    def mark(view: View) -> View:
        if isinstance(view, type):
            # A class of its own dispatch, or the mark would fall on every class that inherits it.
            inherited = view.dispatch  # type: ignore[attr-defined]

            def dispatch(self: Any, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
                return inherited(self, request, *args, **kwargs)

            setattr(dispatch, MARK, right)
            view.dispatch = dispatch  # type: ignore[attr-defined]
        setattr(view, MARK, right)
        return view

    return mark


def right_of(view: Callable[..., Any], method: str = "GET") -> str | None:
    """The right a view is marked with, or nothing; an address of the API has one mark a method."""
    mark = getattr(view, MARK, None) or KNOWN.get(view)
    return mark.get(method) if isinstance(mark, Mapping) else mark


def marks_of(view: Callable[..., Any]) -> dict[str, str | None]:
    """Every method of a view with its right; a page has one right whatever the method (`*`)."""
    mark = getattr(view, MARK, None)
    return dict(mark) if isinstance(mark, Mapping) else {"*": right_of(view)}


class GateMiddleware:
    """Default deny: sets `request.reader`, and refuses unmarked views and readers without the right."""

    def __init__(self, get_response: Callable[[Request], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: Request) -> HttpResponse:
        """Give every request its reader; nothing is asked of the database until a page wants to know."""
        lazy = SimpleLazyObject(lambda: reader_of(request.user, request.session.get(POST_KEY, "")))
        request.reader = cast("Reader", lazy)
        return self.get_response(request)

    def process_view(
        self, request: Request, view: Callable[..., Any], args: list[Any], kwargs: dict[str, Any]
    ) -> HttpResponse | None:
        """Let the request through, or answer in its place."""
        if admit := getattr(view, ADMIT, None):
            answer: HttpResponse | None = admit(request, marks_of(view))
            return answer
        right = right_of(view)
        if right is None:
            return render(request, "people/unmarked.html", status=403)
        if right == PUBLIC or may_somewhere(request.reader, right):
            return None
        return ask_to_sign_in(request) if not request.reader.signed_in else refuse(request, right)

    def process_exception(self, request: Request, exception: Exception) -> HttpResponse | None:
        """A refusal deep inside an action is told on the same page as one at the gate."""
        return refuse(request, exception.right) if isinstance(exception, Refused) else None


def ask_to_sign_in(request: Request) -> HttpResponse:
    """To the log-in page, and back to where the reader wanted to go."""
    if getattr(request, "htmx", False):
        page = urlsplit(request.htmx.current_url_abs_path or "/")
        target = redirect_to_login(page.path + (f"?{page.query}" if page.query else ""), settings.LOGIN_URL)
        return HttpResponseClientRedirect(target.url)
    if request.method in {"GET", "HEAD"}:
        return redirect_to_login(request.get_full_path(), settings.LOGIN_URL)
    context = {"kept": json.dumps(kept_fields(request)), "next": request.get_full_path()}
    return render(request, "people/session_over.html", context, status=401)


def kept_fields(request: Request) -> list[tuple[str, str]]:
    """What somebody typed before the session ended; files cannot be kept, passwords must not be."""
    said = [(name, values) for name, values in request.POST.lists() if "password" not in name]
    return [(name, value) for name, values in said if name != "csrfmiddlewaretoken" for value in values]


def refuse(request: Request, right: str) -> HttpResponse:
    """A page that says which right is missing and who has it; without any post, what to do about that."""
    if not request.reader.has_post:
        posts = posts_with_right("administer_people")[:4]
        return render(request, "people/no_post.html", {"posts": posts}, status=403)
    rule = RIGHTS[right]
    context = {"rule": rule, "roles": holders_of(right), "posts": posts_with_right(right)[:8]}
    return render(request, "people/refused.html", context, status=403)
