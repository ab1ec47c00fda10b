"""What is done with a group: its cases, the answers to its authors, small cuts, and links to reforms."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.cases.models import Case
from minhu.cases.states import Level
from minhu.people.models import Organisation
from minhu.reforms.models import Reform
from minhu.voices.models.groups import Group, HotIssue
from minhu.voices.states.groups import Adoption, CandidateState, LinkKind, LinkState, Severity


class VoiceCase(models.Model):
    """A case in which a group is handled; `attempt` counts from one.

    `carried_rev`: the revision whose answer was sent. `rating_token`: of the case's own rating, which the
    first author who rates gives.
    """

    group = models.ForeignKey(Group, models.PROTECT, related_name="cases")
    case = models.OneToOneField(Case, models.PROTECT, related_name="voice_case")
    attempt = models.PositiveSmallIntegerField(default=1)
    carried_rev = models.PositiveIntegerField(default=0)
    assigned_at = models.DateTimeField()
    rating_token = models.CharField(max_length=64, blank=True)

    class Meta:
        ordering = ["assigned_at", "id"]
        constraints = [
            models.UniqueConstraint(name="voice_case_attempt_once", fields=["group", "attempt"]),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} · {self.case_id}"


class Reply(models.Model):
    """An answer to one author, and what the author thinks of it.

    `rev`: the revision of the case whose answer it carries. `words`: of the author, masked. `public_text`
    may be shown to everybody once the author agreed and somebody other than its writer checked the mask.
    """

    voice = models.ForeignKey("voices.Voice", models.PROTECT, related_name="replies")
    case = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, blank=True)
    rev = models.PositiveIntegerField(default=0)
    text = models.TextField(_("answer"))
    office = models.CharField(_("answered by"), max_length=120, blank=True)
    checklist = models.JSONField(default=list)
    adoption = models.CharField(_("adoption"), max_length=10, choices=Adoption, blank=True)
    public_reason = models.TextField(_("public reason"), blank=True)
    written_by_user = models.BigIntegerField(null=True, blank=True)
    written_by_post = models.CharField(max_length=60, blank=True)
    sent_at = models.DateTimeField()
    level = models.PositiveSmallIntegerField(_("level"), choices=Level, null=True, blank=True)
    is_fixed = models.BooleanField(_("is it settled?"), null=True, blank=True)
    words = models.TextField(_("words"), blank=True)
    rated_at = models.DateTimeField(null=True, blank=True)
    reopened = models.ForeignKey(Case, models.PROTECT, related_name="+", null=True, blank=True)
    mailed_at = models.DateTimeField(null=True, blank=True)
    public_text = models.TextField(blank=True)
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_user = models.BigIntegerField(null=True, blank=True)
    checked_by_post = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["sent_at", "id"]
        constraints = [
            models.UniqueConstraint(name="reply_once", fields=["voice", "case", "rev"]),
            models.CheckConstraint(name="reply_has_text", condition=~Q(text="")),
            models.CheckConstraint(
                name="reply_level_known", condition=Q(level=None) | Q(level__in=Level.values)
            ),
            models.CheckConstraint(
                name="reply_adoption_has_public_reason", condition=Q(adoption="") | ~Q(public_reason="")
            ),
            models.CheckConstraint(
                name="reply_rated_whole",
                condition=Q(rated_at=None, level=None, is_fixed=None, words="")
                | Q(rated_at__isnull=False) & (Q(level__isnull=False) | Q(is_fixed__isnull=False)),
            ),
            models.CheckConstraint(
                name="reply_published_by_a_second_person",
                condition=Q(checked_at=None, checked_by_user=None, public_text="")
                | Q(checked_at__isnull=False, checked_by_user__isnull=False)
                & (
                    Q(written_by_user=None)
                    | Q(written_by_user__lt=F("checked_by_user"))
                    | Q(written_by_user__gt=F("checked_by_user"))
                ),
            ),
        ]
        indexes = [models.Index(name="reply_of_case", fields=["case", "rev"])]

    def __str__(self) -> str:
        return self.text[:40]

    @property
    def is_public(self) -> bool:
        """Whether everybody may read it."""
        return self.checked_at is not None and bool(self.public_text)


class Candidate(models.Model):
    """A small cut that many voices point to: how often × how hard × how many departments, with evidence.

    `evidence`: rows of [number of the voice, day, masked words].
    """

    title = models.CharField(_("title"), max_length=200)
    problem = models.TextField(_("what is wrong, for whom"))
    cut = models.TextField(_("what small change might move it"), blank=True)
    groups = models.ManyToManyField(Group, related_name="candidates")
    hot = models.ForeignKey(HotIssue, models.SET_NULL, related_name="candidates", null=True, blank=True)
    frequency = models.PositiveIntegerField(_("voices"))
    people = models.PositiveIntegerField(_("people"), default=0)
    severity = models.PositiveSmallIntegerField(_("how hard it hits"), choices=Severity)
    departments = models.ManyToManyField(Organisation, related_name="+", blank=True)
    score = models.PositiveIntegerField(default=0)
    evidence = models.JSONField(default=list)
    state = models.CharField(
        _("state"), max_length=10, choices=CandidateState, default=CandidateState.PROPOSED
    )
    reform = models.ForeignKey(Reform, models.PROTECT, related_name="+", null=True, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    proposed_at = models.DateTimeField()
    proposed_by_user = models.BigIntegerField(null=True, blank=True)
    proposed_by_post = models.CharField(max_length=60, blank=True)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_post = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["-score", "-proposed_at", "-id"]
        constraints = [
            models.CheckConstraint(name="candidate_is_named", condition=~Q(title="") & ~Q(problem="")),
            models.CheckConstraint(
                name="candidate_decided_whole",
                condition=Q(state=CandidateState.PROPOSED, reform=None, decided_at=None)
                | Q(
                    state__in=[CandidateState.LINKED, CandidateState.STARTED],
                    reform__isnull=False, decided_at__isnull=False,
                )
                | Q(state=CandidateState.REFUSED, reform=None, decided_at__isnull=False) & ~Q(reason=""),
            ),
        ]  # fmt: skip

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """Its page."""
        return reverse("voices:candidate", args=[self.pk])

    @property
    def book(self) -> str:
        """The book of the record in which its deeds stand."""
        return f"small_cut:{self.pk}"


class ReformLink(models.Model):
    """A group and a reform that belong together; suggested by likeness, said by people."""

    group = models.ForeignKey(Group, models.PROTECT, related_name="reform_links")
    reform = models.ForeignKey(Reform, models.PROTECT, related_name="voice_links")
    kind = models.CharField(max_length=10, choices=LinkKind, default=LinkKind.ABOUT)
    state = models.CharField(max_length=10, choices=LinkState, default=LinkState.SUGGESTED)
    score = models.FloatField(null=True, blank=True)
    spans = models.JSONField(default=list)
    decided_at = models.DateTimeField(null=True, blank=True)
    decided_by_user = models.BigIntegerField(null=True, blank=True)
    decided_by_post = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["state", "-score", "id"]
        constraints = [
            models.UniqueConstraint(name="reform_link_once", fields=["group", "reform"]),
            models.CheckConstraint(
                name="reform_link_decided_whole",
                condition=Q(state=LinkState.SUGGESTED, decided_at=None)
                | ~Q(state=LinkState.SUGGESTED) & Q(decided_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.group_id} · {self.reform_id}"
