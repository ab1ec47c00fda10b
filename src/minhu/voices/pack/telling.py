"""Illustrative voices told day by day: heard, placed by the machine, joined by people, handled."""

import hashlib
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime, time, timedelta
from typing import TypeVar

from minhu.packs import Counts, Pack
from minhu.people.models import Post
from minhu.people.states import Role
from minhu.trail.states import Actor
from minhu.voices.actions.groups import merge_groups, retitle_group
from minhu.voices.actions.groups_sorting import decide_sorting
from minhu.voices.actions.hearing import hear_many
from minhu.voices.actions.occasions import OccasionDraft, record_occasion
from minhu.voices.models import Group, Occasion, Sorting, Voice
from minhu.voices.pack.doing import Doing
from minhu.voices.pack.opening import open_some
from minhu.voices.pack.specs import OCCASIONS, TOPICS, VOICES, OccasionSpec, TopicSpec, VoiceSpec
from minhu.voices.queries.desks import sorting_desk
from minhu.voices.queries.limits import HOME, day_of
from minhu.voices.states.groups import Sorted
from minhu.voices.states.hearing import Draft

OPENED = 2
"""Voices of a topic that everybody may read."""
Row = TypeVar("Row")
HOURS = {"heard": 8, "occasion": 9, "joined": 9, "done": 10}


def key_of(pack: Pack, *parts: str) -> str:
    """What keeps a thing of a pack from coming twice."""
    return hashlib.sha256("\0".join((pack.code, *parts)).encode()).hexdigest()


