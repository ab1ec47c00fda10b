"""Who is let in: the method, the token, how often, the scope and the right, in that order."""

from collections.abc import Mapping

from django.contrib.auth.models import AnonymousUser
from django.http import HttpResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from minhu.people.actions import count_request, digest_of
from minhu.people.models import Token
from minhu.people.queries import reader_behind, token_with
from minhu.people.rules import PUBLIC, Reader, may_somewhere
from minhu.people.states import Scope
from minhu.people.wire.asking import Call
from minhu.people.wire.numbers import PER_MINUTE, number
from minhu.people.wire.problems import Problem, problem_of, refused

USE = "use_api"
MINUTE = 60
SAFE = frozenset({"GET"})
CHALLENGE = {"WWW-Authenticate": 'Bearer realm="minhu"'}


def admit(request: Call, rights: Mapping[str, str | None]) -> HttpResponse | None:
    """Let a program in as the reader behind its token, or answer in the one shape of errors."""
    try:
        # A session of the same browser opens nothing here.
        request.reader = Reader(AnonymousUser())
        right = right_for(request, rights)
        if right != PUBLIC:
            let_in(request, right)
    except Exception as error:
        return problem_of(request, error).response()
    return None


def right_for(request: Call, rights: Mapping[str, str | None]) -> str:
    """The right this method needs; an operation without a mark is refused to everybody."""
    method = str(request.method)
    if method not in rights:
        raise Problem(405, where=request.path, headers={"Allow": ", ".join(sorted(rights))})
    right = rights[method]
    if right is None:
        raise Problem(403, _("This operation does not say which right it needs, so nobody has it."))
    return right


def let_in(request: Call, right: str) -> None:
    """Set the reader behind the token, once it is known, not too quick, and has the right."""
    now = timezone.now()
    request.token = token_of(request.headers.get("Authorization", ""))
    reader = reader_behind(request.token)
    if reader is None:
        raise Problem(401, _("The holder of this token has left its post."), "header.Authorization",
                      headers=CHALLENGE)  # fmt: skip
    request.reader = reader
    if count_request(token=request.token, at=now) > number(PER_MINUTE, timezone.localdate(now)):
        wait = MINUTE - int(now.timestamp()) % MINUTE
        raise Problem(429, headers={"Retry-After": str(wait)})
    if request.method not in SAFE and not request.token.may_write:
        raise Problem(403, _("This token may only read."), "header.Authorization",
                      _("Make a token that may write."), code="read_only")  # fmt: skip
    for needed in (USE, right):
        if not may_somewhere(reader, needed):
            raise refused(needed)


def token_of(header: str) -> Token:
    """The token a header shows, or 401."""
    scheme, _space, secret = header.partition(" ")
    found = None
    if scheme.lower() == "bearer" and secret:
        found = token_with(digest_of(secret.strip()), on=timezone.localdate())
    if found is None or found.scope == Scope.CALENDAR:
        raise Problem(401, where="header.Authorization", headers=CHALLENGE)
    return found
