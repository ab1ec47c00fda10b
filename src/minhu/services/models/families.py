"""Families of one-things (一类事): found by the software, named and confirmed by the office."""

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.services.models.things import Thing


class Family(models.Model):
    """A confirmed family. `found`: likeness and raw counts as they were computed when it was confirmed.

    Dissolved ones stay, with the reason; a one-thing is in at most one that stands (the action sees to it).
    """

    name = models.CharField(_("name"), max_length=60)
    summary = models.CharField(_("summary"), max_length=200, blank=True)
    members = models.ManyToManyField(Thing, related_name="families", verbose_name=_("One-things"))
    found = models.JSONField(default=dict)
    confirmed_by = models.CharField(_("confirmed by"), max_length=60)
    confirmed_at = models.DateTimeField(_("confirmed at"))
    dissolved_by = models.CharField(_("dissolved by"), max_length=60, blank=True)
    dissolved_at = models.DateTimeField(_("dissolved at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        ordering = ["confirmed_at", "id"]
        constraints = [
            models.UniqueConstraint(
                name="services_family_name_once", fields=["name"], condition=Q(dissolved_at=None)
            ),
            models.CheckConstraint(
                name="services_family_confirmed", condition=~Q(name="") & ~Q(confirmed_by="")
            ),
            models.CheckConstraint(
                name="services_family_dissolved_is_whole",
                condition=Q(dissolved_at=None, dissolved_by="", reason="")
                | Q(dissolved_at__isnull=False) & ~Q(dissolved_by="") & ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def stands(self) -> bool:
        """Whether it has not been dissolved."""
        return self.dissolved_at is None

    def get_absolute_url(self) -> str:
        """Where it is shown to staff."""
        return reverse("services:families") + f"#family-{self.pk}"
