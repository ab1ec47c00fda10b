"""The lives of a case, a step, an effect and a timer; and the plain values deeds are asked in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.trail.states import SYSTEM, Actor

OPENER = "opener"
"""The role every case has: the organisation that opened it."""
OPENING = "open"
"""The word of the deed that opens a case."""

Plain = str | bool | int | None
"""How a value of a case is kept and sent: numbers and days as text in their one spelling."""


class Status(TextChoices):
    """Whether a case goes on."""

    OPEN = "open", pgettext_lazy("case", "Open")
    ENDED = "ended", pgettext_lazy("case", "Closed")


class StepState(TextChoices):
    """Whether a case is at a place now."""

    OPEN = "open", pgettext_lazy("step", "Open")
    LEFT = "left", pgettext_lazy("step", "Done")


class ClockState(TextChoices):
    """How a clock stands."""

    RUNNING = "running", pgettext_lazy("clock", "Running")
    PAUSED = "paused", pgettext_lazy("clock", "Held")
    STOPPED = "stopped", pgettext_lazy("clock", "Stopped")


class EffectState(TextChoices):
    """What became of an effect."""

    WAITING = "waiting", pgettext_lazy("effect", "Waiting")
    DONE = "done", pgettext_lazy("effect", "Done")
    DEAD = "dead", pgettext_lazy("effect", "Given up")


class TimerState(TextChoices):
    """What became of a timer."""

    ARMED = "armed", pgettext_lazy("timer", "Armed")
    FIRED = "fired", pgettext_lazy("timer", "Run out")
    DISARMED = "disarmed", pgettext_lazy("timer", "Put off")


class Level(IntegerChoices):
    """The five answers of a rating; the last two are bad."""

    VERY_GOOD = 5, _("Very satisfied")
    GOOD = 4, _("Satisfied")
    FAIR = 3, _("Fairly satisfied")
    BAD = 2, _("Dissatisfied")
    VERY_BAD = 1, _("Very dissatisfied")


BAD_LEVELS = (Level.BAD, Level.VERY_BAD)


@dataclass(frozen=True, slots=True)
class Doer:
    """Whoever acts on a case: the actor of the record, and the role of the post acted from."""

    actor: Actor
    role: str = ""

    @property
    def is_system(self) -> bool:
        """Whether a timer, an effect or a pack acts."""
        return self.actor == SYSTEM


MACHINE = Doer(SYSTEM, "system")


@dataclass(frozen=True, slots=True)
class Upload:
    """A file given for a field; its digest, size and media type are filled in when it is kept."""

    name: str
    file: Any = field(default=None, compare=False, repr=False)
    sha256: str = ""
    size: int = 0
    media_type: str = ""


@dataclass(frozen=True, slots=True)
class Opening:
    """A case to be opened; `assigns`: role → codes of organisations. `parent`: number of the case served."""

    kind: str
    values: Mapping[str, object] = field(default_factory=dict)
    assigns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    parent: str = ""


@dataclass(frozen=True, slots=True)
class Ask:
    """A command to one case. `on`: the step; `place` and `attempt`: where, if several offer it.

    `rev`: the revision the asker saw. `key`: the same key with the same content is answered as before.
    """

    number: str
    on: str
    key: str
    values: Mapping[str, object] = field(default_factory=dict)
    assigns: Mapping[str, Sequence[str]] = field(default_factory=dict)
    place: str = ""
    attempt: int = 0
    rev: int | None = None
    is_timer: bool = False


@dataclass(frozen=True, slots=True)
class Done:
    """What a command did: plain values, so that the same answer can be given again."""

    number: str
    rev: int
    places: tuple[str, ...]
    end: str = ""
    papers: tuple[str, ...] = ()
    repeated: bool = False


@dataclass(slots=True)
class Stay:
    """A case at a place now; `organisation`: code of whose desk it lies on."""

    id: int
    place: str
    attempt: int
    role: str = ""
    organisation: str = ""


@dataclass(slots=True)
class ClockNow:
    """A clock of a case; `ticks` as `models.Clock` keeps them. `id` is 0 until it has a row."""

    id: int
    code: str
    attempt: int
    is_first: bool
    limit: str
    count: int
    unit: str
    rolls: bool
    extensions: int
    licences: list[list[str]]
    basis: str
    strength: str
    ticks: list[dict[str, Any]]
    state: str
    started_on: date
    due_on: date
    stopped_on: date | None = None
    is_provisional: bool = False


@dataclass(frozen=True, slots=True)
class TimerNow:
    """An armed timer of a case."""

    id: int
    code: str
    place: str
    attempt: int


@dataclass(slots=True)
class CaseState:
    """Everything a deed on a case needs to know, read in one go.

    `parts`: role → codes of organisations. `data`: values as they are kept; `revs`: the revision of each.
    `stays`: place → stay, where the case is; `attempts`: place → how often it was entered.
    """

    id: int
    number: str
    kind_id: int
    digest: str
    opener: str = ""
    parent_id: int | None = None
    title: str = ""
    matter: str = ""
    status: str = Status.OPEN.value
    end: str = ""
    fired: int = 0
    rev: int = 0
    due_on: date | None = None
    is_held: bool = False
    is_provisional: bool = False
    stays: dict[str, Stay] = field(default_factory=dict)
    attempts: dict[str, int] = field(default_factory=dict)
    data: dict[str, Plain] = field(default_factory=dict)
    revs: dict[str, int] = field(default_factory=dict)
    parts: dict[str, tuple[str, ...]] = field(default_factory=dict)
    clocks: list[ClockNow] = field(default_factory=list)
    timers: list[TimerNow] = field(default_factory=list)
    stamp: tuple[object, ...] = ()


@dataclass(frozen=True, slots=True)
class LimitNow:
    """A limit as it holds today."""

    code: str
    count: int
    unit: str
    basis: str
    strength: str


@dataclass(frozen=True, slots=True)
class Unit:
    """An organisation, as far as a case must know it."""

    code: str
    short: str
    kind: str
    is_closed: bool
    name: str = ""


@dataclass(frozen=True, slots=True)
class Told:
    """A deed of the record of a case: steps done, by whom, in which revision, with which values."""

    rev: int
    steps: tuple[str, ...]
    post: str
    organisation: str
    values: Mapping[str, Plain]


@dataclass(frozen=True, slots=True)
class Alike:
    """Another case that is like this one."""

    number: str
    title: str
    opened_on: date
    is_open: bool


class Why(TextChoices):
    """Why a deed on a case is refused."""

    RIGHT = "right", _("not this post's to do")
    NOT_HERE = "not_here", _("not possible where the case is")
    STALE = "stale", _("something changed meanwhile")
    GUARD = "guard", _("a condition is not met")
    VALUE = "value", _("a value does not fit")
    APART = "apart", _("must be done by others")
    LATE = "late", _("asked too late")
    PAUSE = "pause", _("no licensed ground for holding the clock")
    POWER = "power", _("no power was handed down for it")
    SPACING = "spacing", _("too close to another case")
    KEY = "key", _("the same key with another content")
    ENDED = "ended", _("the case is closed")
    UNKNOWN = "unknown", _("no such case, kind or step")


@dataclass(frozen=True, slots=True)
class Fault:
    """One thing that is wrong: where (a field, role, step; empty: the whole) and words with what to do."""

    where: str
    words: str


class CaseRefused(ValueError):
    """A deed on a case that may not be done: why, in words, what exactly, and what changed meanwhile."""

    def __init__(
        self, why: Why, words: str, faults: Sequence[Fault] = (), changed: Mapping[str, object] | None = None
    ) -> None:
        super().__init__(words)
        self.why, self.words, self.faults, self.changed = why, words, tuple(faults), dict(changed or {})


def book_of(number: str) -> str:
    """The book of the record that tells of a case."""
    return f"case:{number}"
