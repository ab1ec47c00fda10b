"""Documents, their versions, the clauses a text falls into and the duties the clauses lay down."""

from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from minhu.mandates.states import HEADINGS, ClauseKind, DocumentKind, Level, Source


class Document(models.Model):
    """A document known by its number (文号); its words stand in its versions."""

    number = models.CharField(_("Document number"), max_length=120, unique=True)
    title = models.CharField(_("Title"), max_length=300)
    issuer = models.CharField(_("Issued by"), max_length=200, blank=True)
    level = models.CharField(_("Level"), max_length=16, choices=Level)
    kind = models.CharField(_("Kind"), max_length=16, choices=DocumentKind, default=DocumentKind.UPSTREAM)
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    received_on = models.DateField(_("Received on"), null=True, blank=True)
    illustrative = models.BooleanField(_("Illustrative"), default=False)
    pack_key = models.CharField(max_length=160, blank=True, default="", editable=False)

    class Meta:
        ordering = ["kind", "-received_on", "number"]
        constraints = [
            models.CheckConstraint(condition=~Q(number=""), name="mandates_document_has_number"),
            models.CheckConstraint(condition=~Q(title=""), name="mandates_document_has_title"),
            models.CheckConstraint(condition=Q(kind__in=DocumentKind.values), name="mandates_document_kind"),
            models.CheckConstraint(condition=Q(level__in=Level.values), name="mandates_document_level"),
            models.CheckConstraint(
                condition=Q(issued_on=None) | Q(received_on=None) | Q(received_on__gte=F("issued_on")),
                name="mandates_document_received_after_issue",
            ),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        """The page of this document."""
        return reverse("mandates:document", args=[self.pk])

    @property
    def is_upstream(self) -> bool:
        """Whether its clauses ask to be taken over here."""
        return self.kind == DocumentKind.UPSTREAM

    @property
    def book(self) -> str:
        """The book of the record in which its deeds stand."""
        return f"document:{self.pk}"


class Version(models.Model):
    """One wording of a document; every span of its clauses and duties counts characters of `text`."""

    document = models.ForeignKey(Document, models.PROTECT, related_name="versions")
    label = models.CharField(max_length=80)
    text = models.TextField()
    # [[start, end], …]: stretches that belong to the page (buttons, page numbers) and not to the document.
    furniture = models.JSONField(default=list, blank=True)
    sha256 = models.CharField(max_length=64)
    added_at = models.DateTimeField()
    # The day these words were issued: of an amended law the day of the amendment. None: not known.
    issued_on = models.DateField(_("Issued on"), null=True, blank=True)
    # What `states.Source.plain` gives: from what kind of file it was read, and what was decided then.
    source = models.JSONField(default=dict, blank=True)
    is_current = models.BooleanField(default=True)

    class Meta:
        ordering = ["document", "-added_at", "-pk"]
        constraints = [
            models.UniqueConstraint(fields=["document", "sha256"], name="mandates_version_once"),
            models.UniqueConstraint(
                fields=["document"], condition=Q(is_current=True), name="mandates_version_one_current"
            ),
            models.CheckConstraint(condition=~Q(text=""), name="mandates_version_has_text"),
        ]

    def __str__(self) -> str:
        return f"{self.document.title} · {self.label}"

    @property
    def read_from(self) -> Source:
        """From what kind of file it was read."""
        return Source.unpacked(self.source)


class Implementation(models.Model):
    """A local document carries out an upstream one; a person may have checked that it still does.

    `checked_version` is the upstream wording it was last checked against, with the reason it still fits.
    """

    local = models.ForeignKey(Document, models.CASCADE, related_name="implements")
    upstream = models.ForeignKey(Document, models.CASCADE, related_name="implemented_by")
    checked_version = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    checked_local = models.ForeignKey(Version, models.PROTECT, null=True, blank=True, related_name="+")
    checked_at = models.DateTimeField(null=True, blank=True)
    checked_by_post = models.CharField(max_length=80, blank=True, default="")
    reason = models.TextField(_("Reason"), blank=True, default="")

    class Meta:
        ordering = ["local", "upstream__number"]
        constraints = [
            models.UniqueConstraint(fields=["local", "upstream"], name="mandates_implementation_once"),
            models.CheckConstraint(
                condition=~Q(local=F("upstream")), name="mandates_implementation_of_other"
            ),
            models.CheckConstraint(
                condition=Q(checked_version=None) | ~Q(reason=""), name="mandates_implementation_says_why"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.local_id} → {self.upstream_id}"


class Clause(models.Model):
    """A piece of a version, from its label to the end of what stands below it; pieces form a tree.

    `start` and `end` count characters of the version; `text` is that stretch without page furniture.
    `is_unit` marks those that must be answered one by one.
    """

    version = models.ForeignKey(Version, models.CASCADE, related_name="clauses")
    parent = models.ForeignKey("self", models.CASCADE, null=True, blank=True, related_name="children")
    order = models.PositiveIntegerField()
    kind = models.CharField(max_length=16, choices=ClauseKind)
    label = models.CharField(max_length=80)
    path = models.CharField(max_length=200)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    heading = models.CharField(max_length=300, blank=True, default="")
    text = models.TextField()
    is_unit = models.BooleanField(default=False)
    domain = models.CharField(max_length=24, blank=True, default="")

    class Meta:
        ordering = ["version", "order"]
        constraints = [
            models.UniqueConstraint(fields=["version", "order"], name="mandates_clause_order"),
            models.UniqueConstraint(fields=["version", "path"], name="mandates_clause_path"),
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mandates_clause_span"),
            models.CheckConstraint(condition=Q(kind__in=ClauseKind.values), name="mandates_clause_kind"),
            models.CheckConstraint(
                condition=Q(is_unit=False) | ~Q(kind__in=sorted(HEADINGS)),
                name="mandates_clause_unit_has_words",
            ),
        ]
        indexes = [models.Index(fields=["version", "is_unit", "order"], name="mandates_clause_units")]

    def __str__(self) -> str:
        return f"{self.label} {self.heading}".strip()

    def get_absolute_url(self) -> str:
        """The page of this clause."""
        return reverse("mandates:clause", args=[self.pk])

    @property
    def name(self) -> str:
        """Its label, if need be with those above it: 第三条, but 一、（二）1. (see `queries.with_names`)."""
        labels, step = [self.label], self
        while step.kind != ClauseKind.ARTICLE and not step.label.startswith("第") and step.parent:
            step = step.parent
            if not step.label.startswith("第"):
                labels.insert(0, step.label)
        return "".join(labels)

    @property
    def anchor(self) -> str:
        """Where the page of the document shows it."""
        return f"c{self.pk}"


class Duty(models.Model):
    """Who must do what by when, as read from a clause or as corrected by a person."""

    clause = models.ForeignKey(Clause, models.CASCADE, related_name="duties")
    who = models.CharField(_("Who"), max_length=300, blank=True)
    what = models.TextField(_("What"))
    by_words = models.CharField(_("By when, in its words"), max_length=120, blank=True)
    by_on = models.DateField(_("Due day"), null=True, blank=True)
    start = models.PositiveIntegerField()
    end = models.PositiveIntegerField()
    is_corrected = models.BooleanField(default=False)

    class Meta:
        ordering = ["clause", "start", "pk"]
        verbose_name_plural = "duties"
        constraints = [
            models.CheckConstraint(condition=Q(end__gt=F("start")), name="mandates_duty_span"),
            models.CheckConstraint(condition=~Q(what=""), name="mandates_duty_says_what"),
        ]

    def __str__(self) -> str:
        return self.what
