"""The section `inapplicable` of a pack: clauses two posts had agreed not to apply here."""

from collections.abc import Iterator
from datetime import date, datetime, time

from django.utils import timezone

from minhu.mandates.models import Clause
from minhu.mandates.queries import clause_at
from minhu.packs import Counts, Located, PackError, Problem, did_you_mean
from minhu.people.models import Post
from minhu.reforms.actions import Refusal
from minhu.reforms.actions.coverage_inapplicable import Agreement, take_over_inapplicable
from minhu.reforms.pack.specs import InapplicableSpec
from minhu.trail.states import Actor

One = Located[InapplicableSpec]


def problems_in(rows: tuple[One, ...], posts: dict[str, Post]) -> Iterator[Problem]:
    """Posts nobody knows; the clauses themselves are looked up when the documents are in."""
    for one in rows:
        for name in ("asked_by", "decided_by"):
            if (code := getattr(one.item, name)) not in posts:
                yield one.problem(f"“{code}” is no post", name, hint=did_you_mean(code, posts))


def load(rows: tuple[One, ...], posts: dict[str, Post], *, by: Actor, at: datetime) -> Counts:
    """Enter each agreement once; one that people have taken back since stays taken back."""
    counts = Counts()
    for one in rows:
        spec = one.item
        asked, decided = actor_of(posts[spec.asked_by]), actor_of(posts[spec.decided_by])
        agreement = Agreement(spec.reason, asked, decided, noon(spec.agreed_on))
        try:
            made = take_over_inapplicable(by=by, clause=clause_of(spec.clause), agreement=agreement, at=at)
        except Refusal as refusal:
            raise PackError([one.problem(str(refusal), refusal.field or "clause")]) from refusal
        except Clause.DoesNotExist as unknown:
            hint = "<document number>#<clause path>"
            raise PackError([one.problem(str(unknown), "clause", hint=hint)]) from unknown
        counts += Counts(created=1) if made else Counts(unchanged=1)
    return counts


def clause_of(address: str) -> Clause:
    """The clause an address names."""
    number, _mark, path = address.partition("#")
    return clause_at(number, path)


def actor_of(post: Post) -> Actor:
    """A post as it acted outside this house: no account stands behind it."""
    return Actor(None, post.code, post.organisation.code)


def noon(day: date) -> datetime:
    """The middle of a day, where this house stands."""
    return timezone.make_aware(datetime.combine(day, time(12)))
