"""From parts to wholes, for many sets of weights at once."""

from collections.abc import Callable

import numpy as np

from minhu.methods.weighing.errors import NotPositive
from minhu.methods.weighing.problem import Floats
from minhu.methods.weighing.recipe import Aggregation
from minhu.methods.weighing.tree import Tree

Step = Callable[[Floats], Floats]
MEANS: dict[Aggregation, tuple[Step, Step]] = {
    Aggregation.ARITHMETIC: (np.positive, np.positive),
    Aggregation.GEOMETRIC: (np.log, np.exp),
    Aggregation.HARMONIC: (np.reciprocal, np.reciprocal),
}
DIGITS = 12
AT_ONCE = 4_000_000


def climb(tree: Tree, normalised: Floats, weights: Floats, how: Aggregation) -> dict[int, Floats]:
    """Scores (runs × units) of every group, by node; `weights` runs × nodes, `normalised` units × indicators.

    A missing part is left out and the weights of the others count for more; a whole without parts is missing.
    `NotPositive` names the part that a geometric or harmonic mean cannot take.
    """
    leaves = normalised.shape[1]
    scores: dict[int, Floats] = {}
    for whole, parts in tree.groups:
        columns = list(parts)
        if max(columns) < leaves:
            values = normalised[None, :, columns]
        else:
            held = [normalised[None, :, part] if part < leaves else scores[part] for part in parts]
            values = np.stack(np.broadcast_arrays(*held), axis=2)
        if how in (Aggregation.GEOMETRIC, Aggregation.HARMONIC):
            need_positive(values, [tree.codes[part] for part in parts], how)
        scores[whole] = combine(values, weights[:, columns], how)
    return scores


def need_positive(values: Floats, codes: list[str], how: Aggregation) -> None:
    """Refuse parts at or below zero."""
    for at in np.flatnonzero((values <= 0).any(axis=(0, 1))):
        raise NotPositive(
            f"{codes[at]!r} has values at or below 0, of which no {how} mean can be taken: "
            "scale by min_max from 1 to 100, or take the arithmetic mean"
        )


def combine(values: Floats, weights: Floats, how: Aggregation) -> Floats:
    """Scores (runs × units) of parts (1 or runs × units × parts) under weights (runs × parts)."""
    if how in MEANS:
        return mean(values, weights, *MEANS[how])
    runs, units, parts = weights.shape[0], *values.shape[1:]
    step = max(1, AT_ONCE // (units * units * parts))
    chunks = [
        pairwise(values if values.shape[0] == 1 else values[at : at + step], weights[at : at + step], how)
        for at in range(0, runs, step)
    ]
    return np.concatenate(chunks)


def mean(values: Floats, weights: Floats, forward: Step, back: Step) -> Floats:
    """The quasi-arithmetic mean back(Σ w forward(x) / Σ w) over the known parts."""
    known = ~np.isnan(values)
    total = np.einsum("ruk,rk->ru", np.where(known, forward(values), 0.0), weights)
    held = np.einsum("ruk,rk->ru", known.astype(np.float64), weights)
    return np.asarray(
        back(np.divide(total, held, out=np.full_like(total, np.nan), where=held > 0)), dtype=np.float64
    )


def outrank(values: Floats, weights: Floats) -> Floats:
    """runs × units × units: the share of weight by which one unit stands above the other, ties by half.

    Only indicators known of both count; two units without one in common stand at one half.
    """
    left, right = values[:, :, None, :], values[:, None, :, :]
    known = ~np.isnan(values)
    wins = np.where(left > right, 1.0, np.where(left == right, 0.5, 0.0))
    both = (known[:, :, None, :] & known[:, None, :, :]).astype(np.float64)
    total = np.einsum("ruvk,rk->ruv", wins, weights)
    held = np.einsum("ruvk,rk->ruv", both, weights)
    shares = np.divide(total, held, out=np.full_like(total, 0.5), where=held > 0)
    return np.asarray(np.round(shares, DIGITS), dtype=np.float64)


def pairwise(values: Floats, weights: Floats, how: Aggregation) -> Floats:
    """Copeland: the share of other units that a unit beats by a majority of the weight (ties by half).

    Non-compensatory: by how much it beats them does not count (A. H. Copeland 1951; Handbook §6.3). Borda:
    the mean share of weight, which COINr's `a_copeland` gives times (units - 1).
    """
    shares = outrank(values, weights)
    if how is Aggregation.COPELAND:
        shares = 0.5 + 0.5 * np.sign(shares - 0.5)
    units = shares.shape[1]
    scores = (shares.sum(axis=2) - 0.5) / (units - 1)
    is_empty = np.isnan(values).all(axis=2)
    return np.where(is_empty, np.nan, scores)
