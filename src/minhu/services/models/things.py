"""One-things: what they join, signed merges, versions, published courses, what departments are asked."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.cases.models import Kind
from minhu.people.models import Organisation
from minhu.reforms.models import Reform
from minhu.rulebook.models import PackVersion
from minhu.services.models.items import ItemVersion
from minhu.services.states import (
    Audience,
    MergeState,
    QuestionState,
    Tier,
    VersionState,
)


class Thing(models.Model):
    """A one-thing (一件事). `stage`: code of the life event or the stage of an enterprise it belongs to.

    `reconstructed` (重构): rebuilt from published counts as an arithmetic test, never offered to anybody.
    `data`: as a pack wrote it (`packs.guides.ThingSpec`), signed merges apart.
    """

    code = models.CharField(_("code"), max_length=40, unique=True)
    name = models.CharField(_("name"), max_length=120)
    tier = models.CharField(_("list"), max_length=20, choices=Tier)
    audience = models.CharField(_("for whom"), max_length=20, choices=Audience)
    stage = models.CharField(_("stage"), max_length=40)
    lead = models.ForeignKey(Organisation, models.PROTECT, related_name="things", verbose_name=_("lead"))
    summary = models.TextField(_("summary"), blank=True)
    reconstructed = models.BooleanField(_("reconstructed"), default=False)
    illustrative = models.BooleanField(_("illustrative"), default=False)
    data = models.JSONField(default=dict)
    order = models.PositiveIntegerField(default=0, editable=False)

    class Meta:
        ordering = ["order", "code"]
        constraints = [
            models.CheckConstraint(name="services_thing_named", condition=~Q(code="") & ~Q(name="")),
            models.CheckConstraint(name="services_thing_tier", condition=Q(tier__in=Tier.values)),
            models.CheckConstraint(name="services_thing_audience", condition=Q(audience__in=Audience.values)),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def book(self) -> str:
        """Its book of the record."""
        return f"thing:{self.code}"

    def get_absolute_url(self) -> str:
        """The page of its designer."""
        return reverse("services:thing", args=[self.code])


class Merge(models.Model):
    """Somebody's word on two fields that look alike (`role.element`): the same, or not, and why."""

    thing = models.ForeignKey(Thing, models.CASCADE, related_name="merges")
    key = models.CharField(max_length=130)
    same_as = models.CharField(max_length=130)
    state = models.CharField(max_length=10, choices=MergeState)
    reason = models.CharField(_("reason"), max_length=400)
    signed_by = models.CharField(_("signed by"), max_length=60)
    signed_at = models.DateTimeField(_("signed at"))

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="services_merge_once", fields=["thing", "key", "same_as"]),
            models.CheckConstraint(name="services_merge_signed", condition=~Q(signed_by="") & ~Q(reason="")),
        ]

    def __str__(self) -> str:
        return f"{self.key} = {self.same_as}"


