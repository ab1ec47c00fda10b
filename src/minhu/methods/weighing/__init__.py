"""Composite indices with their doubt, estimates from surveys, small places, patterns in ratings."""

from minhu.methods.weighing.errors import (
    BadData,
    BadDenominator,
    BadRecipe,
    BadSurvey,
    BadTree,
    NotPositive,
    TooFew,
    WeighingError,
    ZeroVariance,
)
from minhu.methods.weighing.exploring import Choices, Exploration, RankInterval, explore
from minhu.methods.weighing.intervals import logit, sample_size, student, wilson
from minhu.methods.weighing.patterns import Flag, Limits, Pattern, Rating, flags
from minhu.methods.weighing.problem import Problem
from minhu.methods.weighing.recipe import (
    Aggregation,
    Imputation,
    Normalisation,
    Recipe,
    Scaling,
    Treatment,
    Weighting,
)
from minhu.methods.weighing.sensitivity import Effect, Influence, Sampling, leave_one_out, sobol
from minhu.methods.weighing.shrinking import Shrunk, shrink_means, shrink_shares
from minhu.methods.weighing.solving import Solution, check, solve
from minhu.methods.weighing.surveys import (
    Doubt,
    Estimate,
    Floor,
    Side,
    Stratum,
    Survey,
    compare,
    estimate_mean,
    estimate_share,
    weights_of,
)
from minhu.methods.weighing.totals import Fits, fitting_weights
from minhu.methods.weighing.treating import Treated
from minhu.methods.weighing.tree import Group, Indicator

__all__ = [
    "Aggregation",
    "BadData",
    "BadDenominator",
    "BadRecipe",
    "BadSurvey",
    "BadTree",
    "Choices",
    "Doubt",
    "Effect",
    "Estimate",
    "Exploration",
    "Fits",
    "Flag",
    "Floor",
    "Group",
    "Imputation",
    "Indicator",
    "Influence",
    "Limits",
    "Normalisation",
    "NotPositive",
    "Pattern",
    "Problem",
    "RankInterval",
    "Rating",
    "Recipe",
    "Sampling",
    "Scaling",
    "Shrunk",
    "Side",
    "Solution",
    "Stratum",
    "Survey",
    "TooFew",
    "Treated",
    "Treatment",
    "WeighingError",
    "Weighting",
    "ZeroVariance",
    "check",
    "compare",
    "estimate_mean",
    "estimate_share",
    "explore",
    "fitting_weights",
    "flags",
    "leave_one_out",
    "logit",
    "sample_size",
    "shrink_means",
    "shrink_shares",
    "sobol",
    "solve",
    "student",
    "weights_of",
    "wilson",
]
