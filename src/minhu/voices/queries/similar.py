"""What everybody may read of what was found: groups of so many people, single voices that were published."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from minhu.voices.models import Group, Membership, Voice
from minhu.voices.queries.groups_limits import public_least
from minhu.voices.queries.open_groups import public_titles


@dataclass(frozen=True, slots=True)
class Like:
    """Something everybody may read that is like what is being typed."""

    title: str
    people: int
    last_on: date
    group: int | None = None


def public_rows(voices: Sequence[int], most: int, on: date) -> list[Like]:
    """Of some voices the groups everybody may see, and those published by themselves, in the order given."""
    least = public_least(on)
    groups: dict[int, Group] = {
        row.voice_id: row.group
        for row in Membership.objects.filter(
            voice__in=voices, until=None, group__people__gte=least
        ).select_related("group__centre", "group__place")
    }
    single = {row.pk: row for row in Voice.objects.published().filter(pk__in=voices).defer("text")}
    titles = public_titles(list({group.pk: group for group in groups.values()}.values()))
    found: dict[object, Like] = {}
    for pk in voices:
        if group := groups.get(pk):
            found.setdefault(group.pk, Like(titles[group.pk], group.people, group.last_on, group.pk))
        elif voice := single.get(pk):
            found.setdefault(f"voice {pk}", Like(voice.title, 1, voice.said_on))
    return list(found.values())[:most]
