"""Before outliers: divide by size, fill what is missing."""

from collections.abc import Sequence

import numpy as np

from minhu.methods.weighing.problem import Floats, Problem
from minhu.methods.weighing.recipe import Imputation


def denominate(problem: Problem) -> Floats:
    """Values (units × indicators), each column with a denominator divided by it."""
    values = problem.values.copy()
    for column, indicator in enumerate(problem.indicators):
        if indicator.denominator is not None:
            values[:, column] /= np.asarray(problem.denominators[indicator.denominator], dtype=np.float64)
    return values


def impute(values: Floats, how: Imputation, peers: Sequence[str] = ()) -> Floats:
    """Values with gaps filled column by column; a peer group without any value keeps its gap."""
    if how is Imputation.NONE:
        return values.copy()
    if how is not Imputation.PEER_MEAN:
        return filled(values, how)
    names, result = np.array(peers), values.copy()
    for name in sorted(set(peers)):
        result[names == name] = filled(values[names == name], Imputation.MEAN)
    return result


def filled(values: Floats, how: Imputation) -> Floats:
    """Each column's gaps filled with its mean or median."""
    result = values.copy()
    for column in result.T:
        known = column[~np.isnan(column)]
        if 0 < known.size < column.size:
            column[np.isnan(column)] = known.mean() if how is Imputation.MEAN else np.median(known)
    return result
