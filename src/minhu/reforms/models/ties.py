"""Cases tied to a reform: about it or one of its milestones, or what it arose from."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minhu.cases.models import Case
from minhu.reforms.models.milestones import Milestone
from minhu.reforms.models.reforms import Reform
from minhu.reforms.states import TieKind


class Tie(models.Model):
    """A case and the reform (and milestone) it is about, or the reform that arose from it."""

    reform = models.ForeignKey(Reform, models.PROTECT, related_name="ties")
    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="ties", null=True, blank=True)
    case = models.ForeignKey(Case, models.PROTECT, related_name="reform_ties")
    kind = models.CharField(_("tie"), max_length=10, choices=TieKind)
    tied_at = models.DateTimeField(editable=False)

    class Meta:
        ordering = ["-tied_at", "-id"]
        constraints = [
            models.UniqueConstraint(name="tie_once", fields=["reform", "case", "kind"]),
            models.CheckConstraint(name="tie_kind_known", condition=Q(kind__in=TieKind.values)),
            models.CheckConstraint(
                name="tie_of_origin_has_no_milestone", condition=~Q(kind=TieKind.ORIGIN) | Q(milestone=None)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.reform_id} {self.kind} {self.case_id}"
