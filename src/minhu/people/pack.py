"""My sections of a pack: organisations, posts, and the log-ins of a demonstration."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.conf import settings

from minhu.packs import Counts, Located, Pack, PackError, Problem, Section, did_you_mean
from minhu.people import actions
from minhu.people.actions import OrganisationDraft, PostDraft
from minhu.people.models import Post
from minhu.people.queries import organisation_tree
from minhu.people.states import cycle_in
from minhu.trail.states import Actor


@dataclass(frozen=True, slots=True)
class AccountDraft:
    """A demonstration log-in and the code of its post."""

    username: str
    post: str


ORGANISATIONS = Section("organisations", "organisation", OrganisationDraft)
POSTS = Section("posts", "post", PostDraft)
ACCOUNTS = Section("accounts", "account", AccountDraft, key=("username",))
SECTIONS = (ORGANISATIONS, POSTS, ACCOUNTS)


def load(pack: Pack, *, by: Actor, at: datetime) -> Counts:
    """Bring organisations, posts and (in a demonstration) log-ins to what the pack says."""
    units, posts, accounts = pack.read(ORGANISATIONS), pack.read(POSTS), pack.read(ACCOUNTS)
    problems = [*unit_problems(units), *post_problems(units, posts), *account_problems(posts, accounts)]
    if problems:
        raise PackError(problems)
    total = actions.load_organisations(by=by, drafts=[unit.item for unit in units], at=at)
    total += actions.load_posts(by=by, drafts=[post.item for post in posts], at=at)
    if settings.MINHU_DEMO:
        logins = {account.item.username: account.item.post for account in accounts}
        word = settings.MINHU_DEMO_PASSWORD
        total += actions.load_accounts(by=by, posts=logins, password=word, at=at)
    elif accounts:
        total += Counts(notes=("accounts: demonstration log-ins are loaded only with MINHU_DEMO=1",))
    return total


def unit_problems(units: Iterable[Located[OrganisationDraft]]) -> Iterable[Problem]:
    """Unknown parents, half a cartogram cell, and a ring, each at its place in the file."""
    placed = {unit.item.code: unit for unit in units}
    parents = known_parents() | {code: unit.item.parent or None for code, unit in placed.items()}
    for unit in placed.values():
        if unit.item.parent and unit.item.parent not in parents:
            hint = did_you_mean(unit.item.parent, parents)
            yield unit.problem(f"“{unit.item.parent}” is no organisation", "parent", hint=hint)
        if (unit.item.row is None) != (unit.item.column is None):
            yield unit.problem("a place in the cartogram needs both row and column", "row")
    ring = cycle_in(parents)
    if ring:
        first = next((placed[code] for code in ring if code in placed), None)
        way = " → ".join(placed[code].item.name if code in placed else code for code in ring)
        if first:
            message = f"an organisation cannot stand above itself: {way}"
            yield first.problem(message, "parent", hint="put one of them under another organisation")


def post_problems(
    units: Iterable[Located[OrganisationDraft]], posts: Iterable[Located[PostDraft]]
) -> Iterable[Problem]:
    """Posts in organisations nobody knows."""
    known = set(known_parents()) | {unit.item.code for unit in units}
    for post in posts:
        if post.item.organisation not in known:
            hint = did_you_mean(post.item.organisation, known)
            yield post.problem(f"“{post.item.organisation}” is no organisation", "organisation", hint=hint)


def account_problems(
    posts: Iterable[Located[PostDraft]], accounts: Iterable[Located[AccountDraft]]
) -> Iterable[Problem]:
    """Log-ins for posts nobody knows."""
    known = {post.item.code for post in posts} | set(Post.objects.values_list("code", flat=True))
    for account in accounts:
        if account.item.post not in known:
            hint = did_you_mean(account.item.post, known)
            yield account.problem(f"“{account.item.post}” is no post", "post", hint=hint)


def known_parents() -> dict[str, str | None]:
    """The tree as it stands now: code → code of what it stands under."""
    return {b.organisation.code: b.above[-1] if b.above else None for b in organisation_tree()}
