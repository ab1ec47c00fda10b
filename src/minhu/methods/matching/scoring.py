"""How much two texts speak of the same: texts × texts → scores in [0, 1]."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from minhu.methods.text import Grams, bm25, idf, tf_idf

ROWS_AT_ONCE = 512  # keeps the dense block of scores small, whatever the number of clauses

Block = tuple[int, NDArray[np.float64]]
Scorer = Callable[[Sequence[str], Sequence[str]], Iterator[Block]]


def by_tf_idf(clauses: Sequence[str], candidates: Sequence[str]) -> Iterator[Block]:
    """Cosine of TF-IDF of character 2- and 3-grams, idf over both sides; blocks (first row, scores)."""
    counts = Grams.of([*clauses, *candidates]).count([*clauses, *candidates])
    weighted = tf_idf(counts, idf(counts))
    return products(weighted[: len(clauses)], weighted[len(clauses) :])


def by_bm25(clauses: Sequence[str], candidates: Sequence[str]) -> Iterator[Block]:
    """BM25 of character 2-grams, each clause a query; the sum s is given as s / (1 + s) to lie in [0, 1]."""
    grams = Grams.of([*clauses, *candidates], (2,))
    asked = grams.count(clauses)
    asked.data[:] = 1.0
    for first, scores in products(asked, bm25(grams.count(candidates)), highest=np.inf):
        yield first, scores / (1.0 + scores)


def by_memory(confirmed: Sequence[Sequence[str]] = (), corpus: Sequence[str] = ()) -> Scorer:
    """A scorer that also knows what answered each clause elsewhere, or before.

    `confirmed[i]`: texts that people confirmed as answers to clause i. A candidate is compared with the
    clause and with those texts, the mean of the two cosines counts; without such texts the first alone.
    Character 1- to 3-grams, idf over both sides and `corpus` (feedback as in Rocchio 1971, here given).
    """

    def score(clauses: Sequence[str], candidates: Sequence[str]) -> Iterator[Block]:
        known = [confirmed[i] if i < len(confirmed) else () for i in range(len(clauses))]
        told = [text for texts in known for text in texts]
        return Index.of(candidates, [*clauses, *corpus], told).scores(clauses, known)

    return score


@dataclass(frozen=True, slots=True)
class Index:
    """Candidates weighed once, so that clauses can be scored some at a time with one and the same idf."""

    grams: Grams
    telling: NDArray[np.float64]
    offered: sparse.csr_matrix

    @classmethod
    def of(cls, candidates: Sequence[str], corpus: Sequence[str], told: Sequence[str] = ()) -> "Index":
        """Candidates (texts); `corpus`: all clauses, and whatever else the idf is counted over; `told`:
        remembered texts, whose n-grams are known but not counted. Texts are in normal form."""
        grams = Grams.of([*corpus, *candidates, *told], (1, 2, 3))
        counted = grams.count(candidates)
        telling = idf(sparse.vstack([counted, grams.count(corpus)], "csr") if corpus else counted)
        return cls(grams, telling, tf_idf(counted, telling))

    def scores(self, clauses: Sequence[str], known: Sequence[Sequence[str]]) -> Iterator[Block]:
        """Blocks (first row, scores), clauses against the candidates, `known[i]` remembered of clause i."""
        told = [text for texts in known for text in texts]
        asked, remembered = (tf_idf(self.grams.count(texts), self.telling) for texts in (clauses, told))
        return products(blended(asked, remembered, [len(texts) for texts in known]), self.offered)


def aligned(scores: NDArray[np.float64], share: float = 0.2, reach: int = 2) -> NDArray[np.float64]:
    """Scores (clauses, candidates) of two texts that go the same way: neighbours that match speak for a pair.

    To each score `share` of the mean score of the pairs up to `reach` steps along its diagonal is added. Only
    for text against text: a list of reforms has no order.
    """
    known = np.pad(scores, reach)
    rows, columns = scores.shape
    steps = [step for step in range(-reach, reach + 1) if step]
    beside = [known[reach + d : reach + d + rows, reach + d : reach + d + columns] for d in steps]
    return np.asarray(scores + share * np.mean(beside, axis=0))


def blended(
    asked: sparse.csr_matrix, remembered: sparse.csr_matrix, sizes: Sequence[int]
) -> sparse.csr_matrix:
    """Each clause mixed half and half with the mean of what is remembered for it, if anything is."""
    owner = np.repeat(np.arange(len(sizes)), sizes)
    share = 0.5 / np.maximum(np.array(sizes), 1)
    shape = (len(sizes), len(owner))
    mean = sparse.csr_matrix((share[owner], (owner, np.arange(len(owner)))), shape=shape)
    own = sparse.diags(np.where(np.array(sizes) > 0, 0.5, 1.0))
    return sparse.csr_matrix(own @ asked + mean @ remembered)


def products(left: sparse.csr_matrix, right: sparse.csr_matrix, highest: float = 1.0) -> Iterator[Block]:
    """Rows of `left` times rows of `right`, dense, some rows at once, kept in [0, highest]."""
    columns = right.T.tocsr()
    for first in range(0, left.shape[0], ROWS_AT_ONCE):
        rows = left[first : first + ROWS_AT_ONCE]
        yield first, np.clip((rows @ columns).toarray(), 0.0, highest)
