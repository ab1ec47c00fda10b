"""What an author does with the own data: consent, contact, requests to correct or delete, what is decided."""

from collections.abc import Mapping
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.people.models import Post
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor
from minhu.voices.actions.erasing import erase_contact, erase_voice
from minhu.voices.actions.finding import LONGEST_REASON, said_reason, voice_of_code
from minhu.voices.actions.hearing import PURPOSES, contact_row
from minhu.voices.actions.publishing import unpublish
from minhu.voices.bridge.cleaning import cleaned, plain
from minhu.voices.bridge.tokens import new_salt
from minhu.voices.models import DataRequest, Voice
from minhu.voices.queries.limits import day_of, limits_on
from minhu.voices.states.hearing import Asked, VoiceRefused, Want


@transaction.atomic
def change_consent(*, code: str, may_publish: bool, at: datetime) -> Voice:
    """The author agrees to publication, or no longer; what was public goes at once. Raises VoiceRefused."""
    voice = living(voice_of_code(code))
    if voice.may_publish != may_publish:
        voice.may_publish = may_publish
        if not may_publish:
            unpublish(voice, at)
        voice.save(update_fields=["may_publish", "published_at"])
        tell(voice, "voices.change_consent", at, {"may_publish": may_publish})
    return voice


@transaction.atomic
def change_contact(*, code: str, contact: Mapping[str, str], at: datetime) -> Voice:
    """The author corrects the own contact, or takes it away by leaving it empty. Raises VoiceRefused."""
    voice = living(voice_of_code(code))
    months, day = limits_on(day_of(at)).keep_months, day_of(at)
    now = {row.key: row for row in voice.personal.all()}
    changed = []
    for name in PURPOSES:
        row = contact_row(name, contact.get(name, ""), day, months)
        before = now[name].value if name in now else ""
        if before == (row.value if row else ""):
            continue
        changed.append(name)
        voice.personal.filter(key=name).delete()
        if row:
            row.voice = voice
            row.save()
    if changed:
        tell(voice, "voices.change_contact", at, {"changed": changed})
    return voice


@transaction.atomic
def ask_about_data(*, code: str, want: Want, words: str, at: datetime) -> DataRequest:
    """The author asks that something be corrected or all be deleted. Raises VoiceRefused."""
    voice = living(voice_of_code(code))
    if want not in Want.values:
        raise VoiceRefused(_("Choose one of the answers."), "want")
    said = words.strip()
    if want == Want.CORRECT and not said:
        raise VoiceRefused(_("Say what it is to say."), "words")
    if len(said) > LONGEST_REASON:
        raise VoiceRefused(_("At most %(n)d characters fit: shorten it.") % {"n": LONGEST_REASON}, "words")
    row, made = DataRequest.objects.get_or_create(
        voice=voice, want=want, state=Asked.WAITING, defaults={"words": said, "asked_at": at}
    )
    if not made:
        raise VoiceRefused(_("You have asked this already; it is being looked at."), "want", "state")
    tell(voice, "voices.ask_about_data", at, {"want": want})
    return row


@transaction.atomic
def decide_data_request(*, by: Actor, pk: int, granted: bool, reason: str, at: datetime) -> DataRequest:
    """Do what an author asked, or say why not. Raises VoiceRefused."""
    rows = DataRequest.objects.select_for_update(of=("self",)).select_related("voice")
    row = rows.filter(pk=pk).first()
    if row is None or row.state != Asked.WAITING:
        raise VoiceRefused(_("Somebody has decided on this already: load the page again."), code="state")
    row.state = Asked.GRANTED if granted else Asked.REFUSED
    row.reason = reason.strip()[:LONGEST_REASON] if granted else said_reason(reason, "reason")
    row.decided_at, row.decided_post = at, Post.objects.filter(code=by.post).first()
    row.save(update_fields=["state", "reason", "decided_at", "decided_post"])
    record(by=by, deed="voices.decide_data_request", thing=ref(row.voice), book=row.voice.book, at=at,
           payload={"want": row.want, "granted": granted}, asked=1 + bool(row.reason))  # fmt: skip
    if granted and row.want == Want.DELETE_ALL:
        erase_contact(by=by, voice=row.voice, ground=_("Its author asked for it."), at=at)
        erase_voice(by=by, voice=row.voice, ground=_("Its author asked for it."), at=at)
    elif granted:
        correct(row.voice, row.words)
    return row


def correct(voice: Voice, words: str) -> None:
    """Put the author's correction under what was said; what was said before stays readable."""
    line = _("Correction by the author: %s") % plain(words)
    new = cleaned(f"{voice.text or voice.masked}\n\n{line}", voice.title)
    voice.text, voice.masked, voice.sameness = new.raw, new.masked, new.sameness
    voice.salt = new_salt()
    voice.save(update_fields=["text", "masked", "sameness", "salt"])


def living(voice: Voice) -> Voice:
    """The same voice, unless its author had it deleted."""
    if voice.erased_at:
        raise VoiceRefused(
            _("All of this was deleted as you asked: there is nothing left to change."), code="gone"
        )
    return voice


def tell(voice: Voice, deed: str, at: datetime, payload: dict[str, object]) -> None:
    """The entry of the record, of a deed that an author did by code."""
    record(by=SYSTEM, deed=deed, thing=ref(voice), book=voice.book, at=at, payload=payload)
