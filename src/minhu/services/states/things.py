"""Lists, audiences and states of one-things, merges and questions."""

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Tier(models.TextChoices):
    """In which of the three lists a one-thing stands (国办发〔2025〕24号)."""

    OVERALL = "overall", _("Overall list")
    ANNUAL = "annual", _("List of the year")
    SPECIAL = "special", _("Local list")


class Audience(models.TextChoices):
    """For whom it is."""

    PERSON = "person", _("For people")
    ENTERPRISE = "enterprise", _("For enterprises")


class VersionState(models.TextChoices):
    """How far a version is. Of one thing at most one is a draft, and at most one published."""

    DRAFT = "draft", _("Draft")
    PUBLISHED = "published", pgettext_lazy("version", "Published")
    REPLACED = "replaced", _("Replaced")
    WITHDRAWN = "withdrawn", _("Withdrawn")


class MergeState(models.TextChoices):
    """What was said of two fields that look alike."""

    SIGNED = "signed", _("The same")
    REFUSED = "refused", _("Not the same")


class QuestionState(models.TextChoices):
    """Whether a department has answered."""

    ASKED = "asked", _("Asked")
    ANSWERED = "answered", _("Answered")
