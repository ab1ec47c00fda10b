"""Published kinds of case, counters of numbers, and who answers for what at which place."""

from datetime import date

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation
from minhu.rulebook.models import PackVersion
from minhu.rulebook.states import Strength


class Kind(models.Model):
    """One published version of a kind: a case keeps the version it was opened with. `spec`: the pack's,
    without its traces, which may be added to later (`packs.kind_values`).
    """

    code = models.CharField(_("code"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    group = models.CharField(_("group"), max_length=60, blank=True)
    digest = models.CharField(max_length=64)
    spec = models.JSONField()
    traces = models.JSONField(default=list)
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="kinds")
    published_at = models.DateTimeField(_("published at"))
    is_current = models.BooleanField(default=True)
    is_confidential = models.BooleanField(default=False)
    order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "code", "-published_at"]
        constraints = [
            models.UniqueConstraint(name="cases_kind_version_once", fields=["code", "digest"]),
            models.UniqueConstraint(
                name="cases_kind_one_current", fields=["code"], condition=Q(is_current=True)
            ),
            models.CheckConstraint(name="cases_kind_named", condition=~Q(code="") & ~Q(title="")),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def version(self) -> str:
        """The version in short, for reading."""
        return self.digest[:8]


class Counter(models.Model):
    """The last number given out, of cases or papers of a year."""

    name = models.CharField(max_length=120, unique=True)
    last = models.PositiveIntegerField(default=0)

    class Meta:
        ordering = ["name"]

    def __str__(self) -> str:
        return f"{self.name}: {self.last}"


class PowerQuerySet(models.QuerySet["Power"]):
    """Readings of powers."""

    def in_force(self, on: date) -> "PowerQuerySet":
        """Those that hold on a day."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=on), effective_on__lte=on)


class Power(models.Model):
    """A matter a place answers for: a line's power handed down to it, or (line = place) its own duty."""

    matter = models.CharField(_("matter"), max_length=60)
    title = models.CharField(_("title"), max_length=120)
    line = models.ForeignKey(
        Organisation, models.PROTECT, related_name="powers_given", verbose_name=_("line")
    )
    place = models.ForeignKey(Organisation, models.PROTECT, related_name="powers", verbose_name=_("place"))
    basis = models.CharField(_("basis"), max_length=200)
    article = models.CharField(_("article of the basis"), max_length=80, blank=True)
    strength = models.CharField(_("strength"), max_length=20, choices=Strength)
    effective_on = models.DateField(_("effective on"))
    ends_on = models.DateField(_("ends on"), null=True, blank=True)
    note = models.CharField(_("note"), max_length=400, blank=True)
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="powers")
    order = models.PositiveIntegerField(default=0, editable=False)

    objects = PowerQuerySet.as_manager()

    class Meta:
        ordering = ["order", "matter", "place"]
        constraints = [
            models.UniqueConstraint(name="cases_power_once", fields=["matter", "place", "effective_on"]),
            models.CheckConstraint(name="cases_power_has_basis", condition=~Q(basis="")),
            models.CheckConstraint(
                name="cases_power_ends_after_start",
                condition=Q(ends_on=None) | Q(ends_on__gte=F("effective_on")),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.title} · {self.place}"
