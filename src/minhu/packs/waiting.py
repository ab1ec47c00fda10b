"""Sections whose rooms are not built yet: checked when a pack is loaded, and not loaded."""

from dataclasses import dataclass
from decimal import Decimal
from typing import Any, Literal

from minhu.packs.sections import Section


@dataclass(frozen=True, slots=True)
class IndicatorSpec:
    """A number by which something is judged, with its baseline and target."""

    code: str
    name: str
    unit: str
    direction: Literal["up", "down"]
    source: str
    baseline: Decimal | None = None
    target: Decimal | None = None
    place: str = ""
    year: int | None = None
    value: Decimal | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class DependencySpec:
    """One reform waits for another: finish to start, and so on, with a lag in days."""

    code: str
    before: str
    after: str
    kind: Literal["FS", "SS", "FF", "SF"] = "FS"
    lag_days: int = 0
    reason: str = ""

    def __post_init__(self) -> None:
        if self.before == self.after:
            raise ValueError(f"{self.before} cannot wait for itself")


WAITING: tuple[Section[Any], ...] = (
    Section("indicators", "indicator", IndicatorSpec),
    Section("dependencies", "dependency", DependencySpec),
)
