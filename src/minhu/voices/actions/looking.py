"""Looking at a voice as it was said: every look stands in the record, before anything is shown."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor
from minhu.voices.actions.finding import locked_voice


@dataclass(frozen=True, slots=True)
class Raw:
    """A voice as it was said, and how its author can be reached."""

    text: str
    contact: Mapping[str, str]


@transaction.atomic
def look(*, by: Actor, number: str, at: datetime) -> Raw:
    """Show the raw text and the contact to who handles the voice. Raises VoiceRefused."""
    voice = locked_voice(number)
    rows = list(voice.personal.filter(erased_at=None))
    payload = {"text": voice.has_raw, "personal": [row.key for row in rows]}
    record(by=by, deed="voices.look", thing=ref(voice), book=voice.book, at=at, payload=payload)
    return Raw(voice.text, {str(row.get_key_display()): row.value for row in rows})
