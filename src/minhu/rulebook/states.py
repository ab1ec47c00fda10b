"""In what a limit is counted, how firmly it stands, and the plain values a pack hands over."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext


class Unit(models.TextChoices):
    """In what a limit is counted."""

    WORKING_DAY = "working_day", _("working days")
    DAY = "day", _("days")
    MONTH = "month", _("months")
    SECOND = "second", _("seconds")
    COUNT = "count", _("times")
    SHARE = "share", _("share")
    SCORE = "score", _("score")
    MEGABYTE = "megabyte", _("megabytes")


class Strength(models.TextChoices):
    """How firmly a limit stands: what may change it, and whether anybody read its source."""

    LAW = "law", _("Law")
    REGULATION = "regulation", _("Regulation")
    LOCAL = "local", _("Local rule")
    ASSUMED = "assumed", _("Assumed, not verified")


class YearState(models.TextChoices):
    """Whether the holidays of a year are known."""

    PUBLISHED = "published", _("Published")
    PROVISIONAL = "provisional", _("Provisional")


@dataclass(frozen=True, slots=True)
class LimitDraft:
    """A limit as a pack writes it; its own name is (code, place, kind, effective_on)."""

    code: str
    value: Decimal
    unit: Unit
    basis: str
    strength: Strength
    effective_on: date
    name: str = ""
    group: str = ""
    place: str = ""
    kind: str = ""
    article: str = ""
    edition: str = ""
    ends_on: date | None = None
    checked_on: date | None = None
    checked_by: str = ""
    note: str = ""

    def __post_init__(self) -> None:
        if self.value < 0:
            raise ValueError(f"{self.code}: a limit of {self.value} is below zero")
        if self.ends_on and self.ends_on < self.effective_on:
            raise ValueError(f"{self.code} ends on {self.ends_on}, before it begins on {self.effective_on}")
        if bool(self.checked_on) != bool(self.checked_by):
            raise ValueError(f"{self.code}: checked_on and checked_by go together")

    @property
    def key(self) -> tuple[str, str, str, date]:
        """What tells one limit from another."""
        return self.code, self.place, self.kind, self.effective_on


def amount_words(value: Decimal, unit: str) -> str:
    """A value with its unit in the words of the reader: `5 working days`, `95 %`."""
    number = plain(value)
    if unit == Unit.SHARE:
        return f"{plain(value * 100)} %"
    if unit == Unit.MEGABYTE:
        return f"{number} MB"
    if unit == Unit.SCORE:
        return number
    return _counted(unit, value) % {"n": number}


def _counted(unit: str, value: Decimal) -> str:
    """The words of a unit that is counted; only exactly one is singular."""
    n = 1 if value == 1 else 2
    if unit == Unit.WORKING_DAY:
        return ngettext("%(n)s working day", "%(n)s working days", n)
    if unit == Unit.DAY:
        return ngettext("%(n)s day", "%(n)s days", n)
    if unit == Unit.MONTH:
        return ngettext("%(n)s month", "%(n)s months", n)
    if unit == Unit.SECOND:
        return ngettext("%(n)s second", "%(n)s seconds", n)
    return ngettext("%(n)s time", "%(n)s times", n)


def plain(value: Decimal) -> str:
    """A number without idle zeros: 5, 0.55, 1200."""
    words = f"{value:f}"
    return words.rstrip("0").rstrip(".") if "." in words else words
