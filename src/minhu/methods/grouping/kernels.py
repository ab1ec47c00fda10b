"""The loops that are compiled: signing, linking, splitting.

A compiled kernel is cached by the file it stands in, and holds what it calls: therefore one file. Every
signature is given, so a process compiles nothing that another has compiled before, and no odd type anew.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from minhu.methods.grouping.recipe import BINS

Bytes = NDArray[np.uint8]
Words = NDArray[np.uint32]
Ids = NDArray[np.int32]
Digests = NDArray[np.uint64]
Counts = NDArray[np.int64]
Number = Any  # a scalar: the compiled signature says of which kind
F = TypeVar("F", bound=Callable[..., object])

HARD = 0xDFFF  # in a table: what this character becomes depends on its neighbours, normalise the text first
LONG = 0xD800  # in a table: from here on numbers of rows of `longer`; no character has such a code
WIDE = 4  # characters that one can become; more than that is hard
EMPTY = np.uint32(0xFFFFFFFF)
SPREAD = np.uint64(0x9E3779B97F4A7C15)  # 2^64 over the golden ratio: positions far apart
SAMPLE = 64  # members of a big component among which a centre is sought


def compiled(signatures: str | list[object]) -> Callable[[F], F]:
    """Compile for these signatures, or take what was compiled before."""
    return cast("Callable[[F], F]", njit(signatures, cache=True, nogil=True))


@compiled("uint32(uint32, uint32, uint32)")
def mixed(before: Number, after: Number, seed: Number) -> Number:
    """32 well-mixed bits of a bigram (two rounds of lowbias32, Wellons 2018)."""
    x = np.uint32(before * np.uint32(0x9E3779B1) + after * np.uint32(0x85EBCA77)) ^ seed
    x = np.uint32((x ^ (x >> np.uint32(16))) * np.uint32(0x7FEB352D))
    x = np.uint32((x ^ (x >> np.uint32(15))) * np.uint32(0x846CA68B))
    return np.uint32(x ^ (x >> np.uint32(16)))


@compiled("uint64(uint64)")
def mixed_wide(x: Number) -> Number:
    """64 well-mixed bits (finaliser of MurmurHash3)."""
    x = (x ^ (x >> np.uint64(33))) * np.uint64(0xFF51AFD7ED558CCD)
    x = (x ^ (x >> np.uint64(33))) * np.uint64(0xC4CEB9FE1A85EC53)
    return x ^ (x >> np.uint64(33))


@compiled("void(uint32[::1], uint8[:, ::1], uint8[::1])")
def densify(least: Words, probes: Bytes, signature: Bytes) -> None:
    """A byte of each bin; an empty bin borrows from the first full one of its own row of `probes`.

    Optimal densification (Shrivastava 2017): whom it asks is random for each bin, the same for all texts.
    """
    empty = np.empty(BINS, np.uint8)
    count = 0
    for k in range(BINS):
        signature[k] = np.uint8(least[k])
    for k in range(BINS):
        empty[count] = k
        count += least[k] == EMPTY
    for at in range(count if count < BINS else 0):
        order = probes[empty[at]]
        first, second = least[order[0]], least[order[1]]
        value = second if first == EMPTY else first  # no branch to guess wrong: most are served by now
        step = 2
        while value == EMPTY:
            value = least[order[step]]
            step += 1
        signature[empty[at]] = np.uint8(value)


@compiled("uint64(uint32[::1], int64, uint32, uint32[::1])")
def hashed(kept: Words, grams: Number, seed: Number, hashes: Words) -> Number:
    """The hash of each bigram, and a digest of all in their order."""
    digest = np.uint64(grams) * SPREAD
    for i in range(grams):
        hashes[i] = mixed(kept[i], kept[i + 1], seed)
    for i in range(grams):
        pair = (np.uint64(kept[i]) << np.uint64(21)) | np.uint64(kept[i + 1])
        digest += mixed_wide(pair ^ (np.uint64(i + 1) * SPREAD))
    return digest


def sign_signature(code: types.Type) -> object:
    """`sign` for characters of that type; as they come from Python they are read-only."""
    codes, byte = types.Array(code, 1, "C", readonly=True), types.uint8
    folding = (code[::1], types.uint32[:, ::1])
    return types.void(
        codes, types.int32[::1], folding[0], folding[1], byte[:, ::1], types.uint32,
        byte[:, ::1], types.uint64[::1], byte[::1],
    )  # fmt: skip


@compiled([sign_signature(types.uint16), sign_signature(types.uint32)])
def sign(  # noqa: PLR0913
    codes: Number, lengths: Ids, table: Number, longer: Words, probes: Bytes, seed: Number,
    signatures: Bytes, digests: Digests, hard: Bytes,
) -> None:  # fmt: skip
    """Signature and digest of each text; `codes` are their characters one after the other.

    One-permutation hashing (Li, Owen, Zhang 2012): the top bits of a bigram's hash choose the bin, the least
    of the rest is kept. `table` folds characters, 0 drops one; a text with a hard one is marked in `hard`.
    """
    longest = 0
    for text in range(lengths.shape[0]):
        longest = max(longest, lengths[text])
    kept = np.empty(WIDE * longest + 2, np.uint32)
    hashes = np.empty(WIDE * longest + 2, np.uint32)
    least = np.empty(BINS, np.uint32)
    start = 0
    for text in range(lengths.shape[0]):
        count = 0
        hard[text] = 0
        for at in range(start, start + lengths[text]):
            code = table[codes[at]]
            kept[count] = code
            count += code != 0
            if code & 0xFFFFF800 == LONG:
                count -= 1
                hard[text] |= code == HARD
                for k in range(WIDE if code != HARD else 0):
                    kept[count] = longer[code - LONG, k]
                    count += longer[code - LONG, k] != 0
        start += lengths[text]
        if count == 1:  # one character is a bigram of itself, so that it has a signature
            kept[1] = kept[0]
        grams = max(count - 1, min(count, 1))
        digests[text] = hashed(kept, grams, seed, hashes) ^ np.uint64(count)
        least[:] = EMPTY
        for i in range(grams):
            place = hashes[i] >> np.uint32(25)
            least[place] = min(least[place], hashes[i] & np.uint32(0x1FFFFFF))
        densify(least, probes, signatures[text])


@compiled("int64(uint8[::1], uint8[::1])")
def agreeing(one: Bytes, other: Bytes) -> Number:
    """How many of the values of two signatures are equal."""
    count = np.uint8(0)
    for k in range(BINS):
        count += np.uint8(one[k] == other[k])
    return np.int64(count)


@compiled("int32(int32[::1], int32)")
def root(parents: Ids, one: Number) -> Number:
    """The root of a member; its path is halved (Tarjan and van Leeuwen 1984)."""
    while parents[one] != one:
        parents[one] = parents[parents[one]]
        one = parents[one]
    return one


@compiled("void(uint64[::1], uint8[:, ::1], int32[::1], int64, int64)")
def link(keys: Digests, signatures: Bytes, parents: Ids, need: Number, window: Number) -> None:
    """Join those that share a word and agree in `need` values; `keys` are sorted: word, then member.

    Each is compared with at most `window` before it in its run: no run costs more than its length times that.
    """
    for at in range(1, keys.shape[0]):
        if (keys[at - 1] ^ keys[at]) >> np.uint64(32) != 0:
            continue
        one = np.int32(keys[at] & np.uint64(0xFFFFFFFF))
        a = root(parents, one)
        for before in range(at - 1, max(np.int64(-1), at - 1 - window), -1):
            if (keys[before] ^ keys[at]) >> np.uint64(32) != 0:
                break
            other = np.int32(keys[before] & np.uint64(0xFFFFFFFF))
            b = root(parents, other)
            if a != b and agreeing(signatures[one], signatures[other]) >= need:
                a, b = min(a, b), max(a, b)
                parents[b] = a


@compiled("int32(int32[::1], uint8[:, ::1], int64[::1])")
def medoid(members: Ids, signatures: Bytes, weights: Counts) -> Number:
    """The member most like the others, each counted by its weight; of many a sample, evenly spread."""
    size = members.shape[0]
    count = min(size, SAMPLE)
    most, found = np.int64(-1), members[0]
    for x in range(count):
        one = members[x * size // count]
        total = np.int64(0)
        for y in range(count):
            other = members[y * size // count]
            total += weights[other] * agreeing(signatures[one], signatures[other])
        if total > most:
            most, found = total, one
    return found


@compiled("void(int32[::1], int64[::1], uint8[:, ::1], int64[::1], int64, int32[::1])")
def split(
    members: Ids, starts: Counts, signatures: Bytes, weights: Counts, need: Number, centre_of: Ids
) -> None:
    """Part each component (`members[starts[i]:starts[i + 1]]`) around medoids; `centre_of` each member.

    Again and again the medoid of what is left takes those who agree with it in `need` values; at the end each
    goes to the centre it is most like.
    """
    centres = np.empty(members.shape[0], np.int32)
    for component in range(starts.shape[0] - 1):
        inside = members[starts[component] : starts[component + 1]]
        left, count, found = inside.copy(), inside.shape[0], 0
        while count > 0:
            centre = medoid(left[:count], signatures, weights)
            centres[found] = centre
            found += 1
            rest = 0
            for x in range(count):
                one = left[x]
                if one != centre and agreeing(signatures[one], signatures[centre]) < need:
                    left[rest] = one
                    rest += 1
            count = rest
        for one in inside:
            most = np.int64(-1)
            for c in range(found):
                same = agreeing(signatures[one], signatures[centres[c]]) + (centres[c] == one)
                if same > most:
                    most = same
                    centre_of[one] = centres[c]
