"""A case, who takes part, where it rests, and what is known of it."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.cases.models.kinds import Kind
from minhu.cases.states import Status, StepState, book_of
from minhu.people.models import Organisation, User


class CaseQuerySet(models.QuerySet["Case"]):
    """Readings of cases."""

    def open(self) -> "CaseQuerySet":
        """Those that go on."""
        return self.filter(status=Status.OPEN)


class Case(models.Model):
    """Something to be resolved. `due_on`, `light_basis`: of its first clock, copied here for lists.

    `fired`, `end`: what the steps do not show of the marking. `opener`: the organisation that opened it.
    """

    number = models.CharField(_("number"), max_length=80, unique=True)
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="cases", verbose_name=_("kind"))
    title = models.CharField(_("title"), max_length=200)
    matter = models.CharField(_("matter"), max_length=60, blank=True)
    opener = models.ForeignKey(Organisation, models.PROTECT, related_name="cases_opened", null=True)
    parent = models.ForeignKey("self", models.PROTECT, related_name="children", null=True, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.OPEN)
    end = models.CharField(max_length=60, blank=True)
    fired = models.PositiveIntegerField(default=0)
    rev = models.PositiveIntegerField(default=0)
    opened_at = models.DateTimeField(_("opened at"))
    ended_at = models.DateTimeField(_("closed at"), null=True, blank=True)
    due_on = models.DateField(_("due on"), null=True, blank=True)
    is_provisional = models.BooleanField(default=False)
    is_held = models.BooleanField(default=False)
    illustrative = models.BooleanField(_("illustrative"), default=False, db_default=False)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_at", "-id"]
        constraints = [
            models.CheckConstraint(
                name="cases_case_end_is_whole",
                condition=Q(status=Status.OPEN, ended_at=None, end="")
                | Q(status=Status.ENDED, ended_at__isnull=False) & ~Q(end=""),
            ),
        ]
        indexes = [
            models.Index(name="case_by_status", fields=["status", "due_on"]),
            models.Index(name="case_by_kind", fields=["kind", "status"]),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}"

    @property
    def book(self) -> str:
        """Its book of the record."""
        return book_of(self.number)

    @property
    def is_open(self) -> bool:
        """Whether it goes on."""
        return self.status == Status.OPEN

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("cases:case", args=[self.number])


class Part(models.Model):
    """An organisation that has a role in a case."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="parts")
    role = models.CharField(max_length=60)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="parts")

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="cases_part_once", fields=["case", "role", "organisation"]),
        ]

    def __str__(self) -> str:
        return f"{self.role}: {self.organisation}"


class Step(models.Model):
    """A stay of a case at a place: on whose desk, since when, until when."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="steps")
    node = models.CharField(max_length=60)
    attempt = models.PositiveIntegerField()
    state = models.CharField(max_length=10, choices=StepState)
    role = models.CharField(max_length=60, blank=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="case_steps", null=True)
    assignee = models.ForeignKey(User, models.SET_NULL, related_name="case_steps", null=True, blank=True)
    entered_at = models.DateTimeField()
    left_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["entered_at", "id"]
        constraints = [
            models.UniqueConstraint(name="cases_step_once", fields=["case", "node", "attempt"]),
            models.CheckConstraint(
                name="cases_step_left_is_whole",
                condition=Q(state=StepState.OPEN, left_at=None)
                | Q(state=StepState.LEFT, left_at__isnull=False),
            ),
        ]
        indexes = [
            models.Index(name="step_on_desk", fields=["organisation"], condition=Q(state=StepState.OPEN)),
        ]

    def __str__(self) -> str:
        return f"{self.node} {self.attempt}"


class Datum(models.Model):
    """A value of a case; who said it and in which revision. `value` is plain JSON (see states.Plain)."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="data")
    key = models.CharField(max_length=60)
    value = models.JSONField(null=True)
    who = models.CharField(max_length=60, blank=True)
    source = models.CharField(max_length=160, blank=True)
    rev = models.PositiveIntegerField()

    class Meta:
        ordering = ["id"]
        constraints = [models.UniqueConstraint(name="cases_datum_once", fields=["case", "key"])]

    def __str__(self) -> str:
        return self.key


class PersonalDatum(models.Model):
    """A personal value: kept for a purpose until a day, erasable; the record holds only its salted digest."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="personal")
    key = models.CharField(max_length=60)
    value = models.TextField(blank=True)
    salt = models.CharField(max_length=64, blank=True)
    purpose = models.CharField(max_length=200)
    keep_until = models.DateField()
    rev = models.PositiveIntegerField()
    erased_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="cases_personal_once", fields=["case", "key"]),
            models.CheckConstraint(
                name="cases_personal_erased_is_gone", condition=Q(erased_at=None) | Q(value="", salt="")
            ),
        ]

    def __str__(self) -> str:
        return self.key
