"""Cut a document into its clauses and read the duties they lay down."""

from minhu.methods.clauses.basis import bases
from minhu.methods.clauses.comparing import Pair, Side, compare
from minhu.methods.clauses.cutting import cut
from minhu.methods.clauses.duties import Duty, duties, duties_of, looks_back
from minhu.methods.clauses.head import Head
from minhu.methods.clauses.marking import marks
from minhu.methods.clauses.tree import Clause, Cut, Piece

__all__ = [
    "Clause",
    "Cut",
    "Duty",
    "Head",
    "Pair",
    "Piece",
    "Side",
    "bases",
    "compare",
    "cut",
    "duties",
    "duties_of",
    "looks_back",
    "marks",
]
