"""An order with the least weight running backwards: exact for few items, by moving single ones for many."""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
EXACT_MOST = 12


def feedback_order(weights: Array) -> tuple[int, ...]:
    """An order of n items such that the sum of weights[later, earlier] is small (minimum feedback arcs).

    `weights` (n, n) ≥ 0, row before column. Up to 12 items the least there is, by dynamic programming over
    subsets (Lawler 1964); beyond, Eades, Lin & Smyth's order (1993) bettered by moving single items until
    none helps, which is a local least only.
    """
    free = weights.copy()
    np.fill_diagonal(free, 0.0)
    n = len(free)
    return exact_order(free) if n <= EXACT_MOST else moved_order(free, list(greedy_order(free)))


def backward(weights: Array, order: tuple[int, ...]) -> float:
    """The weight that runs backwards in an order."""
    arranged = weights[np.ix_(order, order)]
    return float(np.tril(arranged, -1).sum())


def exact_order(weights: Array) -> tuple[int, ...]:
    """The best order, the first among equals: cost[set] = least cost of placing that set first."""
    n = len(weights)
    cost = np.full(1 << n, np.inf)
    last = np.zeros(1 << n, dtype=np.int64)
    cost[0] = 0.0
    members = [[item for item in range(n) if placed >> item & 1] for placed in range(1 << n)]
    for placed in range(1 << n):
        for item in range(n):
            if placed >> item & 1:
                continue
            then = placed | 1 << item
            # What is placed next runs back to everything placed before it.
            total = cost[placed] + weights[item, members[placed]].sum()
            if total < cost[then] - 1e-15:
                cost[then], last[then] = total, item
    found = []
    placed = (1 << n) - 1
    while placed:
        found.append(int(last[placed]))
        placed ^= 1 << int(last[placed])
    return tuple(reversed(found))


def greedy_order(weights: Array) -> tuple[int, ...]:
    """Items that move more than they are moved first, taken one by one."""
    left = list(range(len(weights)))
    found = []
    while left:
        inner = weights[np.ix_(left, left)]
        best = int(np.argmax(inner.sum(axis=1) - inner.sum(axis=0)))
        found.append(left.pop(best))
    return tuple(found)


def moved_order(weights: Array, order: list[int]) -> tuple[int, ...]:
    """Move single items to where they run back least, until none moves."""
    net = weights - weights.T
    moves = True
    while moves:
        moves = False
        for item in tuple(order):
            here = order.index(item)
            rest = order[:here] + order[here + 1 :]
            # gain[k]: how much less runs back with the item before the last k of the rest.
            gain = np.concatenate([[0.0], np.cumsum(net[item, rest[::-1]])])
            best = len(rest) - int(np.argmax(gain))
            if gain.max() > gain[len(rest) - here] + 1e-12:
                order = [*rest[:best], item, *rest[best:]]
                moves = True
    return tuple(order)
