"""Which item answers which clause, how sure, by which words; and which clauses nothing answers."""

from minhu.methods.matching.evidence import Span
from minhu.methods.matching.problem import Item, Problem, Suggestion, Suggestions, Verdict, check
from minhu.methods.matching.scoring import Scorer, by_bm25, by_memory, by_tf_idf
from minhu.methods.matching.solving import solve, suggest
from minhu.methods.matching.sureness import Sureness, examples, learn, signs

__all__ = [
    "Item",
    "Problem",
    "Scorer",
    "Span",
    "Suggestion",
    "Suggestions",
    "Sureness",
    "Verdict",
    "by_bm25",
    "by_memory",
    "by_tf_idf",
    "check",
    "examples",
    "learn",
    "signs",
    "solve",
    "suggest",
]
