"""What goes wrong, in one shape: `{"error": {"code", "message", "where", "hint"}}`; no page, no trace."""

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import (
    ObjectDoesNotExist,
    PermissionDenied,
    RequestDataTooBig,
    SuspiciousOperation,
)
from django.core.exceptions import ValidationError as RowError
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.multipartparser import MultiPartParserError
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from ninja.errors import HttpError, ValidationError
from pydantic import Field

from minhu.people.rules import RIGHTS, Refused, holders_of
from minhu.people.wire.numbers import Unset
from minhu.people.wire.sayings import said_of

Words = str | Promise
log = logging.getLogger("minhu.api")


class ErrorBody(Schema):
    """What went wrong, where, and how to mend it."""

    code: str = Field(description="A word for programs.", examples=["invalid"])
    message: str = Field(description="What went wrong, in the language asked for.")
    where: str = Field(description="What it is about: body.reason, query.page, header.Authorization …")
    hint: str = Field(description="How to mend it.")
    changed: dict[str, Any] | None = Field(
        None, description="What changed meanwhile, where that is known: name, value before, value now."
    )


class ErrorAnswer(Schema):
    """Every answer that is no success."""

    error: ErrorBody


@dataclass(frozen=True, slots=True)
class Kind:
    """A status with the word, the sentence and the hint it has when nobody knows better."""

    code: str
    message: Words
    hint: Words


KINDS: dict[int, Kind] = {
    400: Kind("bad_request", _("The request cannot be read."), _(
        "Send JSON in UTF-8, as the description says.")),
    401: Kind("not_signed_in", _("There is no valid token."), _(
        "Send the header “Authorization: Bearer …” with a token made under “My account”.")),
    403: Kind("refused", _("The post of this token may not do this."), _("Ask from a post that may.")),
    404: Kind("not_found", _("There is nothing at this address."), _("Ask the list for what there is.")),
    405: Kind("method_not_allowed", _("This address does not know this method."), _("See the header Allow.")),
    409: Kind("conflict", _("Somebody changed this in the meantime."), _("Read it again, then decide.")),
    413: Kind("too_large", _("The request is too large."), _("Send less at once.")),
    415: Kind("unsupported_media_type", _("The body has another media type than this operation reads."), _(
        "Say what it is in the header Content-Type.")),
    422: Kind("invalid", _("What was sent is not valid."), _("Mend what “where” names.")),
    429: Kind("too_many_requests", _("This token has asked too often in this minute."), _(
        "Wait as many seconds as the header Retry-After says.")),
    500: Kind("fault", _("Something is broken here; it has been written down."), _(
        "Try again later, and tell the reform office what you did.")),
}  # fmt: skip
DECLARED: dict[int, Any] = dict.fromkeys(KINDS, ErrorAnswer)


@dataclass
class Problem(Exception):
    """A refusal on the way out; what it does not say is said by its status."""

    status: int
    message: Words = ""
    where: str = ""
    hint: Words = ""
    code: str = ""
    headers: Mapping[str, str] = field(default_factory=dict)
    changed: Mapping[str, Any] = field(default_factory=dict)

    @property
    def body(self) -> dict[str, Any]:
        """What is said of it; `changed` only where there is something."""
        kind = KINDS[self.status]
        said = {"code": self.code or kind.code, "message": str(self.message or kind.message),
                "where": self.where, "hint": str(self.hint or kind.hint)}  # fmt: skip
        return said | ({"changed": dict(self.changed)} if self.changed else {})

    def response(self) -> HttpResponse:
        """The answer in the one shape."""
        return JsonResponse(
            {"error": self.body}, status=self.status, headers=dict(self.headers),
            json_dumps_params={"ensure_ascii": False},
        )  # fmt: skip


def invalid(message: Words, *, where: str = "", hint: Words = "") -> Problem:
    """What was sent cannot be taken: 422."""
    return Problem(422, message, where, hint)


def conflict(message: Words = "", *, where: str = "", hint: Words = "") -> Problem:
    """Somebody was first: 409."""
    return Problem(409, message, where, hint)


def unset(code: str) -> Problem:
    """A limit is missing in the rulebook: 500, but with a way out."""
    message = _("The rulebook has no limit “%(code)s”.") % {"code": code}
    return Problem(
        500, message, code, _("The reform office has to load a pack that brings it."), "limit_missing"
    )


def problem_of(request: HttpRequest, error: Exception) -> Problem:
    """Any exception of an operation as a problem; what nobody foresaw is written down and told as 500."""
    match error:
        case Problem():
            return error
        case ValidationError() | RowError():
            return invalid_of(error) if isinstance(error, ValidationError) else row_problem(error)
        case PermissionDenied():
            return refused(error.right) if isinstance(error, Refused) else Problem(403)
        case Unset():
            return unset(error.code)
        case Http404() | ObjectDoesNotExist():
            return Problem(404, where=request.path)
        case HttpError() | MultiPartParserError() | SuspiciousOperation():
            return Problem(413 if isinstance(error, RequestDataTooBig) else 400, where="body")
    log.error("the API broke at %s %s", request.method, request.path, exc_info=error)
    return Problem(500)


def refused(right: str) -> Problem:
    """A right is missing: which, and who has it."""
    rule = RIGHTS[right]
    roles = "、".join(str(role.label) for role in holders_of(right))
    hint = _("May do so: %(roles)s.") % {"roles": roles}
    return Problem(403, _("This needs the right “%(right)s”.") % {"right": rule.words}, right, hint)


def invalid_of(error: ValidationError) -> Problem:
    """Every field that is wrong, with what would be right."""
    faults = [(place_of(one["loc"]), said_of(one)) for one in error.errors]
    if len(faults) == 1:
        return invalid(faults[0][1], where=faults[0][0])
    message = "; ".join(f"{where}: {said}" for where, said in faults)
    return invalid(message, where=", ".join(where for where, _said in faults))


def place_of(steps: Sequence[str | int]) -> str:
    """Where a finding stands, as programs see what they sent: body.reason, query.page, header.X, path.pk."""
    source, *rest = [str(step) for step in steps]
    if source == "body":
        rest = rest[1:]  # the name the function gives the body is nobody's business
    return ".".join(["body" if source in {"form", "file"} else source, *rest])


def row_problem(error: RowError) -> Problem:
    """What a row refused, by field."""
    faults = error.message_dict if hasattr(error, "error_dict") else {"": error.messages}
    names = [f"body.{name}" for name in faults if name and name != "__all__"]
    return invalid(" ".join(word for words in faults.values() for word in words), where=", ".join(names))
