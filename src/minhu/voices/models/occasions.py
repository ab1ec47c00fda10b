"""An occasion on which people were heard. It holds no count, no list of who came, no picture, no position."""

from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.people.models import Organisation
from minhu.voices.states.hearing import OccasionKind

LONGEST_NOTE = 2000


class Occasion(models.Model):
    """A visit or session: which, when, where, held by which unit; what was said there are its voices."""

    kind = models.CharField(_("occasion"), max_length=20, choices=OccasionKind)
    title = models.CharField(_("title"), max_length=120)
    held_on = models.DateField(_("held on"))
    place = models.ForeignKey(
        Organisation,
        models.PROTECT,
        related_name="occasions_here",
        null=True,
        blank=True,
        verbose_name=_("place"),
    )
    place_words = models.CharField(_("where exactly"), max_length=200, blank=True)
    office = models.ForeignKey(
        Organisation, models.PROTECT, related_name="occasions_held", verbose_name=_("held by")
    )
    note = models.TextField(_("note"), max_length=LONGEST_NOTE, blank=True)
    key = models.CharField(max_length=64, unique=True, null=True, blank=True)
    illustrative = models.BooleanField(_("illustrative"), default=False)

    class Meta:
        ordering = ["-held_on", "-id"]

    def __str__(self) -> str:
        return self.title

    @property
    def book(self) -> str:
        """Its book of the record."""
        return f"occasion:{self.pk}"

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("voices:occasion", args=[self.pk])
