"""How sure it is that anything answers a clause: learned from what people confirmed."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Row = NDArray[np.float64]
FLOOR = 0.01  # of a score, before its logarithm
LEAST_SPREAD = 0.001  # of the other candidates, where there are too few to have one
RIDGE = 1.0
STEPS = 50


def signs(scores: Row, length: int, is_remembered: bool, at: int | None = None) -> Row:
    """What tells an answered clause from a blind one, or a right candidate from a wrong one, shape (4,).

    The score of the candidate `at` (without it: of the best); how far it stands out from the others (in their
    standard deviations); whether answers are remembered; the length of the clause in characters. Scores and
    lengths as logarithms.
    """
    if len(scores) == 0:
        return np.array([np.log(FLOOR), np.log(FLOOR), float(is_remembered), np.log(length + 1)])
    judged = int(scores.argmax()) if at is None else at
    others = np.delete(scores, judged) if len(scores) > 1 else np.zeros(1)
    apart = (scores[judged] - others.mean()) / max(others.std(), LEAST_SPREAD)
    return np.array(
        [np.log(scores[judged] + FLOOR), np.log(max(apart, FLOOR)), float(is_remembered), np.log(length + 1)]
    )


@dataclass(frozen=True, slots=True)
class Sureness:
    """A logistic regression on standardised signs: weights (signs,), bias, centre and scale (signs,)."""

    weights: Row
    bias: float
    centre: Row
    scale: Row

    def of(self, signs_: NDArray[np.float64]) -> Row:
        """The probability that something answers, for signs of shape (clauses, signs)."""
        logits = (np.atleast_2d(signs_) - self.centre) / self.scale @ self.weights + self.bias
        return np.asarray(1.0 / (1.0 + np.exp(-logits)))


def learn(signs_: NDArray[np.float64], answered: NDArray[np.float64]) -> Sureness:
    """Fit by Newton's method with a ridge of 1 on the weights; answered and blind examples are needed."""
    if not 0.0 < answered.mean() < 1.0:
        raise ValueError("learning needs clauses that are answered and clauses that are not")
    centre, scale = signs_.mean(axis=0), signs_.std(axis=0)
    scale = np.where(scale > 0, scale, 1.0)
    known = np.column_stack([(signs_ - centre) / scale, np.ones(len(signs_))])
    ridge = np.diag([RIDGE] * signs_.shape[1] + [0.0])
    beta = np.zeros(known.shape[1])
    for _ in range(STEPS):
        sure = 1.0 / (1.0 + np.exp(-known @ beta))
        slope = known.T @ (answered - sure) - ridge @ beta
        step = np.linalg.solve((known * (sure * (1 - sure))[:, None]).T @ known + ridge, slope)
        beta = beta + step
        if np.abs(step).max() < 1e-9:
            break
    return Sureness(beta[:-1], float(beta[-1]), centre, scale)


def examples(
    scores: NDArray[np.float64],
    lengths: Sequence[int],
    remembered: Sequence[bool],
    answers: Mapping[int, Collection[int]],
) -> tuple[NDArray[np.float64], Row]:
    """Signs and truth (1 answered, 0 blind) from confirmed answers: row i with its answers, and without them.

    `scores` (clauses, candidates); `answers[i]`: the columns that were confirmed for row i.
    """
    found, truth = [], []
    for i, columns in answers.items():
        without = np.delete(scores[i], list(columns))
        found += [signs(row, lengths[i], remembered[i]) for row in (scores[i], without)]
        truth += [1.0, 0.0]
    return np.array(found), np.array(truth)


def held_out(signs_: NDArray[np.float64], truth: Row, groups: NDArray[np.int64]) -> Row:
    """For every example the probability from all groups (documents, places) but its own; NaN where those
    others hold only one kind. `signs_` (examples, signs), `truth` and `groups` (examples,)."""
    found = np.full(len(truth), np.nan)
    for group in np.unique(groups):
        inside = groups == group
        known = truth[~inside]
        if len(known) and 0.0 < known.mean() < 1.0:
            found[inside] = learn(signs_[~inside], known).of(signs_[inside])
    return found


def off_by(sure: Row, truth: Row, bins: int = 10) -> float:
    """Expected calibration error in [0, 1]: mean distance of sureness from truth over equal bins of it."""
    place = np.minimum((sure * bins).astype(int), bins - 1)
    gaps = [abs((sure - truth)[place == b].sum()) for b in range(bins)]
    return float(sum(gaps) / len(sure)) if len(sure) else 0.0
