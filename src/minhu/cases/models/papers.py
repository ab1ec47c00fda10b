"""Papers of a case, and the one rating its author may give."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minhu.cases.models.cases import Case
from minhu.cases.states import Level


class Paper(models.Model):
    """A paper handed in or made by a step; never changed once it is there."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="papers")
    code = models.CharField(max_length=60)
    title = models.CharField(_("title"), max_length=200)
    number = models.CharField(_("number"), max_length=80, blank=True)
    is_made = models.BooleanField(default=False)
    content = models.JSONField(null=True)
    file = models.FileField(upload_to="papers/%Y/", blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=120, blank=True)
    rev = models.PositiveIntegerField()
    made_at = models.DateTimeField()
    who = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="cases_paper_number_once", fields=["number"], condition=~Q(number="")
            ),
            models.CheckConstraint(
                name="cases_paper_has_content",
                condition=Q(is_made=True, content__isnull=False) | ~Q(sha256=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.title}".strip()


class Rating(models.Model):
    """What the author thinks of how a case was handled: asked once, by a token whose digest we keep."""

    case = models.ForeignKey(Case, models.CASCADE, related_name="ratings")
    token_digest = models.CharField(max_length=64, unique=True)
    asked_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True)
    words = models.TextField(_("words"), blank=True, max_length=2000)
    rated_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.CheckConstraint(
                name="cases_rating_is_whole",
                condition=Q(level=None, rated_at=None) | Q(level__in=Level.values, rated_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.level or '-'}"
