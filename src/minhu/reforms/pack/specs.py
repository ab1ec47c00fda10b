"""Reforms as a pack writes them; the keys are the names of the fields."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from minhu.packs import Section
from minhu.reforms.states import Category, Domain, Line, Origin, RuleDeed, RuleState, State


@dataclass(frozen=True, slots=True)
class MilestoneSpec:
    """A milestone; with `planned_on` it was postponed to `due_on`, with `accepted_on` it is done."""

    title: str
    due_on: date
    deliverable: str
    acceptor: str
    weight: int = 1
    starts_on: date | None = None
    accepted_on: date | None = None
    planned_on: date | None = None
    postponed_because: str = ""
    handed_in: Literal["", "waiting", "returned"] = ""
    returned_because: str = ""

    def __post_init__(self) -> None:
        if self.weight <= 0:
            raise ValueError(f"weight {self.weight}: a milestone weighs at least 1")
        if self.planned_on and not self.postponed_because:
            raise ValueError("planned_on says it was postponed: postponed_because is missing")
        if self.handed_in == "returned" and not self.returned_because:
            raise ValueError('handed_in = "returned" needs returned_because')
        if self.planned_on and self.planned_on >= self.due_on:
            raise ValueError("planned_on is the first date: it stands before due_on")


@dataclass(frozen=True, slots=True)
class MeasureSpec:
    """A measure with its milestones."""

    title: str
    milestone: tuple[MilestoneSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class RuleSpec:
    """A rule that the reform makes, changes, ends or explains; `replaced_by` is a number."""

    title: str
    deed: RuleDeed = RuleDeed.MADE
    state: RuleState = RuleState.DRAFT
    number: str = ""
    function: str = ""
    in_force_on: date | None = None
    ends_on: date | None = None
    replaced_by: str = ""
    transition_days: int = 0


@dataclass(frozen=True, slots=True)
class ReformSpec:
    """A reform; `answers` are upstream clauses, written `<document number>#<clause path>`."""

    code: str
    name: str
    domain: Domain
    category: Category = Category.KEY
    line: Line | None = None
    problem: str = ""
    goal: str = ""
    indicator: str = ""
    baseline: str = ""
    target: str = ""
    lead: str = ""
    supports: tuple[str, ...] = ()
    leader_post: str = ""
    fund_yuan: int | None = None
    risk: str = ""
    starts_on: date | None = None
    ends_on: date | None = None
    state: State = State.IDEA
    state_reason: str = ""
    merged_into: str = ""
    origin: Origin = Origin.CLAUSE
    origin_note: str = ""
    illustrative: bool = False
    answers: tuple[str, ...] = ()
    measure: tuple[MeasureSpec, ...] = ()
    rule: tuple[RuleSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class InapplicableSpec:
    """A clause (`<document number>#<clause path>`) that two posts agreed does not apply here, and why."""

    clause: str
    reason: str
    asked_by: str
    decided_by: str
    agreed_on: date

    def __post_init__(self) -> None:
        if self.asked_by == self.decided_by:
            raise ValueError(f"{self.asked_by} cannot agree with itself: decided_by is another post")


REFORMS = Section("reforms", "reform", ReformSpec)
INAPPLICABLE = Section("inapplicable", "inapplicable", InapplicableSpec, key=("clause",))
SECTIONS = (REFORMS, INAPPLICABLE)
