"""For programs: what has become of upstream clauses, what answers them, what does not apply here."""

from minhu.reforms.api import answers, coverage, inapplicable
from minhu.reforms.api.mounted import operations

__all__ = ["answers", "coverage", "inapplicable", "operations"]
