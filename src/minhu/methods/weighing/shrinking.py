"""Small places: each borrows from all as far as its own answers are few, and the doubt of that is shown."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from scipy.special import betainc, betaln, expit, ndtri

from minhu.methods.weighing.errors import BadSurvey, TooFew
from minhu.methods.weighing.problem import Floats

LEAST_PLACES = 3
GRID = 32
FINE = 400
ZOOMS = 3
WIDEST = 14.0
NEGLIGIBLE = 1e-5
HALVINGS = 30
PARTS = 8


@dataclass(frozen=True, slots=True)
class Shrunk:
    """A place's own value, its shrunken one with interval, and the weight in [0, 1] its own answers have."""

    own: float
    value: float
    low: float
    high: float
    own_weight: float


def shrink_shares(yes: Sequence[int], answers: Sequence[int], *, level: float = 0.95) -> tuple[Shrunk, ...]:
    """Beta-binomial shrinkage of shares `yes` / `answers` of at least three places (no answers: own is NaN).

    The mean and strength of the common beta are not plugged in but averaged over by their likelihood, so that
    intervals hold the doubt about them too (Gelman et al., Bayesian Data Analysis, §5.3).
    """
    hits, sizes = counts(yes, answers)
    tails = tails_of(level)
    means, strengths, chance = fit_beta(hits, sizes)
    held = strengths + sizes[:, None]
    each = (means * strengths + hits[:, None]) / held
    parts = in_parts(each, each * (1 - each) / (held + 1), chance)
    ends = [quantile_of_mixture(*parts, tail) for tail in tails]
    value, own_weight = each @ chance, (sizes[:, None] / held) @ chance
    with np.errstate(invalid="ignore"):
        own = hits / sizes
    return listed(own, value, ends, own_weight)


def counts(yes: Sequence[int], answers: Sequence[int]) -> tuple[Floats, Floats]:
    """Checked counts as arrays."""
    hits, sizes = np.asarray(yes, dtype=np.float64), np.asarray(answers, dtype=np.float64)
    if hits.shape != sizes.shape or hits.ndim != 1:
        raise BadSurvey("one count of yes for each count of answers")
    if not ((hits >= 0) & (hits <= sizes)).all():
        raise BadSurvey("yes must lie between 0 and the answers")
    if (sizes > 0).sum() < LEAST_PLACES:
        raise TooFew(f"shrinkage needs answers from at least {LEAST_PLACES} places")
    return hits, sizes


def fit_beta(hits: Floats, sizes: Floats) -> tuple[Floats, Floats, Floats]:
    """Means and strengths of the common beta and the chance of each pair, on a grid zoomed in on the likely.

    The prior is even in the mean and in 1 / √(strength + 1), the spread of places next to that of answers.
    """
    ends, span = (-WIDEST, WIDEST), (0.0, 1.0)
    for _ in range(ZOOMS):
        places = np.linspace(*ends, GRID)
        spreads = span[0] + (span[1] - span[0]) * (np.arange(GRID) + 0.5) / GRID
        means, strengths = np.repeat(expit(places), GRID), np.tile(spreads**-2 - 1, GRID)
        a, b = means * strengths, (1 - means) * strengths
        fit = (betaln(a + hits[:, None], b + (sizes - hits)[:, None]) - betaln(a, b)).sum(axis=0)
        chance = weights_from(
            fit + np.log(means * (1 - means))
        )  # a step in the logit is p (1 - p) in the mean
        table = chance.reshape(GRID, GRID)
        ends = likely(places, table.sum(axis=1), ends)
        span = likely(spreads, table.sum(axis=0), span)
    return means, strengths, chance


