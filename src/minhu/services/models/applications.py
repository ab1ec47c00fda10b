"""Applications: what was answered, what was handed in, what was agreed to, kept as long as it is needed."""

from datetime import datetime

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from minhu.cases.models import Case
from minhu.people.models import Organisation
from minhu.services.models.things import Course, ThingVersion
from minhu.services.states import ApplicationState, PaperState, PaperWay, ScanState


class ApplicationQuerySet(models.QuerySet["Application"]):
    """Readings of applications."""

    def over(self, at: datetime) -> "ApplicationQuerySet":
        """Drafts nobody came back to in the time for which they are kept."""
        return self.filter(state=ApplicationState.DRAFT, keep_until__lt=at)


class Application(models.Model):
    """Somebody applies for a one-thing. Who it is stands in its values alone, which can be erased.

    `code_digest`: of the secret follow-up code. `answers`: situation question → option. `seen`: fields that
    were put before the applicant, so that only what is new is asked again. `key`: of the one submission.
    `helper`: the organisation that applies on somebody's behalf (帮办代办), from the post `helper_post`.
    """

    version = models.ForeignKey(ThingVersion, models.PROTECT, related_name="applications")
    course = models.ForeignKey(Course, models.PROTECT, related_name="applications", null=True)
    code_digest = models.CharField(max_length=64, unique=True)
    state = models.CharField(
        _("state"), max_length=12, choices=ApplicationState, default=ApplicationState.DRAFT
    )
    answers = models.JSONField(default=dict)
    seen = models.JSONField(default=list)
    key = models.CharField(max_length=120, unique=True)
    case = models.OneToOneField(Case, models.PROTECT, related_name="application", null=True)
    helper = models.ForeignKey(Organisation, models.PROTECT, related_name="helped", null=True)
    helper_post = models.CharField(max_length=60, blank=True)
    started_at = models.DateTimeField(_("started at"))
    changed_at = models.DateTimeField(_("changed at"))
    submitted_at = models.DateTimeField(_("submitted at"), null=True)
    ended_at = models.DateTimeField(null=True)
    keep_until = models.DateTimeField(_("kept until"))

    objects = ApplicationQuerySet.as_manager()

    class Meta:
        ordering = ["-id"]
        constraints = [
            models.CheckConstraint(
                name="services_application_submitted_is_whole",
                condition=Q(state__in=["draft", "expired"], case=None, submitted_at=None)
                | Q(state="withdrawn")
                | Q(state="submitted", case__isnull=False, submitted_at__isnull=False, course__isnull=False),
            ),
            models.CheckConstraint(
                name="services_application_helped_is_whole",
                condition=Q(helper=None, helper_post="") | Q(helper__isnull=False) & ~Q(helper_post=""),
            ),
        ]
        indexes = [
            models.Index(
                name="application_over", fields=["keep_until"], condition=Q(state=ApplicationState.DRAFT)
            ),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def number(self) -> str:
        """Its number, not secret: it opens nothing."""
        return f"S{self.started_at:%Y}-{self.pk:06}"

    @property
    def book(self) -> str:
        """Its book of the record."""
        return f"application:{self.pk}"

    @property
    def is_draft(self) -> bool:
        """Whether it has not been sent."""
        return self.state == ApplicationState.DRAFT

    @property
    def is_submitted(self) -> bool:
        """Whether it was sent and not taken back."""
        return self.state == ApplicationState.SUBMITTED


class ApplicationValue(models.Model):
    """What was answered to one field (`role.element`): for a purpose, until a day; gone once erased."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="values")
    key = models.CharField(max_length=130)
    value = models.TextField(blank=True)
    is_personal = models.BooleanField(default=True)
    purpose = models.CharField(max_length=200)
    keep_until = models.DateField()
    changed_at = models.DateTimeField()
    erased_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="services_value_once", fields=["application", "key"]),
            models.CheckConstraint(
                name="services_value_erased_is_gone", condition=Q(erased_at=None) | Q(value="")
            ),
        ]
        indexes = [
            models.Index(name="application_value_over", fields=["keep_until"], condition=Q(erased_at=None)),
        ]

    def __str__(self) -> str:
        return self.key


class ApplicationPaper(models.Model):
    """A paper of an application: a file, data that were shared, a signed commitment, or a word to bring it.

    `requirement`: `item/id` of the requirement a commitment or deferral is for. `words`: what was signed.
    `attempts`, `next_at`, `error`: of data sharing, which the worker goes on trying.
    """

    application = models.ForeignKey(Application, models.CASCADE, related_name="papers")
    material = models.CharField(max_length=60, blank=True)
    form = models.CharField(max_length=20, blank=True)
    requirement = models.CharField(max_length=130, blank=True)
    way = models.CharField(max_length=10, choices=PaperWay)
    state = models.CharField(max_length=10, choices=PaperState, default=PaperState.GIVEN)
    name = models.CharField(max_length=200, blank=True)
    file = models.CharField(max_length=200, blank=True)
    sha256 = models.CharField(max_length=64, blank=True)
    size = models.PositiveBigIntegerField(default=0)
    media_type = models.CharField(max_length=120, blank=True)
    scan = models.CharField(max_length=10, choices=ScanState, blank=True)
    origin = models.CharField(max_length=200, blank=True)
    data = models.JSONField(null=True)
    words = models.TextField(blank=True)
    due_on = models.DateField(null=True)
    given_at = models.DateTimeField()
    keep_until = models.DateField()
    erased_at = models.DateTimeField(null=True)
    attempts = models.PositiveIntegerField(default=0)
    next_at = models.DateTimeField(null=True)
    error = models.CharField(max_length=500, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="services_paper_once",
                fields=["application", "material", "form", "requirement"],
                condition=~Q(state=PaperState.REPLACED),
            ),
            models.CheckConstraint(
                name="services_paper_erased_is_gone",
                condition=Q(erased_at=None) | Q(file="", data=None, words="", name=""),
            ),
        ]
        indexes = [
            models.Index(
                name="application_paper_due", fields=["next_at"], condition=Q(state=PaperState.WAITING)
            ),
        ]

    def __str__(self) -> str:
        return f"{self.material or self.requirement} {self.way}"

    @property
    def is_there(self) -> bool:
        """Whether nothing more is needed for now."""
        return self.state == PaperState.GIVEN


class Consent(models.Model):
    """What somebody agreed to, in these words. For a child: as whom, and the assessment it rests on."""

    application = models.ForeignKey(Application, models.CASCADE, related_name="consents")
    what = models.CharField(max_length=60)
    words = models.TextField()
    words_digest = models.CharField(max_length=64)
    is_for_child = models.BooleanField(default=False)
    relation = models.CharField(_("relation to the child"), max_length=20, blank=True)
    assessment = models.CharField(_("impact assessment"), max_length=200, blank=True)
    keep_until = models.DateField()
    given_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="services_consent_once", fields=["application", "what", "words_digest"]
            ),
            models.CheckConstraint(
                name="services_consent_for_child_is_whole",
                condition=Q(is_for_child=False) | ~Q(relation="") & ~Q(assessment=""),
            ),
        ]

    def __str__(self) -> str:
        return self.what
