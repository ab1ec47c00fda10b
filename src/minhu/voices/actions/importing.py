"""Bringing in a table of voices: checked as a whole, brought in whole or not at all, never twice."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.trail.actions import record
from minhu.trail.models import ref
from minhu.trail.states import Actor
from minhu.voices.actions.hearing import hear_many
from minhu.voices.bridge.tables import Table
from minhu.voices.models import Counter, Incoming, Voice
from minhu.voices.states.hearing import Draft, VoiceRefused
from minhu.voices.states.importing import BRINGS, Ready

BATCH = 5000
A_DAY = timedelta(days=1)


def prepare(*, table: Table, channel: str, keeper: str) -> Ready:
    """What of a table is new; rows whose number is known in the channel are left as they are."""
    if channel not in BRINGS:
        raise VoiceRefused(_("Choose one of the answers."), "channel")
    if table.sheet.problems:
        raise VoiceRefused(_("Mend what is marked, then bring the table in again."), "file")
    known = known_numbers(channel, [draft.outside_number for draft in table.drafts])
    fresh = [
        replace(draft, channel=channel, keeper=keeper)
        for draft in table.drafts
        if draft.outside_number not in known
    ]
    return Ready(channel, fresh, len(table.drafts) - len(fresh), table.notes)


def known_numbers(channel: str, numbers: Sequence[str]) -> set[str]:
    """Which of these numbers a channel has brought in already."""
    found: set[str] = set()
    for start in range(0, len(numbers), BATCH):
        part = numbers[start : start + BATCH]
        rows = Voice.objects.filter(channel=channel, outside_number__in=part)
        found.update(rows.values_list("outside_number", flat=True))
    return found


def import_voices(*, by: Actor, ready: Ready, at: datetime, incoming: int = 0) -> list[Voice]:
    """Bring in what is new, all or none; what somebody brought in meanwhile is left as it is."""
    with transaction.atomic():
        # One table at a time: the second finds the numbers of the first.
        name = f"import:{ready.channel}"
        Counter.objects.get_or_create(name=name)
        gate = Counter.objects.select_for_update().get(name=name)
        known = known_numbers(ready.channel, [draft.outside_number for draft in ready.drafts])
        fresh: list[Draft] = [one for one in ready.drafts if one.outside_number not in known]
        voices = hear_many(by=by, drafts=fresh, at=at) if fresh else []
        payload = {"channel": ready.channel, "new": len(voices), "known": ready.rows - len(voices)}
        record(by=by, deed="voices.import_voices", thing=ref(gate), book="voices", at=at, payload=payload)
        Incoming.objects.filter(pk=incoming).delete()
    return voices


def keep_table(*, by: Actor, channel: str, name: str, content: bytes, at: datetime) -> Incoming:
    """Keep a table while somebody looks at it; what nobody brought in goes after a day."""
    Incoming.objects.filter(at__lt=at - A_DAY).delete()
    return Incoming.objects.create(
        channel=channel, name=name[-200:], content=content, user=by.user_id or 0, at=at
    )


def drop_table(*, incoming: Incoming) -> None:
    """Let a table go that is not to be brought in."""
    incoming.delete()
