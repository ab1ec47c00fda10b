"""The lives of a case, a step, an effect and a timer; and the plain values deeds are asked in."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

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
        """Whether a timer, an effect or the loader of a pack acts."""
        return self.actor == SYSTEM


MACHINE = Doer(SYSTEM, "system")


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

    `rev`: the revision the asker saw; `seen`: what they saw of the values (optional, for the difference).
    `key`: the idempotency key; the same key with the same content is answered as before.
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
