"""The words of reforms, the life of a reform as a table, and the rules of lights; pure, no rows."""

from minhu.reforms.states.words import (
    ANSWER_STATES,
    LIVE,
    PATH,
    AnswerState,
    Category,
    Domain,
    Line,
    Origin,
    ProofState,
    RuleDeed,
    RuleState,
    State,
    TieKind,
)

__all__ = [
    "ANSWER_STATES",
    "LIVE",
    "PATH",
    "AnswerState",
    "Category",
    "Domain",
    "Line",
    "Origin",
    "ProofState",
    "RuleDeed",
    "RuleState",
    "State",
    "TieKind",
]
