"""Deeds on tokens of programs: make one, revoke it, count its requests, do what it asks for once."""

import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Case, F, Value, When
from django.utils import timezone
from django.utils.translation import gettext as _

from minhu.people.actions.record import checked, note, wrong
from minhu.people.models import ApiDeed, Post, Token, User
from minhu.people.states import Scope
from minhu.trail.states import Actor

PREFIX = "minhu_"


@dataclass(frozen=True, slots=True)
class TokenDraft:
    """A token as a form asks for it."""

    name: str
    scope: Scope
    expires_on: date


@dataclass(frozen=True, slots=True)
class Done:
    """The answer to a deed a program asked for, and whether it had been done before."""

    status: int
    response: Any
    is_again: bool = False


class KeyReused(ValueError):
    """A key that was used for something else."""


def digest_of(secret: str) -> str:
    """What is kept of a secret; 256 random bits need no slow hash."""
    return sha256(secret.encode()).hexdigest()


@transaction.atomic
def make_token(*, by: Actor, draft: TokenDraft, most_days: int, at: datetime) -> tuple[Token, str]:
    """A token for the acting post, and its secret, which can be shown only now."""
    on = timezone.localdate(at)
    if not on <= draft.expires_on <= on + timedelta(days=most_days):
        words = _("A token is valid for at most %(days)d days: choose a day from today to %(last)s.")
        last = on + timedelta(days=most_days)
        raise wrong("expires_on", words % {"days": most_days, "last": last.isoformat()})
    secret = PREFIX + secrets.token_urlsafe(32)
    user, post = User.objects.get(pk=by.user_id or 0), Post.objects.get(code=by.post)
    token = Token(user=user, post=post, name=draft.name.strip(), digest=digest_of(secret), scope=draft.scope,
                  made_at=at, expires_on=draft.expires_on)  # fmt: skip
    checked(token).save()
    payload = {"scope": token.scope, "expires_on": token.expires_on.isoformat()}
    note(by=by, deed="make_token", of=token, at=at, payload=payload, asked=3)
    return token, secret


@transaction.atomic
def revoke_token(*, by: Actor, token: Token, at: datetime) -> None:
    """It opens nothing from now on; twice changes nothing."""
    row = Token.objects.select_for_update(of=("self",)).get(pk=token.pk)
    if row.revoked_at is not None:
        return
    row.revoked_at = at
    row.save(update_fields=["revoked_at"])
    note(by=by, deed="revoke_token", of=row, at=at, payload={})


def count_request(*, token: Token, at: datetime) -> int:
    """How many requests this token has made in the running minute, this one with them; one statement."""
    minute = int(at.timestamp()) // 60
    same = When(minute=minute, then=F("asked") + 1)
    rows = Token.objects.filter(pk=token.pk)
    rows.update(
        asked=Case(same, default=Value(1)), minute=minute, last_used_on=timezone.localdate(at)
    )  # fmt: skip
    return rows.values_list("asked", flat=True).get()


def do_once(
    *, token: Token, key: str, request_hash: str, at: datetime, deed: Callable[[], tuple[int, Any]]
) -> Done:
    """Do a deed under a key of its program; the key again gives the same answer and does nothing.

    The key is kept in the transaction of the deed: a deed that is refused keeps no key. Raises KeyReused.
    """
    if known := done_before(token, key, request_hash):
        return known
    try:
        with transaction.atomic():
            row = ApiDeed.objects.create(token=token, key=key, request_hash=request_hash, at=at, status=0)
            row.status, row.response = deed()
            row.save()
            return Done(row.status, row.response)
    except IntegrityError:
        # Two at once: the other one was first.
        if known := done_before(token, key, request_hash):
            return known
        raise


def done_before(token: Token, key: str, request_hash: str) -> Done | None:
    """The answer a key got before; refused where the request was another one."""
    row = ApiDeed.objects.filter(token=token, key=key).first()
    if row is None:
        return None
    if row.request_hash != request_hash:
        raise KeyReused(key)
    return Done(row.status, row.response, is_again=True)


def forget_deeds(*, token: Token, before: datetime) -> int:
    """Let go of the keys, and the answers, of a token that are older than a moment."""
    return ApiDeed.objects.filter(token=token, at__lt=before).delete()[0]
