"""Intervals for shares and means, and how many answers a survey needs."""

from math import ceil, exp, inf, log, sqrt

from scipy.special import ndtri, stdtrit

from minhu.methods.weighing.errors import BadSurvey

Interval = tuple[float, float]


def normal_quantile(level: float) -> float:
    """The two-sided normal quantile of a level in (0, 1): 1.96 for 0.95."""
    if not 0 < level < 1:
        raise BadSurvey(f"level must lie between 0 and 1, not {level}")
    return float(ndtri((1 + level) / 2))


def wilson(share: float, size: float, level: float = 0.95) -> Interval:
    """Wilson's score interval of a share in [0, 1] from `size` > 0 (effective) answers: JASA 22 (1927)."""
    check_share(share, size)
    z = normal_quantile(level)
    middle = (share + z * z / (2 * size)) / (1 + z * z / size)
    half = z * sqrt(share * (1 - share) / size + z * z / (4 * size * size)) / (1 + z * z / size)
    return max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half))


def logit(share: float, size: float, level: float = 0.95) -> Interval:
    """The interval symmetric in ln(p / (1 - p)); at 0 and 1, where that has no end, Wilson's."""
    check_share(share, size)
    if share in (0.0, 1.0):
        return wilson(share, size, level)
    middle = log(share / (1 - share))
    half = normal_quantile(level) / sqrt(size * share * (1 - share))
    return 1 / (1 + exp(half - middle)), 1 / (1 + exp(-half - middle))


def student(mean: float, error: float, freedom: float, level: float = 0.95) -> Interval:
    """Student's interval of a mean with its standard error; without a degree of freedom it has no ends."""
    normal_quantile(level)
    if freedom < 1:
        return -inf, inf
    half = float(stdtrit(freedom, (1 + level) / 2)) * error
    return mean - half, mean + half


def check_share(share: float, size: float) -> None:
    """Refuse what is no share, or no answers."""
    if not 0 <= share <= 1:
        raise BadSurvey(f"a share lies between 0 and 1, not at {share}")
    if not size > 0:
        raise BadSurvey(f"an interval needs answers, not {size}")


def sample_size(
    half_width: float,
    *,
    share: float = 0.5,
    design_effect: float = 1.0,
    population: int | None = None,
    level: float = 0.95,
) -> int:
    """Answers needed for an interval of ± `half_width` around a share (Cochran 1977, §4.4)."""
    if not (0 < half_width < 1 and design_effect > 0):
        raise BadSurvey("a half width lies between 0 and 1, a design effect above 0")
    simple = normal_quantile(level) ** 2 * share * (1 - share) / half_width**2
    if population is not None:
        simple /= 1 + (simple - 1) / population
    return ceil(design_effect * simple - 1e-9)
