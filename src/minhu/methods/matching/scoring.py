"""How much two texts speak of the same: texts × texts → scores in [0, 1]."""

from collections.abc import Callable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from minhu.methods.text import Grams, idf, tf_idf

ROWS_AT_ONCE = 512  # keeps the dense block of scores small, whatever the number of clauses

Block = tuple[int, NDArray[np.float64]]
Scorer = Callable[[Sequence[str], Sequence[str]], Iterator[Block]]


def by_tf_idf(clauses: Sequence[str], candidates: Sequence[str]) -> Iterator[Block]:
    """Cosine of TF-IDF of character 2- and 3-grams, idf over both sides; blocks (first row, scores)."""
    grams = Grams.of([*clauses, *candidates])
    counts = grams.count([*clauses, *candidates])
    weighted = tf_idf(counts, idf(counts))
    columns = weighted[len(clauses) :].T.tocsr()
    for first in range(0, len(clauses), ROWS_AT_ONCE):
        rows = weighted[first : min(first + ROWS_AT_ONCE, len(clauses))]
        yield first, np.clip((rows @ columns).toarray(), 0.0, 1.0)
