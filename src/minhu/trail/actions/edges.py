"""Opening and closing edges, and making them anew from the rows they mirror."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.db import transaction

from minhu.trail.models import Edge
from minhu.trail.states import Actor, Arc

BATCH = 1000


@dataclass(frozen=True, slots=True)
class Rebuilt:
    """What a rebuild did; nothing, if every action kept its edges."""

    opened: tuple[Arc, ...]
    closed: tuple[Arc, ...]
    redated: tuple[Arc, ...]
    kept: int

    @property
    def changed(self) -> int:
        """How many edges were not as the rows say."""
        return len(self.opened) + len(self.closed) + len(self.redated)


def link(*, by: Actor, src: str, dst: str, kind: str, at: datetime) -> Edge:
    """Open an edge; one that is open already is left as it is.

    The calling action records the deed itself: `by` is asked so that no edge is opened by nobody.
    """
    open_now = Edge.objects.filter(src=src, dst=dst, kind=kind, until=None)
    if found := open_now.first():
        return found
    Edge.objects.bulk_create([Edge(src=src, dst=dst, kind=kind, since=at)], ignore_conflicts=True)
    return open_now.get()


def unlink(*, by: Actor, src: str, dst: str, kind: str, at: datetime) -> None:
    """Close an edge, if it is open."""
    Edge.objects.filter(src=src, dst=dst, kind=kind, until=None).update(until=at)


def link_many(arcs: Iterable[Arc], *, by: Actor, at: datetime) -> None:
    """Open many edges at once; those open already are left as they are."""
    edges = [Edge(src=arc.src, dst=arc.dst, kind=arc.kind, since=at) for arc in arcs]
    Edge.objects.bulk_create(edges, ignore_conflicts=True, batch_size=BATCH)


def rebuild_edges(
    wanted: Mapping[Arc, datetime], kinds: Collection[str], *, at: datetime, try_only: bool = False
) -> Rebuilt:
    """Make the open edges of some kinds what the rows say; edges that end are closed, never removed."""
    with transaction.atomic():
        rows = Edge.objects.select_for_update().filter(kind__in=kinds, until=None).order_by("id")
        there = {Arc(edge.src, edge.dst, edge.kind): edge for edge in rows}
        done = Rebuilt(
            opened=tuple(arc for arc in wanted if arc not in there),
            closed=tuple(arc for arc in there if arc not in wanted),
            redated=tuple(arc for arc, since in wanted.items() if arc in there and there[arc].since != since),
            kept=len(there.keys() & wanted.keys()),
        )
        if not try_only:
            write(done, wanted, there, at)
    return done


def write(done: Rebuilt, wanted: Mapping[Arc, datetime], there: Mapping[Arc, Edge], at: datetime) -> None:
    """Carry out a rebuild."""
    new = [Edge(src=arc.src, dst=arc.dst, kind=arc.kind, since=wanted[arc]) for arc in done.opened]
    Edge.objects.bulk_create(new, batch_size=BATCH)
    for arc in done.closed:
        there[arc].until = max(at, there[arc].since)
    for arc in done.redated:
        there[arc].since = wanted[arc]
    Edge.objects.bulk_update([there[arc] for arc in done.closed], ["until"], batch_size=BATCH)
    Edge.objects.bulk_update([there[arc] for arc in done.redated], ["since"], batch_size=BATCH)
