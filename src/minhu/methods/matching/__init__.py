"""Which item answers which clause, how sure, by which words; and which clauses nothing answers."""

from minhu.methods.matching.evidence import Span
from minhu.methods.matching.problem import Item, Problem, Suggestion, Suggestions, Verdict, check
from minhu.methods.matching.quantities import differing, quantities
from minhu.methods.matching.scoring import Index, Scorer, aligned, by_bm25, by_memory, by_tf_idf
from minhu.methods.matching.solving import Judges, solve, suggest
from minhu.methods.matching.sureness import Sureness, examples, held_out, learn, off_by, signs

__all__ = [
    "Index",
    "Item",
    "Judges",
    "Problem",
    "Scorer",
    "Span",
    "Suggestion",
    "Suggestions",
    "Sureness",
    "Verdict",
    "aligned",
    "by_bm25",
    "by_memory",
    "by_tf_idf",
    "check",
    "differing",
    "examples",
    "held_out",
    "learn",
    "off_by",
    "quantities",
    "signs",
    "solve",
    "suggest",
]
