"""Small indices to test on: two groups of two under one index."""

from typing import Any

import numpy as np
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from minhu.methods.weighing import Aggregation, Group, Indicator, Normalisation, Problem, Recipe, Scaling

INDICATORS = (
    Indicator("days", "speed", -1),
    Indicator("share", "speed"),
    Indicator("rating", "trust", weight=2),
    Indicator("returns", "trust", -1),
)
GROUPS = (Group("speed", "index"), Group("trust", "index", 3), Group("index", None))
VALUES = np.array(
    [
        [5.0, 0.9, 4.5, 3.0],
        [8.0, 0.7, 4.0, 6.0],
        [2.0, 0.8, np.nan, 4.0],
        [9.0, 0.5, 3.0, 9.0],
        [4.0, 0.6, 4.8, 1.0],
    ]
)
HUNDRED = Scaling(Normalisation.MIN_MAX, 1, 100)
SCALINGS = (HUNDRED, Scaling(Normalisation.Z_SCORE, 50, 10), Scaling(Normalisation.RANK))
RECIPES = st.builds(Recipe, scaling=st.sampled_from(SCALINGS), aggregation=st.sampled_from(Aggregation))


def problem(**changes: Any) -> Problem:
    """The small index, with changes."""
    values = changes.pop("values", VALUES)
    units = changes.pop("units", tuple("ABCDEFGHIJKLMNOP"[: len(values)]))
    return Problem(**{"units": units, "indicators": INDICATORS, "groups": GROUPS, "values": values} | changes)


def tells_apart(values: np.ndarray) -> bool:
    """Whether units differ on every indicator, and each has a value."""
    known = ~np.isnan(values)
    return (
        all(len(np.unique(c[k])) > 1 for c, k in zip(values.T, known.T, strict=True)) and known.any(1).all()
    )


def values() -> st.SearchStrategy[np.ndarray]:
    """Tables of four indicators in quarters, now and then with a gap, on which units differ."""
    number = st.one_of(st.integers(0, 80).map(lambda n: n / 4), st.integers(0, 80), st.just(np.nan))
    return arrays(np.float64, st.tuples(st.integers(5, 9), st.just(4)), elements=number).filter(tells_apart)
