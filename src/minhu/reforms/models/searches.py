"""Looking for answers: a run over the clauses of one wording, and what it found out about each clause."""

from django.db import models
from django.db.models import F, Q

from minhu.mandates.models import Clause, Version


class Search(models.Model):
    """A run that goes through the clauses of a wording some at a time; it can be stopped and gone on with."""

    version = models.ForeignKey(Version, models.CASCADE, related_name="searches")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True, blank=True)
    stopped_at = models.DateTimeField(null=True, blank=True)
    clauses = models.PositiveIntegerField(default=0)
    done = models.PositiveIntegerField(default=0)
    candidates = models.PositiveIntegerField(default=0)
    added = models.PositiveIntegerField(default=0)
    dropped = models.PositiveIntegerField(default=0)
    carried = models.PositiveIntegerField(default=0)
    # From how many decisions sureness was learned (0: not yet), and how far off it was on unseen documents.
    learned_from = models.PositiveIntegerField(default=0)
    off_by = models.FloatField(null=True, blank=True)

    class Meta:
        ordering = ["-started_at", "-id"]
        verbose_name_plural = "searches"
        constraints = [
            models.CheckConstraint(name="search_within_its_clauses", condition=Q(done__lte=F("clauses"))),
            models.CheckConstraint(
                name="search_finished_or_stopped", condition=Q(finished_at=None) | Q(stopped_at=None)
            ),
            models.UniqueConstraint(
                fields=["version"],
                condition=Q(finished_at=None, stopped_at=None),
                name="search_one_running_a_wording",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.version_id}: {self.done}/{self.clauses}"

    @property
    def is_running(self) -> bool:
        """Whether there is something left to do, and nobody stopped it."""
        return self.finished_at is None and self.stopped_at is None

    @property
    def percent(self) -> int:
        """How far it has come."""
        return 100 * self.done // self.clauses if self.clauses else 100


class Outlook(models.Model):
    """How sure it is that anything answers a clause, as the last run saw it."""

    clause = models.OneToOneField(Clause, models.CASCADE, related_name="outlook")
    # A probability where that was learned, else how alike the nearest text is.
    answered = models.FloatField()
    is_learned = models.BooleanField(default=False)
    candidates = models.PositiveIntegerField()
    # How many answers to like clauses elsewhere helped to look.
    remembered = models.PositiveIntegerField(default=0)
    compared_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="outlook_is_a_share", condition=Q(answered__gte=0.0, answered__lte=1.0)
            )
        ]

    def __str__(self) -> str:
        return f"{self.clause_id}: {self.answered:.2f}"

    @property
    def nothing(self) -> float:
        """How sure it is that nothing answers."""
        return 1.0 - self.answered
