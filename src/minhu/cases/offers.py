"""What cases offer to pages that do not know them."""

from collections.abc import Collection, Iterable, Iterator
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from minhu.cases import rules
from minhu.cases.models import Case, Kind, Power
from minhu.cases.queries.lights import BLUE, OFF, RED, YELLOW, day_with_near
from minhu.cases.queries.outbox import count_letters, links_to_hand_over
from minhu.cases.queries.queue import Filters, Queue, QueueRow
from minhu.cases.queries.statistics import share_in_time
from minhu.people.rules import Reader
from minhu.ui.offers import (
    DeedWord,
    Duty,
    DutySource,
    EdgeSource,
    Figure,
    FigureView,
    Finder,
    Found,
    Light,
    Named,
    Nav,
    Opening,
    Part,
    Segment,
    ThingLink,
    sentence,
)

MOST_DUTIES = 60


def queue_for(reader: Reader, on: date) -> Queue:
    """The queue of a reader on a day, made once a page."""
    return reader.once(("cases.queue", on), lambda: Queue(reader, day_with_near(on)))


def tones_for(reader: Reader, on: date) -> dict[str, int]:
    """Open cases by tone, counted once a page."""
    queue = queue_for(reader, on)
    return reader.once(("cases.tones", on), lambda: queue.tones(queue.shown("open")))


def duties(reader: Reader, on: date) -> Iterable[Duty]:
    """Cases on the own desk, then those that others have to move."""
    if not reader.may("see_cases", organisation=reader.organisation):
        return
    queue = queue_for(reader, on)
    if reader.may("act_in_case", organisation=reader.organisation):
        mine = set(queue.mine().values_list("case", flat=True))
        rows = first_rows(queue, "desk", mine)
        yield from (duty_of(row, waits=False, mine=row.case.pk in mine) for row in rows)
    yield from (duty_of(row, waits=True) for row in first_rows(queue, "waits"))


def first_rows(queue: Queue, show: str, before: Collection[int] = ()) -> list[QueueRow]:
    """The most pressing rows of a tab; `before`: cases that come first all the same."""
    filters = Filters(show=show)
    rows = queue.matching(filters)
    keys = list(queue.keys(rows.filter(pk__in=before), filters)[:MOST_DUTIES]) if before else []
    keys += queue.keys(rows.exclude(pk__in=before), filters)[: MOST_DUTIES - len(keys)]
    return queue.rows(keys)


def duty_of(row: QueueRow, *, waits: bool, mine: bool = False) -> Duty:
    """A case as a duty."""
    url = reverse("cases:case", args=[row.case.number])
    why = row.kind.title if row.light.reason else f"{row.kind.title} · {row.where}"
    why = _("assigned to you · %(why)s") % {"why": why} if mine else why
    return Duty(row.case.title, why, url, row.due_on, row.light, waits, 25, mine)


def letters_waiting(reader: Reader, on: date) -> Iterable[Duty]:
    """For the reform office: what the worker could not deliver."""
    count = count_letters() if reader.may("retry_effect") else 0
    if count:
        words = ngettext("%(n)s letter could not be delivered", "%(n)s letters could not be delivered", count)
        why = _("the worker gave them up: look why, try again or lay aside")
        light = Light(RED, _("Given up"))
        yield Duty(words % {"n": count}, why, reverse("cases:letters"), light=light, order=15)


def links_waiting(reader: Reader, on: date) -> Iterable[Duty]:
    """For whoever opened a case: the link of the rating that must be handed to its author."""
    if not reader.may("act_in_case", organisation=reader.organisation):
        return
    for effect in links_to_hand_over(reader)[:MOST_DUTIES]:
        title = _("Hand over the link of the rating: %s") % effect.case.title
        url, light = reverse("cases:letters_link", args=[effect.pk]), Light(OFF, _("Not handed over"))
        yield Duty(title, _("its author left no address"), url, light=light, order=35)


def found_cases(text: str, reader: Reader, most: int) -> Iterable[Found]:
    """Cases this reader may see that hold the words."""
    if not reader.may("see_cases", organisation=reader.organisation):
        return []
    rows = Case.objects.filter(rules.visible(reader)).select_related("kind").defer("kind__spec")
    for word in text.split():
        rows = rows.filter(Q(title__icontains=word) | Q(number__icontains=word))
    return [
        Found(row.title, reverse("cases:case", args=[row.number]), f"{row.kind.title} · {row.number}")
        for row in rows[:most]
    ]


def case_links(keys: Collection[str]) -> dict[str, Named]:
    """Cases by their titles; of a confidential kind by the number alone."""
    rows = Case.objects.filter(pk__in=keys).values_list("pk", "title", "number", "kind__is_confidential")
    return {
        str(pk): (number if hidden else title, reverse("cases:case", args=[number]))
        for pk, title, number, hidden in rows
    }


