"""Illustrative words that everybody may read: agreed to by their authors, looked at by two log-ins."""

from collections.abc import Iterable
from datetime import datetime

from minhu.people.models import Holding
from minhu.people.states import Role
from minhu.trail.states import Actor
from minhu.voices.actions.answering_again import publish_reply
from minhu.voices.actions.publishing import check_publication, propose_publication
from minhu.voices.models import Reply, Voice


def two_people() -> tuple[Actor, Actor] | None:
    """Two log-ins of the pack, if it brought so many."""
    rows = Holding.objects.filter(until=None, post__role__in=(Role.OFFICE, Role.LEAD))
    rows = rows.select_related("post__organisation").order_by("-post__role", "pk")
    people = {row.user_id: Actor(row.user_id, row.post.code, row.post.organisation.code) for row in rows}
    actors = list(people.values())
    return (actors[0], actors[1]) if len(actors) > 1 else None


def open_some(voices: Iterable[Voice], at: datetime) -> None:
    """Open voices whose authors agreed, and the last answer to each of them."""
    people = two_people()
    if people is None:
        return
    first, second = people
    for voice in voices:
        if voice.may_publish:
            row = propose_publication(by=first, number=voice.number, text=voice.masked, at=at)
            check_publication(by=second, pk=row.pk, granted=True, reason="", at=at)
            reply = Reply.objects.filter(voice=voice, case__isnull=False).order_by("-pk").first()
            if reply:
                publish_reply(by=second, reply=reply, public_text=reply.text, at=at)
