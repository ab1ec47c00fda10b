"""Which voices say nearly the same: an index kept by every process, which reads on where it left off.

The rows are what holds; the index can be thrown away at any time. A file beside the database saves a new
process the work of reading everything again.
"""

import json
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from minhu.methods.grouping import Recipe, Seen, near_duplicates
from minhu.voices.queries.likeness import last_voice, sameness_of_voice, texts_after

RECIPE = Recipe()
AT_ONCE = 2000
"""From so many texts on they are grouped together, which is faster than one by one."""
MOST = 8


@dataclass(frozen=True, slots=True)
class Like:
    """A voice (its key) that says nearly the same, and how alike it is, from 0 to 1."""

    voice: int
    alike: float


@dataclass(slots=True)
class Likes:
    """The index, and the key of the voice behind each of its texts."""

    seen: Seen = field(default_factory=lambda: Seen(RECIPE))
    keys: list[int] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def read_on(self) -> None:
        """Take in every voice that came since; start anew where the rows are others than before."""
        last = last_voice()
        if self.keys and last < max(self.keys[-AT_ONCE:]):
            self.forget()
        if not self.keys:
            self.load()
        rows = [(pk, text) for pk, text in texts_after(self.behind()) if pk not in self.known]
        if not self.keys and len(rows) >= AT_ONCE:
            self.seen = Seen.of([text for _pk, text in rows], RECIPE)
        else:
            for _pk, text in rows:
                self.seen.add(text)
        self.keys += [pk for pk, _text in rows]
        self.known.update(pk for pk, _text in rows)

    def behind(self) -> int:
        """From where to read: a little before the end, for what was written late under an earlier key."""
        return max(self.keys[-AT_ONCE:], default=0) - AT_ONCE if self.keys else 0

    def forget(self) -> None:
        """Throw everything away."""
        self.seen, self.keys, self.known = Seen(RECIPE), [], set()

    def of(self, text: str, most: int = MOST) -> list[Like]:
        """The voices most like a text, the best first."""
        return [Like(self.keys[near.id], near.similarity) for near in self.seen.query(text, most)]

    def load(self) -> None:
        """Read the file, if it is of these rows."""
        told, kept = folder() / "likes.json", folder() / "likes.npz"
        try:
            notes = json.loads(told.read_text())
            if sameness_of_voice(notes["last"]) == notes["sameness"]:
                self.seen, self.keys = Seen.load(kept), notes["keys"]
                self.known = set(self.keys)
        except (OSError, ValueError, KeyError):
            return
        if len(self.seen) != len(self.keys):
            self.forget()

    def save(self) -> None:
        """Write the file."""
        folder().mkdir(parents=True, exist_ok=True)
        if not self.keys:
            return
        self.seen.save(folder() / "likes.npz")
        notes = {"keys": self.keys, "last": self.keys[-1], "sameness": sameness_of_voice(self.keys[-1])}
        (folder() / "likes.json").write_text(json.dumps(notes))


LIKES = Likes()


def folder() -> Path:
    """Where indexes are kept."""
    return Path(settings.MEDIA_ROOT).parent / "voices"


def likes_of(texts: Sequence[tuple[int, str]], most: int = MOST) -> dict[int, list[Like]]:
    """For each voice (key, text) the earlier and later voices that say nearly the same, the best first."""
    with LIKES.lock:
        LIKES.read_on()
        return {pk: [one for one in LIKES.of(text, most + 1) if one.voice != pk][:most] for pk, text in texts}


def alike(text: str, most: int = MOST) -> list[Like]:
    """The voices that say nearly the same as a text somebody is writing."""
    with LIKES.lock:
        LIKES.read_on()
        return LIKES.of(text, most)


def copies(texts: Sequence[str]) -> Iterator[int]:
    """For each text the number of its group of near-duplicates, all looked at together."""
    return (int(label) for label in near_duplicates(texts, RECIPE).labels)


def rebuild() -> int:
    """Make the index anew from the rows, and write it down; returns how many texts it holds."""
    with LIKES.lock:
        LIKES.forget()
        rows = list(texts_after(0))
        LIKES.seen = Seen.of([text for _pk, text in rows], RECIPE)
        LIKES.keys = [pk for pk, _text in rows]
        LIKES.known = set(LIKES.keys)
        LIKES.save()
        return len(LIKES.keys)
