"""What a group shows of its members: how many voices and people, from when to when, how many unanswered."""

from collections import defaultdict
from collections.abc import Collection

from django.db.models import Count, Max, Min, Q

from minhu.voices.models import Group, Membership
from minhu.voices.states.hearing import LIVE, State

WAITING = (State.RECEIVED, State.OPEN)
COUNTED = ("size", "people", "unanswered", "first_on", "last_on", "place")


def recount(keys: Collection[int]) -> None:
    """Count the members of some groups anew."""
    wanted = set(keys)
    live = Membership.objects.filter(
        group__in=wanted, until=None, voice__state__in=LIVE, voice__erased_at=None
    )
    waits = Q(voice__state__in=WAITING)
    unnamed = Q(voice__person="")
    # An author who left no token counts as one person for every voice.
    told = {
        row["group"]: row
        for row in live.order_by()
        .values("group")
        .annotate(
            n=Count("pk"),
            named=Count("voice__person", distinct=True, filter=~unnamed),
            unnamed=Count("pk", filter=unnamed),
            waiting=Count("pk", filter=waits),
            first=Min("voice__said_on"),
            last=Max("voice__said_on"),
        )
    }
    places: dict[int, list[tuple[int, int]]] = defaultdict(list)
    by_place = live.order_by().exclude(voice__place=None).values_list("group", "voice__place")
    for group, place, n in by_place.annotate(n=Count("pk")):
        places[group].append((-n, place))
    rows = list(Group.objects.filter(pk__in=wanted))
    for row in rows:
        one = told.get(row.pk)
        row.size = one["n"] if one else 0
        row.people = one["named"] + one["unnamed"] if one else 0
        row.unanswered = one["waiting"] if one else 0
        row.place_id = min(places[row.pk])[1] if places[row.pk] else None
        if one:
            row.first_on, row.last_on = one["first"], one["last"]
    Group.objects.bulk_update(rows, COUNTED, batch_size=500)


def recount_voice(voice: int) -> None:
    """Count the group of one voice anew: its state changed."""
    recount(list(Membership.objects.filter(voice=voice, until=None).values_list("group", flat=True)))
