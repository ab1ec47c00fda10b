"""Voices and groups a search found."""

import re
from collections.abc import Sequence
from dataclasses import dataclass

from minhu.voices.models import Group, Membership, Voice
from minhu.voices.states.hearing import LIVE

NUMBER = re.compile(r"[a-z]\d{4}-\d+")


@dataclass(frozen=True, slots=True)
class Similar:
    """Something like what somebody is writing: masked, with how many say it and what became of it."""

    number: str
    title: str
    excerpt: str
    size: int
    group: Group


def voice_of_number(text: str) -> int:
    """The key of the live voice whose number somebody typed, or nothing."""
    number = text.strip().lower()
    if not NUMBER.fullmatch(number):
        return 0
    return Voice.objects.live().filter(number=number).values_list("pk", flat=True).first() or 0


def live_among(voices: Sequence[int]) -> list[int]:
    """Those of some voices that stand in lists, in their order."""
    # By key alone: told of states too, SQLite would begin with all voices that have one.
    rows = Voice.objects.filter(pk__in=voices).order_by().values_list("pk", "state", "erased_at")
    live = {pk for pk, state, erased in rows if state in LIVE and erased is None}
    return [pk for pk in voices if pk in live]


def groups_of_voices(voices: Sequence[int]) -> list[int]:
    """The groups of some voices, in the order of the first voice of each."""
    rows = Membership.objects.filter(voice__in=voices, until=None).values_list("voice", "group")
    group_of = dict(rows)
    return list(dict.fromkeys(group_of[voice] for voice in voices if voice in group_of))


def similar_rows(voices: Sequence[int], most: int) -> list[Similar]:
    """Live voices by their groups: one line a group, in the order given."""
    rows = {
        row.voice_id: row
        for row in Membership.objects.filter(voice__in=voices, until=None).select_related(
            "voice", "group__case"
        )
    }
    live = set(Voice.objects.live().filter(pk__in=voices).values_list("pk", flat=True))
    found: dict[int, Similar] = {}
    for pk in voices:
        row = rows.get(pk)
        if row is None or pk not in live or row.group_id in found or len(found) >= most:
            continue
        voice = row.voice
        found[row.group_id] = Similar(
            voice.number, row.group.title, voice.masked[:120], row.group.size, row.group
        )
    return list(found.values())
