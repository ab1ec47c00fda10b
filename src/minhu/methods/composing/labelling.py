"""Pass 5: the earliest end of every node, by Knuth's generalisation of Dijkstra, O(E log V)."""

from dataclasses import dataclass
from heapq import heapify, heappop, heappush

from minhu.methods.composing.flow import Network

NEVER_ENDS = -1


@dataclass(frozen=True, slots=True)
class Labelling:
    """For every node its earliest end in days (or NEVER_ENDS) and the input that settled it."""

    ends: list[int]
    because: list[int]

    @property
    def stuck(self) -> list[int]:
        """Nodes that never end."""
        return [node for node, end in enumerate(self.ends) if end == NEVER_ENDS]


def label(network: Network) -> Labelling:
    """Settle nodes in the order of their ends: one that waits for all is ready with its last input, one that
    waits for any with its first, so the input that settles it is the one it waited for.

    Source: D. E. Knuth, A generalization of Dijkstra's algorithm, Information Processing Letters 6 (1977);
    the functions max(x…) + days and min(x…) + days are superior because days are not negative.
    """
    size, days, followers = len(network.days), network.days, network.followers
    ends, because, missing = [NEVER_ENDS] * size, [NEVER_ENDS] * size, network.missing.copy()
    # One whole number holds end and node, which sorts faster than a pair.
    ready = [days[node] * size + node for node in range(size) if missing[node] == 0]
    heapify(ready)
    while ready:
        end, node = divmod(heappop(ready), size)
        ends[node] = end
        for follower in followers[node]:
            missing[follower] -= 1
            if missing[follower] == 0:
                because[follower] = node
                heappush(ready, (end + days[follower]) * size + follower)
    return Labelling(ends, because)
