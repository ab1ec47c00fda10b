"""Outliers: winsorise by skewness and kurtosis, then take logarithms."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from minhu.methods.weighing.errors import TooFew
from minhu.methods.weighing.problem import Floats
from minhu.methods.weighing.recipe import Treatment

LEAST_POINTS = 4
FLAT = 1e-13


@dataclass(frozen=True, slots=True)
class Treated:
    """What was done to a column: points winsorised, or a logarithm; and whether it passes now."""

    code: str
    winsorised: int
    is_logged: bool
    is_calm: bool


def skewness(values: Floats) -> float:
    """Sample skewness G1 of values (n ≥ 3, not all equal): Joanes and Gill, The Statistician 47 (1998)."""
    n, off = values.size, values - values.mean()
    plain = float(np.sqrt(n) * (off**3).sum() / (off**2).sum() ** 1.5)
    return plain * float(np.sqrt(n * (n - 1)) / (n - 2))


def kurtosis(values: Floats) -> float:
    """Sample excess kurtosis G2 of values (n ≥ 4, not all equal): Joanes and Gill (1998)."""
    n, off = values.size, values - values.mean()
    plain = float(n * (off**4).sum() / (off**2).sum() ** 2)
    return ((n + 1) * (plain - 3) + 6) * (n - 1) / ((n - 2) * (n - 3))


def is_flat(values: Floats) -> bool:
    """Whether known values are equal but for rounding."""
    return bool(np.ptp(values) <= FLAT * np.abs(values).max())


def is_calm(values: Floats, treatment: Treatment) -> bool:
    """Whether known values show no outliers; equal values do not."""
    if is_flat(values):
        return True
    return abs(skewness(values)) <= treatment.skewness or kurtosis(values) <= treatment.kurtosis


def winsorise(values: Floats, treatment: Treatment) -> tuple[Floats, int]:
    """Move the outermost points on the skewed side to the next, until calm or until `most` are moved.

    Equal points move together, so that one step may pass `most`: so does the reference.
    """
    moved, high, low = values.copy(), 0, 0
    while not is_calm(moved, treatment) and high + low < treatment.most:
        is_high = skewness(moved) >= 0
        at = moved == (moved.max() if is_high else moved.min())
        if is_flat(moved[~at]):
            break  # two values are left: to move one onto the other would erase the indicator
        moved[at] = moved[~at].max() if is_high else moved[~at].min()
        if is_high:
            high = int(at.sum())
        else:
            low = int(at.sum())
    return moved, high + low


def logged(values: Floats) -> Floats:
    """ln(x - min + range / 100): works for any sign, and does not depend on the unit of measure."""
    return np.asarray(np.log(values - values.min() + 0.01 * np.ptp(values)), dtype=np.float64)


def treat_column(code: str, values: Floats, treatment: Treatment) -> tuple[Floats, Treated]:
    """One column of known values, treated."""
    if values.size < LEAST_POINTS:
        raise TooFew(f"{code!r} has {values.size} values: outliers need at least {LEAST_POINTS}")
    if is_calm(values, treatment):
        return values, Treated(code, 0, is_logged=False, is_calm=True)
    moved, count = winsorise(values, treatment)
    if is_calm(moved, treatment):
        return moved, Treated(code, count, is_logged=False, is_calm=True)
    result = logged(values)
    return result, Treated(code, 0, is_logged=True, is_calm=is_calm(result, treatment))


def treat(
    values: Floats, codes: Sequence[str], treatment: Treatment | None
) -> tuple[Floats, tuple[Treated, ...]]:
    """Values (units × indicators) with outliers treated, and what was done to which column."""
    result = values.copy()
    if treatment is None:
        return result, ()
    notes = []
    for code, column in zip(codes, result.T, strict=True):
        known = ~np.isnan(column)
        column[known], note = treat_column(code, column[known], treatment)
        notes.append(note)
    return result, tuple(notes)
