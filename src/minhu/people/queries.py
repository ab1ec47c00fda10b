"""Reading people: the reader of a page, the tree, posts and their holders, notices, complaints."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Count, Q, QuerySet

from minhu.people.models import Complaint, Holding, Notice, Organisation, Post, User
from minhu.people.rules import Hat, Reader, holders_of
from minhu.people.states import Role


@dataclass(frozen=True, slots=True)
class Branch:
    """One organisation in the order of the tree, with its depth and the codes above it."""

    organisation: Organisation
    depth: int
    above: tuple[str, ...]


def reader_of(user: AbstractBaseUser | AnonymousUser, post: str = "") -> Reader:
    """The reader behind an account, acting from `post` if held, else from the first post held; one query."""
    if not user.is_authenticated:
        return Reader(user)
    if getattr(user, "is_demonstration", False) and not settings.MINHU_DEMO:
        return Reader(AnonymousUser())
    held = Holding.objects.filter(user_id=user.pk, until=None).select_related("post__organisation")
    hats = tuple(hat_of(holding.post) for holding in held)
    worn = next((hat for hat in hats if hat.post == post), hats[0] if hats else None)
    return Reader(user, worn, hats)


def hat_of(post: Post) -> Hat:
    """A post and its organisation as plain values."""
    unit = post.organisation
    return Hat(post.code, post.title, post.role, unit.code, unit.short or unit.name, unit.pk, post.pk)


def organisation_tree(*, standing_only: bool = False) -> tuple[Branch, ...]:
    """All organisations, parents before children, in one query."""
    below: dict[int | None, list[Organisation]] = defaultdict(list)
    rows = Organisation.objects.all()
    for unit in rows.standing() if standing_only else rows:
        below[unit.parent_id].append(unit)
    branches: list[Branch] = []
    waiting = [Branch(unit, 0, ()) for unit in reversed(below[None])]
    while waiting:
        branch = waiting.pop()
        branches.append(branch)
        above = (*branch.above, branch.organisation.code)
        waiting += [Branch(unit, branch.depth + 1, above) for unit in reversed(below[branch.organisation.pk])]
    return tuple(branches)


def organisations_below(code: str) -> frozenset[str]:
    """Codes of an organisation and everything under it, in one query."""
    tree = organisation_tree()
    return frozenset(b.organisation.code for b in tree if code == b.organisation.code or code in b.above)


def posts_of(organisation: Organisation) -> QuerySet[Post]:
    """Posts of one organisation."""
    return organisation.posts.all()


def parents_by_code() -> dict[str, str | None]:
    """The whole tree as child → parent, both as codes; locked until the transaction ends."""
    rows = Organisation.objects.select_for_update().order_by("pk").values_list("pk", "code", "parent_id")
    codes = {pk: code for pk, code, _ in rows}
    return {code: codes.get(parent) for _, code, parent in rows}


def holders_in(organisation: Organisation) -> QuerySet[Holding]:
    """Who holds a post of one organisation now."""
    return current_holdings().filter(post__organisation=organisation)


def current_holdings() -> QuerySet[Holding]:
    """Who holds what now, with account, post and organisation."""
    return Holding.objects.current().select_related("user", "post__organisation")


def posts_with_right(right: str) -> QuerySet[Post]:
    """Posts whose role has `right`, to tell a refused reader whom to ask."""
    return (
        Post.objects.filter(
            role__in=holders_of(right),
            organisation__closed_on=None,
            holdings__until=None,
            holdings__isnull=False,
        )
        .select_related("organisation")
        .distinct()
    )


def office_holders() -> QuerySet[Holding]:
    """Current holdings of posts of the reform office: the last of them must stay."""
    return Holding.objects.current().filter(post__role=Role.OFFICE)


def accounts() -> QuerySet[User]:
    """All accounts with the number of posts each holds now."""
    return User.objects.annotate(held=Count("holdings", filter=Q(holdings__until=None)))


def demonstration_logins() -> QuerySet[Holding]:
    """Log-ins of the demonstration with their posts; none where this is no demonstration."""
    if not settings.MINHU_DEMO:
        return Holding.objects.none()
    return current_holdings().filter(user__is_demonstration=True).order_by("user_id", "since")


def notices_for(reader: Reader, *, at: datetime, days: int = 30) -> QuerySet[Notice]:
    """Notices to this account or its posts in the last `days` days, newest first."""
    posts = [hat.post_id for hat in reader.hats]
    mine = Q(user_id=reader.user.pk) | Q(post_id__in=posts)
    return Notice.objects.filter(mine, at__gt=at - timedelta(days=days), at__lte=at)


def complaints_of(reader: Reader) -> QuerySet[Complaint]:
    """Complaints this reader may see: all for those who answer, else those from the own posts."""
    rows = Complaint.objects.select_related("post__organisation", "answered_post")
    if reader.may("answer_complaint"):
        return rows
    return rows.filter(post_id__in=[hat.post_id for hat in reader.hats])


def unanswered_complaints() -> QuerySet[Complaint]:
    """Complaints that wait for an answer, oldest first."""
    return (
        Complaint.objects.filter(answered_at=None).select_related("post__organisation").order_by("at", "id")
    )
