"""Moderation: holding a voice, releasing it, refusing it with a public reason, asking its author again."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.people.models import Post
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor
from minhu.voices.actions.finding import locked_voice, said_reason, voice_of_code
from minhu.voices.bridge.cleaning import cleaned
from minhu.voices.bridge.tokens import new_salt, salted
from minhu.voices.models import Moderation, Voice
from minhu.voices.states.hearing import Held, State, Verdict, VoiceRefused

STATES = {
    Verdict.HELD: State.HELD,
    Verdict.RELEASED: State.RECEIVED,
    Verdict.REFUSED: State.REFUSED,
    Verdict.ASKED: State.HELD,
}


@transaction.atomic
def hold_voice(*, by: Actor, number: str, words: str, at: datetime) -> Moderation:
    """Hold a voice that nobody has begun to handle, saying why. Raises VoiceRefused."""
    voice, reason = locked_voice(number), said_reason(words)
    if voice.state != State.RECEIVED:
        raise VoiceRefused(_("Only a voice that nobody has begun to handle can be held."), code="state")
    return note(voice, Moderation(verdict=Verdict.HELD, reason=Held.PERSON, words=reason), by, at)


@transaction.atomic
def moderate(*, by: Actor, number: str, verdict: Verdict, words: str, at: datetime) -> int:
    """Decide on a held voice and all held copies of it at once; returns how many. Raises VoiceRefused."""
    voice = locked_voice(number)
    if voice.state != State.HELD:
        raise VoiceRefused(
            _("Somebody has decided on this voice already: load the page again."), code="state"
        )
    if verdict not in STATES or verdict == Verdict.HELD:
        raise VoiceRefused(_("Choose one of the answers."), "verdict")
    reason = said_reason(words) if verdict != Verdict.RELEASED else words.strip()[:500]
    copies = Voice.objects.held().filter(sameness=voice.sameness, keeper=voice.keeper)
    if verdict == Verdict.ASKED:
        copies = copies.filter(pk=voice.pk)
    rows = list(copies.select_for_update(of=("self",)).order_by("pk"))
    for row in rows:
        note(row, Moderation(verdict=verdict, words=reason), by, at)
    return len(rows)


def note(voice: Voice, line: Moderation, by: Actor, at: datetime) -> Moderation:
    """One line of the log, one entry of the record, and the state that follows."""
    voice.state = STATES[Verdict(line.verdict)]
    voice.save(update_fields=["state"])
    line.voice, line.at, line.by_post = voice, at, Post.objects.filter(code=by.post).first()
    line.save()
    payload = {"verdict": line.verdict, "reason": line.reason, "state": voice.state}
    record(by=by, deed="voices.moderate", thing=ref(voice), book=voice.book, at=at, payload=payload,
           asked=1 + bool(line.words))  # fmt: skip
    return line


@transaction.atomic
def write_again(*, code: str, text: str, at: datetime) -> Voice:
    """The author's new text after being asked; the moderators look at it again. Raises VoiceRefused."""
    new = cleaned(text)
    voice = voice_of_code(code)
    if not is_asked(voice):
        raise VoiceRefused(_("Nobody has asked you to write this again."), code="state")
    voice.text, voice.masked, voice.title = new.raw, new.masked, new.title
    voice.sameness, voice.salt = new.sameness, new_salt()
    voice.save(update_fields=["text", "masked", "title", "sameness", "salt"])
    Moderation.objects.create(voice=voice, verdict=Verdict.HELD, reason=Held.REWRITTEN, at=at)
    payload = {"text": salted(voice.salt, voice.text)}
    record(by=SYSTEM, deed="voices.write_again", thing=ref(voice), book=voice.book, at=at, payload=payload)
    return voice


def is_asked(voice: Voice) -> bool:
    """Whether the author was asked to write again and has not yet."""
    last = voice.moderations.last()
    return voice.state == State.HELD and last is not None and last.verdict == Verdict.ASKED
