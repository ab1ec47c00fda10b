"""What all deeds of this room share: the book they are written in, checks, and refusals for forms."""

from collections.abc import Mapping
from dataclasses import asdict
from datetime import datetime
from typing import TYPE_CHECKING, Any

from django.core.exceptions import ValidationError
from django.db import models

from minhu.trail import actions as trail
from minhu.trail.models import ref
from minhu.trail.states import Actor

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

BOOK = "people"


def note(
    *, by: Actor, deed: str, of: models.Model, at: datetime, payload: Mapping[str, Any], asked: int = 0
) -> None:
    """Write one deed of this room into its book."""
    trail.record(
        by=by, deed=f"people.{deed}", thing=ref(of), book=BOOK, at=at, payload=dict(payload), asked=asked
    )


def plain(draft: "DataclassInstance") -> dict[str, Any]:
    """A draft as the plain values of a payload, empty ones left out."""
    return {name: value for name, value in asdict(draft).items() if value not in (None, "")}


def checked(row: models.Model) -> models.Model:
    """The row, after Django's own checks of fields and constraints; raises ValidationError by field."""
    row.full_clean()
    return row


def wrong(field: str | None, words: Any) -> ValidationError:
    """A refusal that a form can show beside its field."""
    return ValidationError({field: [words]}) if field else ValidationError(words)
