"""Applications found: by their secret code, by number, by the case they became; what to do next with them."""

import hashlib
import re
from datetime import date, datetime
from decimal import Decimal

from django.db.models import QuerySet

from minhu.cases.models import Case
from minhu.rulebook.queries import limit
from minhu.services.models import Application, ApplicationPaper, ApplicationValue, Thing, ThingVersion
from minhu.services.states import ApplicationState, PaperState, VersionState

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
"""Signs of a follow-up code: none that looks like another."""
GROUPS, SIGNS = 4, 4
DRAFT_DAYS, LARGEST = "application.draft_days", "upload.max_megabytes"
KEEP_MONTHS = "privacy.application_keep_months"


def spelled(code: str) -> str:
    """A code however it was typed: capitals, without what stands between its signs."""
    return re.sub(r"[^0-9A-Z]", "", code.upper())


def digest_of(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(spelled(code).encode()).hexdigest()


def digest_of_words(words: str) -> str:
    """By which the words agreed to are known again."""
    return hashlib.sha256(words.encode()).hexdigest()


def rows() -> QuerySet[Application]:
    """Applications with what every page of theirs needs."""
    return Application.objects.select_related("version__thing__lead", "course", "case__kind", "helper")


def application_by_code(code: str) -> Application | None:
    """The application a secret code opens."""
    return rows().filter(code_digest=digest_of(code)).first() if code.strip() else None


def application_by_pk(pk: int) -> Application | None:
    """One application."""
    return rows().filter(pk=pk).first()


def application_of_case(case: Case) -> Application | None:
    """The application a case was opened by."""
    return rows().filter(case=case).first()


def open_thing(code: str) -> Thing | None:
    """A one-thing by its code; one that was only rebuilt from counts is offered to nobody."""
    return Thing.objects.filter(code=code, reconstructed=False).select_related("lead").first()


def published_version(thing: Thing) -> ThingVersion | None:
    """The version that is applied for now."""
    return thing.versions.filter(state=VersionState.PUBLISHED).select_related("thing").first()


def values_of(application: Application) -> dict[str, str]:
    """What was answered and is still kept."""
    kept = ApplicationValue.objects.filter(application=application, erased_at=None)
    return dict(kept.values_list("key", "value"))


def papers_of(application: Application) -> list[ApplicationPaper]:
    """The papers as they stand now, without those that were replaced."""
    return list(application.papers.exclude(state=PaperState.REPLACED))


def consents_of(application: Application) -> set[tuple[str, str]]:
    """What was agreed to, and the digest of the words."""
    return set(application.consents.values_list("what", "words_digest"))


def months(code: str, on: date) -> int:
    """A limit in months. Raises rulebook.Missing."""
    return limit(code or KEEP_MONTHS, on=on).days


def draft_days(on: date) -> int:
    """How long a draft waits for whoever began it."""
    return limit(DRAFT_DAYS, on=on).days


def most_megabytes(code: str, on: date) -> Decimal:
    """How large a file may be."""
    return Decimal(limit(code or LARGEST, on=on).value)


def amount_of(code: str, on: date) -> str:
    """A limit in words, nothing for none."""
    return limit(code, on=on).amount if code else ""


def drafts_over(at: datetime, most: int) -> QuerySet[Application]:
    """Drafts whose time is over."""
    return Application.objects.over(at).order_by("pk")[:most]


def over_on(on: date, most: int) -> list[int]:
    """Applications with values or papers whose time is over."""
    values = ApplicationValue.objects.filter(erased_at=None, keep_until__lt=on)
    papers = ApplicationPaper.objects.filter(erased_at=None, keep_until__lt=on)
    found = {*values.values_list("application", flat=True)[:most]}
    return sorted({*found, *papers.values_list("application", flat=True)[:most]})[:most]


def papers_to_fetch(at: datetime, most: int) -> QuerySet[ApplicationPaper]:
    """Papers of submitted applications that sharing is to be asked for again."""
    due = ApplicationPaper.objects.filter(state=PaperState.WAITING, next_at__lte=at)
    due = due.filter(application__state=ApplicationState.SUBMITTED)
    return due.select_related("application__version", "application__case__kind").order_by("next_at")[:most]
