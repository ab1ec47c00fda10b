"""Kinds of case as a pack writes them: roles, fields, places, steps, clocks, tables, papers, traces."""

from dataclasses import dataclass
from datetime import date
from typing import Literal

from minhu.packs.kind_parts import (
    AUTOMATIC,
    OPENER,
    ChoiceSpec,
    ClockSpec,
    EffectSpec,
    FieldSpec,
    FieldType,
    InputSpec,
    LeadSpec,
    OutputSpec,
    PaperSpec,
    PauseSpec,
    PlaceSpec,
    RoleSpec,
    RowSpec,
    SpacingSpec,
    StepSpec,
    TableSpec,
    TimerSpec,
)
from minhu.packs.kind_traces import CaseDeedSpec, CaseSpec, DoSpec, TraceSpec
from minhu.packs.sections import Section

__all__ = [
    "AUTOMATIC",
    "CASES",
    "KINDS",
    "OPENER",
    "POWERS",
    "CaseDeedSpec",
    "CaseSpec",
    "ChoiceSpec",
    "ClockSpec",
    "DoSpec",
    "EffectSpec",
    "FieldSpec",
    "FieldType",
    "InputSpec",
    "KindSpec",
    "LeadSpec",
    "OutputSpec",
    "PaperSpec",
    "PauseSpec",
    "PlaceSpec",
    "PowerSpec",
    "RoleSpec",
    "RowSpec",
    "SpacingSpec",
    "StepSpec",
    "TableSpec",
    "TimerSpec",
    "TraceSpec",
]


@dataclass(frozen=True, slots=True)
class KindSpec:
    """A kind of case. `opens`: roles of posts that may open one; `opened_by`: by which organisations, if
    not any. `asks` and `assigns`: as in a step. `headline`: the field that names a case. `matter`: the field
    whose value is a matter of the list of powers: a town or street is then assigned only where that list has
    it answer for the matter. `confidential`: seen by its parties and `readers` (roles of posts) alone.
    `beside`: groups of places that are meant to run side by side: that they can is checked. `about`: what it
    may be about (`reforms.milestone`, …): offered there, with what is known filled in.
    """

    code: str
    title: str
    summary: str
    headline: str
    basis: str
    group: str = ""
    opens: tuple[str, ...] = ("office", "lead")
    opened_by: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ()
    matter: str = ""
    about: tuple[str, ...] = ()
    confidential: bool = False
    readers: tuple[str, ...] = ()
    beside: tuple[tuple[str, ...], ...] = ()
    field: tuple[FieldSpec, ...] = ()
    role: tuple[RoleSpec, ...] = ()
    place: tuple[PlaceSpec, ...] = ()
    step: tuple[StepSpec, ...] = ()
    timer: tuple[TimerSpec, ...] = ()
    pause: tuple[PauseSpec, ...] = ()
    clock: tuple[ClockSpec, ...] = ()
    table: tuple[TableSpec, ...] = ()
    paper: tuple[PaperSpec, ...] = ()
    spacing: tuple[SpacingSpec, ...] = ()
    trace: tuple[TraceSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class PowerSpec:
    """Who answers for a matter at a place: a line's power that was handed down, or the place's own duty."""

    matter: str
    title: str
    line: str
    place: str
    basis: str
    effective_on: date
    article: str = ""
    strength: Literal["law", "regulation", "local", "assumed"] = "assumed"
    ends_on: date | None = None
    note: str = ""


KINDS = Section("kinds", "kind", KindSpec, form="toml")
POWERS = Section("powers", "power", PowerSpec, key=("matter", "place"), form="csv")
CASES = Section("cases", "case", CaseSpec, key=("kind", "title"), form="toml")
