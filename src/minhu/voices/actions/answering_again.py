"""The same answer for who came later, an answer for everybody to read, and a word by mail."""

from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMessage
from django.db import transaction
from django.urls import reverse
from django.utils.translation import gettext as _

from minhu.trail.actions import record, record_many
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor, Deed
from minhu.voices.actions.groups import check_standing, locked, note
from minhu.voices.actions.groups_counting import WAITING, recount
from minhu.voices.bridge.masking import masked
from minhu.voices.models import Group, Membership, Reply, Voice
from minhu.voices.queries.answering import unmailed
from minhu.voices.states.hearing import State, VoiceRefused

MOST_MAILS = 200


@transaction.atomic
def answer_as_before(*, by: Actor, group: Group, at: datetime) -> int:
    """Send the last answer of a group to those who said the same since; how many got it."""
    group = locked([group.pk])[group.pk]
    check_standing(group)
    if group.case is not None and group.case.is_open:
        raise VoiceRefused(_("The case is open: its answer goes to everybody when it is written."))
    members = Membership.objects.filter(group=group, until=None)
    last = (
        Reply.objects.filter(voice__in=members.values("voice"), case__isnull=False)
        .order_by("-sent_at", "-pk")
        .first()
    )
    if last is None:
        raise VoiceRefused(_("Nobody of this group has been answered yet: give it to an office."))
    voices = list(
        Voice.objects.live().filter(pk__in=members.values("voice"), state__in=WAITING, replies=None)
    )
    Reply.objects.bulk_create(
        [
            Reply(
                voice=voice, case=last.case, rev=last.rev, text=masked(last.text), office=last.office,
                checklist=last.checklist, adoption=last.adoption, public_reason=last.public_reason,
                written_by_user=last.written_by_user, written_by_post=last.written_by_post, sent_at=at,
            )
            for voice in voices
        ],
        batch_size=500,
    )  # fmt: skip
    Voice.objects.filter(pk__in=[voice.pk for voice in voices]).update(state=State.ANSWERED)
    payload = {"case": last.case.number if last.case else "", "rev": last.rev}
    record_many(Deed(by, "voices.send_answer", ref(voice), voice.book, at, payload, 0) for voice in voices)
    note(by, "answer_as_before", group, at, payload | {"voices": len(voices)})
    recount([group.pk])
    return len(voices)


def group_of(reply: Reply) -> Group:
    """The group of the author of an answer."""
    return Membership.objects.select_related("group").get(voice=reply.voice_id, until=None).group


@transaction.atomic
def publish_reply(*, by: Actor, reply: Reply, public_text: str, at: datetime) -> Reply:
    """Let everybody read an answer, as somebody other than its writer checked it. Raises VoiceRefused."""
    row = Reply.objects.select_for_update(of=("self",)).select_related("voice").get(pk=reply.pk)
    if by.user_id is None or by.user_id == row.written_by_user:
        raise VoiceRefused(_("Whoever wrote it cannot check it: ask somebody else."))
    if not row.voice.may_publish:
        raise VoiceRefused(_("Its author did not agree that others may read it."))
    if row.checked_at is not None:
        raise VoiceRefused(_("It was checked already."))
    if not public_text.strip():
        raise VoiceRefused(_("Nothing would be left to read."), "public_text")
    row.public_text, row.checked_at = masked(public_text.strip()), at
    row.checked_by_user, row.checked_by_post = by.user_id, by.post
    row.save(update_fields=["public_text", "checked_at", "checked_by_user", "checked_by_post"])
    record(
        by=by, deed="voices.publish_reply", thing=ref(row.voice), book=row.voice.book, at=at,
        payload={"reply": row.pk}, asked=1,
    )  # fmt: skip
    return row


def mail_answers(*, at: datetime, most: int = MOST_MAILS) -> int:
    """Tell authors who left an address that they were answered; at least once, under one Message-ID."""
    sent = 0
    for reply in unmailed()[:most]:
        to = reply.voice.personal.filter(key="mail", erased_at=None).values_list("value", flat=True).first()
        if to:
            letter_of(reply, to).send()
            sent += 1
        with transaction.atomic():
            Reply.objects.filter(pk=reply.pk).update(mailed_at=at)
            voice = reply.voice
            record(
                by=SYSTEM, deed="voices.mail_answer", thing=ref(voice), book=voice.book, at=at,
                payload={"reply": reply.pk},
            )  # fmt: skip
    return sent


def letter_of(reply: Reply, to: str) -> EmailMessage:
    """A mail that says that there is an answer; the answer itself is read with the code."""
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    number = {"number": reply.voice.number}
    words = (
        _("What you said (%(number)s) has been answered. Read the answer and rate it with your code:")
        % number
    )
    text = f"{words}\n\n{settings.MINHU_ADDRESS}{reverse('voices:follow')}\n"
    headers = {"Message-ID": f"<reply-{reply.pk}@{domain}>"}
    return EmailMessage(
        _("Your matter %(number)s has been answered") % number, text, to=[to], headers=headers
    )
