"""Real texts as questions of coverage: places, masks, and the measures taken on the answers."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minhu.methods.clauses import cut
from minhu.methods.matching import off_by
from minhu.methods.text import normalise

CORRECT_RUN, MASKED_RUN, LEAST_LEFT = 22, 8, 25
GAP = "\x00"  # stands where a masked run was, so that its neighbours do not grow together
SEED = 20260114
Array = NDArray[np.float64]


@dataclass(frozen=True)
class Place:
    """A local text: its city, its articles, and for each national article the correct ones."""

    name: str
    articles: list[str]
    correct: list[list[int]]

    @property
    def city(self) -> str:
        """Editions of one city are one place."""
        return self.name[:2]

    @cached_property
    def runs(self) -> set[str]:
        """Every run of 8 characters of any article."""
        return {run for article in self.articles for run in runs_of(article, MASKED_RUN)}

    def masked(self, text: str) -> str:
        """A text without the runs it shares with this place."""
        hidden = np.zeros(len(text), dtype=bool)
        for i in range(len(text) - MASKED_RUN + 1):
            if text[i : i + MASKED_RUN] in self.runs:
                hidden[i : i + MASKED_RUN] = True
        stretches = groupby(zip(text, hidden, strict=True), key=lambda pair: bool(pair[1]))
        return "".join(GAP if is_hidden else "".join(c for c, _ in pairs) for is_hidden, pairs in stretches)


@dataclass(frozen=True)
class Asked:
    """What one place is asked: the national articles, whole or masked, and which of them count.

    `elsewhere`: for each other city and national article the texts confirmed there, masked in the same way.
    """

    place: Place
    clauses: list[str]
    rows: list[int]
    elsewhere: list[tuple[str, list[list[str]]]]

    def scores(self, scorer: Callable[..., Iterator[tuple[int, Array]]]) -> Array:
        """Scores, shape (national articles, local articles)."""
        return np.vstack([block for _, block in scorer(self.clauses, self.place.articles)])

    def confirmed(self, without: set[str]) -> list[list[str]]:
        """For each national article the correct ones of other cities."""
        known = [by_clause for city, by_clause in self.elsewhere if city not in without]
        return [[text for by_clause in known for text in by_clause[i]] for i in range(len(self.clauses))]


@dataclass(frozen=True)
class Result:
    """Per asked pair: the national article, rank of the first correct one; sureness with and without it."""

    articles: NDArray[np.int64]
    ranks: Array
    answered: Array
    blind: Array


def articles_of(path: Path) -> list[str]:
    """The articles of a document without their labels, in normal form."""
    document = cut(path.read_text(encoding="utf-8"))
    return [normalise(document.text_of(unit)[len(unit.label) :].strip()).text for unit in document.units]


def runs_of(text: str, length: int) -> set[str]:
    """Every run of so many characters."""
    return {text[i : i + length] for i in range(len(text) - length + 1)}


def load(folder: Path) -> tuple[list[str], list[Place]]:
    """The national articles and the places."""
    national = articles_of(next(folder.glob("优化营商环境条例*.md")))
    verbatim = [runs_of(article, CORRECT_RUN) for article in national]
    places = []
    for path in sorted(folder.glob("?*优化营商环境条例*.md")):
        articles = articles_of(path)
        local = [runs_of(article, CORRECT_RUN) for article in articles]
        correct = [[j for j, runs in enumerate(local) if runs & asked] for asked in verbatim]
        places.append(Place(path.stem, articles, correct))
    return national, places


def asked_of(national: Sequence[str], place: Place, places: Sequence[Place], is_masked: bool) -> Asked:
    """The questions put to one place."""
    hide = place.masked if is_masked else str
    clauses = [hide(text) for text in national]
    enough = [not is_masked or len(text.replace(GAP, "")) >= LEAST_LEFT for text in clauses]
    rows = [i for i, ok in enumerate(enough) if ok and place.correct[i]]
    elsewhere = [
        (other.city, [[hide(other.articles[j]) for j in columns] for columns in other.correct])
        for other in places
        if other.city != place.city
    ]
    return Asked(place, clauses, rows, elsewhere)


def rank(scores: Array, correct: Sequence[int]) -> int:
    """The rank of the first correct candidate, 1 for the best."""
    order = np.argsort(-scores, kind="stable")
    return int(np.flatnonzero(np.isin(order, correct))[0]) + 1


def result(found: Sequence[tuple[float, ...]]) -> Result:
    """Rows of numbers as columns."""
    columns = np.array(found, dtype=float).T
    return Result(columns[0].astype(int), *columns[1:])


def auc(answered: Array, blind: Array) -> float:
    """The chance that an answered clause looks surer than a blind one (Mann and Whitney)."""
    above = (answered[:, None] > blind[None, :]).mean()
    return float(above + 0.5 * (answered[:, None] == blind[None, :]).mean())


def interval(
    articles: NDArray[np.int64], measure: Callable[[NDArray[np.int64]], float], times: int
) -> list[float]:
    """95 % bootstrap interval over national articles: all pairs of an article come or stay away together."""
    random = np.random.default_rng(SEED)
    kinds = np.unique(articles)
    rows = {kind: np.flatnonzero(articles == kind) for kind in kinds}
    values = [
        measure(np.concatenate([rows[kind] for kind in random.choice(kinds, len(kinds))]))
        for _ in range(times)
    ]
    return [round(float(edge), 4) for edge in np.percentile(values, [2.5, 97.5])]


def precision_at(answered: Array, blind: Array, recall: float = 0.9) -> float:
    """Of the clauses called blind, the share that are, at the threshold that finds `recall` of the blind."""
    threshold = np.quantile(blind, recall, method="inverted_cdf")
    right, wrong = (blind <= threshold).sum(), (answered <= threshold).sum()
    return float(right / (right + wrong))


def calibration_error(answered: Array, blind: Array) -> float:
    """Expected calibration error over answered and blind together."""
    truth = np.concatenate([np.ones_like(answered), np.zeros_like(blind)])
    return off_by(np.concatenate([answered, blind]), truth)
