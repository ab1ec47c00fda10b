"""The light of a case: how its first clock stands, in a word with the reason; the same in SQL for lists."""

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from django.db.models import Case as Choice
from django.db.models import Exists, IntegerField, OuterRef, Q, QuerySet, Value, When
from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.cases.models import Case, Step
from minhu.cases.queries.readings import day_of as legal_day
from minhu.cases.states import StepState
from minhu.rulebook.queries import Missing, calendar, limit
from minhu.ui.offers import Light

RED, YELLOW, BLUE, DONE, OFF = "red", "yellow", "blue", "done", "off"
WORST_FIRST = (RED, YELLOW, BLUE, OFF)
RANK = {tone: place for place, tone in enumerate(WORST_FIRST)}


@dataclass(frozen=True, slots=True)
class Day:
    """The day on which lights are judged, and the last day that counts as near (by the rulebook)."""

    on: date
    near_until: date


@dataclass(frozen=True, slots=True)
class Facts:
    """What the light of a case depends on. `late_by`: days a closed case was late, below 1 for in time."""

    is_open: bool
    due_on: date | None = None
    is_held: bool = False
    attempt: int = 1
    where: str = ""
    ended_on: date | None = None
    late_by: int = 0


def today(at: datetime) -> Day:
    """The day of a moment with its near end; without such a limit nothing counts as near."""
    on = legal_day(at)
    return day_with_near(on)


def day_with_near(on: date) -> Day:
    """A day with its near end by the rulebook."""
    try:
        return Day(on, calendar(on=on).add(on, limit("light.near_days", on=on).days).on)
    except Missing:
        return Day(on, on - timedelta(days=1))


def ranked(rows: QuerySet[Case], day: Day) -> QuerySet[Case]:
    """Open cases with `rank`: the place of their tone in WORST_FIRST; `tone_of` says the same."""
    again = Step.objects.filter(case=OuterRef("pk"), state=StepState.OPEN, attempt__gt=1).exclude(role="")
    running = Q(is_held=False)
    rank = Choice(
        When(running & Q(due_on__lt=day.on), then=Value(RANK[RED])),
        When(Exists(again), then=Value(RANK[YELLOW])),
        When(running & Q(due_on__lte=day.near_until), then=Value(RANK[BLUE])),
        default=Value(RANK[OFF]),
        output_field=IntegerField(),
    )
    return rows.annotate(rank=rank)


def tone_of(facts: Facts, day: Day) -> str:
    """The tone alone."""
    if not facts.is_open:
        return RED if facts.late_by > 0 else DONE
    if facts.due_on and not facts.is_held and facts.due_on < day.on:
        return RED
    if facts.attempt > 1:
        return YELLOW
    near = facts.due_on and not facts.is_held and facts.due_on <= day.near_until
    return BLUE if near else OFF


def light_of(facts: Facts, day: Day) -> Light:
    """The light with its word and whom it waits for."""
    tone = tone_of(facts, day)
    return Light(tone, _word(facts, day, tone), _reason(facts, tone))


def _word(facts: Facts, day: Day, tone: str) -> str:
    if not facts.is_open:
        return _closed_word(facts)
    if tone == RED and facts.due_on:
        days = (day.on - facts.due_on).days
        return ngettext("%(days)d day late", "%(days)d days late", days) % {"days": days}
    if tone == YELLOW:
        return _("Back again, time %(n)d") % {"n": facts.attempt}
    if tone == BLUE and facts.due_on:
        days = (facts.due_on - day.on).days
        words = ngettext("%(days)d day left", "%(days)d days left", days)
        return words % {"days": days} if days else _("Due today")
    if facts.is_held:
        return _("Clock held")
    return _("In hand")


def _closed_word(facts: Facts) -> str:
    if facts.late_by < 1:
        return _("Closed")
    words = ngettext("Closed %(days)d day late", "Closed %(days)d days late", facts.late_by)
    return words % {"days": facts.late_by}


def _reason(facts: Facts, tone: str) -> str:
    if not facts.is_open:
        return _("on %(day)s") % {"day": spoken(facts.ended_on)}
    return facts.where


def spoken(day: date | None) -> str:
    """A day as the screen says it."""
    return date_format(day, "DATE_FORMAT") if day else ""
