"""Placing voices in groups, splitting groups, merging them, and parting them again exactly as they were."""

import uuid
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _

from minhu.trail.actions import link_many, record, record_many, unlink
from minhu.trail.models import ref
from minhu.trail.states import SYSTEM, Actor, Arc, Deed
from minhu.voices.actions.groups_counting import recount
from minhu.voices.models import Group, Membership, Voice
from minhu.voices.states.groups import GroupState, Left, Placed
from minhu.voices.states.hearing import State, VoiceRefused

SAID_IN = "said_in"
LONGEST_TITLE = 200


@dataclass(frozen=True, slots=True)
class Move:
    """Voices about to go to a group: why they come, why they leave where they were, under which number."""

    to: Group
    why: Placed
    left: Left
    number: str


@dataclass(frozen=True, slots=True)
class Placing:
    """A voice to be placed: with the first of the voices (key, how alike) that has a group, or into one."""

    voice: Voice
    near: Sequence[tuple[int, float]] = ()
    into: Group | None = None


def place_voice(*, voice: Voice, into: Group | None, alike: float | None, at: datetime) -> Group:
    """Place a voice in a group, or in one of its own; a voice placed already stays where it is."""
    return place_voices(placings=[Placing(voice, [(0, alike)] if alike else (), into)], at=at)[0]


@transaction.atomic
def place_voices(*, placings: Sequence[Placing], at: datetime) -> list[Group]:
    """Place voices in the groups of their likes, or in groups of their own; those placed already stay."""
    wanted = [one.voice.pk for one in placings] + [voice for one in placings for voice, _alike in one.near]
    rows = Membership.objects.filter(voice__in=wanted, until=None).select_related(
        "group__merged_into", "group__case"
    )
    known = {row.voice_id: row.group for row in rows}
    asked = {one.into.pk for one in placings if one.into}
    into = Group.objects.select_related("case", "merged_into").in_bulk(asked)
    groups, new = [], []
    for one in placings:
        group = known.get(one.voice.pk)
        if group is None:
            like = into[one.into.pk] if one.into else near_group(one, known)
            group = known[one.voice.pk] = standing(like) if like else new_group(one.voice, at)
            new.append((one, group))
        groups.append(group)
    bring(new, at)
    join_open_cases(new)
    recount({group.pk for _one, group in new})
    fresh = Group.objects.in_bulk({group.pk for group in groups})
    return [fresh[group.pk] for group in groups]


def near_group(one: Placing, known: Mapping[int, Group]) -> Group | None:
    """The group of the nearest voice that has one."""
    return next((known[voice] for voice, _alike in one.near if voice in known), None)


def best(one: Placing) -> float | None:
    """How alike a voice is to the nearest."""
    return one.near[0][1] if one.near else None


def bring(new: Sequence[tuple[Placing, Group]], at: datetime) -> None:
    """Write the memberships of voices placed for the first time, their edges and entries."""
    move = uuid.uuid4().hex
    Membership.objects.bulk_create(
        [
            Membership(voice=one.voice, group=group, since=at, alike=best(one), move=move)
            for one, group in new
        ],
        batch_size=500,
    )
    link_many([Arc(ref(one.voice), ref(group), SAID_IN) for one, group in new], by=SYSTEM, at=at)
    record_many(
        Deed(
            SYSTEM, "voices.place_voice", ref(one.voice), one.voice.book, at,
            {"group": group.number, "alike": best(one)}, 0,
        )
        for one, group in new
    )  # fmt: skip


def join_open_cases(new: Sequence[tuple[Placing, Group]]) -> None:
    """Who joins a group that is being handled is in hand, with the office that handles it."""
    busy = [(one.voice, group) for one, group in new if has_open_case(group)]
    for voice, group in busy:
        rows = Voice.objects.filter(pk=voice.pk, state=State.RECEIVED)
        rows.update(state=State.OPEN, office=group.office, office_by="person" if group.office_id else "")


