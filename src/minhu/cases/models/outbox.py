"""Commands that were answered, effects to be done outside, and timers that run."""

from django.db import models
from django.db.models import Q

from minhu.cases.models.cases import Case
from minhu.cases.states import EffectState, TimerState


class Command(models.Model):
    """A command and its answer: asked again under its key, it is answered the same, not done twice."""

    key = models.CharField(max_length=120, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="commands")
    request_hash = models.CharField(max_length=64)
    response = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["id"]

    def __str__(self) -> str:
        return self.key


class Effect(models.Model):
    """Something to do outside, at least once; `key` (number of the case / firing) makes it once."""

    key = models.CharField(max_length=160, unique=True)
    case = models.ForeignKey(Case, models.CASCADE, related_name="effects")
    kind = models.CharField(max_length=20)
    args = models.JSONField(default=dict)
    state = models.CharField(max_length=10, choices=EffectState, default=EffectState.WAITING)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField()
    result = models.JSONField(null=True)
    error = models.TextField(blank=True)
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        indexes = [
            models.Index(name="effect_waiting", fields=["next_at"], condition=Q(state=EffectState.WAITING)),
        ]

    def __str__(self) -> str:
        return f"{self.key} {self.kind}"


class Timer(models.Model):
    """A timer of one stay at a place: run out at `due_at`, it gives the command named like it."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="timers")
    code = models.CharField(max_length=60)
    place = models.CharField(max_length=60)
    attempt = models.PositiveIntegerField()
    limit = models.CharField(max_length=80)
    due_at = models.DateTimeField()
    is_provisional = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=TimerState, default=TimerState.ARMED)
    error = models.TextField(blank=True)

    class Meta:
        ordering = ["due_at", "id"]
        constraints = [
            models.UniqueConstraint(name="cases_timer_once", fields=["case", "code", "attempt"]),
        ]
        indexes = [
            models.Index(name="timer_armed", fields=["due_at"], condition=Q(state=TimerState.ARMED)),
        ]

    def __str__(self) -> str:
        return f"{self.code} {self.due_at}"
