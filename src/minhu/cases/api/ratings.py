"""What the author of a case thinks of how it was handled: given once, by the word handed over for it."""

from datetime import datetime
from hashlib import sha256
from typing import Annotated

from django.core.cache import cache
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from minhu.cases import actions
from minhu.cases.api.mounted import operations, problem_of
from minhu.cases.models import Rating
from minhu.cases.states import CaseRefused, Why
from minhu.people.wire import Body, Call, Problem
from minhu.people.wire.numbers import PER_MINUTE, number

WHERE = {Why.UNKNOWN: "body.token", Why.ENDED: "body.token", Why.VALUE: "body.level"}
MINUTE = 60


class RatingAsked(Body):
    """A rating."""

    token: Annotated[str, Field(min_length=1, max_length=100)] = Field(
        description=gettext_noop("The last part of the link that was handed over.")
    )
    level: Annotated[int, Field(ge=1, le=5)] = Field(
        description=gettext_noop("From 5, very satisfied, down to 1, very dissatisfied.")
    )
    words: Annotated[str, Field(max_length=2000)] = ""


class RatingShape(Schema):
    """A rating that was taken."""

    level: int
    rated_at: datetime


@operations.post("/ratings", right="public", answer=RatingShape, words=_("Rate a case"), status=201)
def rate_case(request: Call, body: RatingAsked) -> Rating:
    """Rate a case by the word that was handed to its author; it works once and needs no other token."""
    now = timezone.now()
    slow_down(request, now)
    try:
        return actions.rate(token=body.token, level=body.level, words=body.words, at=now)
    except CaseRefused as refused:
        raise problem_of(refused, WHERE.get(refused.why, "")) from refused


def slow_down(request: Call, at: datetime) -> None:
    """Refuse an address that asks too often in this minute; nothing of it is kept beyond the minute."""
    minute = int(at.timestamp()) // MINUTE
    key = "rating:" + sha256(f"{minute} {request.META.get('REMOTE_ADDR', '')}".encode()).hexdigest()
    cache.add(key, 0, MINUTE)
    if cache.incr(key) > number(PER_MINUTE, timezone.localdate(at)):
        wait = MINUTE - int(at.timestamp()) % MINUTE
        raise Problem(429, _("This address has asked too often in this minute."),
                      headers={"Retry-After": str(wait)})  # fmt: skip
