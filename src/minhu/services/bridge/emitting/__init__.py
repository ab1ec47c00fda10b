"""A compiled situation as a kind of case: one place for each step, joins, clocks, papers that come later."""

from minhu.packs.kinds import KindSpec
from minhu.services.bridge.definitions import Solved, Whole
from minhu.services.bridge.emitting.frame import Frame
from minhu.services.bridge.emitting.outline import PERMIT, Naming, Outline
from minhu.services.bridge.emitting.writing import CORRECTION, MISSING, OPINION, REFUSAL, UNCOUNTED

__all__ = [
    "CORRECTION",
    "MISSING",
    "OPINION",
    "PERMIT",
    "REFUSAL",
    "UNCOUNTED",
    "Naming",
    "Outline",
    "kind_of",
]


def kind_of(whole: Whole, solved: Solved, naming: Naming) -> KindSpec:
    """The kind of case of a situation. Raises ValueError without a plan."""
    return Frame(Outline(whole, solved, naming)).kind()
