"""What the linter looks through: all guides of a pack with their places, and what is known around them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from minhu.methods.composing import BadCondition, Condition, condition_of
from minhu.methods.composing.conditions import Is
from minhu.packs.folder import Pack
from minhu.packs.guides.specs import (
    BEARERS,
    ELEMENTS,
    ITEMS,
    MATERIALS,
    THINGS,
    BearerSpec,
    ElementSpec,
    ItemSpec,
    MaterialSpec,
    ThingSpec,
)
from minhu.packs.linting.lens import Known, Remark
from minhu.packs.positions import Position, did_you_mean
from minhu.packs.sections import Located

UNREADABLE = "the condition cannot be read: {why}"
UNKNOWN_NAME = "the condition asks for “{code}”, which nobody is asked"
NO_OPTION = "“{code}” is no option of “{name}”"


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The five sections, each item with its place."""

    bearers: tuple[Located[BearerSpec], ...] = ()
    elements: tuple[Located[ElementSpec], ...] = ()
    materials: tuple[Located[MaterialSpec], ...] = ()
    items: tuple[Located[ItemSpec], ...] = ()
    things: tuple[Located[ThingSpec], ...] = ()


def catalogue_of(pack: Pack) -> Catalogue:
    """What a pack says; raises PackError where a file cannot be read."""
    return Catalogue(
        pack.read(BEARERS), pack.read(ELEMENTS), pack.read(MATERIALS), pack.read(ITEMS), pack.read(THINGS)
    )


@dataclass
class Lens:
    """A catalogue under the linter, and the remarks so far."""

    catalogue: Catalogue
    known: Known
    remarks: list[Remark] = field(default_factory=list)

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far forbids compiling."""
        return any(not one.is_warning for one in self.remarks)

    def wrong(self, at: Position, words: str, hint: str = "", **said: object) -> None:
        """An error."""
        self._note(at, words, hint, said, is_warning=False)

    def doubt(self, at: Position, words: str, hint: str = "", **said: object) -> None:
        """A question to ask."""
        self._note(at, words, hint, said, is_warning=True)

    def refer(self, at: Position, code: str, known: Iterable[str], words: str) -> bool:
        """Whether a code is known; if not, that is an error with the nearest known one."""
        names = list(known)
        if code in names:
            return True
        self.wrong(at, words, did_you_mean(code, names), code=code)
        return False

    def once(self, located: Located[Any], path: tuple[str, ...], codes: Iterable[str], key: str) -> None:
        """A code that stands twice in a list of tables."""
        seen: set[str] = set()
        for number, code in enumerate(codes):
            if code in seen:
                at = located.where(*path, number, key)
                self.wrong(at, "“{code}” stands twice", "one of them goes, or gets another code", code=code)
            seen.add(code)

    def condition(
        self, located: Located[Any], path: tuple[str | int, ...], text: str, options: Mapping[str, Any] | None
    ) -> None:
        """A condition that cannot be read, or reads what nobody is asked, or answers nobody can give.

        `options`: the answers to each name (None: any); without `options` only the writing is looked at.
        """
        try:
            condition = condition_of(text)
        except BadCondition as error:
            self.wrong(located.where(*path), UNREADABLE, "write: name = answer, in, and, or, not", why=error)
            return
        for one in parts(condition) if options is not None else ():
            at = located.inside(text.find(one.name), *path)
            if self.known_name(at, one.name, options or {}) and (options or {})[one.name]:
                for value in sorted(one.values - set((options or {})[one.name])):
                    at = located.inside(max(0, text.find(value)), *path)
                    hint = did_you_mean(value, (options or {})[one.name])
                    self.wrong(at, NO_OPTION, hint, code=value, name=one.name)

    def known_name(self, at: Position, name: str, options: Mapping[str, Any]) -> bool:
        """Whether somebody is asked for a name."""
        return self.refer(at, name, options, UNKNOWN_NAME)

    # --- what is there -----------------------------------------------------------------------------------
    @cached_property
    def bearers(self) -> dict[str, BearerSpec]:
        """Whose values fields may hold."""
        return {one.item.code: one.item for one in self.catalogue.bearers}

    @cached_property
    def elements(self) -> dict[str, ElementSpec]:
        """The field dictionary."""
        return {one.item.code: one.item for one in self.catalogue.elements}

    @cached_property
    def materials(self) -> dict[str, MaterialSpec]:
        """The types of material."""
        return {one.item.code: one.item for one in self.catalogue.materials}

    @cached_property
    def items(self) -> dict[str, Located[ItemSpec]]:
        """The item guides with their places."""
        return {one.item.code: one for one in self.catalogue.items}

    @cached_property
    def units(self) -> set[str]:
        """The units that any one-thing has a rate for."""
        return {"working_day"}.union(*({r.unit for r in one.item.rate} for one in self.catalogue.things))

    def _note(
        self, at: Position, words: str, hint: str, said: Mapping[str, object], *, is_warning: bool
    ) -> None:
        """One more remark."""
        pairs = tuple((key, str(value)) for key, value in said.items())
        self.remarks.append(Remark(at, words.format(**dict(pairs)), hint, is_warning, words, pairs))


def parts(condition: Condition) -> list[Is]:
    """The comparisons in a condition."""
    if isinstance(condition, Is):
        return [condition]
    inner = getattr(condition, "parts", None) or (() if hasattr(condition, "parts") else (condition.part,))
    return [found for one in inner for found in parts(one)]
