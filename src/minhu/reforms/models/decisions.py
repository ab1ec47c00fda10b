"""Constraints of one-row approvals: asked by one person, decided by another, whole or not at all."""

from django.db.models import CheckConstraint, F, Q


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
