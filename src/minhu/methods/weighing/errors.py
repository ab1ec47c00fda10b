"""What can be wrong with an index, its data or a survey; every message says where, and what would mend it."""


class WeighingError(ValueError):
    """Anything refused by this method."""


class BadTree(WeighingError):
    """Indicators and groups that do not form one tree, or a node with an impossible weight or direction."""


class BadData(WeighingError):
    """Arrays of the wrong shape, infinite values, a unit without any value."""


class BadDenominator(WeighingError):
    """A denominator that is missing from the data, zero or negative."""


class ZeroVariance(WeighingError):
    """An indicator on which all units are equal: it cannot tell them apart."""


class TooFew(WeighingError):
    """Fewer units, places or answers than the calculation needs."""


class NotPositive(WeighingError):
    """A geometric or harmonic mean over values that are not above zero."""


class BadRecipe(WeighingError):
    """A choice that cannot be carried out, or choices of which none varies."""


class BadSurvey(WeighingError):
    """Strata, cells, weights and answers that contradict each other."""
