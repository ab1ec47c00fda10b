"""The parts of a kind of case: fields, roles, places, steps, clocks, tables, papers."""

from dataclasses import dataclass
from enum import StrEnum
from typing import Literal

AUTOMATIC = "auto"
"""In `StepSpec.on`: the step fires by itself as soon as its guard holds."""
OPENER = "opener"
"""The role of whoever opened a case: it need not be declared."""


class FieldType(StrEnum):
    """What a value of a case is."""

    TEXT = "text"
    LONG = "long"
    NUMBER = "number"
    DATE = "date"
    CHOICE = "choice"
    FLAG = "flag"
    ORGANISATION = "organisation"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class ChoiceSpec:
    """One answer of a field of type choice."""

    value: str
    title: str


@dataclass(frozen=True, slots=True)
class FieldSpec:
    """A value somebody types, or a table decides. `personal`: kept apart, erasable, never in the record.

    `purpose` and `keep` (a limit of the rulebook, in months) are needed where it is personal.
    """

    code: str
    title: str
    type: FieldType = FieldType.TEXT
    choices: tuple[ChoiceSpec, ...] = ()
    unit: str = ""
    help: str = ""
    personal: bool = False
    purpose: str = ""
    keep: str = ""


@dataclass(frozen=True, slots=True)
class RoleSpec:
    """Who may do a step. `posts`: roles of posts that may (`lead`, `office`, …).

    `organisation`: whose posts: the code of one organisation, empty for any. `assigned`: the organisations
    a step assigned to this role in the case. `many`: several may be assigned.
    """

    code: str
    title: str
    posts: tuple[str, ...] = ("lead", "office")
    organisation: str = ""
    assigned: bool = False
    many: bool = False


@dataclass(frozen=True, slots=True)
class PlaceSpec:
    """Where a case rests; `role` has it on the desk. `kind`: as in methods.flow."""

    code: str
    title: str = ""
    kind: Literal["start", "end", "task", "wait", "route", "milestone"] = "task"
    role: str = ""
    pauses: str = ""
    most: int = 0


@dataclass(frozen=True, slots=True)
class EffectSpec:
    """Something done by the worker once a step is done.

    `notice`: to the posts of role `to`, saying `text`. `open`: a case of kind `of`, one for each organisation
    of role `each`, which gets role `gets` there; the values `copies` go along. `signal`: the command `do` of
    the case this one was opened from. `rating`: asks whoever holds the token for a rating.
    """

    kind: Literal["notice", "open", "signal", "rating"]
    to: str = ""
    text: str = ""
    of: str = ""
    each: str = ""
    gets: str = ""
    copies: tuple[str, ...] = ()
    do: str = ""


@dataclass(frozen=True, slots=True)
class LeadSpec:
    """A step must be done at least so many units (`limit`) before the last day of `clock`."""

    clock: str
    limit: str


@dataclass(frozen=True, slots=True)
class StepSpec:
    """What somebody does: takes a case from places to places.

    `on`: empty for a step done by a person, the code of a timer, `auto`, or the command of a `signal`.
    `asks`: fields typed, needed unless they end in `?`. `assigns`: roles whose organisations are chosen.
    `decides`: tables asked before the guard is. `apart`: steps whose doers may not do this one, the same
    organisation or the same post (`apart_by`). `extends`: `clock=limit`. `spaced`: spacing rules asked here.
    `paper`: made here. `serious`: the screen asks twice.
    """

    code: str
    takes: tuple[str, ...]
    puts: tuple[str, ...] = ()
    title: str = ""
    role: str = ""
    on: str = ""
    guard: str = ""
    reads: tuple[str, ...] = ()
    clears: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    assigns: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    apart: tuple[str, ...] = ()
    apart_by: Literal["organisation", "post"] = "organisation"
    lead: LeadSpec | None = None
    extends: tuple[str, ...] = ()
    paper: str = ""
    spaced: tuple[str, ...] = ()
    effect: tuple[EffectSpec, ...] = ()
    serious: bool = False

    @property
    def needed(self) -> tuple[str, ...]:
        """The fields that must be typed."""
        return tuple(name for name in self.asks if not name.endswith("?"))

    @property
    def fields(self) -> tuple[str, ...]:
        """All fields it asks for."""
        return tuple(name.removesuffix("?") for name in self.asks)


@dataclass(frozen=True, slots=True)
class TimerSpec:
    """Runs while a case rests at `place`; after `limit` it does the step whose `on` is its code."""

    code: str
    place: str
    limit: str


@dataclass(frozen=True, slots=True)
class PauseSpec:
    """A licensed ground for holding clocks, the clause that licenses it, the field with the paper."""

    reason: str
    title: str
    clause: str
    document: str


@dataclass(frozen=True, slots=True)
class ClockSpec:
    """A limit that runs from a step or place to others. `by`: a field whose value is the limit's `kind`.

    `pauses`: the reasons it honours; none means that nothing holds it. The first clock of a kind is the one
    its light comes from.
    """

    code: str
    title: str
    limit: str
    starts: tuple[str, ...]
    stops: tuple[str, ...]
    by: str = ""
    pauses: tuple[str, ...] = ()
    extensions: int = 1
    rolls: bool = True


@dataclass(frozen=True, slots=True)
class InputSpec:
    """A column of a decision table that is tested."""

    name: str
    type: Literal["number", "string", "boolean", "date"] = "string"
    allowed: str = ""
    optional: bool = False
    title: str = ""


@dataclass(frozen=True, slots=True)
class OutputSpec:
    """A column of a decision table that is answered: a field of the kind."""

    name: str
    type: Literal["number", "string", "boolean", "date"] = "string"
    values: tuple[str, ...] = ()
    default: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class RowSpec:
    """One rule of a decision table: cells in S-FEEL."""

    when: tuple[str, ...]
    then: tuple[str, ...]
    note: str = ""


@dataclass(frozen=True, slots=True)
class TableSpec:
    """A decision table with its legal basis, by DMN's hit policies."""

    code: str
    title: str
    basis: str
    article: str = ""
    hit: Literal["U", "A", "P", "F", "C", "R", "O"] = "U"
    input: tuple[InputSpec, ...] = ()
    output: tuple[OutputSpec, ...] = ()
    rule: tuple[RowSpec, ...] = ()


@dataclass(frozen=True, slots=True)
class PaperSpec:
    """An official paper a step makes. `number`: with {year} and {n}; `body`: paragraphs with {field}s."""

    code: str
    title: str
    form: Literal["order", "notice", "reply", "decision"] = "notice"
    number: str = ""
    to: str = ""
    body: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class SpacingSpec:
    """Cases of a kind that may not crowd: alike in the values and roles of `per`.

    `window` (a limit in months): none alike may be open or have been opened within it. `most` (a limit of
    pieces): not more alike in a calendar year.
    """

    code: str
    title: str
    per: tuple[str, ...]
    window: str = ""
    most: str = ""
