"""How much two texts speak of the same: texts × texts → scores in [0, 1]."""

from collections.abc import Callable, Iterator, Sequence

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
        grams = Grams.of([*clauses, *candidates, *told], (1, 2, 3))
        telling = idf(grams.count([*clauses, *candidates, *corpus]))
        asked, offered, remembered = (
            tf_idf(grams.count(texts), telling) for texts in (clauses, candidates, told)
        )
        return products(blended(asked, remembered, [len(texts) for texts in known]), offered)

    return score


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
