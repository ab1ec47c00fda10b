"""What the page of a group shows: its voices masked, its cases, the answers, its splits and merges."""

from collections import Counter as Tally
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from minhu.people.rules import Reader
from minhu.trail.models import Entry
from minhu.voices.models import Group, Membership, Reply, Sorting, Voice, VoiceCase
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.rules import visible
from minhu.voices.states.groups import Left
from minhu.voices.states.hearing import LIVE

SHOWN = 50
CHANNELS = {"occasion": "visit", "letter": "petition", "program": "web"}
"""Channels of voices the kind of case calls otherwise; the others have one name."""


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer that went to many: when, what, how they rated it."""

    reply: Reply
    sent: int
    rated: int
    bad: int
    not_fixed: int
    words: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Went:
    """A line of how a group came about."""

    day: date
    words: str


def group_at(pk: int) -> Group | None:
    """A group with what its page needs."""
    rows = Group.objects.select_related("case__kind", "office", "place", "centre", "merged_into")
    return rows.filter(pk=pk).first()


def members_of(group: Group) -> QuerySet[Membership]:
    """The live members of a group, the latest voice first."""
    rows = Membership.objects.filter(group=group, until=None, voice__state__in=LIVE, voice__erased_at=None)
    return rows.select_related("voice__place", "voice__office").order_by("-voice__received_at", "-pk")


def seen_members(group: Group, reader: Reader) -> QuerySet[Membership]:
    """The members whose masked words this reader may see."""
    keys = Voice.objects.filter(visible(reader, sorting_desk())).values("pk")
    return members_of(group).filter(voice__in=keys)


def days_of(group: Group) -> list[tuple[date, int]]:
    """How many voices each day brought."""
    rows = members_of(group).order_by().values_list("voice__said_on").annotate(n=Count("pk"))
    return sorted((day, n) for day, n in rows)


def cases_of(group: Group) -> list[VoiceCase]:
    """The cases of a group, the latest first."""
    return list(group.cases.select_related("case__kind").order_by("-attempt"))


def answers_of(group: Group) -> list[Answered]:
    """The answers its authors got, the latest first, each told once."""
    voices = members_of(group).values("voice")
    replies = Reply.objects.filter(voice__in=voices)
    bad = Q(level__in=(1, 2))
    counted = (
        replies.order_by()
        .values("case", "rev")
        .annotate(
            sent=Count("pk"), rated=Count("pk", filter=Q(rated_at__isnull=False)),
            bad=Count("pk", filter=bad), open=Count("pk", filter=Q(is_fixed=False)),
        )
    )  # fmt: skip
    found = []
    for row in counted:
        mine = replies.filter(case=row["case"], rev=row["rev"])
        words = tuple(mine.exclude(words="").order_by("-rated_at").values_list("words", flat=True)[:10])
        reply = mine.select_related("case").order_by("pk").first()
        if reply:
            found.append(Answered(reply, row["sent"], row["rated"], row["bad"], row["open"], words))
    return sorted(found, key=lambda one: (one.reply.sent_at, one.reply.pk), reverse=True)


def history_of(group: Group) -> list[Went]:
    """How it was split, merged and parted, the latest first."""
    deeds = ("voices.split_group", "voices.merge_groups", "voices.part_group")
    entries = Entry.objects.filter(book=group.book, deed__in=deeds).order_by("-at", "-pk")
    return [Went(one.at.date(), words_of(group, one)) for one in entries[:SHOWN]]


def words_of(group: Group, entry: Entry) -> str:
    """A deed on a group in words."""
    said = entry.payload
    n = len(said.get("voices", ()))
    if entry.deed == "voices.split_group":
        if said["from"] == group.number:
            words = ngettext("%(n)d voice went to %(to)s", "%(n)d voices went to %(to)s", n)
        else:
            words = ngettext("split off from %(from)s with %(n)d voice",
                             "split off from %(from)s with %(n)d voices", n)  # fmt: skip
        return words % {"n": n, "to": said["to"], "from": said["from"]}
    if entry.deed == "voices.merge_groups":
        if said["to"] == group.number:
            return _("%(from)s was merged into it") % {"from": said["from"]}
        return _("merged into %(to)s") % {"to": said["to"]}
    if said["group"] == group.number:
        return _("parted again from %(from)s") % {"from": said["from"]}
    return _("%(group)s was parted from it") % {"group": said["group"]}


def merged_groups(group: Group) -> list[Group]:
    """Groups that were merged into it and can be parted again."""
    return list(Group.objects.filter(merged_into=group).order_by("pk"))


def known_values(group: Group) -> Mapping[str, object]:
    """What a case about a group knows already, by the names of the kind's fields."""
    voices = [row.voice for row in members_of(group)[:200]]
    channel = commonest(one.channel for one in voices)
    known: dict[str, object] = {
        "subject": group.title,
        "channel": CHANNELS.get(channel, channel),
        "sort": commonest(one.sort for one in voices) or "help",
        "facts": facts_of(group, voices),
        "place": place_of(group, voices),
    }
    if len({one.identity for one in voices}) == 1 and voices[0].identity:
        known["identity"] = voices[0].identity
    return known


def commonest(values: Iterable[str]) -> str:
    """The value that occurs most; empty ones do not count."""
    counted = Tally(value for value in values if value)
    return max(counted, key=lambda value: counted[value]) if counted else ""


def facts_of(group: Group, voices: list[Voice]) -> str:
    """The words of the voice that stands for the group, and how many say the same."""
    centre = next((one for one in voices if one.pk == group.centre_id), voices[0] if voices else None)
    text = centre.masked if centre else group.title
    if group.size < 2:
        return text
    words = ngettext(
        "%(n)d voice says the same (%(group)s).", "%(n)d voices say the same (%(group)s).", group.size
    )
    return f"{words % {'n': group.size, 'group': group.number}}\n{text}"


def place_of(group: Group, voices: list[Voice]) -> str:
    """Where it is, in words: what most said, else the street."""
    return commonest(one.place_words for one in voices) or (group.place.name if group.place else "")


def merged_away(group: Group) -> int:
    """How many voices went along when the group was merged."""
    return Membership.objects.filter(group=group, left=Left.MERGE).values("voice").distinct().count()


def sortings_of(group: Group) -> dict[str, Sorting]:
    """The last decision on its domain and on its office."""
    found: dict[str, Sorting] = {}
    for row in group.sortings.all():
        found.setdefault(row.what, row)
    return found


def told_domain(group: Group) -> str:
    """The domain most of its voices came with, or nothing."""
    return commonest(members_of(group).values_list("voice__domain", flat=True)[:200])
