"""Why weights are never inferred from a published total: how many sets of weights fit the same total."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, ROUND_HALF_UP, Decimal
from itertools import combinations, pairwise
from math import comb

from minhu.methods.weighing.errors import BadData

MOST = 2_000_000


@dataclass(frozen=True, slots=True)
class Fits:
    """`count` sets of weights fit; the weight of each part may be anything from `low` to `high` among them.

    There is no way to get a set of weights out of this: even a single fit is no proof of the weights used.
    """

    count: int
    tried: int
    low: tuple[Decimal, ...]
    high: tuple[Decimal, ...]


def fitting_weights(
    parts: Sequence[str], total: str, *, steps: int = 20, least: int = 1, most: int | None = None
) -> Fits:
    """How many weight sets in steps of 1 / `steps` (20: 5 %) give the published total from the part scores.

    Scores are decimal texts as published; a set fits when its weighted mean, rounded to the digits of `total`
    by either rule for halves, is `total`. `least` and `most`: the smallest weight (1: every part counts) and
    the largest (9: none as much as half), in steps.
    """
    try:
        scores, target = [Decimal(part) for part in parts], Decimal(total)
    except ArithmeticError as error:
        raise BadData(f"scores must be decimal numbers: {[*parts, total]}") from error
    tried = comb(steps - least * len(scores) + len(scores) - 1, len(scores) - 1) if scores else 0
    if not 0 < tried <= MOST or steps < least * len(scores):
        raise BadData(f"{len(scores)} parts in {steps} steps give {tried} sets: want 1 to {MOST}")
    held = [
        shares
        for shares in shared_out(steps, len(scores), least)
        if max(shares) <= (most or steps)
        and target
        in rounded(sum(share * score for share, score in zip(shares, scores, strict=True)), steps, target)
    ]
    low, high = (
        tuple(Decimal(pick(column)) / steps for column in zip(*held, strict=True)) for pick in (min, max)
    )
    return Fits(len(held), tried, low, high)


def shared_out(steps: int, parts: int, least: int) -> Iterator[tuple[int, ...]]:
    """Every way to share steps among parts, each at least `least`."""
    free = steps - least * parts
    for bars in combinations(range(free + parts - 1), parts - 1):
        edges = (-1, *bars, free + parts - 1)
        yield tuple(least + right - left - 1 for left, right in pairwise(edges))


def rounded(weighted: Decimal | int, steps: int, target: Decimal) -> set[Decimal]:
    """The mean rounded to the digits of the target, by both rules for halves."""
    value = Decimal(weighted) / steps
    return {value.quantize(target, rule) for rule in (ROUND_HALF_EVEN, ROUND_HALF_UP)}
