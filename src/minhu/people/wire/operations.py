"""The operations of a room: each says its right, its answer and its words in one place."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import wraps
from typing import Any, TypeVar

from django.utils.functional import Promise
from ninja import Router, Status
from ninja.constants import NOT_SET

from minhu.people.gate import allow
from minhu.people.rules import PUBLIC
from minhu.people.wire.asking import Call
from minhu.people.wire.keeping import keyed
from minhu.people.wire.problems import DECLARED, Problem
from minhu.people.wire.tokens import BearerToken

Function = TypeVar("Function", bound=Callable[..., Any])
Words = str | Promise
# What a room's actions raise, and what a program is told then.
Refusals = Mapping[type[Exception], Callable[[Any], Problem]]


@dataclass(frozen=True, slots=True)
class Offer:
    """What is said of one operation."""

    method: str
    path: str
    right: str
    answers: Mapping[int, Any]
    words: Words


class Operations:
    """The operations of one room under one subject; `router` is what the API mounts."""

    def __init__(self, subject: Words, *, refusals: Refusals | None = None) -> None:
        self.router = Router(tags=[subject], auth=BearerToken())  # type: ignore[list-item]
        self.refusals = refusals or {}

    def get(self, path: str, *, right: str, answer: Any, words: Words) -> Callable[[Function], Function]:
        """Something to read; answered with 304 where the program has it already."""
        offer = Offer("GET", path, right, {200: answer, 304: None, **DECLARED}, words)

        def mark(function: Function) -> Function:
            return self._add(function, self._translated(function), offer)

        return mark

    def post(
        self, path: str, *, right: str, answer: Any, words: Words, status: int = 200, once: bool = False
    ) -> Callable[[Function], Function]:
        """Something to do; with `once` it needs an Idempotency-Key, and the key again does nothing."""
        offer = Offer("POST", path, right, {status: answer, **DECLARED}, words)

        def mark(function: Function) -> Function:
            told = self._translated(function)
            deed = keyed(told, answer=answer, status=status) if once else with_status(told, status)
            return self._add(function, deed, offer)

        return mark

    def _add(self, function: Function, deed: Callable[..., Any], offer: Offer) -> Function:
        """Mark the deed with its right, hand it to the router, give the function back as it was."""
        # What anybody may do is described without a token.
        auth = None if offer.right == PUBLIC else NOT_SET
        self.router.api_operation(
            [offer.method], offer.path, response=dict(offer.answers), summary=offer.words,  # type: ignore[arg-type]
            operation_id=function.__name__, auth=auth,
        )(allow(offer.right)(deed))  # fmt: skip
        return function

    def _translated(self, function: Callable[..., Any]) -> Callable[..., Any]:
        """The function, whose refusals leave it as problems."""

        @wraps(function)
        def told(request: Call, **values: Any) -> Any:
            try:
                return function(request, **values)
            except tuple(self.refusals) as refusal:
                kind = next(kind for kind in type(refusal).__mro__ if kind in self.refusals)
                raise self.refusals[kind](refusal) from refusal

        return told


def with_status(function: Callable[..., Any], status: int) -> Callable[..., Any]:
    """The function, whose answer goes out under a status."""

    @wraps(function)
    def answered(request: Call, **values: Any) -> Any:
        return Status(status, function(request, **values))

    return answered
