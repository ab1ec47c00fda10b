"""The compiled loops of looking up one text among many: chains of texts that share a band.

`agreeing` is compiled into these: who changes it removes the cache (`__pycache__/*.nb?`).
"""

import numpy as np

from minhu.methods.grouping.kernels import Bytes, Counts, Digests, Ids, Number, agreeing, compiled
from minhu.methods.grouping.recipe import BANDS, ROWS

WALK = 512  # texts of one band that a question looks at, newest first: bounds its time
MOST_FOUND = 4096


@compiled("int64(uint32, int64)")
def bucket(word: Number, buckets: Number) -> Number:
    """In which of so many (a power of two) a word lies."""
    return np.int64((np.uint64(word) * np.uint64(0x9E3779B97F4A7C15)) >> np.uint64(32)) & (buckets - 1)


@compiled("uint32(uint8[::1], int64)")
def word_of(signature: Bytes, band: Number) -> Number:
    """The bytes of a band as one word."""
    word = np.uint32(0)
    for k in range(ROWS * band, ROWS * (band + 1)):
        word = (word << np.uint32(8)) | np.uint32(signature[k])
    return word


@compiled("void(int64, int64, uint8[:, ::1], uint64[::1], int32[::1], int32[:, ::1], int32[:, ::1])")
def chain(  # noqa: PLR0913
    start: Number, stop: Number, signatures: Bytes, digests: Digests, same_as: Ids, heads: Ids, nexts: Ids
) -> None:
    """Put the texts from `start` up to `stop` at the head of their chains; of the same only the first."""
    buckets = heads.shape[1]
    for band in range(BANDS + 1):
        for one in range(start, stop):
            if same_as[one] == one:
                word = word_of(signatures[one], band) if band < BANDS else np.uint32(digests[one])
                place = bucket(word, buckets)
                nexts[one, band] = heads[band, place]
                heads[band, place] = one


@compiled("int32(uint64, uint64[::1], int32[:, ::1], int32[:, ::1])")
def same(digest: Number, digests: Digests, heads: Ids, nexts: Ids) -> Number:
    """The first text with this digest, or -1."""
    one: Number = heads[BANDS, bucket(np.uint32(digest), heads.shape[1])]
    while one >= 0 and digests[one] != digest:
        one = nexts[one, BANDS]
    return one


@compiled("int64(uint8[::1], uint8[::1])")
def first_shared(one: Bytes, other: Bytes) -> Number:
    """The first band that is the same in both."""
    for band in range(BANDS):
        if word_of(one, band) == word_of(other, band):
            return band
    return BANDS


@compiled("int64(uint8[::1], uint8[:, ::1], int32[:, ::1], int32[:, ::1], int64, int32[::1], int64[::1])")
def seek(  # noqa: PLR0913
    signature: Bytes, signatures: Bytes, heads: Ids, nexts: Ids, need: Number, found: Ids, agree: Counts
) -> Number:
    """Those that share a band and agree in `need` values, into `found` and `agree`; how many."""
    count = 0
    for band in range(BANDS):
        one = heads[band, bucket(word_of(signature, band), heads.shape[1])]
        steps = 0
        while one >= 0 and steps < WALK and count < found.shape[0]:
            steps += 1
            if first_shared(signature, signatures[one]) == band:  # else met before, or only in this bucket
                equal = agreeing(signature, signatures[one])
                if equal >= need:
                    found[count] = one
                    agree[count] = equal
                    count += 1
            one = nexts[one, band]
    return count
