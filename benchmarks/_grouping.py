"""The peers of grouping, each from a list of strings to groups, on the path its own documents show.

All have what ours has: character bigrams, 128 values, 32 bands of 4, the same least agreement, and the same
parting around medoids. For the parting they are lent our signatures, whose making is not counted as theirs.
"""

import gc
import time
from collections.abc import Callable, Iterable, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from minhu.methods.grouping.near import Distinct, linked, parted
from minhu.methods.grouping.recipe import BANDS, BINS, ROWS, Recipe
from minhu.methods.grouping.signing import Signed, signed

Ids = NDArray[np.int64]
Peer = Callable[[Sequence[str], Recipe], tuple[Ids, Ids]]
AT_ONCE = 20_000


def bigrams(text: str) -> list[str]:
    """Of all ways in plain Python the fastest we know."""
    return list(map(str.__add__, text, text[1:])) or [text]


def datasketch(texts: Sequence[str], recipe: Recipe) -> tuple[Ids, Ids]:
    """`MinHash.bulk`, `MinHashLSH`, and its own similarity for each candidate."""
    from datasketch import MinHash, MinHashLSH

    tokens = ([bigram.encode() for bigram in bigrams(text)] for text in texts)
    made = list(MinHash.generator(tokens, num_perm=BINS, seed=recipe.seed))
    index = MinHashLSH(num_perm=BINS, params=(BANDS, ROWS))
    for i, one in enumerate(made):
        index.insert(i, one, check_duplication=False)

    def pairs() -> Iterator[tuple[int, int]]:
        for i, one in enumerate(made):
            yield from (
                (i, j) for j in index.query(one) if j < i and one.jaccard(made[j]) >= recipe.threshold
            )

    return ends(pairs())


def rensa(texts: Sequence[str], recipe: Recipe) -> tuple[Ids, Ids]:
    """`from_token_sets`, `insert_many`, `query_all`, and its own similarity for each candidate."""
    from rensa import RMinHash, RMinHashLSH

    made = []
    for start in range(0, len(texts), AT_ONCE):  # all tokens at once would fill the memory
        tokens = [bigrams(text) for text in texts[start : start + AT_ONCE]]
        made += RMinHash.from_token_sets(tokens, BINS, recipe.seed)
    index = RMinHashLSH(recipe.threshold, BINS, BANDS)
    index.insert_many(made)

    def pairs() -> Iterator[tuple[int, int]]:
        for start in range(0, len(made), AT_ONCE):
            for i, near in enumerate(index.query_all(made[start : start + AT_ONCE]), start):
                one = made[i]
                yield from ((i, j) for j in near if j < i and one.jaccard(made[j]) >= recipe.threshold)

    return ends(pairs())


def gaoya(texts: Sequence[str], recipe: Recipe) -> tuple[Ids, Ids]:
    """`par_bulk_insert_docs` and `par_bulk_query`, bigrams made in Rust; it drops what is less alike."""
    from gaoya.minhash import MinHashStringIndex

    index = MinHashStringIndex(32, recipe.threshold, BANDS, ROWS, None, "char", False, (2, 2), "smallvec")
    for start in range(0, len(texts), AT_ONCE):
        part = list(texts[start : start + AT_ONCE])
        index.par_bulk_insert_docs(list(range(start, start + len(part))), part)

    def pairs() -> Iterator[tuple[int, int]]:
        for start in range(0, len(texts), AT_ONCE):
            for i, near in enumerate(index.par_bulk_query(list(texts[start : start + AT_ONCE])), start):
                yield from ((i, j) for j in near if j < i)

    return ends(pairs())


def rensa_hashed(texts: Sequence[str], recipe: Recipe) -> NDArray[np.int32]:
    """Rensa's sketch alone, fed with bigrams hashed by NumPy; everything after it is ours. Not a path that
    leads to groups by itself: stated so that the figure beside `rensa` is not read as all rensa can do."""
    from rensa import RMinHash

    signatures = np.empty((len(texts), BINS), np.uint8)
    for start in range(0, len(texts), AT_ONCE):
        some = texts[start : start + AT_ONCE]
        codes = np.frombuffer("".join(some).encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)
        stops = np.cumsum(np.fromiter(map(len, some), np.uint64, len(some)))
        hashes = ((codes << np.uint64(21)) | np.append(codes[1:], np.uint64(0))) * np.uint64(
            0x9E3779B97F4A7C15
        )
        rows = np.append(np.uint64(0), stops)
        made = RMinHash.digest_matrix_from_flat_token_hashes(hashes, rows, BINS, recipe.seed)
        signatures[start : start + len(some)] = np.array(made.to_rows(), np.uint32).astype(np.uint8)
    count = len(texts)
    ranks = np.arange(count, dtype=np.int32)
    known = Distinct(signatures, np.ones(count, np.int64), ranks, ranks)
    return parted(known, linked(known, recipe), recipe)


def ends(pairs: Iterable[tuple[int, int]]) -> tuple[Ids, Ids]:
    """Pairs as two columns."""
    flat = np.fromiter((end for pair in pairs for end in pair), np.int64).reshape(-1, 2)
    return flat[:, 0], flat[:, 1]


def measured(peer: Peer, texts: Sequence[str], recipe: Recipe) -> tuple[float, NDArray[np.int32]]:
    """CPU seconds of a peer from texts to groups, and the groups."""
    lent: Signed = signed(texts, recipe)

    def grouped() -> NDArray[np.int32]:
        one, other = peer(texts, recipe)
        count = len(texts)
        graph = coo_array((np.ones(len(one), np.int8), (one, other)), shape=(count, count))
        _, component = connected_components(graph, directed=False)
        ranks = np.arange(count, dtype=np.int32)
        known = Distinct(lent.signatures, np.ones(count, np.int64), ranks, ranks)
        return parted(known, component.astype(np.int32), recipe)

    return alone(grouped)


def alone(of: Callable[[], NDArray[np.int32]]) -> tuple[float, NDArray[np.int32]]:
    """CPU seconds without what the collector would spend on walking over our texts."""
    gc.collect()
    gc.freeze()
    began = time.process_time()
    found = of()
    seconds = time.process_time() - began
    gc.unfreeze()
    return seconds, found
