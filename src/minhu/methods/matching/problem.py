"""What is asked, what is answered, and whether the answer can be right."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from minhu.methods.matching.evidence import Span


@dataclass(frozen=True, slots=True)
class Item:
    """A text with the key by which the caller knows it."""

    key: str
    text: str


@dataclass(frozen=True, slots=True)
class Problem:
    """Clauses, the candidates that may answer them, and the title under which candidates cite the document.

    `most` suggestions per clause; a clause of which it is less sure than `threshold` (in [0, 1]) is blind.
    `confirmed`: for the key of a clause, texts that people confirmed as its answers elsewhere or before.
    """

    clauses: tuple[Item, ...]
    candidates: tuple[Item, ...]
    most: int = 5
    threshold: float = 0.15
    cited: str = ""
    confirmed: Mapping[str, Sequence[str]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        if self.most < 1:
            raise ValueError(f"most must be at least 1, not {self.most}")
        if not 0.0 <= self.threshold <= 1.0:
            raise ValueError(f"threshold must lie in [0, 1], not {self.threshold}")
        for name, items in (("clauses", self.clauses), ("candidates", self.candidates)):
            twice = [key for key, count in Counter(item.key for item in items).items() if count > 1]
            if twice:
                raise ValueError(f"{name} hold the key {twice[0]!r} twice")


@dataclass(frozen=True, slots=True)
class Suggestion:
    """`candidate` may answer `clause`; rank 1 is the likeliest, `spans` are the words they share.

    `sure` is the probability that it does where that was learned, else the score itself.
    """

    clause: str
    candidate: str
    rank: int
    score: float
    spans: tuple[Span, ...]
    sure: float


@dataclass(frozen=True, slots=True)
class Verdict:
    """The best score a clause reaches, by which candidate, how sure that is, and whether it is too little.

    `sure` is the probability that something answers where that was learned, else the best score itself.
    """

    clause: str
    best: float
    sure: float
    nearest: str | None
    is_blind: bool


@dataclass(frozen=True, slots=True)
class Suggestions:
    """The solution: suggestions clause by clause, verdicts on clauses, candidates that claim too much."""

    suggestions: tuple[Suggestion, ...]
    verdicts: tuple[Verdict, ...]
    over_claims: tuple[str, ...]

    def of(self, clause: str) -> list[Suggestion]:
        """The suggestions for one clause, best first."""
        return [suggestion for suggestion in self.suggestions if suggestion.clause == clause]

    @property
    def blind(self) -> list[str]:
        """The clauses that nothing answers."""
        return [verdict.clause for verdict in self.verdicts if verdict.is_blind]


def check(problem: Problem, solution: Suggestions) -> list[str]:
    """What is wrong with a solution, in words; an empty list if nothing is."""
    clauses = {item.key: item.text for item in problem.clauses}
    candidates = {item.key: item.text for item in problem.candidates}
    faults = [f"no verdict on {key}" for key in clauses.keys() - {v.clause for v in solution.verdicts}]
    for suggestion in solution.suggestions:
        if suggestion.clause not in clauses or suggestion.candidate not in candidates:
            faults.append(f"unknown key in {suggestion}")
            continue
        faults += span_faults(suggestion, clauses[suggestion.clause], candidates[suggestion.candidate])
    return faults + list(order_faults(problem, solution))


def span_faults(suggestion: Suggestion, clause: str, candidate: str) -> list[str]:
    """Spans outside the texts."""
    return [
        f"span {span} outside its text"
        for span in suggestion.spans
        if not (0 <= span.start < span.end <= len(clause) and 0 <= span.at < span.to <= len(candidate))
    ]


def order_faults(problem: Problem, solution: Suggestions) -> Iterator[str]:
    """Scores out of [0, 1] or out of order, too many, verdicts against their threshold."""
    by_clause: dict[str, list[float]] = {}
    for suggestion in solution.suggestions:
        by_clause.setdefault(suggestion.clause, []).append(suggestion.score)
        if not 0.0 <= suggestion.sure <= 1.0:
            yield f"the sureness of {suggestion} outside [0, 1]"
    for verdict in solution.verdicts:
        scores = by_clause.get(verdict.clause, [])
        if scores != sorted(scores, reverse=True) or len(scores) > problem.most:
            yield f"suggestions for {verdict.clause} out of order or too many"
        if any(not 0.0 <= score <= 1.0 for score in (*scores, verdict.best, verdict.sure)):
            yield f"a score for {verdict.clause} outside [0, 1]"
        if verdict.is_blind != (verdict.sure < problem.threshold):
            yield f"verdict on {verdict.clause} contradicts its threshold"
