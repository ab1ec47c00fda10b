"""What calls and the open pages offer: doors, what an office owes, the front page, names, deeds in words."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minhu.people.rules import Reader
from minhu.rulebook.queries import Missing
from minhu.ui.offers import (
    DeedWord,
    Duty,
    DutySource,
    Finder,
    Found,
    Light,
    Named,
    Nav,
    Panel,
    PanelView,
    PublicDoor,
    ThingLink,
)
from minhu.voices.models import Call
from minhu.voices.queries import calls as reading
from minhu.voices.queries.groups_figures import heard_between
from minhu.voices.queries.limits import day_of
from minhu.voices.queries.open_groups import public_titles
from minhu.voices.queries.outcomes import figures, largest
from minhu.voices.states.calls import Phase

NEAR = 7
"""Days before answers are due from which the light is blue."""


@dataclass(frozen=True, slots=True)
class Left:
    """An open call and how many days are left."""

    row: Call
    left: int


def duties(reader: Reader, on: date) -> Iterable[Duty]:
    """Answers an office owes to comments, and outcomes to be published."""
    if not reader.may_somewhere("manage_calls"):
        return
    for call in reading.owed_by(reader):
        waiting, phase = reading.unanswered_count(call), call.phase(on)
        url = reverse("voices:call_desk", args=[call.code])
        due = reading.answer_due(call, on)
        if waiting:
            words = ngettext("%(n)d comment waits for an answer: %(title)s",
                             "%(n)d comments wait for an answer: %(title)s", waiting)  # fmt: skip
            title = words % {"n": waiting, "title": call.title}
            yield Duty(title, _("taken or not, and why"), url, due, light_of(due, on), order=30)
        elif phase == Phase.WEIGHING:
            title = _("Publish what came of it: %s") % call.title
            yield Duty(title, _("every comment has its answer"), url, due, light_of(due, on), order=30)


def light_of(due: date | None, on: date) -> Light:
    """The light of something due on a day."""
    if due is None or (due - on).days > NEAR:
        return Light("off", _("Not due yet"))
    days = (due - on).days
    if days < 0:
        return Light("red", _("Late"), ngettext("by %(n)d day", "by %(n)d days", -days) % {"n": -days})
    return Light("blue", _("Due soon"), ngettext("%(n)d day left", "%(n)d days left", days) % {"n": days})


def front_panel(_request: Any, _reader: Reader) -> PanelView | None:
    """What was said, what was taken, what is asked now: three facts, each with its page."""
    today = day_of(timezone.now())
    try:
        groups = largest(today, 1)
    except Missing:
        return None
    told = figures(today)
    calls = [Left(row, (row.closes_on - today).days + 1) for row in Call.objects.open_on(today)[:1]]
    if not (groups or told.taken or calls):
        return None
    open_title = public_titles(groups)[groups[0].pk] if groups else ""
    context = {
        "open": open_title, "said": heard_between(today - timedelta(days=29), today), "taken": told.taken,
        "back": told.back, "calls": calls,
    }  # fmt: skip
    return PanelView("voices/_front_panel.html", context)


def found_calls(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Calls by their titles."""
    rows = Call.objects.public().filter(title__icontains=text)[:most]
    return [Found(row.title, row.get_absolute_url(), row.closes_on.isoformat()) for row in rows]


def call_links(keys: Collection[str]) -> dict[str, Named]:
    """Calls by their titles."""
    rows = Call.objects.filter(pk__in=keys)
    return {str(row.pk): (row.title, reverse("voices:call_desk", args=[row.code])) for row in rows}


NAV = [Nav("征", gettext_lazy("Calls for suggestions"), "voices:call_list", 22, "manage_calls")]
PUBLIC = [
    PublicDoor("众", gettext_lazy("What people say"),
               gettext_lazy("What many said the same of, and how far it has come."),
               "voices:open_groups", 3),
    PublicDoor("果", gettext_lazy("What came of it"),
               gettext_lazy("Suggestions taken or not and why; the reforms that took them up."),
               "voices:outcomes", 5),
    PublicDoor("征", gettext_lazy("Calls for suggestions"),
               gettext_lazy("Questions the district asks before it decides."),
               "voices:open_calls", 6),
]  # fmt: skip
DUTIES = [DutySource(duties, 30)]
PANELS = [Panel("site.front", gettext_lazy("These days"), front_panel, 10)]
FIND = [Finder(gettext_lazy("Calls for suggestions"), found_calls, 28)]
THINGS = [ThingLink("voices.call", call_links)]
DEEDS = [
    DeedWord("voices.prepare_call", gettext_lazy("prepared a call for suggestions")),
    DeedWord("voices.change_call", gettext_lazy("changed the call")),
    DeedWord("voices.announce_call", gettext_lazy("announced the call")),
    DeedWord("voices.move_last_day", gettext_lazy("moved the last day of the call")),
    DeedWord("voices.comment_call", gettext_lazy("commented a call")),
    DeedWord("voices.answer_comment", gettext_lazy("answered the comment")),
    DeedWord("voices.publish_outcome", gettext_lazy("published what came of the call")),
]
