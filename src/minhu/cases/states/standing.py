"""Everything a deed on a case needs to know: where it stands, its clocks, limits, units and likes."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from minhu.cases.states.lives import Status

Plain = str | bool | int | None
"""How a value of a case is kept and sent: numbers and days as text in their one spelling."""


@dataclass(slots=True)
class Stay:
    """A case at a place now; `organisation`: code of whose desk it lies on."""

    id: int
    place: str
    attempt: int
    role: str = ""
    organisation: str = ""


@dataclass(slots=True)
class ClockNow:
    """A clock of a case; `ticks` as `models.Clock` keeps them. `id` is 0 until it has a row."""

    id: int
    code: str
    attempt: int
    is_first: bool
    limit: str
    count: int
    unit: str
    rolls: bool
    extensions: int
    licences: list[list[str]]
    basis: str
    strength: str
    ticks: list[dict[str, Any]]
    state: str
    started_on: date
    due_on: date
    stopped_on: date | None = None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class TimerNow:
    """An armed timer of a case."""

    id: int
    code: str
    place: str
    attempt: int


@dataclass(slots=True)
class CaseState:
    """Everything a deed on a case needs to know, read in one go.

    `parts`: role → codes of organisations. `data`: values as they are kept; `revs`: the revision of each.
    `stays`: place → stay, where the case is; `attempts`: place → how often it was entered.
    """

    id: int
    number: str
    kind_id: int
    digest: str
    opener: str = ""
    parent_id: int | None = None
    title: str = ""
    matter: str = ""
    status: str = Status.OPEN.value
    end: str = ""
    fired: int = 0
    rev: int = 0
    due_on: date | None = None
    is_held: bool = False
    is_provisional: bool = False
    stays: dict[str, Stay] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    data: dict[str, Plain] = field(default_factory=dict)
    revs: dict[str, int] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: list[ClockNow] = field(default_factory=list)
    timers: list[TimerNow] = field(default_factory=list)
    stamp: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitNow:
    """A limit as it holds today."""

    code: str
    count: int
    unit: str
    basis: str
    strength: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation, as far as a case must know it."""

    code: str
    short: str
    kind: str
    is_closed: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A deed of the record of a case: steps done, by whom, in which revision, with which values."""

    rev: int
    steps: tuple[str, ...]
    post: str
    organisation: str
    values: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case that is like this one."""

    number: str
    title: str
    opened_on: date
    is_open: bool