def new_group(centre: Voice, at: datetime, title: str = "") -> Group:
    """A group of its own for a voice; its title is that of the voice, which is masked."""
    group = Group(
        title=(title or centre.title or centre.masked or centre.number)[:LONGEST_TITLE],
        centre=centre, first_on=centre.said_on, last_on=centre.said_on, made_at=at,
        illustrative=centre.illustrative,
    )  # fmt: skip
    group.save(force_insert=True)
    return group


def standing(group: Group) -> Group:
    """The group itself, or the one it was merged into."""
    seen: set[int] = set()
    while group.merged_into is not None and group.pk not in seen:
        seen.add(group.pk)
        group = group.merged_into
    return group


@transaction.atomic
def split_group(*, by: Actor, group: Group, voices: Collection[int], title: str, at: datetime) -> Group:
    """Take voices out of a group into one of their own. They keep the answers they have; if the case of the
    group is still open, it answers those that stay, and the new group waits for a case of its own."""
    rows = locked([group.pk])
    group = rows[group.pk]
    check_standing(group)
    open_now = list(Membership.objects.filter(group=group, until=None).select_related("voice"))
    going = [one for one in open_now if one.voice_id in set(voices)]
    if not going:
        raise VoiceRefused(_("Tick the voices that say something else."), "voices")
    if len(going) == len(open_now):
        raise VoiceRefused(_("At least one voice must stay: a group is not emptied."), "voices")
    made = new_group(going[0].voice, at, title.strip())
    move = Move(made, Placed.PERSON, Left.SPLIT, uuid.uuid4().hex)
    move_rows(going, move, by, at)
    recount([group.pk, made.pk])
    if group.centre_id in {one.voice_id for one in going}:
        recentre(group)
    payload = {
        "from": group.number,
        "to": made.number,
        "voices": [one.voice_id for one in going],
        "move": move.number,
    }
    note(by, "split_group", group, at, payload, asked=1)
    note(by, "split_group", made, at, payload)
    made.refresh_from_db()
    return made


@transaction.atomic
def merge_groups(*, by: Actor, into: Group, others: Sequence[Group], at: datetime) -> Group:
    """Merge groups into one. Cases that are open go on: each still answers all authors it was opened for."""
    rows = locked([into.pk, *(one.pk for one in others)])
    into = rows[into.pk]
    going = [rows[one.pk] for one in others if one.pk != into.pk]
    for one in (into, *going):
        check_standing(one)
    if not going:
        raise VoiceRefused(_("Tick at least one other group to merge into this one."), "groups")
    if not has_open_case(into) and (busy := next((one for one in going if has_open_case(one)), None)):
        words = _("%(group)s has an open case and this one has none: merge the other way round.")
        raise VoiceRefused(words % {"group": busy.number}, "groups")
    for one in going:
        move = Move(into, Placed.PERSON, Left.MERGE, uuid.uuid4().hex)
        move_rows(Membership.objects.filter(group=one, until=None).select_related("voice"), move, by, at)
        one.state, one.merged_into = GroupState.MERGED, into
        one.save(update_fields=["state", "merged_into"])
        payload = {"from": one.number, "to": into.number, "move": move.number}
        note(by, "merge_groups", one, at, payload)
        note(by, "merge_groups", into, at, payload)
    recount([into.pk, *(one.pk for one in going)])
    into.refresh_from_db()
    return into


@transaction.atomic
def part_group(*, by: Actor, group: Group, at: datetime) -> Group:
    """Part a merged group again: what went along comes back, but for what a person split off since.

    Groups that were merged one after the other may be parted in any order.
    """
    root = standing(Group.objects.get(pk=group.pk))
    rows = locked([group.pk, root.pk])
    group, root = rows[group.pk], rows[root.pk]
    if group.is_standing:
        raise VoiceRefused(_("This group stands by itself: there is nothing to part."))
    back = list(went_along(group, root))
    group.state, group.merged_into = GroupState.STANDING, None
    group.save(update_fields=["state", "merged_into"])
    move_rows(back, Move(group, Placed.PERSON, Left.BACK, uuid.uuid4().hex), by, at)
    recount([group.pk, root.pk])
    payload = {"group": group.number, "from": root.number, "voices": [one.voice_id for one in back]}
    note(by, "part_group", group, at, payload)
    note(by, "part_group", root, at, payload)
    group.refresh_from_db()
    return group