def in_parts(each: Floats, noise: Floats, chance: Floats) -> tuple[Floats, Floats, Floats]:
    """Means and variances (places × grid) as a few betas per place, one for each range of strengths.

    Each has the mean and variance of what it stands for: all betas of the grid would cost a hundred times as
    much and give the same interval to a few thousandths.
    """
    part = np.tile(np.arange(GRID) * PARTS // GRID, GRID)
    shares = chance[:, None] * (part[:, None] == np.arange(PARTS))
    shares = shares[:, shares.sum(axis=0) > NEGLIGIBLE]
    mass = shares.sum(axis=0)
    mean = each @ shares / mass
    variance = (noise + each**2) @ shares / mass - mean**2
    strength = mean * (1 - mean) / variance - 1
    return mean * strength, (1 - mean) * strength, mass / mass.sum()


def quantile_of_mixture(a: Floats, b: Floats, chance: Floats, tail: float) -> Floats:
    """For each place (row of `a` and `b`) the quantile of its mixture of betas, by halving."""
    low, high = np.zeros(a.shape[0]), np.ones(a.shape[0])
    for _ in range(HALVINGS):
        middle = (low + high) / 2
        is_below = betainc(a, b, middle[:, None]) @ chance < tail
        low, high = np.where(is_below, middle, low), np.where(is_below, high, middle)
    return np.asarray((low + high) / 2, dtype=np.float64)


def likely(points: Floats, chance: Floats, ends: tuple[float, float]) -> tuple[float, float]:
    """The span of points that are not negligible, one point wider on each side."""
    held = np.flatnonzero(chance > NEGLIGIBLE * chance.max())
    low = float(points[held[0] - 1]) if held[0] > 0 else ends[0]
    high = float(points[held[-1] + 1]) if held[-1] + 1 < points.size else ends[1]
    return low, high


def weights_from(logs: Floats) -> Floats:
    """Logarithms of likelihoods as weights of sum 1."""
    raw = np.exp(logs - logs.max())
    return np.asarray(raw / raw.sum(), dtype=np.float64)


def tails_of(level: float) -> tuple[float, float]:
    """The two tails of a level."""
    if not 0 < level < 1:
        raise BadSurvey(f"level must lie between 0 and 1, not {level}")
    return (1 - level) / 2, (1 + level) / 2


def shrink_means(
    means: Sequence[float], errors: Sequence[float], *, level: float = 0.95
) -> tuple[Shrunk, ...]:
    """Normal shrinkage of place means with their standard errors (> 0), at least three places.

    The deviation between places is averaged over by its likelihood, every size of it alike beforehand
    (Gelman, Bayesian Analysis 1, 2006), so intervals hold the doubt about it and about the common mean.
    """
    own, noise = np.asarray(means, dtype=np.float64), np.asarray(errors, dtype=np.float64) ** 2
    if own.shape != noise.shape or not np.isfinite(own).all() or not (np.isfinite(noise) & (noise > 0)).all():
        raise BadSurvey("each place needs a finite mean and a standard error above 0")
    if own.size < LEAST_PLACES:
        raise TooFew(f"shrinkage needs at least {LEAST_PLACES} places")
    shrinkage = (np.arange(FINE) + 0.5) / FINE
    between = float(np.median(noise)) * (1 - shrinkage) / shrinkage
    precision = 1 / (noise[:, None] + between)
    common = (precision * own[:, None]).sum(axis=0) / precision.sum(axis=0)
    fit = 0.5 * np.log(precision).sum(axis=0) - 0.5 * np.log(precision.sum(axis=0))
    fit -= 0.5 * (precision * (own[:, None] - common) ** 2).sum(axis=0)
    fit -= 0.5 * np.log(between) + 2 * np.log(shrinkage)  # a step in the shrinkage as one in the deviation
    chance, pull = weights_from(fit), noise[:, None] * precision
    each = (1 - pull) * own[:, None] + pull * common
    value = each @ chance
    spread = (
        (1 - pull) * noise[:, None] + pull**2 / precision.sum(axis=0) + (each - value[:, None]) ** 2
    ) @ chance
    tails = [value + float(ndtri(p)) * np.sqrt(spread) for p in tails_of(level)]
    return listed(own, value, tails, (1 - pull) @ chance)


def listed(own: Floats, value: Floats, tails: Sequence[Floats], weight: Floats) -> tuple[Shrunk, ...]:
    """One `Shrunk` per place."""
    low, high = np.minimum(tails[0], value), np.maximum(tails[1], value)
    rows = zip(own, value, low, high, weight, strict=True)
    return tuple(Shrunk(*(float(number) for number in row)) for row in rows)
