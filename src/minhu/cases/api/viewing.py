"""A case as plain values: what its page shows, but for personal values and cases that are out of sight."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from minhu.cases import rules
from minhu.cases.api.papers import hidden
from minhu.cases.api.telling import public_values
from minhu.cases.bridge.clocks import reading_of
from minhu.cases.bridge.compiling import Compiled, of_digest
from minhu.cases.bridge.pages.case_page import clocks_of, facts_of, role_title
from minhu.cases.bridge.pages.clock_views import ClockView
from minhu.cases.bridge.pages.offering import Deed, deeds_of
from minhu.cases.models import Case, Step
from minhu.cases.queries.lights import Day, light_of, today
from minhu.cases.queries.page import Sheet, children_of, known_state, sheet_of
from minhu.cases.queries.queue import QueueRow
from minhu.cases.queries.readings import Readings
from minhu.cases.states import ClockNow, StepState
from minhu.people.models import Holding
from minhu.people.rules import Reader
from minhu.ui.offers import Light

Plain = dict[str, Any]
HEAD = ("number", "title", "matter", "status", "rev", "opened_at", "ended_at", "due_on", "is_held",
        "is_provisional")  # fmt: skip


def desks_of(keys: Sequence[int]) -> dict[tuple[int, str], str]:
    """Case and place → code of the organisation whose desk it lies on."""
    rows = Step.objects.filter(case__in=keys, state=StepState.OPEN, organisation__isnull=False)
    found = rows.values_list("case", "node", "organisation__code")
    return {(case, node): code for case, node, code in found}


def row_of(row: QueueRow, desks: Mapping[tuple[int, str], str]) -> Plain:
    """A case in a list."""
    places = [
        {"place": one.node, "title": one.place, "attempt": one.attempt, "role": one.role,
         "organisation": desks.get((row.case.pk, one.node), "")}
        for one in row.resting
    ]  # fmt: skip
    return head_of(row.case, row.kind.code, row.light) | {"places": places}


def head_of(case: Case, kind: str, light: Light) -> Plain:
    """What lists and pages say alike."""
    said = {"tone": light.tone, "word": str(light.word), "reason": str(light.reason)}
    return {name: getattr(case, name) for name in HEAD} | {"kind": kind, "light": said}


def whole(reader: Reader, case: Case, at: datetime) -> Plain:
    """A case with all that is known of it."""
    sheet, state, day = sheet_of(case), known_state(case), today(at)
    kind, readings = of_digest(state.digest, case.kind_id), Readings(state, at)
    views, _fault = clocks_of(kind, state, readings, day)
    deeds = deeds_of(kind, state, rules.doer_of(reader), at, readings)
    near = Case.objects.filter(rules.visible(reader)).select_related("kind")
    parent = near.filter(pk=case.parent_id).first() if case.parent_id else None
    return head_of(case, case.kind.code, light_of(facts_of(case, kind, sheet, views), day)) | {
        "version": case.kind.version, "opener": case.opener.code if case.opener else None, "end": case.end,
        "places": places_of(kind, sheet),
        "values": public_values(kind, {one.key: one.value for one in sheet.data}),
        "personal": [
            {"code": one.key, "title": kind.title(one.key), "purpose": one.purpose,
             "keep_until": one.keep_until, "is_erased": one.erased_at is not None}
            for one in sheet.personal
        ],
        "clocks": [clock_of(kind, one, day, views, readings) for one in state.clocks],
        "parties": parties_of(kind, sheet),
        "papers": papers_of(case, sheet),
        "parent": related(parent) if parent else None,
        "children": [related(one) for one in children_of(case).filter(rules.visible(reader))],
        "deeds": [deed_of(one) for one in deeds],
    }  # fmt: skip


def places_of(kind: Compiled, sheet: Sheet) -> list[Plain]:
    """Where it rests now, and who works there; milestones stay marked, but nobody works at them."""
    passed = {code for code, place in kind.places.items() if place.kind in ("milestone", "end")}
    return [
        {"place": one.node, "title": kind.title(one.node), "attempt": one.attempt, "role": one.role,
         "organisation": one.organisation.code if one.organisation else "", "since": one.entered_at,
         "post": post_of(one)}
        for one in sheet.steps if one.state == StepState.OPEN and one.node not in passed
    ]  # fmt: skip


def post_of(step: Step) -> str | None:
    """The post from which somebody works on a step: no person is told outside."""
    if step.assignee_id is None:
        return None
    held = Holding.objects.current().filter(user=step.assignee_id, post__organisation=step.organisation_id)
    return held.order_by("pk").values_list("post__code", flat=True).first()


def parties_of(kind: Compiled, sheet: Sheet) -> list[Plain]:
    """Who takes part, by role; an office that the kind itself names is told once it had the case."""
    had = {step.role for step in sheet.steps}
    found: dict[str, list[str]] = {}
    for part in sheet.parts:
        spec = kind.roles.get(part.role)
        if part.role in had or not (spec and spec.organisation):
            found.setdefault(part.role, []).append(part.organisation.code)
    return [
        {"role": role, "title": role_title(kind, role), "organisations": codes}
        for role, codes in found.items()
    ]


def papers_of(case: Case, sheet: Sheet) -> list[Plain]:
    """Its papers, those apart that were handed in for a personal field."""
    away = hidden(case, list(sheet.papers))
    names = ("code", "title", "number", "is_made", "media_type", "size", "sha256", "made_at", "rev")
    return [
        {"id": row.pk} | {name: getattr(row, name) for name in names}
        for row in sheet.papers if row.pk not in away
    ]  # fmt: skip


def clock_of(
    kind: Compiled, row: ClockNow, day: Day, views: Sequence[ClockView], readings: Readings
) -> Plain:
    """A clock; without a calendar it is told as it was counted last."""
    view = next((one for one in views if one.row is row), None)
    reading = reading_of(row, readings.calendar(), day.on) if view else None
    names = ("code", "attempt", "state", "count", "unit", "basis", "strength", "started_on", "stopped_on")
    holds = view.holds if view else ()
    return {name: getattr(row, name) for name in names} | {
        "title": kind.clocks[row.code].title if row.code in kind.clocks else row.code,
        "due_on": view.due_on if view else row.due_on,
        "is_provisional": view.is_provisional if view else row.is_provisional,
        "spent": max(reading.spent, 0) if reading else None, "left": reading.left if reading else None,
        "word": str(view.light.word) if view else "",
        "holds": [
            {"title": one.title, "clause": one.clause, "document": one.document, "since": one.since,
             "until": one.until}
            for one in holds
        ],
    }  # fmt: skip


def related(case: Case) -> Plain:
    """Another case in short."""
    return {"number": case.number, "kind": case.kind.code, "title": case.title, "status": case.status}


def deed_of(deed: Deed) -> Plain:
    """A step where the case is now."""
    return {
        "step": deed.step.code, "title": deed.title, "place": deed.place, "attempt": deed.attempt,
        "may": deed.may, "why_not": deed.why, "who": deed.who, "asks": deed.step.asks,
        "assigns": deed.step.assigns, "is_serious": deed.step.serious,
    }  # fmt: skip
