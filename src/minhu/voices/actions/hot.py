"""Making the hot list of a day: once a day by the worker, or by hand; the same day again replaces it."""

from datetime import datetime

from django.db import transaction

from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM
from minhu.voices.bridge.hot import MOST, RECENT, Heard, Issue, hot_issues
from minhu.voices.models import Group, HotIssue, HotRun
from minhu.voices.queries.groups_limits import hot_days
from minhu.voices.queries.hot import heard_since
from minhu.voices.queries.limits import day_of

BOOK = "voices"


def make_hot_list(*, at: datetime) -> HotRun:
    """Weigh what was said in the last days, and keep the list with its reasons. Raises rulebook.Missing."""
    on = day_of(at)
    days = hot_days(on)
    heard = [Heard(*row) for row in heard_since(on, days)]
    issues = hot_issues(heard, on, days)
    with transaction.atomic():
        HotRun.objects.filter(on=on).delete()
        run = HotRun(
            on=on, made_at=at, days=days, voices=len(heard), recipe={"recent_days": RECENT, "most": MOST}
        )
        run.save(force_insert=True)
        groups = Group.objects.in_bulk([issue.topic for issue in issues])
        for rank, issue in enumerate(issues, 1):
            keep(run, rank, issue, groups[issue.topic])
        payload = {"on": on, "voices": len(heard), "issues": len(issues)}
        record(by=SYSTEM, deed="voices.make_hot_list", thing=ref(run), book=BOOK, at=at, payload=payload)
    return run


def keep(run: HotRun, rank: int, issue: Issue, group: Group) -> None:
    """Write one hot issue down."""
    row = HotIssue(
        run=run, rank=rank, title=group.title, score=issue.score, voices=issue.voices, people=issue.people,
        reasons=[[what, values] for what, values in issue.reasons],
        days=[[day.isoformat(), n] for day, n in issue.days],
        places=[[code, n] for code, n in issue.places],
    )  # fmt: skip
    row.save(force_insert=True)
    row.groups.set([group])


def made_today(at: datetime) -> bool:
    """Whether the list of the day has been made."""
    return HotRun.objects.filter(on=day_of(at)).exists()
