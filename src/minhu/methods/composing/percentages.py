"""Reductions from raw counts, and whether a published percentage can come from whole numbers at all."""

from decimal import ROUND_HALF_UP, Decimal
from fractions import Fraction
from math import ceil, floor

FARTHEST = 10_000  # a percentage near 100 is compatible with any larger base


def reduction(before: int, after: int, places: int = 2) -> Decimal:
    """Percentage less, (before − after) / before · 100, rounded half up. Raises ValueError if before is 0."""
    if before <= 0:
        raise ValueError(f"a reduction needs something to reduce, not {before}")
    exact = Fraction(100 * (before - after), before)
    step = Decimal(1).scaleb(-places)
    return (Decimal(exact.numerator) / Decimal(exact.denominator)).quantize(step, ROUND_HALF_UP)


def bases(after: int, percent: str, farthest: int = FARTHEST) -> tuple[int, ...]:
    """Whole numbers from which a published percentage less may lead to `after`, up to `farthest`.

    The percentage is taken as printed: "63.1" stands for [63.05, 63.15], rounded either way.
    """
    said = Decimal(percent)
    half = Fraction(Decimal(1).scaleb(int(said.as_tuple().exponent))) / 2
    low, high = Fraction(said) - half, Fraction(said) + half
    if low >= 100 or after < 0:
        return ()
    first = max(1, ceil(Fraction(100 * after) / (100 - low)))
    last = farthest if high >= 100 else floor(Fraction(100 * after) / (100 - high))
    return tuple(range(first, min(last, farthest) + 1))
