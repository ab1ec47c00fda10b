"""Answering what was said to a call: one comment or many alike, each author gets it; why is public."""

from datetime import datetime

from django.db import transaction
from django.db.models import Count
from django.utils.translation import gettext as _

from minhu.trail.actions import record_many
from minhu.trail.models import ref
from minhu.trail.states import Actor, Deed
from minhu.voices.actions.calls import locked
from minhu.voices.bridge.cleaning import plain
from minhu.voices.bridge.masking import masked
from minhu.voices.models import Call, Reply, Voice
from minhu.voices.queries.calls import waiting_voices
from minhu.voices.states.calls import CallState, Weighed
from minhu.voices.states.groups import Adoption
from minhu.voices.states.hearing import State, VoiceRefused


@transaction.atomic
def answer_comments(*, by: Actor, call: Call, said: Weighed, at: datetime) -> int:
    """Say what becomes of comments and why; how many authors were answered. Raises VoiceRefused.

    A comment that was answered is answered again only after its author said that it is not settled.
    """
    row = locked(call)
    if row.state == CallState.PREPARED:
        raise VoiceRefused(_("This call has not been announced."))
    check_said(said)
    voices = list(waiting_voices(row).filter(comment__in=said.comments))
    if not voices:
        words = _("Tick the comments you answer; those answered already stay as they are.")
        raise VoiceRefused(words, "comments")
    earlier = Reply.objects.filter(voice__in=voices).order_by().values_list("voice").annotate(n=Count("pk"))
    attempts = dict(earlier)
    reason = masked(plain(said.reason))
    text = masked(plain(said.text)) or reason
    Reply.objects.bulk_create(
        [
            Reply(
                voice=voice, rev=attempts.get(voice.pk, 0) + 1, text=text, office=row.office.name,
                adoption=said.adoption, public_reason=reason, sent_at=at,
                written_by_user=by.user_id, written_by_post=by.post,
            )
            for voice in voices
        ],
        batch_size=500,
    )  # fmt: skip
    Voice.objects.filter(pk__in=[voice.pk for voice in voices]).update(state=State.ANSWERED)
    payload = {"call": row.code, "adoption": said.adoption}
    # What was typed once for many counts once.
    asked = {voices[0].pk: 2 + bool(said.text)}
    record_many(
        Deed(by, "voices.answer_comment", ref(voice), voice.book, at, payload, asked.get(voice.pk, 0))
        for voice in voices
    )
    return len(voices)


def check_said(said: Weighed) -> None:
    """Refuse an answer that does not say what becomes of it, or not why."""
    if said.adoption not in Adoption.values:
        words = _("Say what becomes of it: taken, in part, kept for reference, or not.")
        raise VoiceRefused(words, "adoption")
    if not plain(said.reason):
        raise VoiceRefused(_("Say why, so that everybody may read it."), "reason")