class ThingVersion(models.Model):
    """A version of a one-thing; it pins versions of items, the dictionaries and signed merges.

    `definition`: `packs.guides.Definition` as JSON, never changed once published. A draft follows the guides.
    """

    thing = models.ForeignKey(Thing, models.PROTECT, related_name="versions")
    number = models.PositiveIntegerField(_("version"))
    state = models.CharField(_("state"), max_length=12, choices=VersionState, default=VersionState.DRAFT)
    definition = models.JSONField()
    digest = models.CharField(max_length=64)
    items = models.ManyToManyField(ItemVersion, related_name="thing_versions")
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="thing_versions")
    made_at = models.DateTimeField(_("made at"))
    published_at = models.DateTimeField(_("published at"), null=True, blank=True)
    published_by = models.CharField(_("published by"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True, blank=True)
    reason = models.CharField(_("reason"), max_length=400, blank=True)

    class Meta:
        ordering = ["thing", "-number"]
        constraints = [
            models.UniqueConstraint(name="services_version_once", fields=["thing", "number"]),
            models.UniqueConstraint(
                name="services_one_draft", fields=["thing"], condition=Q(state=VersionState.DRAFT)
            ),
            models.UniqueConstraint(
                name="services_one_published", fields=["thing"], condition=Q(state=VersionState.PUBLISHED)
            ),
            models.CheckConstraint(
                name="services_version_published_is_whole",
                condition=Q(state=VersionState.DRAFT, published_at=None, published_by="")
                | ~Q(state=VersionState.DRAFT) & Q(published_at__isnull=False) & ~Q(published_by=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.thing} {self.number}"

    @property
    def is_published(self) -> bool:
        """Whether it is the one to apply for."""
        return self.state == VersionState.PUBLISHED

    @property
    def is_draft(self) -> bool:
        """Whether it still follows the guides."""
        return self.state == VersionState.DRAFT

    def get_absolute_url(self) -> str:
        """Its page in the designer."""
        return reverse("services:thing", args=[self.thing.code]) + f"?version={self.number}"


class Course(models.Model):
    """One published way through a version: the kind of case for every situation that leads to this plan.

    `situations`: settled answers (question → option, "" where it is not asked). `proof`: as published.
    """

    version = models.ForeignKey(ThingVersion, models.PROTECT, related_name="courses")
    number = models.PositiveIntegerField()
    situations = models.JSONField()
    kind = models.ForeignKey(Kind, models.PROTECT, related_name="courses")
    proof = models.JSONField()
    promised_days = models.PositiveIntegerField(_("promised days"))

    class Meta:
        ordering = ["version", "number"]
        constraints = [models.UniqueConstraint(name="services_course_once", fields=["version", "number"])]

    def __str__(self) -> str:
        return f"{self.version} · {self.number}"

    @property
    def answers(self) -> dict[str, str]:
        """The first of its situations."""
        first: dict[str, Any] = self.situations[0] if self.situations else {}
        return first


class Question(models.Model):
    """What a department has to clear up: a promise shorter than its own limit, visits that differ, …"""

    thing = models.ForeignKey(Thing, models.CASCADE, related_name="open_questions")
    code = models.CharField(max_length=40)
    subject = models.CharField(pgettext_lazy("question", "subject"), max_length=160, blank=True)
    words = models.CharField(_("question"), max_length=400)
    department = models.ForeignKey(
        Organisation, models.PROTECT, related_name="service_questions", verbose_name=_("department")
    )
    state = models.CharField(_("state"), max_length=10, choices=QuestionState, default=QuestionState.ASKED)
    asked_by = models.CharField(_("asked by"), max_length=60)
    asked_at = models.DateTimeField(_("asked at"))
    answer = models.TextField(_("answer"), blank=True)
    answered_by = models.CharField(_("answered by"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True, blank=True)

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(
                name="services_question_once", fields=["thing", "code", "subject", "words"]
            ),
            models.CheckConstraint(
                name="services_question_answer_is_whole",
                condition=Q(state=QuestionState.ASKED, answer="", answered_by="", answered_at=None)
                | Q(state=QuestionState.ANSWERED, answered_at__isnull=False)
                & ~Q(answer="")
                & ~Q(answered_by=""),
            ),
        ]

    def __str__(self) -> str:
        return self.words


class ThingReform(models.Model):
    """A rule that holds a one-thing up, sent to the list of reforms: which clause, how many days it costs."""

    version = models.ForeignKey(ThingVersion, models.PROTECT, related_name="reforms")
    reform = models.ForeignKey(Reform, models.PROTECT, related_name="things")
    clause = models.CharField(_("clause"), max_length=200)
    first_day = models.PositiveIntegerField()
    most_days = models.PositiveIntegerField()
    sent_by = models.CharField(max_length=60)
    sent_at = models.DateTimeField()

    class Meta:
        ordering = ["id"]
        constraints = [
            models.UniqueConstraint(name="services_reform_once", fields=["version", "reform", "clause"]),
        ]

    def __str__(self) -> str:
        return f"{self.clause} → {self.reform}"