def kind_links(keys: Collection[str]) -> dict[str, Named]:
    """Versions of kinds by their titles."""
    rows = Kind.objects.filter(pk__in=keys)
    return {
        str(row.pk): (
            f"{row.title} {row.version}",
            reverse("cases:kind", args=[row.code]) + ("" if row.is_current else f"?version={row.version}"),
        )
        for row in rows
    }


def power_links(keys: Collection[str]) -> dict[str, Named]:
    """Powers by matter and place."""
    rows = Power.objects.filter(pk__in=keys).select_related("place")
    return {str(row.pk): (str(row), reverse("cases:powers")) for row in rows}


def opened_edges() -> Iterator[tuple[str, str, datetime]]:
    """Case → the cases opened from it."""
    rows = Case.objects.exclude(parent=None).order_by("pk").values_list("parent", "pk", "opened_at")
    for parent, pk, since in rows.iterator():
        yield f"cases.case:{parent}", f"cases.case:{pk}", since


def late_figure(reader: Reader, on: date) -> FigureView | None:
    """How many open cases are overdue, among all that are open."""
    if not reader.may("see_cases"):
        return None
    tones = tones_for(reader, on)
    if not sum(tones.values()):
        return None
    words = {OFF: _("in hand"), BLUE: _("due soon"), YELLOW: _("back again"), RED: _("late")}
    made = _("%(all)s open cases: %(blue)s due soon, %(yellow)s back again") % {
        "all": sum(tones.values()), "blue": tones[BLUE], "yellow": tones[YELLOW],
    }  # fmt: skip
    return FigureView(
        value=tones[RED],
        unit=ngettext("case overdue", "cases overdue", tones[RED]),
        tone=RED if tones[RED] else "",
        sentence=made,
        url=f"{reverse('cases:queue')}?show=open&light=red",
        segments=tuple(Segment(tones[tone], tone, words[tone]) for tone in words),
    )


def time_figure(reader: Reader, on: date) -> FigureView | None:
    """The share of clocks that were stopped in time in the last year, with its denominator."""
    good, whole = share_in_time(reader, on) if reader.may("see_cases") else (0, 0)
    if not whole:
        return None
    return FigureView(
        value=f"{100 * good / whole:.1f}",
        unit=_("% in time"),
        sentence=_("%(part)s of %(whole)s clocks that stopped within a year; held days do not count")
        % {"part": good, "whole": whole},
        url=f"{reverse('cases:queue')}?show=ended",
        segments=(Segment(good, "done", _("in time")), Segment(whole - good, RED, _("late"))),
    )


def opening(reader: Reader, on: date) -> Iterable[Part]:
    """One sentence on open cases."""
    if not reader.may("see_cases"):
        return ()
    tones = tones_for(reader, on)
    total = sum(tones.values())
    if not total:
        return ()
    url = reverse("cases:queue")
    late = Part(str(tones[RED]), f"{url}?show=open&light=red", late=tones[RED] > 0)
    words = ngettext(
        "Of {all} open case {late} is overdue.", "Of {all} open cases {late} are overdue.", total
    )
    return sentence(words, all=Part(str(total), f"{url}?show=open"), late=late)


NAV = [Nav("办", gettext_lazy("Cases"), "cases:queue", 50, "see_cases")]
DUTIES = [DutySource(duties, 20), DutySource(letters_waiting, 15), DutySource(links_waiting, 35)]
FIND = [Finder(gettext_lazy("Cases"), found_cases, 20)]
THINGS = [
    ThingLink("cases.case", case_links),
    ThingLink("cases.kind", kind_links),
    ThingLink("cases.power", power_links),
]
EDGES = [EdgeSource("opened_case", opened_edges)]
FIGURES = [
    Figure(30, gettext_lazy("Which cases are overdue?"), late_figure),
    Figure(40, gettext_lazy("Are cases closed in time?"), time_figure),
]
OPENINGS = [Opening(30, opening)]
DEEDS = [
    DeedWord("cases.open", gettext_lazy("opened the case")),
    DeedWord("cases.act", gettext_lazy("did a step of the case")),
    DeedWord("cases.open_personal", gettext_lazy("looked at the personal values of the case")),
    DeedWord("cases.erase_personal", gettext_lazy("erased personal values of the case")),
    DeedWord("cases.assign_person", gettext_lazy("named who works on it")),
    DeedWord("cases.rate", gettext_lazy("rated how it was handled")),
    DeedWord("cases.publish_kind", gettext_lazy("published a version of a kind of case")),
    DeedWord("cases.load_power", gettext_lazy("entered a power into the list")),
    DeedWord("cases.move", gettext_lazy("moved the case to another version of its kind")),
    DeedWord("cases.retry_effect", gettext_lazy("tried again what could not be delivered")),
    DeedWord("cases.close_effect", gettext_lazy("laid aside what could not be delivered")),
    DeedWord("cases.retry_timer", gettext_lazy("let a timer run out again")),
    DeedWord("cases.close_timer", gettext_lazy("put a timer off for good")),
    DeedWord("cases.hand_over_link", gettext_lazy("handed over the link of the rating")),
]
