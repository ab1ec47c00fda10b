"""Deeds on accounts: open and close them, give and end posts, note that a reset link was made."""

from collections.abc import Mapping
from datetime import datetime

from django.contrib.auth.password_validation import validate_password
from django.contrib.auth.tokens import default_token_generator
from django.db import transaction
from django.utils.crypto import get_random_string
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode
from django.utils.translation import gettext as _

from minhu.packs import Counts
from minhu.people.actions.organisations import CREATED, UNCHANGED
from minhu.people.actions.posts import refuse_empty_office
from minhu.people.actions.record import checked, note, wrong
from minhu.people.models import Holding, Post, Token, User
from minhu.people.states import Role
from minhu.trail.states import Actor


@transaction.atomic
def open_account(
    *, by: Actor, username: str, email: str = "", password: str | None = None, at: datetime
) -> User:
    """A new account; without a password only a reset link opens it."""
    user = User(email=email, date_joined=at)
    if password:
        validate_password(password, user)
    return _open(by, user, username, password, at)


def _open(by: Actor, user: User, username: str, password: str | None, at: datetime) -> User:
    user.username = User.normalize_username(username)
    # Django sends reset links only to accounts with a usable password: an unguessable one is that.
    user.set_password(password or get_random_string(40))
    checked(user).save()
    note(by=by, deed="open_account", of=user, at=at, payload={}, asked=2 if user.email else 1)
    return user


@transaction.atomic
def change_email(*, by: Actor, user: User, email: str, at: datetime) -> None:
    """Where reset links go; the address itself stays out of the record."""
    user.email = email
    checked(user).save()
    note(by=by, deed="change_email", of=user, at=at, payload={}, asked=1)


@transaction.atomic
def close_account(*, by: Actor, user: User, at: datetime) -> None:
    """End its posts, forget its e-mail and its password; it can no longer sign in."""
    held = list(user.holdings.filter(until=None).select_related("post"))
    for holding in held:
        _end(by, holding, at)
    user.is_active, user.email = False, ""
    user.set_unusable_password()
    user.save()
    if any(holding.post.role == Role.OFFICE for holding in held):
        refuse_empty_office()
    note(by=by, deed="close_account", of=user, at=at, payload={})


@transaction.atomic
def give_post(*, by: Actor, user: User, post: Post, at: datetime) -> Holding:
    """Somebody takes up a post; one who holds it already keeps the older date."""
    if not user.is_active:
        raise wrong("user", _("Account %s is closed.") % user.username)
    if post.organisation.is_closed:
        raise wrong("post", _("%s is closed: its posts cannot be given.") % post.organisation.name)
    holding, new = Holding.objects.get_or_create(user=user, post=post, until=None, defaults={"since": at})
    if new:
        note(by=by, deed="give_post", of=user, at=at, payload={"post": post.code}, asked=1)
    return holding


@transaction.atomic
def end_post(*, by: Actor, holding: Holding, at: datetime) -> None:
    """Somebody leaves a post; ending twice changes nothing."""
    if holding.until is not None:
        return
    _end(by, holding, at)
    if holding.post.role == Role.OFFICE:
        refuse_empty_office()


@transaction.atomic
def make_reset_link(*, by: Actor, user: User, at: datetime) -> tuple[str, str]:
    """The two halves (account, token) of a link that sets a new password once; making it is recorded."""
    if not user.is_active:
        raise wrong(None, _("Account %s is closed.") % user.username)
    note(by=by, deed="make_reset_link", of=user, at=at, payload={})
    return urlsafe_base64_encode(force_bytes(user.pk)), default_token_generator.make_token(user)


@transaction.atomic
def load_accounts(*, by: Actor, posts: Mapping[str, str], password: str, at: datetime) -> Counts:
    """Demonstration log-ins, account name → code of its post; those that are there stay as they are."""
    known = set(User.objects.filter(username__in=posts).values_list("username", flat=True))
    rows = {post.code: post for post in Post.objects.filter(code__in=posts.values()).select_related()}
    total = Counts()
    for username, code in posts.items():
        if username in known:
            total += UNCHANGED
            continue
        if code not in rows:
            words = _("Account “%(user)s” names the post “%(post)s”, which nobody knows.")
            raise wrong("post", words % {"user": username, "post": code})
        user = _open(by, User(is_demonstration=True, date_joined=at), username, password, at)
        give_post(by=by, user=user, post=rows[code], at=at)
        total += CREATED
    return total


def _end(by: Actor, holding: Holding, at: datetime) -> None:
    holding.until = at
    holding.save(update_fields=["until"])
    # A post given again later must not wake the programs of today.
    Token.objects.filter(user=holding.user, post=holding.post, revoked_at=None).update(revoked_at=at)
    note(by=by, deed="end_post", of=holding.user, at=at, payload={"post": holding.post.code})
