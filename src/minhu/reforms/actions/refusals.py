"""What an action says when it will not: a message, the field it is about, and how to mend it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from minhu.trail.states import Actor


class Refusal(ValueError):
    """A deed that cannot be done; `field` is where the form should say so (empty: above the form)."""

    def __init__(self, message: str, field: str = "") -> None:
        super().__init__(message)
        self.field = field


@dataclass(frozen=True, slots=True)
class Difference:
    """A field whose value in the ledger is not the one typed."""

    field: str
    label: str
    now: object
    typed: object


class Stale(Refusal):
    """Somebody saved the same thing in between; nothing is lost, the differences are shown."""

    def __init__(self, message: str, rev: int, differences: tuple[Difference, ...]) -> None:
        super().__init__(message)
        self.rev = rev
        self.differences = differences


@dataclass(frozen=True, slots=True)
class Verdict:
    """A decision on what somebody else asked for: yes or no, and why."""

    yes: bool
    reason: str = ""


def check_other_person(by: Actor, asker: int | None, message: str) -> None:
    """Nobody decides what the same account asked for; the rows themselves hold this too."""
    if by.user_id is not None and by.user_id == asker:
        raise Refusal(message)


def check_not_stale(row: object, rev: int, typed: Mapping[str, object], message: str) -> None:
    """Raise Stale if `row` was saved since the form of `rev` was opened and now says something else."""
    if row.rev == rev:  # type: ignore[attr-defined]
        return
    fields = row._meta.get_field  # type: ignore[attr-defined]
    differences = tuple(
        Difference(name, str(fields(name).verbose_name), now, value)
        for name, value in typed.items()
        if (now := now_of(row, name)) != value
    )
    if differences:
        raise Stale(message, row.rev, differences)  # type: ignore[attr-defined]


def now_of(row: object, name: str) -> Any:
    """The value of a field; of a many-to-many field the rows, in their order."""
    value = getattr(row, name)
    return tuple(value.all()) if hasattr(value, "all") else value


def plain(value: object) -> object:
    """A value as the record keeps it: rows by their codes or keys, the rest as it is."""
    if isinstance(value, tuple | list):
        return [plain(one) for one in value]
    if hasattr(value, "pk"):
        return getattr(value, "code", None) or value.pk
    return value


def told(values: Mapping[str, object]) -> dict[str, object]:
    """Values as the record keeps them; what is empty is left out."""
    return {name: plain(value) for name, value in values.items() if value not in (None, "", (), [])}
