"""One-row approvals: asked by one person, decided by another, whole or not at all."""

from django.db import models
from django.db.models import CheckConstraint, F, Q


class Asked(models.Model):
    """When something was asked, and by whom, as plain values: the row outlives the account."""

    asked_at = models.DateTimeField()
    asked_by_user = models.BigIntegerField(null=True, blank=True)
    asked_by_post = models.CharField(max_length=60, blank=True)
    asked_by_organisation = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


class Decided(models.Model):
    """When it was decided, and by whom, as plain values; empty while it waits."""

    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_user = models.BigIntegerField(null=True, blank=True)
    decided_by_post = models.CharField(max_length=60, blank=True)
    decided_by_organisation = models.CharField(max_length=60, blank=True)

    class Meta:
        abstract = True


def nobody_decides_the_own(name: str, asker: str) -> CheckConstraint:
    """The account that decides differs from `asker`; deeds of the system itself have no account."""
    differ = Q(**{f"{asker}__lt": F("decided_by_user")}) | Q(**{f"{asker}__gt": F("decided_by_user")})
    return CheckConstraint(name=name, condition=Q(**{asker: None}) | Q(decided_by_user=None) | differ)


def decided_whole(name: str) -> CheckConstraint:
    """A decision has a day exactly when it has been made."""
    return CheckConstraint(
        name=name,
        condition=Q(granted=None, decided_at=None) | Q(granted__isnull=False, decided_at__isnull=False),
    )
