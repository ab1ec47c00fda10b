"""Who decided what about a document, when and how fast; what was found out about its clauses."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from django.db.models import Count, QuerySet
from django.utils.translation import gettext as _

from minhu.mandates.models import Clause, Version
from minhu.mandates.queries import with_names
from minhu.people.models import Post
from minhu.reforms.models import Answer, Outlook, Search
from minhu.reforms.queries.coverage import Covered
from minhu.reforms.queries.coverage_lists import with_ends
from minhu.reforms.states import AnswerState
from minhu.trail.states import SYSTEM

PAUSE = 120  # seconds: whoever takes longer did something else in between
MOST_TIMED = 400


@dataclass(frozen=True, slots=True)
class Pace:
    """How far the review of a document has come, and how many seconds one person takes for a decision."""

    done: int
    total: int
    seconds: float | None


def pace_of(covered: Covered, version: Version, user: int | None) -> Pace:
    """Clauses decided of those that had something to decide; the pace of one account."""
    pending = {row.clause.pk for row in covered.rows if row.is_pending}
    decided = set(decisions_of(version).values_list("clause", flat=True)) - pending
    times = decisions_of(version).filter(decided_by_user=user).order_by("-decided_at", "-pk")
    return Pace(
        len(decided),
        len(decided) + len(pending),
        mean_seconds([at for at in times.values_list("decided_at", flat=True)[:MOST_TIMED] if at]),
    )


def mean_seconds(times: Sequence[datetime]) -> float | None:
    """The mean time from one decision to the next; pauses, and what was decided in one go, left out."""
    gaps = [abs((a - b).total_seconds()) for a, b in pairwise(times)]
    counted = [gap for gap in gaps if 0 < gap <= PAUSE]
    return sum(counted) / len(counted) if counted else None


def decisions_of(version: Version) -> QuerySet[Answer]:
    """Everything decided about the clauses of a wording."""
    return Answer.objects.filter(clause__version=version).exclude(state=AnswerState.SUGGESTED)


def decisions_in_order(version: Version, *, post: str = "", at: datetime | None = None) -> QuerySet[Answer]:
    """The same with names, the latest first; of one post, or of one go."""
    rows = decisions_of(version)
    rows = rows.filter(decided_by_post=post) if post else rows
    rows = rows.filter(decided_at=at) if at else rows
    return with_names(with_ends(rows).select_related("clause"), "clause__").order_by(
        "-decided_at", "clause__order"
    )


def deciders_of(version: Version) -> list[tuple[str, str, int]]:
    """Code and title of the posts that decided, with how often."""
    rows = decisions_of(version).order_by().values_list("decided_by_post").annotate(Count("pk"))
    counts = dict(rows)
    titles = {SYSTEM.post: _("the system")}
    titles |= dict(Post.objects.filter(code__in=counts).values_list("code", "title"))
    return sorted(
        ((code, titles.get(code) or code, n) for code, n in counts.items()), key=lambda row: -row[2]
    )


def last_go(version: Version, user: int | None) -> list[Answer]:
    """What an account decided last about a document: one answer, or all that were confirmed together."""
    rows = decisions_of(version).filter(decided_by_user=user)
    last = rows.order_by("-decided_at", "-pk").first() if user is not None else None
    return list(rows.filter(decided_at=last.decided_at).order_by("clause__order")) if last else []


def outlook_of(clause: Clause) -> Outlook | None:
    """How sure it is that anything answers a clause, if it was ever compared."""
    return Outlook.objects.filter(clause=clause).first()


def outlooks_of(version: Version) -> dict[int, Outlook]:
    """The same for every clause of a wording."""
    return {row.clause_id: row for row in Outlook.objects.filter(clause__version=version)}


def last_search(version: Version) -> Search | None:
    """The run that goes on, or the last one."""
    return Search.objects.filter(version=version).order_by("-started_at", "-pk").first()
