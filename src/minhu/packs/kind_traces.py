"""Traces: what a kind of case is tried with before it is published."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date


@dataclass(frozen=True, slots=True)
class DoSpec:
    """One deed of a trace: which step, by a post, on a day. `refused`: why it must be refused.

    `do = "timer"` lets the timers run out that are due by then; `do = "worker"` carries out waiting effects.
    """

    do: str
    by: str = ""
    on: date | None = None
    place: str = ""
    values: Mapping[str, object] | None = None
    assigns: Mapping[str, object] | None = None
    refused: str = ""


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
