"""Gantt charts: one reform over its whole time, and what falls due in the next ninety days."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django.utils.translation import gettext as _

from minhu.reforms.models import Measure, Milestone, Reform
from minhu.reforms.queries.lights import lit, milestones_to_light
from minhu.reforms.states.lights import DONE, RED, Day
from minhu.ui.gantt import Bar, Chart, Diamond, Kind, Row, Shadow

BEFORE = timedelta(days=7)
NINETY = timedelta(days=90)


def reform_chart(reform: Reform, measures: Sequence[Measure], day: Day) -> Chart | None:
    """A row a measure; its milestones (lit, as `stones` of the measure) as bars and diamonds."""
    stones = [stone for measure in measures for stone in measure.stones]
    if not stones:
        return None
    days = [stone.due_on for stone in stones] + [stone.starts_on for stone in stones if stone.starts_on]
    days += [day for day in (reform.starts_on, reform.ends_on) if day]
    rows = tuple(
        Row(label=measure.title, **parts(measure.stones, day)) for measure in measures if measure.stones
    )
    start, end = min(days), max(days)
    today = day.on if start <= day.on <= end else None
    return Chart(start, end, rows, today, _("Measure"))


def parts(stones: Iterable[Milestone], day: Day, *, page: str = "") -> dict[str, Any]:
    """Bars, diamonds and the shadows of the approved plan for some milestones."""
    bars, diamonds, shadows = [], [], []
    for stone in stones:
        url = f"{page}#{stone.anchor}"
        start = stone.starts_on or stone.planned_on
        kind: Kind = "work" if start <= day.on and not stone.is_accepted else "plain"
        bars.append(Bar(start, stone.planned_on, stone.title, kind, url=url))
        if stone.due_on > stone.planned_on:
            bars.append(
                Bar(stone.planned_on + timedelta(days=1), stone.due_on, _("postponed"), "slip", url=url)
            )
            shadows.append(Shadow(start, stone.planned_on))
        tone = stone.light.tone
        diamonds.append(Diamond(stone.due_on, tone if tone in {DONE, RED} else "open", stone.title, url))
    return {"bars": tuple(bars), "diamonds": tuple(diamonds), "shadows": tuple(shadows)}


def ninety_days(day: Day, *, most: int = 12) -> Chart | None:
    """Reforms with something late or due in the next ninety days, the most pressing first."""
    start, end = day.on - BEFORE, day.on + NINETY
    reforms = pressing_reforms(day, end, most)
    if not reforms:
        return None
    stones = milestones_to_light().filter(reform__in=reforms, due_on__gte=start).order_by("due_on", "id")
    by_reform: dict[int, list[Milestone]] = {pk: [] for pk in reforms}
    for stone in lit(stones, day):
        if (stone.starts_on or stone.planned_on) <= end:
            by_reform[stone.reform_id].append(stone)
    rows = tuple(chart_row(found, day) for found in by_reform.values() if found)
    return Chart(start, end, rows, day.on, _("Reform and lead organisation")) if rows else None


def pressing_reforms(day: Day, end: date, most: int) -> list[int]:
    """Keys of the live reforms whose next open milestone in the window comes first."""
    soon = Milestone.objects.promised().filter(due_on__gte=day.on - BEFORE, due_on__lte=end)
    found: dict[int, None] = {}
    for reform in soon.order_by("due_on", "id").values_list("reform", flat=True)[: most * 6]:
        found.setdefault(reform)
    return list(found)[:most]


def chart_row(stones: Sequence[Milestone], day: Day) -> Row:
    """One reform as a line of the chart."""
    reform = stones[0].reform
    page = reform.get_absolute_url()
    lead = reform.lead.short if reform.lead else ""
    return Row(label=reform.name, url=page, sub=lead, **parts(stones, day, page=page))
