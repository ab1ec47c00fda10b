"""Solve: rank the candidates of every clause, show why, and say what nothing answers."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from minhu.methods.matching.evidence import LEAST_RUN, evidence
from minhu.methods.matching.problem import Item, Problem, Suggestion, Suggestions, Verdict
from minhu.methods.matching.scoring import Scorer, by_memory
from minhu.methods.matching.sureness import Sureness, signs
from minhu.methods.text import Normalised, normalise
from minhu.methods.text.runs import seeds


def suggest(
    clauses: Iterable[tuple[str, str]],
    candidates: Iterable[tuple[str, str]],
    *,
    k: int = 5,
    threshold: float = 0.15,
    cited: str = "",
) -> Suggestions:
    """Rank the candidates (key, text) that may answer the clauses (key, text), the `k` best for each.

    `threshold` in [0, 1]: a clause whose best score is lower is blind. `cited`: the title of the upstream
    document; a candidate that names it and answers none of its clauses is an over-claim.
    """
    return solve(
        Problem(
            tuple(Item(key, text) for key, text in clauses),
            tuple(Item(key, text) for key, text in candidates),
            k,
            threshold,
            cited,
        )
    )


@dataclass(frozen=True, slots=True)
class Judges:
    """What was learned: how sure it is that anything answers a clause, and that one candidate does."""

    of_clause: Sureness | None = None
    of_pair: Sureness | None = None


def solve(problem: Problem, scorer: Scorer | None = None, judges: Judges | None = None) -> Suggestions:
    """The suggestions, verdicts and over-claims of a problem; the same problem gives the same solution.

    `scorer` is `by_memory` of what the problem says was confirmed, unless another is given. With learned
    `judges` sureness is a probability; without, it is the score itself.
    """
    judges = judges or Judges()
    if not problem.clauses or not problem.candidates:
        verdicts = tuple(Verdict(item.key, 0.0, 0.0, None, problem.threshold > 0) for item in problem.clauses)
        return Suggestions((), verdicts, over_claims(problem, np.zeros(len(problem.candidates))))
    left = [normalise(item.text) for item in problem.clauses]
    right = [normalise(item.text) for item in problem.candidates]
    scorer = scorer or by_memory([remembered(problem, item) for item in problem.clauses])
    best_of_candidate = np.zeros(len(right))
    suggestions: list[Suggestion] = []
    verdicts_: list[Verdict] = []
    for first, scores in scorer([n.text for n in left], [n.text for n in right]):
        best_of_candidate = np.maximum(best_of_candidate, scores.max(axis=0))
        for row, values in enumerate(scores, first):
            found = ranked(problem, row, values, left[row], right)
            suggestions += judged(problem, row, values, found, judges.of_pair)
            verdicts_.append(verdict(problem, row, found, sure_of(problem, row, values, judges.of_clause)))
    return Suggestions(tuple(suggestions), tuple(verdicts_), over_claims(problem, best_of_candidate))


def remembered(problem: Problem, item: Item) -> list[str]:
    """The confirmed answers to a clause, in normal form."""
    return [normalise(text).text for text in problem.confirmed.get(item.key, ())]


Ranked = list[tuple[int, Suggestion]]


def ranked(
    problem: Problem, row: int, scores: NDArray[np.float64], clause: Normalised, right: Sequence[Normalised]
) -> Ranked:
    """The best candidates of one clause with their columns; equal scores keep the order they came in."""
    most = min(problem.most, len(scores))
    least = np.partition(scores, -most)[-most]
    top = np.flatnonzero((scores >= least) & (scores > 0))
    top = top[np.argsort(-scores[top], kind="stable")][:most]
    key, known = problem.clauses[row].key, seeds(clause.text, LEAST_RUN)
    return [
        (j, Suggestion(key, problem.candidates[j].key, rank, float(scores[j]),
                       evidence(clause, right[j], known), float(scores[j])))
        for rank, j in enumerate(top.tolist(), 1)
    ]  # fmt: skip


def judged(
    problem: Problem, row: int, scores: NDArray[np.float64], found: Ranked, sureness: Sureness | None
) -> list[Suggestion]:
    """The same with the probability that each answers, where that was learned."""
    if sureness is None or not found:
        return [suggestion for _column, suggestion in found]
    known = bool(problem.confirmed.get(problem.clauses[row].key))
    length = len(problem.clauses[row].text)
    sure = sureness.of(np.array([signs(scores, length, known, column) for column, _one in found]))
    return [replace(one, sure=float(p)) for (_column, one), p in zip(found, sure, strict=True)]


def sure_of(problem: Problem, row: int, scores: NDArray[np.float64], sureness: Sureness | None) -> float:
    """How sure it is that something answers a clause."""
    if sureness is None:
        return float(scores.max())
    item = problem.clauses[row]
    return float(sureness.of(signs(scores, len(item.text), bool(problem.confirmed.get(item.key))))[0])


def verdict(problem: Problem, row: int, found: Ranked, sure: float) -> Verdict:
    """Answered or blind."""
    best = found[0][1].score if found else 0.0
    nearest = found[0][1].candidate if found else None
    return Verdict(problem.clauses[row].key, best, sure, nearest, sure < problem.threshold)


def over_claims(problem: Problem, best: NDArray[np.float64]) -> tuple[str, ...]:
    """Candidates that cite the upstream document and answer none of its clauses."""
    title = problem.cited.strip("《》 ")
    return tuple(
        item.key
        for item, score in zip(problem.candidates, best, strict=True)
        if title and title in item.text and score < problem.threshold
    )