def went_along(group: Group, root: Group) -> list[Membership]:
    """Where the voices are that left a group when it was merged: in the group that took it in, and only
    because groups were merged and parted since."""
    last = (
        Membership.objects.filter(group=group, left__in=(Left.MERGE, Left.REGROUP))
        .order_by("-until", "-id")
        .first()
    )
    if last is None:
        return []
    gone = Membership.objects.filter(left_by=last.left_by)
    first = dict(gone.values_list("voice", "pk"))
    since = Membership.objects.filter(voice__in=first, left=Left.SPLIT).values_list("voice", "pk")
    split = {voice for voice, pk in since if pk > first[voice]}
    here = Membership.objects.filter(group=root, until=None, voice__in=first).select_related("voice")
    return [one for one in here if one.voice_id not in split]


@transaction.atomic
def retitle_group(*, by: Actor, group: Group, title: str, at: datetime) -> Group:
    """Give a group another title."""
    title, before = title.strip()[:LONGEST_TITLE], group.title
    if not title:
        raise VoiceRefused(_("A group needs a title."), "title")
    if title != before:
        group.title = title
        group.save(update_fields=["title"])
        note(by, "retitle_group", group, at, {"title": [before, title]}, asked=1)
    return group


# -- what the deeds share ---------------------------------------------------------------------------------
def locked(keys: Iterable[int]) -> dict[int, Group]:
    """Groups by key, locked in one order until the deed is done."""
    rows = Group.objects.select_for_update(of=("self",)).select_related("case")
    return {one.pk: one for one in rows.filter(pk__in=set(keys)).order_by("pk")}


def check_standing(group: Group) -> None:
    """Refuse a group that was merged into another."""
    if not group.is_standing:
        words = _("%(group)s was merged into another group: part it first.")
        raise VoiceRefused(words % {"group": group.number})


def has_open_case(group: Group) -> bool:
    """Whether the group is being handled now."""
    return group.case is not None and group.case.is_open


def move_rows(rows: Iterable[Membership], move: Move, by: Actor, at: datetime) -> None:
    """Close memberships and open new ones in the group of a move, edges with them."""
    going = list(rows)
    for one in going:
        one.until, one.left, one.left_by = max(at, one.since), move.left, move.number
        unlink(by=by, src=ref(one.voice), dst=f"voices.group:{one.group_id}", kind=SAID_IN, at=one.until)
    Membership.objects.bulk_update(going, ["until", "left", "left_by"], batch_size=500)
    Membership.objects.bulk_create(
        [
            Membership(
                voice=one.voice, group=move.to, since=one.until or at, why=move.why,
                move=move.number, by_post=by.post,
            )
            for one in going
        ],
        batch_size=500,
    )  # fmt: skip
    link_many([Arc(ref(one.voice), ref(move.to), SAID_IN) for one in going], by=by, at=at)


def recentre(group: Group) -> None:
    """Make the first voice that stayed the one that stands for the group."""
    first = Membership.objects.filter(group=group, until=None).order_by("since", "id").first()
    if first:
        group.centre_id = first.voice_id
        group.save(update_fields=["centre"])


def note(
    by: Actor, deed: str, group: Group, at: datetime, payload: Mapping[str, object], asked: int = 0
) -> None:
    """Tell the book of a group."""
    record(
        by=by, deed=f"voices.{deed}", thing=ref(group), book=group.book, at=at, payload=payload, asked=asked
    )
