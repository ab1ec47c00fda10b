"""Measures group milestones; a milestone is what is to be handed over, when, and who accepts it."""

from datetime import datetime

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation
from minhu.reforms.models.ledger import MilestoneQuerySet
from minhu.reforms.models.reforms import Reform
from minhu.ui.offers import Light


class Measure(models.Model):
    """One thing a reform does, carried by its milestones."""

    reform = models.ForeignKey(Reform, models.CASCADE, related_name="measures")
    title = models.CharField(_("measure"), max_length=300)
    order = models.PositiveIntegerField(default=0)

    # Given by the page of a reform, never stored.
    stones: list["Milestone"]

    class Meta:
        ordering = ["reform", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["reform", "title"], name="measure_once_in_a_reform"),
            models.CheckConstraint(name="measure_has_title", condition=~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title


class Milestone(models.Model):
    """A point in time with something to show for it; done when a proof of it has been accepted."""

    measure = models.ForeignKey(Measure, models.CASCADE, related_name="milestones")
    reform = models.ForeignKey(Reform, models.CASCADE, related_name="milestones")
    title = models.CharField(_("milestone"), max_length=300)
    starts_on = models.DateField(_("starts on"), null=True, blank=True)
    # The first approved date; `due_on` moves only by a granted postponement, so the two tell the delay.
    planned_on = models.DateField(_("planned for"))
    due_on = models.DateField(_("due on"))
    weight = models.PositiveSmallIntegerField(_("weight"), default=1)
    deliverable = models.CharField(_("what is handed over"), max_length=300)
    acceptor = models.ForeignKey(
        Organisation, models.PROTECT, verbose_name=_("accepted by"), related_name="accepted_milestones"
    )
    order = models.PositiveIntegerField(default=0)
    accepted_on = models.DateField(_("accepted on"), null=True, blank=True, editable=False)
    added_at = models.DateTimeField(editable=False)
    rev = models.PositiveIntegerField(default=1, editable=False)

    # Given by queries, never stored.
    light: Light
    last_proof: str
    last_proof_at: datetime | None

    objects = MilestoneQuerySet.as_manager()

    class Meta:
        ordering = ["reform", "measure__order", "measure", "order", "id"]
        constraints = [
            models.UniqueConstraint(fields=["measure", "title"], name="milestone_once_in_a_measure"),
            models.CheckConstraint(name="milestone_has_title", condition=~Q(title="")),
            models.CheckConstraint(name="milestone_weighs_something", condition=Q(weight__gt=0)),
            models.CheckConstraint(
                name="milestone_due_not_before_plan", condition=Q(due_on__gte=F("planned_on"))
            ),
            models.CheckConstraint(
                name="milestone_due_not_before_start",
                condition=Q(starts_on=None) | Q(planned_on__gte=F("starts_on")),
            ),
        ]
        indexes = [
            # By reform: progress, next due and tones read from the index alone.
            models.Index(
                fields=["reform", "accepted_on", "due_on", "planned_on", "weight"], name="milestone_of_reform"
            ),
            # What is open, by day: the few that are late, near or slipped.
            models.Index(
                fields=["due_on", "reform", "planned_on"],
                condition=Q(accepted_on=None),
                name="milestone_open_by_day",
            ),
            models.Index(
                fields=["planned_on", "reform"], condition=Q(accepted_on=None), name="milestone_open_by_plan"
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Where the page of its reform shows it."""
        return f"{reverse('reforms:reform', args=[self.reform.code])}#{self.anchor}"

    @property
    def anchor(self) -> str:
        """Its place on the page of the reform."""
        return f"m{self.pk}"

    @property
    def is_accepted(self) -> bool:
        """Whether it is done."""
        return self.accepted_on is not None

    @property
    def days_postponed(self) -> int:
        """How far the due date has moved from the first approved one."""
        return (self.due_on - self.planned_on).days
