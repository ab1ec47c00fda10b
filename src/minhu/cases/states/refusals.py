"""Why a deed on a case is refused, in words and at which field."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


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
