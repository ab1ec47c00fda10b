"""Taking hold of a voice for a deed: by its number for officers, by its code for its author."""

from django.utils.translation import gettext as _

from minhu.voices.bridge.tokens import bare_code, code_digest
from minhu.voices.models import Voice
from minhu.voices.states.hearing import VoiceRefused

LONGEST_REASON = 500
DIGEST = 64


def locked_voice(number: str) -> Voice:
    """The voice of a number, held until the end of the transaction. Raises VoiceRefused."""
    rows = Voice.objects.select_related("keeper", "office").select_for_update(of=("self",))
    if voice := rows.filter(number=number).first():
        return voice
    raise VoiceRefused(_("There is no voice %(number)s.") % {"number": number}, code="unknown")


def voice_of_code(code: str) -> Voice:
    """The voice whose author holds the code, held until the end of the transaction. Raises VoiceRefused.

    `code`: as it was typed, or its digest, which is what a session remembers of it.
    """
    digest = code if len(code) == DIGEST else code_digest(code) if bare_code(code) else ""
    rows = Voice.objects.select_related("keeper", "office").select_for_update(of=("self",))
    voice = rows.filter(code_digest=digest).first() if digest else None
    if voice is None:
        raise VoiceRefused(_("This code opens nothing: look at it sign by sign."), "code", "unknown")
    return voice


def said_reason(words: str, field: str = "words") -> str:
    """A reason that is there and fits. Raises VoiceRefused."""
    reason = words.strip()
    if not reason:
        raise VoiceRefused(_("Say why, in words its author can understand."), field)
    if len(reason) > LONGEST_REASON:
        raise VoiceRefused(_("At most %(n)d characters fit: shorten it.") % {"n": LONGEST_REASON}, field)
    return reason