class Telling:
    """All that a pack tells of what was said, in the order of its days."""

    def __init__(self, pack: Pack, by: Actor, at: datetime) -> None:
        self.pack, self.by, self.at = pack, by, at
        self.today = day_of(at)
        self.desk = desk_actor()
        self.counts = Counts()
        self.topics = {row.item.code: row for row in pack.read(TOPICS)}
        self.voices: dict[str, list[Voice]] = defaultdict(list)
        self.groups: dict[str, Group] = {}
        self.new: set[str] = set()

    def actor(self, office: str) -> Actor:
        """The post that acts for a unit."""
        return actor_of(office)

    def moment(self, days: int, hour: str, minute: int = 0) -> datetime:
        """A moment of a day so many days ago, never later than now."""
        day = self.today - timedelta(days=days)
        begins = datetime.combine(day, time(HOURS[hour]), HOME)
        return min(begins + timedelta(minutes=minute), self.at)

    def tell(self) -> Counts:
        """Tell the days from the first; what is known already is passed over."""
        keys = {key_of(self.pack, row.item.text) for row in self.pack.read(VOICES)}
        known = set(Voice.objects.filter(submit_key__in=keys).values_list("submit_key", flat=True))
        heard = by_day([row.item for row in self.pack.read(VOICES)], lambda row: row.days_ago)
        met = by_day([row.item for row in self.pack.read(OCCASIONS)], lambda row: row.days_ago)
        told = by_day([row.item for row in self.topics.values()], lambda row: row.on_days_ago)
        done = by_day(
            [(code, place) for code, row in self.topics.items() for place in range(len(row.item.do))],
            lambda pair: self.topics[pair[0]].item.do[pair[1]].on_days_ago,
        )
        for days in sorted({*heard, *met, *told, *done}, reverse=True):
            self.hear([row for row in heard[days] if key_of(self.pack, row.text) not in known], days)
            self.counts += Counts(unchanged=sum(key_of(self.pack, row.text) in known for row in heard[days]))
            for occasion in met[days]:
                self.meet(occasion)
            self.join(days, told[days])
            for minute, (code, place) in enumerate(done[days]):
                if code in self.groups:
                    at = self.moment(days, "done", minute)
                    Doing(self, self.topics[code], place, at).do()
        for voices in self.voices.values():
            open_some([voice for voice in voices if voice.may_publish][:OPENED], self.at)
        return self.counts

    def hear(self, rows: Sequence[VoiceSpec], days: int) -> None:
        """Hear the voices of one day; the machine places them with their likes."""
        if not rows:
            return
        on = self.today - timedelta(days=days)
        drafts = [
            Draft(
                row.text, row.channel, said_on=on, sort=row.sort, place=row.place, domain=row.domain,
                place_words=row.place_words, may_publish=row.may_publish, illustrative=True, typed=0,
                submit_key=key_of(self.pack, row.text),
            )
            for row in rows
        ]  # fmt: skip
        voices = hear_many(by=self.by, drafts=drafts, at=self.moment(days, "heard"))
        for row, voice in zip(rows, voices, strict=True):
            if row.topic:
                self.voices[row.topic].append(voice)
                self.new.add(row.topic)
        self.counts += Counts(created=len(voices))

    def meet(self, row: OccasionSpec) -> None:
        """Write an occasion down with what was said there."""
        key = key_of(self.pack, "occasion", row.code)
        if Occasion.objects.filter(key=key).exists():
            self.counts += Counts(unchanged=1)
            return
        draft = OccasionDraft(
            row.kind, row.title, self.today - timedelta(days=row.days_ago), row.office, row.place,
            row.place_words, row.note, key, illustrative=True,
        )  # fmt: skip
        said = [Draft(one.text, sort=one.sort, domain=one.domain, typed=0) for one in row.said]
        by = actor_of(row.office)
        noted = record_occasion(by=by, draft=draft, said=said, at=self.moment(row.days_ago, "occasion"))
        for one, voice in zip(row.said, noted.voices, strict=True):
            if one.topic:
                self.voices[one.topic].append(voice)
                self.new.add(one.topic)
        self.counts += Counts(created=1 + len(noted.voices))

    def join(self, days: int, begun: Sequence[TopicSpec]) -> None:
        """The desk joins the groups of a topic: of those begun today, and of what came since."""
        at = self.moment(days, "joined", 30)
        for row in begun:
            if self.voices[row.code]:
                self.groups[row.code] = self.begin(row, at)
        for code in sorted(self.new & set(self.groups)):
            self.join_new(code, at)
        self.new -= set(self.groups)

    def begin(self, row: TopicSpec, at: datetime) -> Group:
        """Give the first group of a topic its title and its domain."""
        group = group_of(self.voices[row.code][0])
        group = retitle_group(by=self.desk, group=group, title=row.title, at=at)
        if row.domain:
            what = Sorting.What.DOMAIN
            decide_sorting(by=self.desk, group=group, what=what, label=row.domain, suggested=Sorted(), at=at)
        return group

    def join_new(self, code: str, at: datetime) -> None:
        """Merge what the machine kept apart into the group of its topic."""
        keys = [voice.pk for voice in self.voices[code]]
        rows = Group.objects.standing().filter(memberships__voice__in=keys, memberships__until=None)
        others = list(rows.exclude(pk=self.groups[code].pk).order_by("pk").distinct())
        if others:
            self.groups[code] = merge_groups(by=self.desk, into=self.groups[code], others=others, at=at)


def by_day(rows: Iterable[Row], days: Callable[[Row], int]) -> dict[int, list[Row]]:
    """Rows by how many days ago."""
    found: dict[int, list[Row]] = defaultdict(list)
    for row in rows:
        found[days(row)].append(row)
    return found


def group_of(voice: Voice) -> Group:
    """The group a voice is in now."""
    return voice.memberships.select_related("group").get(until=None).group


def desk_actor() -> Actor:
    """Whoever sorts what comes in."""
    return actor_of(sorting_desk())


def actor_of(office: str) -> Actor:
    """The first lead post of a unit, else any post of it, else the unit alone."""
    rows = Post.objects.filter(organisation__code=office)
    post = rows.filter(role=Role.LEAD).first() or rows.first()
    return Actor(None, post.code if post else "", office)
