"""What the cockpit shows of reforms: what is late and why, the next ninety days, what is fixed in rules."""

from collections.abc import Iterable
from datetime import date

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.people.rules import Reader
from minhu.reforms.models import Milestone
from minhu.reforms.queries.charts import ninety_days
from minhu.reforms.queries.lateness import late_milestones, near_milestones
from minhu.reforms.queries.lights import day_of
from minhu.reforms.queries.shares import milestones_by_tone, share_fixed_in_rules
from minhu.reforms.states.lights import BLUE, DONE, OFF, RED, YELLOW, Day
from minhu.ui.offers import FigureView, PanelView, Part, Segment, sentence

LATE_SHOWN = 6
NEAR_SHOWN = 3


def today_for(reader: Reader, on: date) -> Day:
    """The day on which lights are judged, read once a page."""
    return reader.once(("reforms.day", on), lambda: day_of(on))


def tones_for(reader: Reader, on: date) -> dict[str, int]:
    """Milestones by tone, counted once a page."""
    return reader.once(("reforms.tones", on), lambda: milestones_by_tone(today_for(reader, on)))


def latest_for(reader: Reader, on: date) -> list[Milestone]:
    """The milestones late longest, read once a page."""
    return reader.once(("reforms.late", on), lambda: late_milestones(today_for(reader, on), most=LATE_SHOWN))


def late_figure(reader: Reader, on: date) -> FigureView | None:
    """How many milestones are late, among all there are."""
    if not reader.may("see_ledger"):
        return None
    tones = tones_for(reader, on)
    if not sum(tones.values()):
        return None
    words = {
        DONE: _("accepted"), OFF: _("not due yet"), BLUE: _("due soon"), YELLOW: _("postponed or returned"),
        RED: _("late"),
    }  # fmt: skip
    made = _("%(all)s milestones: %(done)s accepted, %(blue)s due soon, %(yellow)s postponed or returned") % {
        "all": sum(tones.values()), "done": tones[DONE], "blue": tones[BLUE], "yellow": tones[YELLOW],
    }  # fmt: skip
    return FigureView(
        value=tones[RED],
        unit=ngettext("milestone late", "milestones late", tones[RED]),
        tone=RED if tones[RED] else "",
        sentence=made,
        url=reverse("reforms:late"),
        segments=tuple(Segment(tones[tone], tone, words[tone]) for tone in words),
    )


def rules_figure(reader: Reader, on: date) -> FigureView | None:
    """How many finished reforms are fixed in a rule."""
    share = share_fixed_in_rules()
    if not reader.may("see_ledger") or not share.whole:
        return None
    rest = share.whole - share.part
    return FigureView(
        value=share.part,
        unit=ngettext(
            "of %(n)d finished reform fixed in a rule",
            "of %(n)d finished reforms fixed in a rule",
            share.whole,
        )
        % {"n": share.whole},
        sentence=_("A rule made, changed or ended, with its number and its day; drafts do not count."),
        url=f"{reverse('reforms:ledger')}?state=closed",
        segments=(Segment(share.part, DONE, _("fixed in a rule")), Segment(rest, OFF, _("not fixed yet"))),
    )


def opening(reader: Reader, on: date) -> Iterable[Part]:
    """One sentence on what is late, and on the one that has been late longest."""
    if not reader.may("see_ledger"):
        return ()
    tones = tones_for(reader, on)
    still_open = sum(tones.values()) - tones[DONE]
    if not still_open:
        return ()
    late = Part(str(tones[RED]), reverse("reforms:late"), late=tones[RED] > 0)
    every = Part(str(still_open), reverse("reforms:ledger"))
    if not tones[RED]:
        return sentence(_("Of {all} open milestones none is late."), all=every)
    longest = latest_for(reader, on)[0]
    words = ngettext(
        "Of {all} open milestones {late} is late, by {days} days: {reason}.",
        "Of {all} open milestones {late} are late, the longest by {days} days: {reason}.",
        tones[RED],
    )
    days = Part(str((on - longest.due_on).days), longest.get_absolute_url())
    return sentence(words, all=every, late=late, days=days, reason=longest.light.reason)


def late_panel(on: date, reader: Reader) -> PanelView | None:
    """The milestones late longest, each with its reason; then the nearest."""
    if not reader.may("see_ledger"):
        return None
    late = latest_for(reader, on)
    near = near_milestones(today_for(reader, on), most=max(NEAR_SHOWN, LATE_SHOWN - len(late)))
    context = {"rows": [*late, *near]}
    note = _("the reason is read from proofs and their acceptors")
    return PanelView("reforms/_late_panel.html", context, note, reverse("reforms:late"), _("All of them"))


def ninety_days_panel(on: date, reader: Reader) -> PanelView | None:
    """What falls due in the next ninety days, as a plan over time."""
    chart = ninety_days(today_for(reader, on)) if reader.may("see_ledger") else None
    if chart is None:
        return None
    note = _("the twelve reforms with the nearest dates; diamonds are milestones")
    return PanelView(
        "reforms/_ninety_panel.html", {"chart": chart}, note, reverse("reforms:ledger"), _("Ledger")
    )
