"""The two classical weightings of counts: TF-IDF and BM25."""

import numpy as np
from numpy.typing import NDArray
from scipy import sparse


def idf(counts: sparse.csr_matrix) -> NDArray[np.float64]:
    """How telling each column is: ln((1 + n) / (1 + df)) + 1 (Salton and Buckley 1988, smoothed)."""
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    return np.asarray(np.log((1 + counts.shape[0]) / (1 + seen)) + 1.0)


def tf_idf(counts: sparse.csr_matrix, telling: NDArray[np.float64]) -> sparse.csr_matrix:
    """Rows of unit length, (1 + ln tf) × idf: the product of two such matrices is their cosine in [0, 1]."""
    weighted = counts.astype(np.float64).tocsr()
    weighted.data = 1.0 + np.log(weighted.data)
    weighted.data *= telling[weighted.indices]
    length = np.sqrt(np.asarray(weighted.multiply(weighted).sum(axis=1)).ravel())
    return sparse.csr_matrix(sparse.diags(1.0 / np.where(length > 0, length, 1.0)) @ weighted)


def bm25(counts: sparse.csr_matrix, k1: float = 1.2, b: float = 0.75) -> sparse.csr_matrix:
    """Document weights of Okapi BM25 (Robertson and Zaragoza 2009); multiply by the counts of a query."""
    frequent = counts.astype(np.float64).tocsr()
    rows, columns = frequent.shape
    length = np.asarray(frequent.sum(axis=1)).ravel()
    average = length.mean() if rows and length.mean() > 0 else 1.0
    seen = np.bincount(frequent.indices, minlength=columns)
    telling = np.log1p((rows - seen + 0.5) / (seen + 0.5))
    damped = k1 * (1 - b + b * length / average)
    per_entry = np.repeat(damped, np.diff(frequent.indptr))
    frequent.data = telling[frequent.indices] * frequent.data * (k1 + 1) / (frequent.data + per_entry)
    return frequent
