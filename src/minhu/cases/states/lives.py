"""The lives of a case, a step, a clock, an effect and a timer; the five answers of a rating."""

from django.db.models import IntegerChoices, TextChoices
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


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
