"""Idempotency: a deed that a program asks for twice under one key is done once."""

import json
from collections.abc import Callable
from datetime import timedelta
from functools import wraps
from hashlib import sha256
from typing import Any

from django.http import HttpResponse, JsonResponse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Header
from ninja.utils import contribute_operation_args
from pydantic import TypeAdapter

from minhu.people.actions import KeyReused, do_once, forget_deeds
from minhu.people.wire.asking import Call
from minhu.people.wire.numbers import KEY_DAYS, number
from minhu.people.wire.problems import conflict

HEADER = "Idempotency-Key"
AGAIN = "Idempotency-Replayed"
# Printable ASCII: what a header can carry.
PATTERN = r"^[!-~]{8,100}$"
SAYS = "A word of your own for this deed, such as a UUID; the same word again gives the same answer."


def keyed(function: Callable[..., Any], *, answer: Any, status: int) -> Callable[..., Any]:
    """The function behind an Idempotency-Key; its answer is kept with the key, in the deed's transaction."""
    shape: TypeAdapter[Any] = TypeAdapter(answer)

    @wraps(function)
    def once(request: Call, *, idempotency_key: str, **values: Any) -> HttpResponse:
        now = timezone.now()

        def deed() -> tuple[int, Any]:
            said = shape.validate_python(function(request, **values), from_attributes=True)
            return status, shape.dump_python(said, mode="json")

        try:
            done = do_once(
                token=request.token, key=idempotency_key, request_hash=print_of(request), at=now, deed=deed
            )
        except KeyReused as reused:
            raise conflict(
                _("This key was used for another request."), where=f"header.{HEADER}",
                hint=_("Take a new key for a new deed."),
            ) from reused  # fmt: skip
        days = number(KEY_DAYS, timezone.localdate(now))
        forget_deeds(token=request.token, before=now - timedelta(days=days))
        headers = {AGAIN: "true"} if done.is_again else {}
        # A database that keeps JSON forgets the order of its names: the same answer has the same order.
        words = {"ensure_ascii": False, "sort_keys": True}
        return JsonResponse(done.response, status=done.status, headers=headers, safe=False,
                            json_dumps_params=words)  # fmt: skip

    source = Header(  # type: ignore[type-arg]
        ..., alias=HEADER, pattern=PATTERN, description=SAYS
    )
    contribute_operation_args(once, "idempotency_key", str, source)
    return once


def print_of(request: Call) -> str:
    """A fingerprint of what is asked: the address and the body; of a form its fields and files."""
    digest = sha256(f"{request.method} {request.get_full_path()}\n".encode())
    if request.content_type != "multipart/form-data":
        digest.update(request.body)
        return digest.hexdigest()
    fields = sorted((name, values) for name, values in request.POST.lists())
    digest.update(json.dumps(fields).encode())
    for name, files in sorted(request.FILES.lists()):
        for file in files:
            file.seek(0)
            digest.update(f"{name} {file.name} {sha256(file.read()).hexdigest()}\n".encode())
            file.seek(0)
    return digest.hexdigest()
