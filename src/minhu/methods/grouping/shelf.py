"""The arrays in which seen texts lie: they grow by doubling, and go into one file."""

import json
import os
import zipfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any, Self

import numpy as np
from numpy.typing import NDArray

from minhu.methods.grouping.lookup import chain
from minhu.methods.grouping.recipe import BANDS, BINS
from minhu.methods.grouping.signing import Signed

FORMAT = 1
PER_TEXT = ("signatures", "digests", "same_as", "group_of", "before", "weights")
PER_GROUP = ("centres", "lasts", "sizes")


class Shelf:
    """`count` texts and `group_count` groups; arrays are longer than that, their ends are unused.

    Per text: signature, digest, the first that is the same, its group, the one before it in the group, how
    many are the same. Per group: centre, newest member, distinct members. Chains: `heads` (33, buckets) and
    `nexts` (texts, 33), a chain per band and one per digest.
    """

    def __init__(self, room: int = 1024) -> None:
        self.count = self.group_count = 0
        self.signatures = np.zeros((room, BINS), np.uint8)
        self.digests = np.zeros(room, np.uint64)
        self.same_as, self.group_of, self.before = (np.zeros(room, np.int32) for _ in range(3))
        self.weights = np.zeros(room, np.int64)
        self.centres, self.lasts, self.sizes = (np.zeros(room, np.int32) for _ in range(3))
        self.rechain(room)

    def rechain(self, room: int) -> None:
        """New chains for so many texts, at least one bucket for each."""
        buckets = 1 << max(10, (room - 1).bit_length())
        self.heads = np.full((BANDS + 1, buckets), -1, np.int32)
        self.nexts = np.full((room, BANDS + 1), -1, np.int32)
        chain(0, self.count, self.signatures, self.digests, self.same_as, self.heads, self.nexts)

    def grow(self) -> None:
        """Twice the room. At a million texts this takes a second or two."""
        room = 2 * len(self.digests)
        for name in (*PER_TEXT, *PER_GROUP):
            old = getattr(self, name)
            new = np.zeros((room, *old.shape[1:]), old.dtype)
            new[: len(old)] = old
            setattr(self, name, new)
        self.rechain(room)

    def put(self, signature: NDArray[np.uint8], digest: np.uint64, group: int, known: int = -1) -> int:
        """A text more, in a group (-1: a new one); `known`: the first that is the same."""
        if self.count == len(self.digests):
            self.grow()
        one = self.count
        self.count += 1
        self.signatures[one], self.digests[one] = signature, digest
        self.same_as[one] = one if known < 0 else known
        self.weights[self.same_as[one]] += 1
        if group < 0:
            group, self.group_count = self.group_count, self.group_count + 1
            self.centres[group], self.lasts[group] = one, -1
        self.group_of[one] = group
        if known < 0:
            self.before[one], self.lasts[group] = self.lasts[group], one
            self.sizes[group] += 1
            chain(one, one + 1, self.signatures, self.digests, self.same_as, self.heads, self.nexts)
        return one

    def is_due(self, group: int) -> bool:
        """Whether its centre should be sought: at 3, 6, 12, 24 … distinct members."""
        size = int(self.sizes[group])
        return size % 3 == 0 and (size // 3).bit_count() == 1

    def newest(self, group: int, most: int) -> NDArray[np.int32]:
        """Its newest distinct members."""
        members: list[int] = []
        one = int(self.lasts[group])
        while one >= 0 and len(members) < most:
            members.append(one)
            one = int(self.before[one])
        return np.array(members, np.int32)

    @classmethod
    def filled(cls, made: Signed, labels: NDArray[np.int32], centres: NDArray[np.int32]) -> Self:
        """All texts of a batch with their groups."""
        count = len(labels)
        shelf = cls(max(1024, count + count // 4))
        shelf.count, shelf.group_count = count, len(centres)
        shelf.signatures[:count], shelf.digests[:count] = made.signatures, made.digests
        _, first, inverse, weights = np.unique(
            made.digests, return_index=True, return_inverse=True, return_counts=True
        )
        shelf.same_as[:count] = first[inverse]
        shelf.weights[first] = weights
        shelf.group_of[:count], shelf.centres[: len(centres)] = labels, centres
        shelf.line_up(np.sort(first))
        shelf.rechain(len(shelf.digests))
        return shelf

    def line_up(self, distinct: NDArray[np.int64]) -> None:
        """Thread the distinct members of each group."""
        groups = self.group_of[distinct]
        order = np.argsort(groups, kind="stable")
        members, groups = distinct[order].astype(np.int32), groups[order]
        is_first = np.append(True, groups[1:] != groups[:-1])[: len(groups)]
        self.before[members] = np.where(is_first, -1, np.roll(members, 1))
        self.lasts[groups] = members  # the last written stays: the newest
        self.sizes[: self.group_count] = np.bincount(groups, minlength=self.group_count)

    def write(self, path: Path, recipe: Mapping[str, Any]) -> None:
        """All that cannot be computed again, whole or not at all."""
        arrays = {name: getattr(self, name)[: self.count] for name in PER_TEXT}
        arrays |= {name: getattr(self, name)[: self.group_count] for name in PER_GROUP}
        head = json.dumps({"format": FORMAT, "recipe": dict(recipe)})
        part = path.with_name(path.name + ".part")
        with part.open("wb") as file:
            np.savez(file, head=np.array(head), **arrays)
            file.flush()
            os.fsync(file.fileno())
        part.replace(path)

    @classmethod
    def read(cls, path: Path) -> tuple[Self, dict[str, Any]]:
        """A shelf and its recipe from a file."""
        try:
            with path.open("rb") as stream, np.load(stream, allow_pickle=False) as file:
                head = json.loads(str(file["head"]))
                arrays = {name: file[name] for name in (*PER_TEXT, *PER_GROUP)}
        except (KeyError, EOFError, ValueError, zipfile.BadZipFile) as fault:
            raise ValueError(f"{path} holds no seen texts, or was cut off: build it anew") from fault
        if head.get("format") != FORMAT:
            raise ValueError(f"{path} was written by another version: build it anew")
        shelf = cls(max(1024, len(arrays["digests"])))
        shelf.count, shelf.group_count = len(arrays["digests"]), len(arrays["centres"])
        for name, array in arrays.items():
            getattr(shelf, name)[: len(array)] = array
        shelf.rechain(len(shelf.digests))
        return shelf, head["recipe"]
