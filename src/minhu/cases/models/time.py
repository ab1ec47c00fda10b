"""The clocks of a case."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minhu.cases.models.cases import Case
from minhu.cases.states import ClockState


class Clock(models.Model):
    """A limit at work. `ticks`: what happened to it, from which all else follows (methods.timing).

    The limit's value, unit, basis and article are copied: what the law said when it began stays readable.
    """

    case = models.ForeignKey(Case, models.CASCADE, related_name="clocks")
    code = models.CharField(max_length=60)
    attempt = models.PositiveIntegerField(default=1)
    is_first = models.BooleanField(default=False)
    limit = models.CharField(max_length=80)
    count = models.PositiveIntegerField()
    unit = models.CharField(max_length=20)
    rolls = models.BooleanField(default=True)
    extensions = models.PositiveIntegerField(default=1)
    licences = models.JSONField(default=list)
    basis = models.CharField(_("basis"), max_length=300)
    strength = models.CharField(max_length=20)
    ticks = models.JSONField(default=list)
    state = models.CharField(max_length=10, choices=ClockState)
    started_on = models.DateField()
    due_on = models.DateField()
    stopped_on = models.DateField(null=True, blank=True)
    is_provisional = models.BooleanField(default=False)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="cases_clock_once", fields=["case", "code", "attempt"]),
            models.CheckConstraint(
                name="cases_clock_stop_is_whole",
                condition=Q(state=ClockState.STOPPED, stopped_on__isnull=False)
                | ~Q(state=ClockState.STOPPED) & Q(stopped_on=None),
            ),
        ]
        indexes = [
            models.Index(name="clock_due", fields=["due_on"], condition=~Q(state=ClockState.STOPPED)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_on}"
