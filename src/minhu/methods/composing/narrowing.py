"""Before pass 6: what has only one sensible way is settled without search, so that little is left."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from minhu.methods.composing.bundle import Paper, Ref
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.materials import Demand, Supply
from minhu.methods.composing.plan import Choice, Obtained, Way


@dataclass(frozen=True, slots=True)
class Room:
    """When each step may start so that the bundle ends in `makespan` days: not before, not after; in days."""

    days: Mapping[Ref, int]
    needs: Mapping[Ref, tuple[Ref, ...]]
    earliest: Mapping[Ref, int]
    latest: Mapping[Ref, int]
    makespan: int


@dataclass(frozen=True, slots=True)
class Narrowed:
    """Choices already settled, papers brought in any case, and the demands that are still open."""

    settled: tuple[Choice, ...]
    forced: frozenset[Paper]
    open: tuple[Demand, ...]


def room_of(guides: Iterable[Guide], days: Mapping[Ref, int], ends: Mapping[Ref, int]) -> Room:
    """The room to move that the guides' own order leaves at the earliest end of the whole."""
    needs = {
        Ref(guide.item, step.id): tuple(Ref(guide.item, need) for need in step.needs)
        for guide in guides
        for step in guide.steps
    }
    makespan = max(ends.values(), default=0)
    latest = {ref: makespan - days[ref] for ref in days}
    # Ends sort a step after its needs; among equal ends several rounds settle steps of no days.
    backwards = sorted(days, key=lambda ref: ends[ref], reverse=True)
    moved = True
    while moved:
        moved = False
        for ref in backwards:
            for need in needs[ref]:
                if latest[need] > latest[ref] - days[need]:
                    latest[need] = latest[ref] - days[need]
                    moved = True
    return Room(days, needs, {ref: ends[ref] - days[ref] for ref in days}, latest, makespan)


def narrow(demands: Sequence[Demand], room: Room) -> Narrowed:
    """Settle what costs nothing, and what has no alternative, until nothing more follows."""
    pending = [in_time(demand, room) for demand in sorted(demands, key=lambda demand: demand.ref)]
    forced = frozenset[Paper]().union(*(brought_anyway(demand, room) for demand in pending))
    settled: list[Choice] = []
    while True:
        found = {demand.ref: free(demand, forced, room) for demand in pending}
        rest = [demand for demand in pending if found[demand.ref] is None]
        settled += [choice for choice in found.values() if choice is not None]
        more = forced.union(*(brought_anyway(demand, room) for demand in rest))
        if more == forced:
            return Narrowed(tuple(settled), forced, tuple(rest))
        pending, forced = rest, more


def in_time(demand: Demand, room: Room) -> Demand:
    """The demand with only those ways that can come in time, and those sets that still can be met."""
    by = room.latest[demand.later or demand.at]
    sets = []
    for one in demand.sets:
        kept = tuple(timely(supply, by, room) for supply in one)
        if all(supply.is_possible for supply in kept):
            sets.append(kept)
    return Demand(demand.ref, demand.at, tuple(sets), demand.may_commit, demand.later, demand.clause)


def timely(supply: Supply, by: int, room: Room) -> Supply:
    """The supply with only the ways that can come by a day."""
    lag = supply.lag_days if supply.lag_days is not None and supply.lag_days <= by else None
    producers = tuple(ref for ref in supply.producers if room.earliest[ref] + room.days[ref] <= by)
    if lag == supply.lag_days and producers == supply.producers:
        return supply
    return Supply(supply.paper, supply.upload, lag, producers)


def is_free(supply: Supply, demand: Demand, room: Room) -> bool:
    """Whether sharing brings it without holding anything up."""
    return supply.lag_days is not None and supply.lag_days <= room.earliest[demand.at]


def free(demand: Demand, forced: frozenset[Paper], room: Room) -> Choice | None:
    """A way to meet the demand that adds no paper, no promise and no wait, or the only way without a wait."""
    for one in demand.sets:
        if all(is_free(supply, demand, room) or supply.paper in forced for supply in one):
            return Choice(demand.ref, tuple(obtained_freely(supply, demand, room) for supply in one))
    return Choice(demand.ref, (), committed=True) if demand.may_commit and not demand.sets else None


def obtained_freely(supply: Supply, demand: Demand, room: Room) -> Obtained:
    """Shared if that is free, else among the papers brought in any case."""
    return Obtained(supply.paper, Way.SHARE if is_free(supply, demand, room) else Way.UPLOAD)


def brought_anyway(demand: Demand, room: Room) -> frozenset[Paper]:
    """Papers that have no other way in a demand that has no other set."""
    if len(demand.sets) != 1 or demand.may_commit:
        return frozenset()
    return frozenset(
        supply.paper
        for supply in demand.sets[0]
        if supply.upload and supply.lag_days is None and not supply.producers
    )
