"""Onto one scale, more always better."""

from collections.abc import Sequence

import numpy as np
from scipy.stats import rankdata

from minhu.methods.weighing.errors import BadRecipe, ZeroVariance
from minhu.methods.weighing.problem import Floats
from minhu.methods.weighing.recipe import Normalisation, Scaling
from minhu.methods.weighing.treating import is_flat
from minhu.methods.weighing.tree import Indicator


def normalise(values: Floats, indicators: Sequence[Indicator], scaling: Scaling) -> Floats:
    """Values (units × indicators) on one scale; gaps stay gaps.

    `ZeroVariance` names an indicator on which all units are equal; `BadRecipe` one without a usable target.
    """
    result = values * np.array([indicator.direction for indicator in indicators], dtype=np.float64)
    for column, indicator in zip(result.T, indicators, strict=True):
        known = ~np.isnan(column)
        if is_flat(column[known]):
            raise ZeroVariance(
                f"all units are equal on {indicator.code!r}: it cannot tell them apart; leave it out"
            )
        column[known] = scaled(column[known], indicator, scaling)
    return result


def scaled(values: Floats, indicator: Indicator, scaling: Scaling) -> Floats:
    """Known values of one indicator, already with their direction, on the scale."""
    if scaling.how is Normalisation.RANK:
        return np.asarray(rankdata(values, method="min"), dtype=np.float64)
    if scaling.how is Normalisation.Z_SCORE:
        standard = (values - values.mean()) / values.std(ddof=1)
        return np.asarray(standard * scaling.second + scaling.first, dtype=np.float64)
    low, high = values.min(), values.max()
    if scaling.how is Normalisation.TARGET:
        high = target_of(indicator, low)
    share = (values - low) / (high - low)
    if scaling.how is Normalisation.TARGET and scaling.capped:
        share = np.minimum(share, 1.0)
    return np.asarray(share * (scaling.second - scaling.first) + scaling.first, dtype=np.float64)


def target_of(indicator: Indicator, worst: float) -> float:
    """The target with its direction; one that the worst has already reached tells nothing."""
    if indicator.target is None:
        raise BadRecipe(f"{indicator.code!r} has no target: give it one, or choose another normalisation")
    target = indicator.target * indicator.direction
    if target <= worst:
        raise BadRecipe(f"the target {indicator.target:g} of {indicator.code!r} is reached by all units")
    return target
