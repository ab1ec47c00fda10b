"""The loops that are compiled: features of a text, and its margins.

A compiled kernel is cached by the file it stands in, and holds what it calls: therefore one file. Every
signature is given, so a process compiles nothing that another has compiled before.
"""

from collections.abc import Callable
from typing import Any, TypeVar, cast

import numpy as np
from numba import njit, types
from numpy.typing import NDArray

from minhu.methods.sorting.recipe import FAMILIES

Codes = NDArray[np.uint16]
Places = NDArray[np.uint32]
Counts = NDArray[np.int64]
Rows = NDArray[np.float32]
Number = Any  # a scalar: the compiled signature says of which kind
F = TypeVar("F", bound=Callable[..., object])

PARTS = np.uint32(1)
ALONE = np.uint32(0)  # before a character taken by itself
SHORTEST, LONGEST = 2, 8  # characters of a word
MOST = 4  # features that one character can give: two of the text, two of the opening; and a word
SALTS = (np.uint32(0x2545F491), np.uint32(0x9E2A7C15), np.uint32(0x61C88647))
LOGS = np.log(np.arange(1, 257)).astype(np.float32)


def compiled(signatures: str | list[object]) -> Callable[[F], F]:
    """Compile for these signatures, or take what was compiled before."""
    return cast("Callable[[F], F]", njit(signatures, cache=True, nogil=True, fastmath=False))


@compiled("uint32(uint32, uint32, uint32, uint32)")
def place(before: Number, after: Number, salt: Number, shift: Number) -> Number:
    """Where a pair of characters is kept: the top bits of a well-mixed number."""
    x = np.uint32(before * np.uint32(0x9E3779B1) + after * np.uint32(0x85EBCA77)) ^ salt
    x = np.uint32((x ^ (x >> np.uint32(15))) * np.uint32(0x7FEB352D))
    x = np.uint32((x ^ (x >> np.uint32(13))) * np.uint32(0x846CA68B))
    return x >> shift


CODES = types.Array(types.uint16, 1, "C", readonly=True)
FOLDING = types.uint16[::1]


@compiled([types.void(CODES, FOLDING, types.int64, types.uint32, types.uint32[:, ::1], types.int64[::1])])
def features(
    codes: Codes, folding: Codes, opening: Number, shift: Number, found: Places, counts: Counts
) -> None:
    """All features of a text, family by family into the rows of `found`, how many into `counts`.

    Whole text and opening: characters and pairs of neighbours, the edges of words included. Words: what
    stands between two edges, 2 to 8 characters long.
    """
    whole, first, words, kept, length = 0, 0, 0, 0, 0
    before, word = PARTS, np.uint32(0)
    for at in range(codes.shape[0] + 1):
        code = PARTS
        if at < codes.shape[0]:
            code = np.uint32(folding[codes[at]])
        if code == PARTS and before == PARTS:
            continue
        pair = place(before, code, SALTS[0], shift)
        found[0, whole] = pair
        whole += 1
        is_first = kept < opening
        if is_first:
            found[1, first] = place(before, code, SALTS[1], shift)
            first += 1
        if code != PARTS:
            found[0, whole] = place(ALONE, code, SALTS[0], shift)
            whole += 1
            if is_first:
                found[1, first] = place(ALONE, code, SALTS[1], shift)
                first += 1
            kept += 1
            length += 1
            word = np.uint32((word ^ code) * np.uint32(0x01000193))
        else:
            if SHORTEST <= length <= LONGEST:
                found[2, words] = place(word, np.uint32(length), SALTS[2], shift)
                words += 1
            length, word = 0, np.uint32(0)
        before = code
    counts[0], counts[1], counts[2] = whole, first, words


@compiled([types.Tuple((types.uint32[::1], types.int64[:, ::1]))(
    CODES, types.int64[::1], FOLDING, types.int64, types.uint32)])  # fmt: skip
def all_features(
    codes: Codes, starts: Counts, folding: Codes, opening: Number, shift: Number
) -> tuple[Places, Counts]:
    """The features of many texts one after the other, text by text and family by family, and how many."""
    rows = starts.shape[0] - 1
    counts = np.zeros((rows, FAMILIES), np.int64)
    longest = np.int64(0)
    for text in range(rows):
        longest = max(longest, starts[text + 1] - starts[text])
    found = np.empty((FAMILIES, 2 * longest + 2), np.uint32)
    everything = np.empty(MOST * starts[rows] + MOST * rows + rows, np.uint32)
    total = 0
    for text in range(rows):
        features(codes[starts[text] : starts[text + 1]], folding, opening, shift, found, counts[text])
        for family in range(FAMILIES):
            for at in range(counts[text, family]):
                everything[total] = found[family, at]
                total += 1
    return everything[:total].copy(), counts


@compiled([types.void(
    CODES, types.int64[::1], FOLDING, types.int64, types.uint32,
    types.float32[:, ::1], types.float32[::1], types.float32[:, ::1])])  # fmt: skip
def margins(  # noqa: PLR0913
    codes: Codes, starts: Counts, folding: Codes, opening: Number, shift: Number,
    table: Rows, weights: Rows, told: Rows,
) -> None:  # fmt: skip
    """The margins of each text into the rows of `told`, labels beside each other.

    `table`: for each place how telling it is (0: unknown) and its weight for each label, times that.
    A feature found n times counts 1 + ln n; each family is brought to length 1, then to its weight.
    """
    rows, labels = told.shape
    longest = np.int64(0)
    for text in range(rows):
        longest = max(longest, starts[text + 1] - starts[text])
    found = np.empty((FAMILIES, 2 * longest + 2), np.uint32)
    counts = np.zeros(FAMILIES, np.int64)
    width = np.int64(64)
    while width < 4 * longest + 8:
        width *= 2
    seats = np.full(width, 0, np.int64)  # where in `kept` the feature sits that was seen first, plus 1
    kept = np.empty(2 * longest + 2, np.uint32)
    times = np.empty(2 * longest + 2, np.int64)
    seat_of = np.empty(2 * longest + 2, np.int64)
    part = np.empty(labels, np.float32)
    for text in range(rows):
        features(codes[starts[text] : starts[text + 1]], folding, opening, shift, found, counts)
        for family in range(FAMILIES):
            size = np.int64(64)
            while size < 2 * counts[family]:
                size *= 2
            distinct = 0
            for at in range(counts[family]):
                one = found[family, at]
                seat = np.int64(one) & (size - 1)
                while seats[seat] != 0 and kept[seats[seat] - 1] != one:
                    seat = (seat + 1) & (size - 1)
                if seats[seat] == 0:
                    kept[distinct] = one
                    times[distinct] = 0
                    seat_of[distinct] = seat
                    distinct += 1
                    seats[seat] = distinct
                times[seats[seat] - 1] += 1
            part[:] = 0
            length = np.float32(0)
            for at in range(distinct):
                seats[seat_of[at]] = 0
                one = kept[at]
                telling = table[one, 0]
                if telling == 0:
                    continue
                often = np.float32(1) + LOGS[min(times[at], 256) - 1]
                length += (often * telling) ** 2
                for label in range(labels):
                    part[label] += often * table[one, label + 1]
            if length > 0:
                scale = weights[family] / np.sqrt(length)
                for label in range(labels):
                    told[text, label] += scale * part[label]
