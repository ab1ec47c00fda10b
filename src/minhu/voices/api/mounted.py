"""The operations of this room, and what its refusals are called outside."""

from typing import Any

from django.utils.translation import gettext_lazy as _
from django.utils.translation import gettext_noop
from ninja import Schema
from pydantic import Field

from minhu.people.wire import Operations, Problem, unset
from minhu.rulebook.queries import Missing
from minhu.voices.models import Voice
from minhu.voices.states.hearing import VoiceRefused

STATUS = {"unknown": 404, "state": 409, "apart": 403, "often": 429, "gone": 409, "consent": 409}


def problem_of(refused: VoiceRefused) -> Problem:
    """A refusal as a problem."""
    where = f"body.{refused.field}" if refused.field else ""
    return Problem(STATUS.get(refused.code, 422), refused.words, where)


operations = Operations(
    _("Voices"),
    refusals={VoiceRefused: problem_of, Missing: lambda missing: unset(missing.code)},
)


class VoiceShape(Schema):
    """A voice, masked; nothing here tells who said it."""

    number: str
    channel: str
    state: str
    sort: str
    title: str
    text: str = Field(description=gettext_noop("What was said, personal data blotted out."))
    said_on: str
    received_at: str
    place: str | None = Field(None, description=gettext_noop("Code of the street or town."))
    place_words: str
    domain: str
    office: str | None = Field(None, description=gettext_noop("Code of the unit that answers."))
    occasion: int | None = None


def voice_row(voice: Voice) -> dict[str, Any]:
    """A voice as it goes out."""
    return {
        "number": voice.number, "channel": voice.channel, "state": voice.state, "sort": voice.sort,
        "title": voice.title, "text": voice.masked, "said_on": voice.said_on.isoformat(),
        "received_at": voice.received_at.isoformat(), "place": voice.place.code if voice.place else None,
        "place_words": voice.place_words, "domain": voice.domain,
        "office": voice.office.code if voice.office else None, "occasion": voice.occasion_id,
    }  # fmt: skip
