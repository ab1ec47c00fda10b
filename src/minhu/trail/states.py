"""Who acts, and a deed about to be recorded: plain values, so that the record needs no other room."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Actor:
    """Whoever does something: user id, codes of post and organisation."""

    user_id: int | None
    post: str
    organisation: str


SYSTEM = Actor(None, "system", "")
"""The software itself: timers, imports, seals."""


@dataclass(frozen=True, slots=True)
class Deed:
    """A deed about to be recorded; `asked` counts the values the person had to type for it."""

    by: Actor
    deed: str
    thing: str
    book: str
    at: datetime
    payload: Mapping[str, object] = field(default_factory=dict)
    asked: int = 0


@dataclass(frozen=True, slots=True)
class Arc:
    """An edge about to be opened or closed."""

    src: str
    dst: str
    kind: str


def changed(before: Mapping[str, object], after: Mapping[str, object]) -> dict[str, object]:
    """The payload of a change: only the values that differ, as they were and as they are."""
    names = [name for name in after if before.get(name) != after[name]]
    return {
        "before": {name: before.get(name) for name in names},
        "after": {name: after[name] for name in names},
    }
