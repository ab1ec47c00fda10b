"""Publishing a single voice: with its author's consent, proposed by one person, checked by another."""

from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.people.models import Post
from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor
from minhu.voices.actions.finding import locked_voice, said_reason
from minhu.voices.bridge.cleaning import cleaned
from minhu.voices.models import Publication, Voice
from minhu.voices.states.hearing import LIVE, Asked, VoiceRefused


@transaction.atomic
def propose_publication(*, by: Actor, number: str, text: str, at: datetime) -> Publication:
    """Propose to publish a voice in a text that its reader may have masked further. Raises VoiceRefused."""
    voice, words = locked_voice(number), cleaned(text).masked
    if not voice.may_publish:
        raise VoiceRefused(_("Its author has not agreed that it be published."), code="consent")
    if voice.state not in LIVE or voice.erased_at:
        raise VoiceRefused(
            _("This voice is held, turned down or deleted: it cannot be published."), code="state"
        )
    if voice.publications.filter(state__in=[Asked.WAITING, Asked.GRANTED]).exists():
        raise VoiceRefused(_("This has been proposed already."), code="state")
    row = Publication.objects.create(
        voice=voice, text=words, asked_at=at, asked_user=user_of(by), asked_post=post_of(by)
    )
    tell(voice, "voices.propose_publication", by, at, {}, 1)
    return row


@transaction.atomic
def check_publication(*, by: Actor, pk: int, granted: bool, reason: str, at: datetime) -> Publication:
    """Say that the mask holds, or that it does not and why; never by who proposed it. Raises VoiceRefused."""
    row = Publication.objects.select_for_update(of=("self",)).select_related("voice").filter(pk=pk).first()
    if row is None or row.state != Asked.WAITING:
        raise VoiceRefused(_("Somebody has decided on this already: load the page again."), code="state")
    if row.asked_user == by.user_id:
        raise VoiceRefused(
            _("You proposed it yourself: a second person has to check the mask."), code="apart"
        )
    voice = locked_voice(row.voice.number)
    if granted and not (voice.may_publish and voice.state in LIVE and voice.erased_at is None):
        raise VoiceRefused(_("Its author has not agreed that it be published."), code="consent")
    row.state = Asked.GRANTED if granted else Asked.REFUSED
    row.reason = "" if granted else said_reason(reason, "reason")
    row.decided_at, row.decided_user, row.decided_post = at, user_of(by), post_of(by)
    row.save(update_fields=["state", "reason", "decided_at", "decided_user", "decided_post"])
    if granted:
        voice.published_at, voice.masked = at, row.text
        voice.save(update_fields=["published_at", "masked"])
    tell(voice, "voices.check_publication", by, at, {"granted": granted}, 1 + (not granted))
    return row


def unpublish(voice: Voice, at: datetime) -> None:
    """Take a voice back from the public and close what was proposed."""
    voice.published_at = None
    voice.publications.filter(state__in=[Asked.WAITING, Asked.GRANTED]).update(
        state=Asked.WITHDRAWN, decided_at=at
    )


def tell(voice: Voice, deed: str, by: Actor, at: datetime, payload: dict[str, object], asked: int) -> None:
    """The entry of the record."""
    record(by=by, deed=deed, thing=ref(voice), book=voice.book, at=at, payload=payload, asked=asked)


def user_of(by: Actor) -> int:
    """The account that acts; the software itself publishes nothing."""
    if by.user_id is None:
        raise VoiceRefused(_("Only a person can say that a mask holds."), code="apart")
    return by.user_id


def post_of(by: Actor) -> Post:
    """The post it acts from."""
    return Post.objects.get(code=by.post)
