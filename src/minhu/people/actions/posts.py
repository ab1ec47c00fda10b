"""Deeds on posts: add, change, load from a pack."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.packs import Counts
from minhu.people.actions.organisations import CHANGED, CREATED, UNCHANGED
from minhu.people.actions.record import checked, note, plain, wrong
from minhu.people.models import Organisation, Post
from minhu.people.queries import office_holders
from minhu.people.states import Role
from minhu.trail.states import Actor, changed


@dataclass(frozen=True, slots=True)
class PostDraft:
    """A post as a pack or a form writes it; `organisation` is a code."""

    code: str
    title: str
    organisation: str
    role: Role


@transaction.atomic
def add_post(*, by: Actor, draft: PostDraft, at: datetime, asked: int = 0) -> Post:
    """A new post in an organisation that stands."""
    post = Post(code=draft.code, title=draft.title, role=draft.role, organisation=unit_for(draft))
    checked(post).save()
    note(by=by, deed="add_post", of=post, at=at, payload=plain(draft), asked=asked)
    return post


@transaction.atomic
def change_post(*, by: Actor, post: Post, draft: PostDraft, at: datetime, asked: int = 0) -> bool:
    """Rename a post, move it or give it another role; returns whether anything changed."""
    if post.code != draft.code:
        raise wrong("code", _("A code stands in the record for ever and cannot be changed."))
    before = {"title": post.title, "organisation": post.organisation.code, "role": post.role}
    after = {name: getattr(draft, name) for name in before}
    if before == after:
        return False
    was_office = post.role == Role.OFFICE
    post.title, post.role, post.organisation = draft.title, draft.role, unit_for(draft)
    checked(post).save()
    if was_office:
        refuse_empty_office()
    note(by=by, deed="change_post", of=post, at=at, payload=changed(before, after), asked=asked)
    return True


@transaction.atomic
def load_posts(*, by: Actor, drafts: Iterable[PostDraft], at: datetime) -> Counts:
    """Bring posts to what a pack says; posts the pack does not name stay as they are."""
    known = {post.code: post for post in Post.objects.select_related("organisation")}
    total = Counts()
    for draft in drafts:
        if draft.code not in known:
            known[draft.code] = add_post(by=by, draft=draft, at=at)
            total += CREATED
        else:
            new = change_post(by=by, post=known[draft.code], draft=draft, at=at)
            total += CHANGED if new else UNCHANGED
    return total


def unit_for(draft: PostDraft) -> Organisation:
    """The organisation a draft names, refused in words when unknown or closed."""
    unit = Organisation.objects.filter(code=draft.organisation).first()
    if unit is None:
        words = _("Post “%(post)s” names the organisation “%(unit)s”, which nobody knows.")
        raise wrong("organisation", words % {"post": draft.code, "unit": draft.organisation})
    if unit.is_closed:
        raise wrong("organisation", _("%s is closed: it takes no posts.") % unit.name)
    return unit


def refuse_empty_office() -> None:
    """Refuse a deed after which nobody would hold a post of the reform office."""
    if not office_holders().exists():
        raise wrong(
            None,
            _(
                "This is the last account that holds a post of the reform office. Give such a post to "
                "another account first, or nobody could administer the house."
            ),
        )
