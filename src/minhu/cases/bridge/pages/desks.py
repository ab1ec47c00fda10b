"""Whose desks a case lies on and who works on it there; what was erased of it, by whom, on what ground."""

from dataclasses import dataclass
from datetime import datetime

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.bridge.pages.telling import tell
from minhu.cases.models import PersonalDatum
from minhu.cases.queries.page import Sheet
from minhu.cases.states import Doer, StepState
from minhu.people.states import Role


@dataclass(frozen=True, slots=True)
class Desk:
    """A place the case is at, on the desk of an organisation; `person`: the account that works on it."""

    place: str
    title: str
    organisation: str
    person: str
    may_name: bool


@dataclass(frozen=True, slots=True)
class Erased:
    """An erasure: when, by whom, on what ground."""

    at: datetime
    who: str
    ground: str


@dataclass(frozen=True, slots=True)
class Masked:
    """A personal value that is shown only when it is opened; `erased`: how it went, if it did."""

    row: PersonalDatum
    title: str
    words: str = ""
    erased: Erased | None = None


def desks_of(kind: Compiled, sheet: Sheet, by: Doer) -> tuple[Desk, ...]:
    """The desks a case lies on; who works there is named by the organisation itself, never by auditors."""
    return tuple(
        Desk(
            place=step.node,
            title=kind.title(step.node),
            organisation=step.organisation.short,
            person=step.assignee.get_username() if step.assignee else "",
            may_name=step.organisation.code == by.actor.organisation and by.role != Role.AUDITOR,
        )
        for step in sheet.steps
        if step.state == StepState.OPEN and step.organisation is not None
    )


def masked_of(kind: Compiled, sheet: Sheet) -> tuple[Masked, ...]:
    """The personal values of a case by their titles; of what was erased, its last erasure."""
    erased: dict[str, Erased] = {}
    for entry in sheet.entries:
        if entry.deed == "cases.erase_personal":
            told = Erased(entry.at, tell(kind, entry, sheet).who, str(entry.payload.get("ground", "")))
            erased |= dict.fromkeys(entry.payload.get("keys", ()), told)
    return tuple(
        Masked(row, kind.title(row.key), erased=erased.get(row.key) if row.erased_at else None)
        for row in sheet.personal
    )
