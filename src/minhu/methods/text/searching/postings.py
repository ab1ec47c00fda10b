"""Which documents hold which bigram how often: a stretch of documents, sealed, merged with its neighbour."""

import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from minhu.methods.text.grams import BITS, coded

MOST_COUNT = 255  # how often a bigram counts at most in one text
ROW_BITS = 16
CHUNK = 1 << ROW_BITS  # documents counted at once: row and bigram fit in 64 bits together
CHUNK_SIGNS = 2_000_000  # characters counted at once: keeps building within some hundred megabytes


@dataclass(frozen=True, slots=True)
class Postings:
    """Documents `first` to `end`: `keys[t]` stands in `docs[starts[t]:starts[t + 1]]`, so many `counts`.

    `live[t]`: in how many of them, without those removed, whose counts are 0.
    """

    first: int
    end: int
    keys: NDArray[np.uint64]
    starts: NDArray[np.int64]
    docs: NDArray[np.int32]
    counts: NDArray[np.uint8]
    live: NDArray[np.int64]

    def ranges(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """For each key the first of its postings and the end of them, shape (keys, 2); empty when unknown."""
        places, known = found(self.keys, keys)
        ranges = np.stack([self.starts[places], self.starts[places + 1]], axis=1) if len(self.keys) else None
        return np.zeros((len(keys), 2), np.int64) if ranges is None else ranges * known[:, None]

    def seen(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """In how many documents each key stands."""
        places, known = found(self.keys, keys)
        return self.live[places] * known if len(self.keys) else np.zeros(len(keys), np.int64)

    def remove(self, doc: int) -> None:
        """Let a document count no more; its place stays until these postings are packed."""
        places = np.flatnonzero(self.docs == doc)
        self.counts[places] = 0
        self.live[np.searchsorted(self.starts, places, side="right") - 1] -= 1


def found(known: NDArray[np.uint64], keys: NDArray[np.uint64]) -> tuple[NDArray[np.int64], NDArray[np.bool_]]:
    """Where each key stands among the sorted known ones, and whether it does."""
    places = np.minimum(np.searchsorted(known, keys), max(len(known) - 1, 0))
    return places, known[places] == keys if len(known) else np.zeros(len(keys), bool)


def plain(text: str) -> str:
    """The form that is compared: NFKC, lower case, without blanks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split())


def chunks(texts: Sequence[str]) -> Iterator[Sequence[str]]:
    """The texts in plain form, some at a time."""
    held: list[str] = []
    signs = 0
    for text in texts:
        held.append(plain(text))
        signs += len(held[-1])
        if len(held) == CHUNK or signs > CHUNK_SIGNS:
            yield held
            held, signs = [], 0
    if held:
        yield held


def counted(texts: Sequence[str], first: int) -> Postings:
    """The postings of at most `CHUNK` texts in plain form, numbered from `first`."""
    rows, codes = coded(texts, (2,))
    both, counts = np.unique((codes << np.uint64(ROW_BITS)) | rows.astype(np.uint64), return_counts=True)
    keys, starts = np.unique(both >> np.uint64(ROW_BITS), return_index=True)
    docs = (both & np.uint64(CHUNK - 1)).astype(np.int32) + np.int32(first)
    few = np.minimum(counts, MOST_COUNT).astype(np.uint8)
    edges = np.append(starts, len(both)).astype(np.int64)
    return Postings(first, first + len(texts), keys, edges, docs, few, np.diff(edges))


def merged(one: Postings, other: Postings) -> Postings:
    """Two neighbouring stretches as one, in time linear in their postings."""
    keys = np.union1d(one.keys, other.keys)
    sizes, places = np.zeros(len(keys), np.int64), []
    live = np.zeros(len(keys), np.int64)
    for part in (one, other):
        at = np.searchsorted(keys, part.keys)
        places.append((at, sizes[at]))  # behind the postings of the part before
        sizes[at] += np.diff(part.starts)
        live[at] += part.live
    starts = np.append(0, np.cumsum(sizes))
    docs = np.empty(starts[-1], np.int32)
    counts = np.empty(starts[-1], np.uint8)
    for part, (at, behind) in zip((one, other), places, strict=True):
        shift = np.repeat(starts[at] + behind - part.starts[:-1], np.diff(part.starts))
        target = shift + np.arange(len(part.docs))
        docs[target], counts[target] = part.docs, part.counts
    return Postings(one.first, other.end, keys, starts, docs, counts, live)


def packed(part: Postings, numbers: NDArray[np.int64], end: int) -> Postings:
    """Without what was removed; document d of all gets the number `numbers[d]`, below `end`."""
    kept = part.counts > 0
    terms = np.repeat(np.arange(len(part.keys)), np.diff(part.starts))[kept]
    sizes = np.bincount(terms, minlength=len(part.keys))
    used = sizes > 0
    starts = np.append(0, np.cumsum(sizes[used]))
    docs = numbers[part.docs[kept]].astype(np.int32)
    return Postings(0, end, part.keys[used], starts, docs, part.counts[kept], sizes[used])


def asked(query: str, known: Sequence[Postings]) -> NDArray[np.uint64]:
    """The bigrams of a query, sorted; of a single character all known bigrams that begin with it."""
    text = plain(query)
    if len(text) != 1:
        return np.unique(coded([text], (2,))[1])
    low = np.uint64(ord(text) << BITS)
    high = np.uint64((ord(text) + 1) << BITS)
    parts = [part.keys[slice(*np.searchsorted(part.keys, [low, high]))] for part in known]
    return np.unique(np.concatenate([np.zeros(0, np.uint64), *parts]))
