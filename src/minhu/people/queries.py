"""Reading people: the reader of a page, the tree, posts and their holders, notices, complaints."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.conf import settings
from django.contrib.auth.models import AbstractBaseUser, AnonymousUser
from django.db.models import Case, Q, QuerySet, When

from minhu.people.models import Complaint, Holding, Notice, Organisation, Post, Subscription, Token, User
from minhu.people.rules import Hat, Reader, holders_of
from minhu.people.states import Role


@dataclass(frozen=True, slots=True)
class Branch:
    """One organisation in the order of the tree, with its depth and the codes above it."""

    organisation: Organisation
    depth: int
    above: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PostRow:
    """A post and who holds it now."""

    post: Post
    holdings: tuple[Holding, ...]


@dataclass(frozen=True, slots=True)
class UnitRow:
    """An organisation in the order of the tree, with its posts."""

    organisation: Organisation
    depth: int
    posts: tuple[PostRow, ...]


@dataclass(frozen=True, slots=True)
class PeopleTable:
    """The tree as a table; the counts are of what is shown."""

    units: tuple[UnitRow, ...]
    posts: int
    vacant: int


@dataclass(frozen=True, slots=True)
class UnitPage:
    """What the page of one organisation shows."""

    above: tuple[Organisation, ...]
    below: tuple[Organisation, ...]
    posts: tuple[PostRow, ...]


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
    """Held posts whose role has `right`, the reform office first: whom a refused reader may ask."""
    held = Holding.objects.current().values("post")
    rows = Post.objects.filter(role__in=holders_of(right), organisation__closed_on=None, pk__in=held)
    office_first = Case(When(role=Role.OFFICE, then=0), default=1)
    return rows.select_related("organisation").order_by(office_first, "organisation__order", "id")


def office_holders() -> QuerySet[Holding]:
    """Current holdings of posts of the reform office: the last of them must stay."""
    return Holding.objects.current().filter(post__role=Role.OFFICE)


def post_rows(posts: QuerySet[Post]) -> tuple[PostRow, ...]:
    """Posts with their current holders, in two queries."""
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in Holding.objects.current().filter(post__in=posts).select_related("user"):
        held[holding.post_id].append(holding)
    return tuple(PostRow(post, tuple(held[post.pk])) for post in posts)


def people_table(*, text: str = "", role: str = "") -> PeopleTable:
    """The whole tree with posts and holders in three queries, narrowed to a text and a role."""
    by_unit: dict[int, list[PostRow]] = defaultdict(list)
    for row in post_rows(Post.objects.filter(role=role) if role else Post.objects.all()):
        by_unit[row.post.organisation_id].append(row)
    units = []
    for branch in organisation_tree():
        unit = branch.organisation
        rows = by_unit[unit.pk]
        if text and not has_text(text, unit.name, unit.short, unit.code):
            rows = [row for row in rows if has_text(text, row.post.title, *names_of(row))]
            if not rows:
                continue
        if rows or not role:
            units.append(UnitRow(unit, branch.depth, tuple(rows)))
    shown = [row for unit_row in units for row in unit_row.posts]
    return PeopleTable(tuple(units), len(shown), sum(not row.holdings for row in shown))


def names_of(row: PostRow) -> list[str]:
    """Account names of those who hold a post."""
    return [holding.user.username for holding in row.holdings]


def has_text(text: str, *places: str) -> bool:
    """Whether a text stands in any of the places, capitals apart."""
    return any(text.casefold() in place.casefold() for place in places)


def unit_page(unit: Organisation) -> UnitPage:
    """Everything the page of one organisation shows."""
    by_code = {branch.organisation.code: branch for branch in organisation_tree()}
    above = tuple(by_code[code].organisation for code in by_code[unit.code].above)
    below = tuple(b.organisation for b in by_code.values() if b.organisation.parent_id == unit.pk)
    return UnitPage(above, below, post_rows(posts_of(unit)))


def cells_of(rows: Iterable[UnitRow]) -> tuple[Organisation, ...]:
    """Standing units that have a place in the cartogram."""
    units = (row.organisation for row in rows)
    return tuple(unit for unit in units if unit.row and unit.column and not unit.is_closed)


def accounts_table() -> list[tuple[User, list[Holding]]]:
    """All accounts, those that may sign in first, with the posts each holds now; two queries."""
    held: dict[int, list[Holding]] = defaultdict(list)
    for holding in current_holdings():
        held[holding.user_id].append(holding)
    return [(user, held[user.pk]) for user in User.objects.order_by("-is_active", "username")]


def open_accounts() -> QuerySet[User]:
    """Accounts that may log in."""
    return User.objects.filter(is_active=True)


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


def organisations_with(text: str) -> QuerySet[Organisation]:
    """Organisations whose name, short name or code holds the text."""
    names = Q(name__icontains=text) | Q(short__icontains=text) | Q(code__icontains=text)
    return Organisation.objects.filter(names)


def posts_with(text: str) -> QuerySet[Post]:
    """Posts whose title or code holds the text."""
    rows = Post.objects.filter(Q(title__icontains=text) | Q(code__icontains=text))
    return rows.select_related("organisation")


def token_with(digest: str, *, on: date) -> Token | None:
    """The token behind a digest, if it is valid on a day, with its account and post."""
    rows = Token.objects.standing(on).filter(digest=digest)
    return rows.select_related("user", "post__organisation").first()


def reader_behind(token: Token) -> Reader | None:
    """The reader a token acts as: its holder at its post alone, or nobody once he has left it."""
    reader = reader_of(token.user, token.post.code) if token.user.is_active else Reader(AnonymousUser())
    return (
        Reader(reader.user, reader.hat, (reader.hat,))
        if reader.hat and reader.post == token.post.code
        else None
    )


def tokens_of(reader: Reader) -> QuerySet[Token]:
    """Tokens of an account, those of all its posts, the latest first."""
    return Token.objects.filter(user=reader.user.pk or 0).select_related("post__organisation")


def awaiting_digest(on: date) -> QuerySet[User]:
    """Accounts with an address whose daily mail of a day is not done."""
    done = Subscription.objects.filter(Q(done_on__gte=on) | Q(is_wanted=False)).values("user")
    return User.objects.filter(is_active=True).exclude(email="").exclude(pk__in=done).order_by("pk")


def wants_digest(reader: Reader) -> bool:
    """Whether an account gets the daily mail: it does until it says otherwise."""
    return not Subscription.objects.filter(user_id=reader.user.pk or 0, is_wanted=False).exists()


def notices_between(reader: Reader, since: datetime, until: datetime) -> QuerySet[Notice]:
    """Notices to this account or its posts after one moment and up to another, oldest first."""
    posts = [hat.post_id for hat in reader.hats]
    mine = Q(user_id=reader.user.pk) | Q(post_id__in=posts)
    return Notice.objects.filter(mine, at__gt=since, at__lte=until).order_by("at", "id")
