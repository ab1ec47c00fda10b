"""Estimates from a stratified survey: weights, design effect, response rate, and the right to say nothing."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from math import hypot

import numpy as np

from minhu.methods.weighing.errors import BadSurvey, TooFew
from minhu.methods.weighing.intervals import Interval, logit, normal_quantile, student, wilson
from minhu.methods.weighing.problem import Floats


@dataclass(frozen=True, slots=True)
class Stratum:
    """A part of the population sampled on its own: how many there are, how many were asked."""

    code: str
    population: int
    invited: int


@dataclass(frozen=True, slots=True, eq=False)
class Survey:
    """One answer per row; NaN is a question left open.

    `stratum`: the code of each row. `base`: a weight of each row within its stratum (all equal if empty).
    `cells` and `totals`: for post-stratification, the cell of each row (age, ward …) and the people in each.
    `is_finite`: count how much of the population answered; only for lists sampled at random.
    """

    strata: tuple[Stratum, ...]
    stratum: tuple[str, ...]
    values: Floats
    base: Floats = field(default_factory=lambda: np.empty(0))
    cells: tuple[str, ...] = ()
    totals: Mapping[str, float] = field(default_factory=dict)
    is_finite: bool = False

    def __post_init__(self) -> None:
        object.__setattr__(self, "values", np.asarray(self.values, dtype=np.float64))
        base = np.asarray(self.base, dtype=np.float64) if len(self.base) else np.ones(len(self.stratum))
        object.__setattr__(self, "base", base)
        check_survey(self, base)


@dataclass(frozen=True, slots=True)
class Floor:
    """Below this nothing is concluded: answers, response rate in [0, 1], widest interval (0: any)."""

    answers: int = 30
    response_rate: float = 0.0
    widest: float = 0.0


class Doubt(StrEnum):
    """Why an estimate allows no conclusion."""

    TOO_FEW = "too_few"
    LOW_RESPONSE = "low_response"
    TOO_WIDE = "too_wide"
    NO_SPREAD = "no_spread"


class Side(StrEnum):
    """Where an estimate stands against a mark."""

    ABOVE = "above"
    BELOW = "below"
    CANNOT_TELL = "cannot_tell"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A number that never stands alone: interval, answers of how many asked, what the design cost, doubts."""

    value: float
    low: float
    high: float
    level: float
    standard_error: float
    design_effect: float
    effective_size: float
    answered: int
    invited: int
    doubts: tuple[Doubt, ...]

    @property
    def response_rate(self) -> float:
        """Answers per person asked."""
        return self.answered / self.invited

    def against(self, mark: float) -> Side:
        """Above or below a mark, if the interval and the sample allow to say so."""
        if self.doubts or self.low <= mark <= self.high:
            return Side.CANNOT_TELL
        return Side.ABOVE if self.low > mark else Side.BELOW


def compare(one: Estimate, other: Estimate) -> Side:
    """Whether one of two independent estimates lies above the other, at the level of the first."""
    half = normal_quantile(one.level) * hypot(one.standard_error, other.standard_error)
    if one.doubts or other.doubts or abs(one.value - other.value) <= half:
        return Side.CANNOT_TELL
    return Side.ABOVE if one.value > other.value else Side.BELOW


def check_survey(survey: Survey, base: Floats) -> None:
    """Refuse rows of different counts, unknown strata, more answers than asked, impossible weights."""
    rows, codes = len(survey.stratum), [stratum.code for stratum in survey.strata]
    if not len(survey.values) == len(base) == rows or len(survey.cells) not in (0, rows):
        raise BadSurvey(
            f"{rows} strata, {len(survey.values)} values, {len(base)} weights: one of each per row"
        )
    if len(set(codes)) != len(codes):
        raise BadSurvey("a stratum stands twice")
    if unknown := set(survey.stratum) - set(codes):
        raise BadSurvey(f"no such stratum: {min(unknown)!r}")
    if not (np.isfinite(base) & (base > 0)).all() or np.isinf(survey.values).any():
        raise BadSurvey("base weights must be above 0, values finite or NaN")
    if missing := set(survey.cells) - set(survey.totals):
        raise BadSurvey(f"cell {min(missing)!r} has no total: how many people are in it?")
    for stratum in survey.strata:
        if not stratum.population >= stratum.invited >= survey.stratum.count(stratum.code):
            raise BadSurvey(f"{stratum.code!r}: want population ≥ invited ≥ answers")


def weights_of(survey: Survey) -> Floats:
    """For each row how many people it stands for; 0 where the question was left open.

    Within a stratum weights sum to its population; with cells they are then brought to the cells' totals.
    """
    known = ~np.isnan(survey.values)
    weights = np.where(known, survey.base, 0.0)
    weights = to_totals(weights, survey.stratum, {s.code: float(s.population) for s in survey.strata})
    return to_totals(weights, survey.cells, survey.totals) if survey.cells else weights


