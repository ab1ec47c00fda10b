"""Which item answers which clause, how sure, by which words; and which clauses nothing answers."""

from minhu.methods.matching.evidence import Span
from minhu.methods.matching.problem import Item, Problem, Suggestion, Suggestions, Verdict, check
from minhu.methods.matching.scoring import Scorer, by_tf_idf
from minhu.methods.matching.solving import solve, suggest

__all__ = [
    "Item",
    "Problem",
    "Scorer",
    "Span",
    "Suggestion",
    "Suggestions",
    "Verdict",
    "by_tf_idf",
    "check",
    "solve",
    "suggest",
]
