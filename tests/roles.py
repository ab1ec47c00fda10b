"""One helper for every room: a page answers the roles it is meant for, and refuses all others."""

from collections.abc import Callable, Collection, Mapping
from typing import Any

from django.conf import settings
from django.shortcuts import resolve_url
from django.test import Client

GOOD = frozenset({200, 302, 303})


def ask(client: Client, url: str, method: str, data: Mapping[str, Any] | None) -> int | str:
    """Status of the answer, or the word `login` where it leads to the log-in page.

    What an anonymous reader posts is kept on a page that leads there (401), so that nothing typed is lost.
    """
    answer = getattr(client, method)(url, data or {})
    target = answer.headers.get("Location", "")
    leads_there = target.split("?")[0] == resolve_url(settings.LOGIN_URL) or answer.status_code == 401
    return "login" if leads_there else answer.status_code


def check_roles(
    client_factory: Callable[..., Client],
    url: str,
    allowed: Collection[Any],
    *,
    method: str = "get",
    data: Mapping[str, Any] | Callable[[], Mapping[str, Any]] | None = None,
    organisation: Any = None,
    good: Collection[int] = GOOD,
) -> None:
    """Ask `url` as every role and as nobody: the allowed get a good answer, others 403, nobody the log-in.

    `client_factory` is the fixture `client_as`; `organisation` puts every role into one unit (for rights
    limited to the own unit); a callable `data` is called afresh for every role.
    """
    from minhu.people.states import Role

    outcome = {}
    for role in (*Role, None):
        client = client_factory(role, organisation) if role else client_factory(None)
        said = ask(client, url, method, data() if callable(data) else data)
        outcome[str(role)] = "good" if said in good else said
    expected = {str(role): "good" if role in allowed else 403 for role in Role}
    expected["None"] = "login"
    assert outcome == expected, f"{method.upper()} {url}"


def check_public(client_factory: Callable[..., Client], url: str, *, good: Collection[int] = GOOD) -> None:
    """Ask `url` as every role and as nobody: everybody gets a good answer."""
    from minhu.people.states import Role

    outcome = {str(role): ask(client_factory(role), url, "get", None) in good for role in (*Role, None)}
    assert outcome == dict.fromkeys(outcome, True), url
