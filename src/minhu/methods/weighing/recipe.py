"""How an index is made: the choices of the OECD/JRC Handbook on Constructing Composite Indicators (2008)."""

from dataclasses import dataclass, field
from enum import StrEnum

from minhu.methods.weighing.errors import BadRecipe


class Imputation(StrEnum):
    """What stands in for a missing value; `NONE` leaves it out of every mean."""

    NONE = "none"
    MEAN = "mean"
    MEDIAN = "median"
    PEER_MEAN = "peer_mean"


class Normalisation(StrEnum):
    """How indicators come onto one scale."""

    MIN_MAX = "min_max"
    Z_SCORE = "z_score"
    RANK = "rank"
    TARGET = "target"


class Weighting(StrEnum):
    """Where weights come from. They are never inferred from a published total."""

    EQUAL = "equal"
    GIVEN = "given"
    PCA = "pca"
    BUDGET = "budget"


class Aggregation(StrEnum):
    """How the parts of a group become one score; the last two compare units in pairs."""

    ARITHMETIC = "arithmetic"
    GEOMETRIC = "geometric"
    HARMONIC = "harmonic"
    COPELAND = "copeland"
    BORDA = "borda"


@dataclass(frozen=True, slots=True)
class Treatment:
    """Outliers: a column with |skewness| > `skewness` and kurtosis > `kurtosis` is winsorised, then logged.

    At most `most` points are winsorised; where that does not suffice the logarithm is taken of the untouched
    column. Thresholds as in COINr (W. Becker et al., JOSS 7(78), 2022).
    """

    most: int = 5
    skewness: float = 2.0
    kurtosis: float = 3.5

    def __post_init__(self) -> None:
        if self.most < 0 or self.skewness <= 0:
            raise BadRecipe("a treatment needs most ≥ 0 and skewness > 0")


@dataclass(frozen=True, slots=True)
class Scaling:
    """A normalisation with its two numbers.

    `MIN_MAX` and `TARGET`: `first` is the score of the worst, `second` of the best or of the target (beyond
    which `capped` scores stop). `Z_SCORE`: mean and standard deviation. `RANK`: the lowest value has rank 1,
    equals share the lower rank, and the numbers are not used.
    """

    how: Normalisation = Normalisation.MIN_MAX
    first: float = 0.0
    second: float = 100.0
    capped: bool = True

    def __post_init__(self) -> None:
        if self.how is Normalisation.Z_SCORE and self.second <= 0:
            raise BadRecipe(f"a z-score needs a standard deviation above 0, not {self.second}")
        if self.how in (Normalisation.MIN_MAX, Normalisation.TARGET) and self.first >= self.second:
            raise BadRecipe(f"{self.how} needs first < second, not {self.first} and {self.second}")


@dataclass(frozen=True, slots=True)
class Recipe:
    """One way to make the index, in the order in which it is done."""

    imputation: Imputation = Imputation.NONE
    treatment: Treatment | None = None
    scaling: Scaling = field(default_factory=Scaling)
    weighting: Weighting = Weighting.GIVEN
    aggregation: Aggregation = Aggregation.ARITHMETIC
