"""How a model is learned: every number with its reason."""

from dataclasses import dataclass

FAMILIES = 3  # of features: whole text, opening, words


@dataclass(frozen=True, slots=True)
class Recipe:
    """`accuracy`: the share of its suggestions that must be right, in [0.5, 1); it abstains from the rest.

    `opening`: so many characters at the head count apart, since a title says more than what follows.
    `weights`: of the families whole text, opening, words, beside each other. `costs`: how dear a mistake is
    to the linear machines whose margins are summed (C of the SVM); a low one trusts the many, a high one the
    rare. `least_rows`, `least_labels`, `least_each`: with fewer rows, labels, or rows of each label nothing is
    learned. `bits`: 2^bits places for features. `folds`: parts of the rows for validation.
    """

    accuracy: float = 0.98
    opening: int = 20
    weights: tuple[float, ...] = (1.0, 0.5, 0.5)
    costs: tuple[float, ...] = (0.5, 2.0)
    least_rows: int = 100
    least_labels: int = 2
    least_each: int = 10
    bits: int = 19
    folds: int = 5
    seed: int = 1

    def __post_init__(self) -> None:
        if not 0.5 <= self.accuracy < 1:
            raise ValueError(f"accuracy must lie in [0.5, 1), not {self.accuracy}")
        if len(self.weights) != FAMILIES or min(self.weights) < 0 or self.weights[0] <= 0:
            raise ValueError(f"weights must be {FAMILIES} numbers ≥ 0, the first above 0, not {self.weights}")
        if not self.costs or min(self.costs) <= 0:
            raise ValueError(f"costs must be numbers above 0, not {self.costs}")
        if not 10 <= self.bits <= 24:
            raise ValueError(f"bits must lie in [10, 24], not {self.bits}")
        if self.folds < 2 or self.least_labels < 2 or self.least_each < self.folds:
            raise ValueError("folds and least_labels must be at least 2, least_each at least folds")
