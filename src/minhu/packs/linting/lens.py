"""What a linter looks through: one kind with its places in the file, and what is known around it."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from minhu.packs.kinds import OPENER, EffectSpec, FieldSpec, FieldType, KindSpec, RoleSpec, StepSpec
from minhu.packs.positions import Position, Problem, did_you_mean
from minhu.packs.sections import Located

ROLES_OF_POSTS = ("office", "lead", "leader", "supervisor", "auditor")
SYSTEM_VALUES = {
    "children_open": FieldType.NUMBER,
    "children_ended": FieldType.NUMBER,
    "opened_by": FieldType.ORGANISATION,
}
"""Values no kind declares: how many cases opened from this one go on and have ended, and who opened it."""


@dataclass(frozen=True, slots=True)
class LimitFact:
    """A limit the place has: its unit, and the kinds it has a value for (`""`: for any)."""

    unit: str
    kinds: frozenset[str] = frozenset({""})


@dataclass(frozen=True, slots=True)
class PostFact:
    """A post: of which organisation, in which role."""

    organisation: str
    role: str


@dataclass(frozen=True, slots=True)
class Known:
    """What a kind may speak of: limits, organisations and posts of the place, the kinds beside it."""

    limits: Mapping[str, LimitFact] = field(default_factory=dict)
    organisations: Collection[str] = ()
    posts: Mapping[str, PostFact] = field(default_factory=dict)
    kinds: Mapping[str, KindSpec] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Remark(Problem):
    """A problem whose sentence can be translated: `words` with the holes that `said` fills."""

    is_warning: bool = False
    words: str = ""
    said: tuple[tuple[str, str], ...] = ()

    def __str__(self) -> str:
        hint = f" ({self.hint})" if self.hint else ""
        return f"{self.position}: {'warning: ' if self.is_warning else ''}{self.message}{hint}"


class Lens:
    """One kind under the linter, and the remarks so far."""

    def __init__(self, located: Located[KindSpec], known: Known) -> None:
        self.located, self.spec, self.known = located, located.item, known
        self.remarks: list[Remark] = []

    @property
    def has_errors(self) -> bool:
        """Whether anything found so far forbids publishing."""
        return any(not one.is_warning for one in self.remarks)

    def wrong(self, words: str, *path: str | int, hint: str = "", **said: object) -> None:
        """An error at a value of the kind."""
        self.note(self.located.where(*path), words, said, hint)

    def doubt(self, words: str, *path: str | int, hint: str = "", **said: object) -> None:
        """A warning at a value of the kind."""
        self.note(self.located.where(*path), words, said, hint, is_warning=True)

    def wrong_inside(self, offset: int, words: str, *path: str | int, hint: str = "", **said: object) -> None:
        """An error at a character of a text of the kind, counted from 0."""
        self.note(self.located.inside(offset, *path), words, said, hint)

    def doubt_inside(self, offset: int, words: str, *path: str | int, **said: object) -> None:
        """A warning at a character of a text of the kind."""
        self.note(self.located.inside(offset, *path), words, said, "", is_warning=True)

    def note(
        self, at: Position, words: str, said: Mapping[str, object], hint: str, is_warning: bool = False
    ) -> None:
        """One more remark."""
        pairs = tuple((key, str(value)) for key, value in said.items())
        self.remarks.append(Remark(at, words.format(**dict(pairs)), hint, is_warning, words, pairs))

    def refer(self, word: str, known: Iterable[str], words: str, *path: str | int) -> bool:
        """Whether a word is known; if not, that is an error with the nearest known word."""
        names = list(known)
        if word in names:
            return True
        self.wrong(words, *path, code=word, hint=did_you_mean(word, names))
        return False

    def refer_all(self, listed: Collection[str], known: Iterable[str], words: str, *path: str | int) -> None:
        """The same for every word of a list."""
        names = list(known)
        for number, word in enumerate(listed):
            self.refer(word.removesuffix("?"), names, words, *path, number)

    # --- what the kind declares --------------------------------------------------------------------------
    @cached_property
    def fields(self) -> dict[str, FieldSpec]:
        """Its fields."""
        return {one.code: one for one in self.spec.field}

    @cached_property
    def types(self) -> dict[str, FieldType]:
        """The type of every value a guard may read, `attempts.<place>` apart."""
        return {**{code: one.type for code, one in self.fields.items()}, **SYSTEM_VALUES}

    @cached_property
    def roles(self) -> dict[str, RoleSpec]:
        """Its roles, the opener among them."""
        return {OPENER: RoleSpec(OPENER, OPENER), **{one.code: one for one in self.spec.role}}

    @cached_property
    def steps(self) -> dict[str, StepSpec]:
        """Its steps."""
        return {one.code: one for one in self.spec.step}

    @cached_property
    def places(self) -> list[str]:
        """The codes of its places."""
        return [one.code for one in self.spec.place]

    @cached_property
    def timers(self) -> list[str]:
        """The codes of its timers."""
        return [one.code for one in self.spec.timer]

    @cached_property
    def decided(self) -> set[str]:
        """The fields that tables answer."""
        return {out.name for table in self.spec.table for out in table.output}

    @cached_property
    def said(self) -> set[str]:
        """The fields that somebody or something ever says."""
        asked = [name.removesuffix("?") for name in self.spec.asks]
        asked += [name for step in self.spec.step for name in step.fields]
        copied = [name for effect, _ in self.openers for name in effect.copies]
        return {*asked, *copied, *self.decided}

    def role_of(self, step: StepSpec) -> str:
        """The role that does a step: its own, else that of the place it takes a case from."""
        if step.role:
            return step.role
        roles = {place.code: place.role for place in self.spec.place}
        return next((roles[code] for code in (*step.takes, *step.reads) if roles.get(code)), "")

    @cached_property
    def openers(self) -> list[tuple[EffectSpec, KindSpec]]:
        """The effects of kinds that open a case of this kind, each with its kind."""
        return [
            (effect, kind)
            for kind in {**self.known.kinds, self.spec.code: self.spec}.values()
            for step in kind.step
            for effect in step.effect
            if effect.kind == "open" and effect.of == self.spec.code
        ]
