"""The index: built at once or grown text by text, asked, saved and read again."""

import os
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from minhu.methods.text.searching import kernels
from minhu.methods.text.searching.postings import Postings, asked, chunks, counted, merged, packed, plain

FORM = 1  # of the saved file
NAMES = ("keys", "starts", "docs", "counts", "live")  # what is written of postings
GONE = -1  # the id of a removed document


@dataclass(frozen=True, slots=True)
class Hit:
    """A text that was found: its id, and its BM25 score (higher is nearer; no unit)."""

    id: int
    score: float


@dataclass(slots=True)
class Index:
    """An inverted index of character bigrams. Ids are whole numbers from 0, each once.

    Equal steps give equal hits: ties go to the text that came first. Searching changes nothing, so many
    threads may search, while one that adds or removes must be alone.
    """

    parts: list[Postings] = field(default_factory=list)
    ids: NDArray[np.int64] = field(default_factory=lambda: np.zeros(0, np.int64))
    lengths: NDArray[np.int32] = field(default_factory=lambda: np.zeros(0, np.int32))
    places: dict[int, int] = field(default_factory=dict)
    size: int = 0  # documents that have a place, removed ones too
    signs: int = 0  # characters of those that are left

    @classmethod
    def build(cls, ids: Sequence[int], texts: Sequence[str]) -> "Index":
        """The index of these texts; `ids[i]` is that of `texts[i]`."""
        if len(ids) != len(texts):
            raise ValueError(f"There are {len(ids)} ids for {len(texts)} texts: give each text one id.")
        made = cls()
        made.register(list(ids), [])
        done = 0
        for chunk in chunks(texts):
            made.parts.append(counted(chunk, done))
            made.lengths[done : done + len(chunk)] = [len(text) for text in chunk]
            done += len(chunk)
            made.settle()
        made.signs = int(made.lengths[: made.size].sum())
        return made

    def __len__(self) -> int:
        return len(self.places)

    def add(self, id: int, text: str) -> None:
        """Add a text; one that has this id already is replaced."""
        self.remove(id)
        form = plain(text)
        self.register([id], [len(form)])
        self.parts.append(counted([form], self.size - 1))
        self.signs += len(form)
        self.settle()

    def remove(self, id: int) -> bool:
        """Take a text out, and say whether it was there."""
        place = self.places.pop(id, None)
        if place is None:
            return False
        next(part for part in self.parts if part.first <= place < part.end).remove(place)
        self.signs -= int(self.lengths[place])
        self.ids[place], self.lengths[place] = GONE, 0
        return True

    def search(self, query: str, most: int = 10) -> list[Hit]:
        """The `most` texts nearest to a query of any length, best first; none shares no bigram with it."""
        if most < 1:
            raise ValueError(f"At most {most} hits were asked for: ask for at least one.")
        keys = asked(query, self.parts)
        scores = np.zeros(self.size)
        if len(keys) and self.places:
            seen = sum((part.seen(keys) for part in self.parts), np.zeros(len(keys), np.int64))
            telling = np.log1p((len(self) - seen + 0.5) / (seen + 0.5))
            damped = kernels.damping(self.lengths, max(self.signs / len(self), 1.0))
            for part in self.parts:
                kernels.add(part.docs, part.counts, part.ranges(keys), telling, damped, scores)
        best = kernels.best(scores, most)
        return [Hit(int(self.ids[doc]), float(scores[doc])) for doc in best]

    def register(self, ids: list[int], lengths: list[int]) -> None:
        """Give new documents their places, in room that doubles when it runs out."""
        places = {id: self.size + i for i, id in enumerate(ids)}
        if len(places) < len(ids) or any(type(id) is not int or id < 0 for id in ids):
            wrong = next(id for i, id in enumerate(ids) if type(id) is not int or id < 0 or id in ids[:i])
            raise ValueError(f"The id {wrong!r} is no whole number from 0, or stands twice.")
        end = self.size + len(ids)
        if end > len(self.ids):
            self.ids = np.resize(self.ids, max(end, 2 * len(self.ids)))
            self.lengths = np.append(self.lengths, np.zeros(len(self.ids) - len(self.lengths), np.int32))
        self.ids[self.size : end] = ids
        self.lengths[self.size : self.size + len(lengths)] = lengths
        self.places |= places
        self.size = end

    def settle(self) -> None:
        """Merge neighbours of like size, so that there are few parts and each text moves few times."""
        while len(self.parts) > 1 and len(self.parts[-2].docs) < 2 * len(self.parts[-1].docs) + 1:
            last = self.parts.pop()
            self.parts[-1] = merged(self.parts[-1], last)

    def pack(self) -> None:
        """Merge all and free the places of what was removed."""
        while len(self.parts) > 1:
            last = self.parts.pop()
            self.parts[-1] = merged(self.parts[-1], last)
        kept = np.flatnonzero(self.ids[: self.size] != GONE)
        numbers = np.cumsum(self.ids[: self.size] != GONE) - 1
        self.parts = [packed(part, numbers, len(kept)) for part in self.parts]
        self.ids, self.lengths, self.size = self.ids[kept], self.lengths[kept], len(kept)
        self.places = {int(id): place for place, id in enumerate(self.ids)}

    def save(self, path: Path) -> None:
        """Pack, and write to one file, which is whole or as it was before."""
        self.pack()
        part = self.parts[0] if self.parts else counted([], 0)
        draft = path.with_name(f"{path.name}.{os.getpid()}.part")
        with draft.open("wb") as file:
            held = {name: getattr(part, name) for name in NAMES}
            np.savez(
                file, allow_pickle=False, form=np.array(FORM), ids=self.ids, lengths=self.lengths, **held
            )
        draft.replace(path)

    @classmethod
    def load(cls, path: Path) -> "Index":
        """Read what `save` wrote; another file is refused."""
        try:
            with path.open("rb") as file, np.load(file, allow_pickle=False) as held:
                if int(held["form"]) != FORM:
                    raise ValueError
                ids, lengths = held["ids"], held["lengths"]
                part = Postings(0, len(ids), *(held[name] for name in NAMES))
        except (KeyError, ValueError, EOFError, zipfile.BadZipFile) as error:
            raise ValueError(f"{path} is no index of this version: build it again.") from error
        places = {int(id): place for place, id in enumerate(ids)}
        return cls([part] if len(ids) else [], ids, lengths, places, len(ids), int(lengths.sum()))
