"""How a kind of case looks to programs: everything that its cases will ask of them."""

from typing import Any, Literal

from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

SAYS_ASKS = gettext_noop("Codes of the fields it asks for; one that ends in “?” may be left out.")
SAYS_ASSIGNS = gettext_noop("Roles whose organisations are chosen; one that ends in “?” may be left out.")


class KindRowShape(Schema):
    """A kind in a list."""

    code: str
    title: str
    group: str
    summary: str
    basis: str
    version: str = Field(description=gettext_noop("The version in short; a case keeps the one it has."))
    is_confidential: bool
    may_open: bool = Field(description=gettext_noop("Whether the post of this token may open one."))
    open_cases: int = Field(description=gettext_noop("Open cases that the post of this token sees."))


class ChoiceShape(Schema):
    """One answer of a choice."""

    value: str
    title: str


class FieldShape(Schema):
    """A value that cases of this kind have."""

    code: str
    title: str
    type: Literal["text", "long", "number", "date", "choice", "flag", "organisation", "file"]
    choices: list[ChoiceShape]
    unit: str
    help: str
    is_personal: bool = Field(description=gettext_noop("Kept apart, never shown here, erased in time."))
    purpose: str


class RoleShape(Schema):
    """Who may do what belongs to a role."""

    code: str
    title: str
    posts: list[str] = Field(description=gettext_noop("Roles of posts that may act for it."))
    organisation: str = Field(description=gettext_noop("Code of the one organisation that has it, if any."))
    is_assigned: bool = Field(description=gettext_noop("Whether a step says which organisations have it."))
    is_many: bool


class PlaceShape(Schema):
    """Where a case rests."""

    code: str
    title: str
    kind: Literal["start", "end", "task", "wait", "route", "milestone"]
    role: str
    pauses: str = Field(description=gettext_noop("The reason for which clocks are held here, if any."))


class StepShape(Schema):
    """A step: from which places to which, who may do it and what it asks. Places and steps are the net."""

    code: str
    title: str
    by_itself: bool = Field(description=gettext_noop("Whether no post does it."))
    on: str = Field(description=gettext_noop("What sets it off, if no post does: auto, a timer, a signal."))
    role: str = Field(description=gettext_noop("Code of the role that does it."))
    who: str = Field(description=gettext_noop("Who does it, in words."))
    takes: list[str]
    puts: list[str]
    reads: list[str]
    clears: list[str]
    guard: str = Field(description=gettext_noop("The condition, as the pack writes it."))
    guard_words: str = Field(description=gettext_noop("The condition in words."))
    asks: list[str] = Field(description=SAYS_ASKS)
    assigns: list[str] = Field(description=SAYS_ASSIGNS)
    apart: list[str] = Field(description=gettext_noop("Steps whose doers may not do this one."))
    paper: str = Field(description=gettext_noop("Code of the paper it makes, if any."))
    is_serious: bool = Field(description=gettext_noop("Whether a page asks twice before it is done."))


class KindLimitShape(Schema):
    """What the rulebook says today."""

    choice: str = Field(description=gettext_noop("For which answer of the field that tells them apart."))
    value: str | None = Field(description=gettext_noop("Null: the rulebook has no such limit."))
    unit: str
    basis: str
    article: str
    strength: str


class KindClockShape(Schema):
    """A clock with its legal basis."""

    code: str
    title: str
    is_first: bool = Field(description=gettext_noop("Whether the light comes from it."))
    limits: list[KindLimitShape]
    starts: list[str] = Field(description=gettext_noop("Steps or places that start it."))
    stops: list[str]
    pauses: list[str] = Field(description=gettext_noop("Reasons for which it is held."))


class KindPaperShape(Schema):
    """A paper that a step makes."""

    code: str
    title: str
    form: str
    number: str


class KindShape(KindRowShape):
    """A kind with everything its cases need."""

    headline: str = Field(description=gettext_noop("The field that names a case."))
    matter: str = Field(description=gettext_noop("The field whose value is a matter of the powers, if any."))
    opens: list[str] = Field(description=gettext_noop("Roles of posts that may open one."))
    opened_by: list[str] = Field(description=gettext_noop("Only these organisations; empty: any."))
    asks: list[str] = Field(description=SAYS_ASKS)
    assigns: list[str] = Field(description=SAYS_ASSIGNS)
    fields: list[FieldShape]
    roles: list[RoleShape]
    places: list[PlaceShape]
    steps: list[StepShape]
    clocks: list[KindClockShape]
    papers: list[KindPaperShape]
    bpmn: str = Field(description=gettext_noop("Address of the same as BPMN 2.0."))


Plain = dict[str, Any]