def to_totals(weights: Floats, labels: tuple[str, ...], totals: Mapping[str, float]) -> Floats:
    """Weights brought to the total of each label; people for whom nobody answered are refused by name."""
    names, result = np.array(labels), weights.copy()
    for label, total in totals.items():
        held = names == label
        if total < 0 or (total > 0 and not weights[held].sum() > 0):
            raise TooFew(f"nobody answered for the {total:g} people of {label!r}: merge it with another")
        if held.any():
            result[held] *= total / weights[held].sum() if total else 0.0
    return result


def estimate_mean(survey: Survey, *, level: float = 0.95, floor: Floor | None = None) -> Estimate:
    """The mean of the values over the population, with Student's interval; in the unit of the values."""
    value, error, effect = linearised(survey)
    answered = int((~np.isnan(survey.values)).sum())
    strata = len({s for s, known in zip(survey.stratum, ~np.isnan(survey.values), strict=True) if known})
    interval = student(value, error, answered - strata, level)
    return told(survey, (value, error, effect), interval, level, floor or Floor())


def estimate_share(
    survey: Survey, *, level: float = 0.95, by_logit: bool = False, floor: Floor | None = None
) -> Estimate:
    """The share of ones among zeros and ones, with Wilson's (or the logit) interval on the effective size.

    Source: Korn and Graubard, Survey Methodology 24 (1998); the effective size never exceeds the answers.
    """
    known = survey.values[~np.isnan(survey.values)]
    if not np.isin(known, (0.0, 1.0)).all():
        raise BadSurvey("a share needs answers that are 0 or 1: say first which answers count as yes")
    value, error, effect = linearised(survey)
    value = min(1.0, max(0.0, value))
    size = known.size / max(1.0, effect)
    return told(
        survey,
        (value, error, effect),
        (logit if by_logit else wilson)(value, size, level),
        level,
        floor or Floor(),
    )


def linearised(survey: Survey) -> tuple[float, float, float]:
    """Weighted mean, standard error and design effect, by linearisation with residuals from the cell means.

    Source: Särndal, Swensson and Wretman, Model Assisted Survey Sampling (1992), §7.6. A stratum with one
    answer takes the whole sample's mean as centre, which errs to the wide side.
    """
    weights, known = weights_of(survey), ~np.isnan(survey.values)
    weights, values = weights[known], survey.values[known]
    strata = np.array(survey.stratum)[known]
    cells = np.array(survey.cells)[known] if survey.cells else strata
    if values.size < 2:
        raise TooFew(f"{values.size} answers: at least 2 are needed to say how sure an estimate is")
    total, value = weights.sum(), float(np.average(values, weights=weights))
    scores = weights * (values - centres(values, weights, cells)) / total
    alone = weights * (values - value) / total
    variance = 0.0
    for stratum in survey.strata:
        held = strata == stratum.code
        part = scores[held] - scores[held].mean() if held.sum() > 1 else alone[held]
        variance += finite(survey, stratum, held.sum()) * float((part**2).sum()) * unbiased(int(held.sum()))
    return value, float(np.sqrt(variance)), design_effect(values, weights, value, variance)


def centres(values: Floats, weights: Floats, labels: np.ndarray[tuple[int], np.dtype[np.str_]]) -> Floats:
    """For each row the weighted mean of its label."""
    result = np.zeros_like(values)
    for label in np.unique(labels):
        held = labels == label
        if weights[held].sum() > 0:
            result[held] = np.average(values[held], weights=weights[held])
    return result


def finite(survey: Survey, stratum: Stratum, answers: int) -> float:
    """The finite population correction of a stratum, where it may be made."""
    return 1.0 - answers / stratum.population if survey.is_finite and stratum.population else 1.0


def unbiased(count: int) -> float:
    """n / (n - 1), from the second answer on."""
    return count / (count - 1) if count > 1 else 1.0


def design_effect(values: Floats, weights: Floats, value: float, variance: float) -> float:
    """Variance against a simple random sample of as many answers; Kish's 1 + cv² where nothing varies."""
    simple = float(np.average((values - value) ** 2, weights=weights)) / (values.size - 1)
    kish = values.size * float((weights**2).sum()) / float(weights.sum()) ** 2
    return variance / simple if simple > 0 and variance > 0 else kish


def told(
    survey: Survey, found: tuple[float, float, float], interval: Interval, level: float, floor: Floor
) -> Estimate:
    """The estimate with its doubts."""
    value, error, effect = found
    answered, invited = int((~np.isnan(survey.values)).sum()), sum(s.invited for s in survey.strata)
    low, high = interval
    doubts = [
        doubt
        for doubt, holds in (
            (Doubt.TOO_FEW, answered < floor.answers),
            (Doubt.LOW_RESPONSE, answered / invited < floor.response_rate),
            (Doubt.TOO_WIDE, 0 < floor.widest < high - low),
            (Doubt.NO_SPREAD, high <= low),
        )
        if holds
    ]
    size = answered / max(1.0, effect)
    return Estimate(value, low, high, level, error, effect, size, answered, invited, tuple(doubts))
