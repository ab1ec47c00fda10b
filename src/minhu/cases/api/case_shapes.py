"""How a case looks to programs: where it rests, its clocks, what may be done; never a personal value."""

from datetime import date, datetime
from typing import Literal

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from minhu.cases.api.kind_shapes import SAYS_ASKS, SAYS_ASSIGNS
from minhu.cases.states import ClockState, Status

Tone = Literal["red", "yellow", "blue", "done", "off"]
Value = str | bool | int | None


class LightShape(Schema):
    """A light."""

    tone: Tone
    word: str
    reason: str


class RestingShape(Schema):
    """Where a case rests."""

    place: str
    title: str
    attempt: int = Field(description=gettext_noop("How often it has come there, this time counted."))
    role: str
    organisation: str = Field(description=gettext_noop("Code of the organisation whose desk it lies on."))


class CaseRowShape(Schema):
    """A case in a list."""

    number: str
    kind: str = Field(description=gettext_noop("Code of the kind."))
    title: str
    matter: str
    status: Status
    rev: int = Field(description=gettext_noop("The revision: send it with a step."))
    opened_at: datetime
    ended_at: datetime | None
    due_on: date | None = Field(description=gettext_noop("Last day of the first clock, while it runs."))
    is_held: bool
    is_provisional: bool = Field(description=gettext_noop("Counted with a calendar not yet published."))
    light: LightShape
    places: list[RestingShape]


class HoldShape(Schema):
    """What held a clock."""

    title: str
    clause: str
    document: str
    since: date
    until: date | None


class ClockShape(Schema):
    """A clock of a case, as the law stood when it began."""

    code: str
    title: str
    attempt: int
    state: ClockState
    count: int
    unit: str
    basis: str
    strength: str = Field(
        description=gettext_noop("law, regulation, local, or assumed: nobody read a source.")
    )
    started_on: date
    due_on: date
    stopped_on: date | None
    spent: int | None = Field(description=gettext_noop("Units spent until today."))
    left: int | None = Field(description=gettext_noop("Units left; below 0: too late. Null: no calendar."))
    is_provisional: bool
    word: str
    holds: list[HoldShape]


class PartyShape(Schema):
    """A role and who has it."""

    role: str
    title: str
    organisations: list[str] = Field(description=gettext_noop("Codes of organisations."))


class PersonalShape(Schema):
    """That a personal value is there; what it is, only the page tells, and the record says who looked."""

    code: str
    title: str
    purpose: str
    keep_until: date
    is_erased: bool


class PaperShape(Schema):
    """A paper."""

    id: int
    code: str
    title: str
    number: str
    is_made: bool = Field(description=gettext_noop("Whether a step made it; else it was handed in."))
    media_type: str
    size: int
    sha256: str
    made_at: datetime
    rev: int


class RelatedShape(Schema):
    """Another case that this reader sees."""

    number: str
    kind: str
    title: str
    status: Status


class DeedShape(Schema):
    """A step where the case is now."""

    step: str
    title: str
    place: str
    attempt: int
    may: bool = Field(description=gettext_noop("Whether the post of this token may do it now."))
    why_not: str = Field(description=gettext_noop("What stands against it, in words."))
    who: str = Field(description=gettext_noop("Who does it, in words."))
    asks: list[str] = Field(description=SAYS_ASKS)
    assigns: list[str] = Field(description=SAYS_ASSIGNS)
    is_serious: bool = Field(description=gettext_noop("Whether a page asks twice before it is done."))


class WorkShape(RestingShape):
    """Where a case rests, and who works on it."""

    since: datetime
    post: str | None = Field(description=gettext_noop("Code of the post that works on it, if one was named."))


class CaseShape(CaseRowShape):
    """A case with all that is known of it, but for personal values."""

    version: str = Field(description=gettext_noop("The version of its kind, in short."))
    opener: str | None = Field(description=gettext_noop("Code of the organisation that opened it."))
    end: str = Field(description=gettext_noop("Code of the place where it ended, or empty."))
    places: list[WorkShape]  # type: ignore[assignment]
    values: dict[str, Value] = Field(description=gettext_noop("By code of the field; a file by its digest."))
    personal: list[PersonalShape]
    clocks: list[ClockShape]
    parties: list[PartyShape]
    papers: list[PaperShape]
    parent: RelatedShape | None = Field(description=gettext_noop("The case this one serves, if it is seen."))
    children: list[RelatedShape] = Field(description=gettext_noop("Cases that serve this one, those seen."))
    deeds: list[DeedShape] = Field(description=gettext_noop("What is to be done where it is now."))


class EventShape(Schema):
    """What happened at a place."""

    what: str = Field(description=gettext_noop("fired, left, entered, reached, ended, and so on."))
    code: str
    attempt: int


class TickShape(Schema):
    """What happened to a clock."""

    clock: str
    what: str
    on: date
    due_on: date | None


class EntryShape(Schema):
    """One deed of the record of a case."""

    seq: int
    at: datetime
    deed: str
    step: str
    title: str
    rev: int | None
    post: str = Field(description=gettext_noop("Code of the post that did it; “system”: by itself."))
    organisation: str
    asked: int = Field(description=gettext_noop("How many values had to be typed."))
    values: dict[str, Value]
    personal: list[str] = Field(description=gettext_noop("Codes of personal values that were given."))
    assigns: dict[str, list[str]]
    papers: list[str]
    events: list[EventShape]
    clocks: list[TickShape]
