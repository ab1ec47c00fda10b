"""The key of a program that speaks Open311: a token made under “My account”, counted like any other."""

from django.utils import timezone

from minhu.people.actions import count_request
from minhu.people.gate import Request
from minhu.people.queries import reader_behind
from minhu.people.rules import Reader
from minhu.people.wire import Problem
from minhu.people.wire.admitting import USE, token_of
from minhu.people.wire.numbers import PER_MINUTE, number

MINUTE = 60


def reader_with_key(request: Request, key: str, right: str, *, writes: bool) -> Reader:
    """The post behind a key. Raises Problem: 403 as the standard wants it, 429 for too many in a minute."""
    try:
        token = token_of(f"Bearer {key}")
    except Problem as problem:
        raise Problem(403, "", "api_key") from problem
    reader, now = reader_behind(token), timezone.now()
    if count_request(token=token, at=now) > number(PER_MINUTE, timezone.localdate(now)):
        raise Problem(429, headers={"Retry-After": str(MINUTE - int(now.timestamp()) % MINUTE)})
    may = reader and all(reader.may_somewhere(one) for one in (USE, right))
    if reader is None or not may or (writes and not token.may_write):
        raise Problem(403, "", "api_key")
    return reader
