"""How a case stands at the end of a trace, against what the trace expects."""

from collections.abc import Iterator, Mapping
from datetime import date
from decimal import Decimal
from typing import Any

from minhu.cases.bridge.compiling import compiled
from minhu.cases.bridge.pages.clock_views import view_of
from minhu.cases.bridge.values import spelled
from minhu.cases.models import Case, Clock, Kind
from minhu.cases.states import StepState
from minhu.rulebook.queries import calendar, limit

MARK = "try-"


def differences(case: Case, kind: Kind, then: Mapping[str, object], on: date) -> Iterator[tuple[str, str]]:
    """What is otherwise than expected, by the key that expected it."""
    if "places" in then:
        here = sorted(case.steps.filter(state=StepState.OPEN).values_list("node", flat=True))
        yield from unlike("places", sorted(map(str, listed(then["places"]))), here)
    if "end" in then:
        yield from unlike("end", str(then["end"]), case.end or "nothing")
    if "values" in then:
        yield from unlike_each("values", then["values"], dict(case.data.values_list("key", "value")))
    if "due" in then:
        dues = {clock.code: clock.due_on for clock in case.clocks.order_by("pk")}
        yield from unlike_each("due", then["due"], {key: one.isoformat() for key, one in dues.items()})
    if "lights" in then:
        yield from unlike_each("lights", then["lights"], lights(case, kind, on))
    if "papers" in then:
        made = case.papers.filter(is_made=True).order_by("pk")
        numbers = [paper.number.removeprefix(MARK) or paper.title for paper in made]
        yield from unlike("papers", list(map(str, listed(then["papers"]))), numbers)


def unlike(key: str, wanted: object, got: object) -> Iterator[tuple[str, str]]:
    """One thing expected."""
    if wanted != got:
        yield key, f"expected {said(wanted)}, got {said(got)}"


def unlike_each(key: str, wanted: object, got: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Several things expected, each by its name; those not named are free."""
    for name, value in wanted.items() if isinstance(wanted, dict) else ():
        expected, found = plain(value), got.get(name)
        if expected != found:
            yield key, f"{name}: expected {said(expected)}, got {said(found)}"


def plain(value: object) -> object:
    """A value of a pack as a case keeps it: numbers and days in their one spelling."""
    if isinstance(value, bool) or value is None:
        return value
    if isinstance(value, int | Decimal):
        return spelled(Decimal(value))
    return value.isoformat() if isinstance(value, date) else value or None


def said(value: object) -> str:
    """A value in words."""
    if isinstance(value, list):
        return ", ".join(map(str, value)) or "none"
    return "nothing" if value is None else str(value)


def listed(value: object) -> list[object]:
    """A list, or one thing as a list."""
    return list(value) if isinstance(value, list | tuple) else [value]


def lights(case: Case, kind: Kind, on: date) -> dict[str, str]:
    """The tone of every clock at the end of a day."""
    return {clock.code: tone_of(clock, kind, on) for clock in case.clocks.order_by("pk")}


def tone_of(clock: Clock, kind: Kind, on: date) -> str:
    """The tone of one clock at the end of a day."""
    near = limit("light.near_days", on=on).days
    row: Any = clock
    return str(view_of(compiled(kind), row, calendar(on=on), on, near).light.tone)
