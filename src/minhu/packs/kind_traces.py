"""Traces: what a kind of case is tried with before it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DoSpec:
    """One deed of a trace: which step, by a post, on a day. `refused`: why it must be refused.

    `do = "timer"` lets the timers run out whose last day is over by then; `do = "worker"` carries out waiting
    effects. `child`: the deed is done to the case that was opened from this one for that organisation.
    """

    do: str
    by: str = ""
    on: date | None = None
    place: str = ""
    values: Mapping[str, object] | None = None
    assigns: Mapping[str, object] | None = None
    refused: str = ""
    child: str = ""


@dataclass(frozen=True, slots=True)
class TraceSpec:
    """Given an opening, when these deeds are done, then the case stands so.

    `then`: `places`, `end`, `values`, `due` (clock → day), `lights` (clock → tone), `papers` (numbers).
    """

    title: str
    by: str
    on: date
    then: Mapping[str, object]
    values: Mapping[str, object] | None = None
    assigns: Mapping[str, object] | None = None
    do: tuple[DoSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class CaseDeedSpec:
    """One deed of an illustrative case: as in a trace, on a day or so many days before the pack is loaded."""

    do: str
    by: str = ""
    on: date | None = None
    on_days_ago: int | None = None
    place: str = ""
    values: Mapping[str, object] | None = None
    assigns: Mapping[str, object] | None = None
    child: str = ""


@dataclass(frozen=True, slots=True)
class CaseSpec:
    """An illustrative case: opened once when the pack is loaded, through the same deeds as any other.

    Values of fields of type file name a file of the pack.
    """

    title: str
    kind: str
    by: str
    on: date | None = None
    on_days_ago: int | None = None
    values: Mapping[str, object] | None = None
    assigns: Mapping[str, object] | None = None
    do: tuple[CaseDeedSpec, ...] = ()

    def __post_init__(self) -> None:
        if (self.on is None) == (self.on_days_ago is None):
            raise ValueError("say when the case was opened: either on or on_days_ago")
