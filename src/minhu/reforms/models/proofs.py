"""Proofs of milestones and postponements of them: asked by one person, decided by another."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from minhu.reforms.models.decisions import Asked, Decided, decided_whole, nobody_decides_the_own
from minhu.reforms.models.milestones import Milestone
from minhu.reforms.states import ProofState


class Proof(Decided):
    """A file (kept under its hash) or a link that shows a milestone; accepted rows cannot be changed."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="proofs")
    title = models.CharField(_("what it shows"), max_length=300)
    link = models.URLField(_("link"), max_length=500, blank=True)
    file_name = models.CharField(_("file"), max_length=255, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(null=True, blank=True)
    media_type = models.CharField(max_length=120, blank=True)
    submitted_at = models.DateTimeField()
    submitted_by_user = models.BigIntegerField(null=True, blank=True)
    submitted_by_post = models.CharField(max_length=60, blank=True)
    submitted_by_organisation = models.CharField(max_length=60, blank=True)
    state = models.CharField(max_length=12, choices=ProofState.choices, default=ProofState.WAITING)
    reason = models.TextField(_("reason"), blank=True)

    # Given by the page of a reform, never stored.
    asker: str
    decider: str
    may_decide: bool

    class Meta:
        ordering = ["milestone", "id"]
        constraints = [
            models.CheckConstraint(name="proof_has_title", condition=~Q(title="")),
            models.CheckConstraint(
                name="proof_is_file_or_link",
                condition=Q(link="", size__gt=0) & ~Q(file_name="") & ~Q(sha256="")
                | Q(file_name="", sha256="", size=None) & ~Q(link=""),
            ),
            models.CheckConstraint(name="proof_state_known", condition=Q(state__in=ProofState.values)),
            models.CheckConstraint(
                name="proof_decided_has_day", condition=Q(decided_at=None, state=ProofState.WAITING)
                | Q(decided_at__isnull=False) & ~Q(state=ProofState.WAITING),
            ),
            models.CheckConstraint(
                name="proof_returned_says_why", condition=~Q(state=ProofState.RETURNED) | ~Q(reason="")
            ),
            nobody_decides_the_own("proof_acceptor_is_not_submitter", "submitted_by_user"),
        ]  # fmt: skip
        indexes = [
            models.Index(fields=["milestone", "-id"], name="proof_last_of_milestone"),
            models.Index(fields=["state", "milestone"], name="proof_by_state"),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_file(self) -> bool:
        """Whether it is a file of ours rather than a link."""
        return bool(self.file_name)

    @property
    def path(self) -> str:
        """Where the file lies under the media folder: named by its content, so the same file lies once."""
        return proof_path(self.sha256)


def proof_path(sha256: str) -> str:
    """Full path of the file with this hash."""
    return str(settings.MEDIA_ROOT / "proofs" / sha256[:2] / sha256)


class Postponement(Asked, Decided):
    """A wish to move the due date of a milestone, with its reason, granted or refused by another person."""

    milestone = models.ForeignKey(Milestone, models.PROTECT, related_name="postponements")
    from_on = models.DateField(_("from"))
    to_on = models.DateField(_("to"))
    reason = models.TextField(_("reason"))
    granted = models.BooleanField(null=True, blank=True)
    answer = models.TextField(_("answer"), blank=True)

    # Given by the page of a reform, never stored.
    asker: str
    decider: str
    may_decide: bool

    class Meta:
        ordering = ["milestone", "id"]
        constraints = [
            models.CheckConstraint(name="postponement_moves_forward", condition=Q(to_on__gt=F("from_on"))),
            models.CheckConstraint(name="postponement_says_why", condition=~Q(reason="")),
            models.CheckConstraint(
                name="postponement_refused_says_why",
                condition=Q(granted=None) | Q(granted=True) | ~Q(answer=""),
            ),
            models.UniqueConstraint(
                fields=["milestone"], condition=Q(granted=None), name="postponement_one_open"
            ),
            decided_whole("postponement_decided_has_day"),
            nobody_decides_the_own("postponement_decider_is_not_asker", "asked_by_user"),
        ]
        indexes = [models.Index(fields=["granted", "asked_at"], name="postponement_open")]

    def __str__(self) -> str:
        return f"{self.from_on} → {self.to_on}"
