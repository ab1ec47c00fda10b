"""Deadlocks (互为前置): steps that wait for each other, as the smallest cycle of each knot."""

from collections import deque
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from minhu.methods.composing.bundle import Ref
from minhu.methods.composing.flow import Network
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.labelling import Labelling
from minhu.methods.composing.materials import Demand, Supply


@dataclass(frozen=True, slots=True)
class Wait:
    """`step` waits for `other`: for `material` by the requirement `by`, or by the guide's own order."""

    step: Ref
    other: Ref
    by: Ref | None = None
    material: str = ""
    clause: str = ""


@dataclass(frozen=True, slots=True)
class Deadlock:
    """A smallest cycle of waits, of all the steps knotted together with it."""

    waits: tuple[Wait, ...]
    knot: tuple[Ref, ...]

    @property
    def words(self) -> str:
        """The cycle in one line."""
        return " → ".join(str(wait.step) for wait in self.waits) + f" → {self.waits[0].step}"


def deadlocks(
    guides: Sequence[Guide], demands: Iterable[Demand], network: Network, labelling: Labelling
) -> tuple[Deadlock, ...]:
    """For each knot of steps that never end because they wait for each other: its smallest cycle."""
    stuck = {ref for ref, end in zip(network.steps, labelling.ends, strict=False) if end < 0}
    if not stuck:
        return ()
    waits = waits_of(guides, demands, stuck)
    found = []
    for knot in knots(waits, sorted(stuck)):
        cycle = smallest_cycle(waits, knot)
        if cycle:
            found.append(Deadlock(cycle, tuple(sorted(knot))))
    return tuple(sorted(found, key=lambda deadlock: deadlock.knot))


def waits_of(
    guides: Iterable[Guide], demands: Iterable[Demand], stuck: set[Ref]
) -> dict[Ref, dict[Ref, Wait]]:
    """For each stuck step the stuck steps it waits for; every way to meet its requirement is blocked."""
    waits: dict[Ref, dict[Ref, Wait]] = {ref: {} for ref in stuck}
    for guide in guides:
        for step in guide.steps:
            for need in step.needs:
                note(waits, Wait(Ref(guide.item, step.id), Ref(guide.item, need), clause=step.clause))
    for demand in demands:
        if demand.never_waits or not all(any(blocked(each, stuck) for each in one) for one in demand.sets):
            continue
        for supply in (each for one in demand.sets for each in one if blocked(each, stuck)):
            for producer in supply.producers:
                at, material = demand.later or demand.at, supply.paper.material
                note(waits, Wait(at, producer, demand.ref, material, demand.clause))
    return waits


def blocked(supply: Supply, stuck: set[Ref]) -> bool:
    """Whether a material comes only from steps that never end."""
    return not supply.upload and supply.lag_days is None and stuck.issuperset(supply.producers)


def note(waits: Mapping[Ref, dict[Ref, Wait]], wait: Wait) -> None:
    """Keep a wait between stuck steps."""
    if wait.step in waits and wait.other in waits:
        waits[wait.step].setdefault(wait.other, wait)


def knots(waits: Mapping[Ref, Mapping[Ref, Wait]], refs: Sequence[Ref]) -> list[set[Ref]]:
    """Strongly connected components."""
    index = {ref: number for number, ref in enumerate(refs)}
    arcs = [(index[ref], index[other]) for ref in refs for other in waits[ref]]
    rows, columns = zip(*arcs, strict=True) if arcs else ((), ())
    graph = coo_array((np.ones(len(arcs)), (rows, columns)), shape=(len(refs), len(refs)))
    count, labels = connected_components(graph, directed=True, connection="strong")
    found: list[set[Ref]] = [set() for _ in range(count)]
    for ref, component in zip(refs, labels, strict=True):
        found[component].add(ref)
    return found


def smallest_cycle(waits: Mapping[Ref, Mapping[Ref, Wait]], knot: set[Ref]) -> tuple[Wait, ...]:
    """A cycle with the fewest steps inside a knot, by breadth-first search from each of its steps."""
    best: tuple[Wait, ...] = ()
    for start in sorted(knot):
        found = cycle_through(waits, start, knot, len(best) or len(knot) + 1)
        if found and (not best or len(found) < len(best)):
            best = found
    return best


def cycle_through(
    waits: Mapping[Ref, Mapping[Ref, Wait]], start: Ref, knot: set[Ref], below: int
) -> tuple[Wait, ...]:
    """The shortest cycle through one step, if it has fewer than `below` waits."""
    came: dict[Ref, Wait] = {}
    queue = deque([(start, 0)])
    while queue:
        ref, length = queue.popleft()
        if length + 1 >= below:
            return ()
        for other in sorted(waits[ref].keys() & knot):
            if other == start:
                return traced(came, waits[ref][other], start)
            if other not in came:
                came[other] = waits[ref][other]
                queue.append((other, length + 1))
    return ()


def traced(came: Mapping[Ref, Wait], last: Wait, start: Ref) -> tuple[Wait, ...]:
    """The waits from the start around to it again."""
    path = [last]
    while path[-1].step != start:
        path.append(came[path[-1].step])
    return tuple(reversed(path))
