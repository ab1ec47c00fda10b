"""What a deed does to a case: everything `store` writes, as plain values."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Protocol

from minhu.cases.bridge.compiling import Compiled
from minhu.cases.states import (
    Alike,
    CaseState,
    ClockNow,
    Doer,
    LimitNow,
    Plain,
    Stay,
    Told,
    Unit,
    Upload,
)
from minhu.methods.timing import Calendar

Payload = dict[str, Any]


class Rules(Protocol):
    """What a decision may ask; each is read only if it is asked."""

    on: date

    def limit(self, code: str, kind: str = "") -> LimitNow:
        """A limit as it holds today."""
        ...

    def calendar(self) -> Calendar:
        """The working-day calendar."""
        ...

    def units(self, codes: Collection[str]) -> dict[str, Unit]:
        """Organisations by code."""
        ...

    def has_power(self, matter: str, place: str) -> bool:
        """Whether a place answers for a matter."""
        ...

    def keepers(self, matter: str) -> tuple[str, str]:
        """The title of a matter and the departments that keep it."""
        ...

    def hold(self, name: str) -> None:
        """Make others who ask the same wait."""
        ...

    def alike(
        self, code: str, values: Mapping[str, Plain], parts: Mapping[str, Sequence[str]], since: date | None
    ) -> list[Alike]:
        """Other cases that are like this one."""
        ...

    def did(self, numbers: Sequence[str], steps: Collection[str]) -> set[str]:
        """Which of some cases have done one of these steps."""
        ...

    def told(self) -> list[Told]:
        """The deeds done in this case."""
        ...

    def children(self) -> tuple[int, int]:
        """Cases opened from this one: open, ended."""
        ...


@dataclass(frozen=True, slots=True)
class PersonalNow:
    """A personal value about to be kept."""

    key: str
    text: str
    purpose: str
    keep_until: date


@dataclass(frozen=True, slots=True)
class TimerNew:
    """A timer about to be armed."""

    code: str
    place: str
    attempt: int
    limit: str
    due_on: date
    is_provisional: bool


@dataclass(slots=True)
class PaperNew:
    """A paper about to be made; its number is given out when it is written (`template`, `counter`)."""

    code: str
    title: str
    template: str
    counter: str
    content: Payload
    number: str = ""


@dataclass(slots=True)
class Outcome:
    """What follows from a deed. `state` is the case as it will stand; the rest is what changes in it.

    `sources`: key → where a value comes from, if nobody typed it. `rulings`: what tables decided.
    `moved`: stays that go to another desk. `ticks`: what is told of clocks.
    """

    state: CaseState
    on: str
    step: str = ""
    title: str = ""
    place: str = ""
    attempt: int = 0
    asked: int = 0
    events: list[tuple[str, str, int]] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    entered: list[Stay] = field(default_factory=list)
    moved: list[Stay] = field(default_factory=list)
    values: dict[str, Plain] = field(default_factory=dict)
    sources: dict[str, str] = field(default_factory=dict)
    personal: list[PersonalNow] = field(default_factory=list)
    uploads: dict[str, Upload] = field(default_factory=dict)
    joined: list[tuple[str, str]] = field(default_factory=list)
    parted: list[tuple[str, str]] = field(default_factory=list)
    assigns: dict[str, list[str]] = field(default_factory=dict)
    rulings: list[Payload] = field(default_factory=list)
    clocks_new: list[ClockNow] = field(default_factory=list)
    clocks_moved: list[ClockNow] = field(default_factory=list)
    ticks: list[Payload] = field(default_factory=list)
    timers_new: list[TimerNew] = field(default_factory=list)
    timers_done: list[tuple[int, str]] = field(default_factory=list)
    effects: list[tuple[str, str, Payload]] = field(default_factory=list)
    papers: list[PaperNew] = field(default_factory=list)

    @property
    def is_ended(self) -> bool:
        """Whether the case has come to an end."""
        return bool(self.state.end)


@dataclass(slots=True)
class Work:
    """One decision under way."""

    kind: Compiled
    state: CaseState
    by: Doer
    at: datetime
    rules: Rules
    out: Outcome

    @property
    def on(self) -> date:
        """The legal day."""
        return self.rules.on
