"""The life of an application and its papers, and the commands by which applicants and connectors move a case.

A case knows nothing of applicants: what they do reaches it as commands (`StepSpec.on`), done by the machine
in the transaction that keeps what they brought. Publishing writes these words, applying gives them.
"""

import hashlib
from collections.abc import Mapping

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from minhu.trail.states import Actor

MENDS = "applicant_mends"
"""The correction notice has been answered."""
WITHDRAWS = "applicant_withdraws"
"""The applicant takes the application back."""
APPLICANT = Actor(None, "applicant", "")
"""Whoever applies, as the record knows them: nobody in particular."""
TITLE, APPLICATION = "title", "application"
"""Fields of a published kind that an application fills: what the case is called, and its own number.
Answers to situation questions go into fields of the question's code, where the kind asks for them."""


def mark_of(item: str, requirement: str, material: str = "") -> str:
    """Eight signs for a requirement of an item (and one material of it): codes of places are short."""
    return hashlib.sha256(f"{item}/{requirement}/{material}".encode()).hexdigest()[:8]


def brings(item: str, requirement: str) -> str:
    """The command: the deferred papers of a requirement have been brought."""
    return f"applicant_brings_{mark_of(item, requirement)}"


def shares(item: str, requirement: str, material: str) -> str:
    """The command: data sharing has brought a material (or the applicant did in its place)."""
    return f"data_shared_{mark_of(item, requirement, material)}"


class ApplicationState(models.TextChoices):
    """How far an application is; what becomes of it after that is told by its case."""

    DRAFT = "draft", pgettext_lazy("application", "Draft")
    SUBMITTED = "submitted", pgettext_lazy("application", "Submitted")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "Withdrawn")
    EXPIRED = "expired", pgettext_lazy("application", "Expired")


class PaperWay(models.TextChoices):
    """How a paper of an application comes."""

    UPLOAD = "upload", _("Uploaded")
    SHARE = "share", _("Shared by a department")
    OUTPUT = "output", _("Made on the way")
    COMMIT = "commit", _("Committed to")
    DEFER = "defer", _("Brought later")


class PaperState(models.TextChoices):
    """Whether a paper is there."""

    GIVEN = "given", pgettext_lazy("paper", "There")
    WAITING = "waiting", pgettext_lazy("paper", "On its way")
    MISSING = "missing", pgettext_lazy("paper", "Could not be fetched")
    REPLACED = "replaced", pgettext_lazy("paper", "Replaced")


class ScanState(models.TextChoices):
    """What the virus scanner said of a file."""

    CLEAN = "clean", _("Looked through for viruses")
    SKIPPED = "skipped", _("Not looked through: no scanner is set up")


class ApplicationRefused(ValueError):
    """A deed of an applicant that may not be done: in words, by field or paper (`where` → words).

    `page`: where to mend it, as a path below the application; empty: nowhere.
    """

    def __init__(self, words: str, faults: Mapping[str, str] | None = None, page: str = "") -> None:
        super().__init__(words)
        self.words, self.faults, self.page = words, dict(faults or {}), page
