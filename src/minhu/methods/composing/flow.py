"""Pass 4: steps and requirements as a network of nodes that wait for all or for any of their inputs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from minhu.methods.composing.bundle import Bundle, Ref
from minhu.methods.composing.guides import Guide
from minhu.methods.composing.materials import Demand, Supply


@dataclass(slots=True)
class Network:
    """Node i ends `days[i]` after `missing[i]` of its inputs: all of them, or one, or (sources) none.

    The first nodes are the steps, in the order of `steps`; `followers` are the arcs, forwards.
    """

    steps: tuple[Ref, ...]
    days: list[int] = field(default_factory=list)
    missing: list[int] = field(default_factory=list)
    followers: list[list[int]] = field(default_factory=list)
    meant: dict[int, Ref] = field(default_factory=dict)

    def add(self, days: int, missing: int, inputs: Iterable[int] = ()) -> int:
        """A new node."""
        node = len(self.days)
        self.days.append(days)
        self.missing.append(missing)
        self.followers.append([])
        for other in inputs:
            self.followers[other].append(node)
        return node

    def wait(self, node: int, other: int) -> None:
        """One more input that a node waits for."""
        self.missing[node] += 1
        self.followers[other].append(node)


def durations(bundle: Bundle, guides: Iterable[Guide]) -> dict[Ref, int]:
    """Days of the plan for every step."""
    return {Ref(guide.item, step.id): bundle.days(step.days) for guide in guides for step in guide.steps}


def network_of(guides: Sequence[Guide], demands: Iterable[Demand], days: Mapping[Ref, int]) -> Network:
    """The AND/OR network of these guides; a requirement that can be met at once puts nobody off."""
    network = Network(tuple(days))
    at = {ref: network.add(days[ref], 0) for ref in network.steps}
    for guide in guides:
        for step in guide.steps:
            for need in step.needs:
                network.wait(at[Ref(guide.item, step.id)], at[Ref(guide.item, need)])
    sources: dict[tuple[str, int | None, tuple[Ref, ...]], int] = {}
    for demand in demands:
        if demand.never_waits:
            continue
        node = choice(network, demand, at, sources)
        network.meant[node] = demand.ref
        network.wait(at[demand.later or demand.at], node)
    return network


def choice(
    network: Network,
    demand: Demand,
    at: Mapping[Ref, int],
    sources: dict[tuple[str, int | None, tuple[Ref, ...]], int],
) -> int:
    """A node that waits for any evidence set, each of which waits for all its materials."""
    sets = []
    for one in demand.sets:
        waits = [source(network, supply, at, sources) for supply in one if not supply.upload]
        sets.append(waits[0] if len(waits) == 1 else network.add(0, len(waits), waits))
    return network.add(0, 1, sets)


def source(
    network: Network,
    supply: Supply,
    at: Mapping[Ref, int],
    sources: dict[tuple[str, int | None, tuple[Ref, ...]], int],
) -> int:
    """The node at which a material is there, by sharing or as an output, whichever is first."""
    key = (supply.paper.material, supply.lag_days, supply.producers)
    if key not in sources:
        ways = [at[producer] for producer in supply.producers]
        if supply.lag_days is not None:
            ways.append(network.add(supply.lag_days, 0))
        sources[key] = ways[0] if len(ways) == 1 else network.add(0, 1, ways)
    return sources[key]
