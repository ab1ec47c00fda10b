"""What is asked: units, a tree of indicators, their values, and the recipe."""

from collections.abc import Mapping
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from minhu.methods.weighing.errors import BadData, BadDenominator, BadRecipe, TooFew
from minhu.methods.weighing.recipe import Imputation, Recipe
from minhu.methods.weighing.tree import Group, Indicator, Tree, grow

Floats = NDArray[np.float64]
LEAST_UNITS = 3


@dataclass(frozen=True, slots=True, eq=False)
class Problem:
    """`values`: units × indicators, NaN where missing; `denominators`: for each name one size per unit, > 0.

    `peers`: for each unit the group from which `PEER_MEAN` takes its mean.
    """

    units: tuple[str, ...]
    indicators: tuple[Indicator, ...]
    groups: tuple[Group, ...]
    values: Floats
    denominators: Mapping[str, Floats] = field(default_factory=dict)
    peers: tuple[str, ...] = ()
    recipe: Recipe = field(default_factory=Recipe)
    tree: Tree = field(init=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "tree", grow(self.indicators, self.groups))
        object.__setattr__(self, "values", np.asarray(self.values, dtype=np.float64))
        check_values(self)
        check_denominators(self)
        if self.recipe.imputation is Imputation.PEER_MEAN and not self.peers:
            raise BadRecipe("peer_mean needs peers: for each unit the name of its group")
        if self.peers and len(self.peers) != len(self.units):
            raise BadData(f"{len(self.peers)} peers for {len(self.units)} units: one for each")

    @property
    def root(self) -> str:
        """The code of the index."""
        return self.tree.codes[-1]


def check_values(problem: Problem) -> None:
    """Refuse values of another shape, infinite ones, empty rows, repeated or too few units."""
    units, codes = problem.units, [indicator.code for indicator in problem.indicators]
    if problem.values.shape != (len(units), len(codes)):
        raise BadData(f"values are {problem.values.shape}: want {len(units)} units × {len(codes)} indicators")
    if len(set(units)) != len(units):
        raise BadData(f"unit {next(u for u in units if units.count(u) > 1)!r} stands twice")
    if len(units) < LEAST_UNITS:
        raise TooFew(f"{len(units)} units cannot be compared: at least {LEAST_UNITS} are needed")
    for row, column in np.argwhere(np.isinf(problem.values)):
        raise BadData(f"{codes[column]!r} of {units[row]!r} is infinite: correct it or leave it empty")
    missing = np.isnan(problem.values)
    for row in np.flatnonzero(missing.all(axis=1)):
        raise BadData(f"unit {units[row]!r} has no value at all: leave it out")
    for column in np.flatnonzero(missing.all(axis=0)):
        raise BadData(f"indicator {codes[column]!r} has no value at all: leave it out")


def check_denominators(problem: Problem) -> None:
    """Refuse sizes that are unknown, of another length, zero or negative; one may be missing."""
    for indicator in problem.indicators:
        name = indicator.denominator
        if name is None:
            continue
        if name not in problem.denominators:
            raise BadDenominator(f"{indicator.code!r} is divided by {name!r}, which is no denominator")
        sizes = np.asarray(problem.denominators[name], dtype=np.float64)
        if sizes.shape != (len(problem.units),):
            raise BadDenominator(f"{name!r} has {sizes.size} sizes for {len(problem.units)} units")
        for row in np.flatnonzero((sizes <= 0) | np.isinf(sizes)):
            raise BadDenominator(
                f"{name!r} of {problem.units[row]!r} is {sizes[row]:g}: a denominator must be above 0; "
                "correct it, or leave it empty to leave the value out"
            )
