"""Features of many texts as sparse rows: counts, then how telling each is (TF-IDF)."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy import sparse

from minhu.methods.sorting.folding import encode, folding
from minhu.methods.sorting.kernels import all_features
from minhu.methods.sorting.recipe import FAMILIES, Recipe

LEAST_TEXTS = 2  # a feature of one text alone tells nothing of others
OFTENEST = 256  # counts above are cut: so does the kernel


def gather(texts: Sequence[str], recipe: Recipe) -> list[sparse.csr_matrix]:
    """How often each feature stands in each text: for each family a matrix (texts, 2^bits)."""
    codes, starts = encode(texts)
    found, counts = all_features(codes, starts, folding(), recipe.opening, np.uint32(32 - recipe.bits))
    owner = np.repeat(np.arange(len(texts) * FAMILIES), counts.ravel())
    ones = np.ones(len(found), np.float32)
    shape = (len(texts) * FAMILIES, 1 << recipe.bits)
    every = sparse.csr_matrix((ones, (owner, found.astype(np.int64))), shape=shape)
    every.sum_duplicates()
    return [sparse.csr_matrix(every[family::FAMILIES]) for family in range(FAMILIES)]


def telling(counts: sparse.csr_matrix) -> NDArray[np.float32]:
    """ln((1 + n) / (1 + df)) + 1 for each place (Salton and Buckley 1988); 0 where too few texts have it."""
    seen = np.bincount(counts.indices, minlength=counts.shape[1])
    rare = np.log((1 + counts.shape[0]) / (1 + seen)) + 1.0
    return np.where(seen >= LEAST_TEXTS, rare, 0.0).astype(np.float32)


def weighed(counts: sparse.csr_matrix, tells: NDArray[np.float32], weight: float) -> sparse.csr_matrix:
    """Rows of length `weight`: (1 + ln n) times how telling; what is unknown is left out."""
    rows = counts.copy()
    rows.data = (1 + np.log(np.minimum(rows.data, OFTENEST))) * tells[rows.indices]
    length = np.sqrt(np.asarray(rows.multiply(rows).sum(axis=1)).ravel())
    scale = np.where(length > 0, weight / np.where(length > 0, length, 1), 0)
    return sparse.csr_matrix(sparse.diags(scale.astype(np.float32)) @ rows)
