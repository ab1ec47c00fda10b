"""What a section of a pack is, an item with its place, and what became of the items."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Generic, Literal, TypeVar

from minhu.packs.positions import Path, Position, Problem

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Section(Generic[T]):
    """A part of a pack: `<name>.toml`, `<name>/*.toml` (arrays `[[<singular>]]`) or `<name>.csv`.

    `key`: the fields that together name an item (default `code`, if the type has one); a second item of the
    same name is refused. `form`: read only files of this form. `single`: one table `[<singular>]`.
    """

    name: str
    singular: str
    type: type[T]
    key: tuple[str, ...] = ()
    form: Literal["", "toml", "csv"] = ""
    single: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The fields that name an item."""
        return self.key or (("code",) if "code" in self.type.__dataclass_fields__ else ())  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Located(Generic[T]):
    """An item and where it stands."""

    item: T
    at: Position
    find: Callable[[Path], Position] = field(repr=False, compare=False)
    find_inside: Callable[[Path, int], Position] | None = field(default=None, repr=False, compare=False)

    def where(self, *path: str | int) -> Position:
        """Where a value of the item stands: `where("measure", 0, "title")`; else its nearest ancestor."""
        return self.find(path)

    def inside(self, offset: int, *path: str | int) -> Position:
        """Where a character of a text of the item stands, counted from 0; where unknown, its text."""
        return self.find_inside(path, offset) if self.find_inside else self.find(path)

    def problem(self, message: str, *path: str | int, hint: str = "") -> Problem:
        """A problem with a value of this item, found by whoever loads it."""
        return Problem(self.where(*path), message, hint)


@dataclass(frozen=True, slots=True)
class Counts:
    """What loading a section did; `notes` are words for whoever loads."""

    created: int = 0
    changed: int = 0
    unchanged: int = 0
    notes: tuple[str, ...] = ()

    def __add__(self, other: "Counts") -> "Counts":
        return Counts(
            self.created + other.created,
            self.changed + other.changed,
            self.unchanged + other.unchanged,
            self.notes + other.notes,
        )
