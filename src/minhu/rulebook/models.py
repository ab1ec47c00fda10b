"""Versions of packs, limits and thresholds with their basis, and the calendar year by year."""

from datetime import date
from decimal import Decimal

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.rulebook.states import Strength, Unit, YearState, amount_words


class PackVersion(models.Model):
    """A pack as it was loaded; equal digests mean equal files."""

    code = models.CharField(_("code"), max_length=60)
    name = models.CharField(_("name"), max_length=120)
    version = models.CharField(_("version"), max_length=40)
    digest = models.CharField(_("digest"), max_length=64)
    loaded_at = models.DateTimeField(_("loaded at"))

    class Meta:
        ordering = ["-loaded_at", "-id"]
        constraints = [
            models.CheckConstraint(name="rulebook_pack_has_code", condition=~Q(code="") & ~Q(digest="")),
        ]

    def __str__(self) -> str:
        return f"{self.name} {self.version}"


class LimitQuerySet(models.QuerySet["Limit"]):
    """Readings of limits."""

    def in_force(self, on: date) -> "LimitQuerySet":
        """Those that hold on a day, an edition that a later one has replaced included."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), effective_on__lte=on)

    def most_specific_first(self) -> "LimitQuerySet":
        """The place's own before the general, then the kind's own, then the latest."""
        return self.order_by("-place", "-kind", "-effective_on")


class Limit(models.Model):
    """A limit or threshold: a value from a day on, on a basis, last checked by somebody."""

    code = models.CharField(_("code"), max_length=80)
    name = models.CharField(_("name"), max_length=120, blank=True)
    group = models.CharField(_("subject"), max_length=60, blank=True)
    value = models.DecimalField(_("limit value"), max_digits=14, decimal_places=4)
    unit = models.CharField(_("unit"), max_length=20, choices=Unit)
    place = models.CharField(_("place"), max_length=60, blank=True)
    kind = models.CharField(_("kind"), max_length=60, blank=True)
    basis = models.CharField(_("basis"), max_length=200)
    article = models.CharField(_("article of the basis"), max_length=80, blank=True)
    edition = models.CharField(_("edition"), max_length=120, blank=True)
    strength = models.CharField(_("strength"), max_length=20, choices=Strength)
    effective_on = models.DateField(_("effective on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    checked_on = models.DateField(_("checked on"), null=True, blank=True)
    checked_by = models.CharField(_("checked by"), max_length=60, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    order = models.PositiveIntegerField(default=0, editable=False)
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="limits")

    objects = LimitQuerySet.as_manager()

    class Meta:
        ordering = ["order", "code", "place", "kind", "-effective_on"]
        constraints = [
            models.UniqueConstraint(
                name="rulebook_limit_once", fields=["code", "place", "kind", "effective_on"]
            ),
            models.CheckConstraint(name="rulebook_limit_not_negative", condition=Q(value__gte=0)),
            models.CheckConstraint(name="rulebook_limit_has_basis", condition=~Q(basis="") & ~Q(code="")),
            models.CheckConstraint(
                name="rulebook_limit_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("effective_on")),
            ),
            models.CheckConstraint(
                name="rulebook_limit_check_is_whole",
                condition=Q(checked_on=None, checked_by="")
                | (Q(checked_on__isnull=False) & ~Q(checked_by="")),
            ),
            models.CheckConstraint(name="rulebook_limit_unit", condition=Q(unit__in=Unit.values)),
            models.CheckConstraint(name="rulebook_limit_strength", condition=Q(strength__in=Strength.values)),
        ]

    def __str__(self) -> str:
        return self.name or self.code

    def get_absolute_url(self) -> str:
        """The page of this limit with all its editions."""
        return reverse("rulebook:limit", args=[self.code]) + f"#limit-{self.pk}"

    @property
    def days(self) -> int:
        """The value as a whole number, for counting days, months or pieces."""
        return int(self.value)

    @property
    def amount(self) -> str:
        """The value with its unit in words."""
        return amount_words(Decimal(self.value), self.unit)

    @property
    def is_assumed(self) -> bool:
        """Whether nobody has read a source for it."""
        return self.strength == Strength.ASSUMED

    @property
    def source(self) -> str:
        """Basis, article and edition in one line."""
        return " · ".join(part for part in (self.basis, self.article, self.edition) if part)


class Calendar(models.Model):
    """The days of one year that depart from the week, and whether the year has been published."""

    year = models.PositiveSmallIntegerField(_("year"), unique=True)
    status = models.CharField(_("status"), max_length=20, choices=YearState)
    weekend = models.JSONField(default=list)
    tail_days = models.PositiveSmallIntegerField(default=0)
    days = models.JSONField(default=list)
    basis = models.CharField(_("basis"), max_length=200, blank=True)
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="calendars")

    class Meta:
        ordering = ["-year"]
        constraints = [
            models.CheckConstraint(name="rulebook_calendar_status", condition=Q(status__in=YearState.values)),
            models.CheckConstraint(name="rulebook_calendar_year", condition=Q(year__gte=1, year__lte=9999)),
        ]

    def __str__(self) -> str:
        return str(self.year)

    @property
    def is_published(self) -> bool:
        """Whether its holidays are known."""
        return self.status == YearState.PUBLISHED

    def dates(self, kind: str) -> list[date]:
        """The days of one kind (`holiday`, `workday`), in order."""
        return [date.fromisoformat(day) for day, one, _name in self.days if one == kind]
