"""Placing what was heard among its likes, at once and again later, and all anew."""

import uuid
from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime

from django.db import transaction
from django.db.models import Q

from minhu.trail.states import SYSTEM
from minhu.voices.actions.groups import Move, Placing, move_rows, note, place_voices
from minhu.voices.actions.groups_counting import recount
from minhu.voices.bridge import likeness, searching
from minhu.voices.bridge.likeness import copies, likes_of
from minhu.voices.models import Group, Membership, Voice
from minhu.voices.queries.likeness import unplaced
from minhu.voices.states.groups import GroupState, Left, Placed
from minhu.voices.states.hearing import Channel

MOST = 2000


def place_heard(*, voices: Sequence[Voice], at: datetime) -> list[Group]:
    """Place voices that were just heard in the groups of their likes; comments to a call stay by it."""
    voices = [voice for voice in voices if voice.channel != Channel.CALL]
    if not voices:
        return []
    near = likes_of([(voice.pk, voice.masked) for voice in voices])
    placings = [Placing(voice, [(one.voice, one.alike) for one in near[voice.pk]]) for voice in voices]
    return place_voices(placings=placings, at=at)


def place_waiting(*, at: datetime, most: int = MOST) -> int:
    """Place live voices that are in no group yet: released by moderators, or come in bulk."""
    voices = unplaced(most)
    if voices:
        place_heard(voices=voices, at=at)
    return len(voices)


def regroup(*, at: datetime) -> tuple[int, int]:
    """Look at all voices together, and join groups nobody has touched that say the same.

    The index is made anew. What a person placed, what has a case or a link stays; such a group takes in the
    others. Returns how many texts the index holds and how many groups were joined.
    """
    while place_waiting(at=at):
        pass
    texts = likeness.rebuild()
    searching.rebuild()
    return texts, join_copies(at)


@transaction.atomic
def join_copies(at: datetime) -> int:
    """Join untouched groups whose voices are near-duplicates; returns how many came to an end."""
    rows = list(
        Membership.objects.filter(until=None, group__state=GroupState.STANDING, voice__erased_at=None)
        .order_by("pk")
        .values_list("group", "voice__masked")
    )
    same: dict[int, set[int]] = defaultdict(set)
    for (group, _text), label in zip(rows, copies([text for _group, text in rows]), strict=True):
        same[label].add(group)
    firm = set(touched())
    ended: set[int] = set()
    for groups in same.values():
        keys = sorted(groups - ended, key=lambda key: (key not in firm, key))
        for key in keys[1:]:
            if key not in firm:
                join(keys[0], key, at)
                ended.add(key)
    return len(ended)


def touched() -> set[int]:
    """Groups a person placed voices in, that have a case, a link, or a place among small cuts."""
    rows = Membership.objects.filter(why=Placed.PERSON).values_list("group", flat=True)
    used = Q(cases__isnull=False) | Q(reform_links__isnull=False) | Q(candidates__isnull=False)
    more = Group.objects.filter(used | Q(sortings__isnull=False))
    return set(rows) | set(more.values_list("pk", flat=True))


def join(into: int, key: int, at: datetime) -> None:
    """Let one group go into another, by likeness."""
    group, root = Group.objects.get(pk=key), Group.objects.get(pk=into)
    going = Membership.objects.filter(group=group, until=None).select_related("voice")
    move_rows(going, Move(root, Placed.MACHINE, Left.REGROUP, uuid.uuid4().hex), SYSTEM, at)
    group.state, group.merged_into = GroupState.MERGED, root
    group.save(update_fields=["state", "merged_into"])
    recount([root.pk, group.pk])
    note(SYSTEM, "join_groups", group, at, {"from": group.number, "to": root.number})
