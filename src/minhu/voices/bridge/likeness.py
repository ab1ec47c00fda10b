"""Which voices say nearly the same: an index of near-duplicates, kept by every process.

The rows are what holds; the index can be thrown away at any time. A file beside the database saves a new
process the work of reading everything again.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from minhu.methods.grouping import Recipe, Seen, near_duplicates
from minhu.voices.bridge.indexing import Reading
from minhu.voices.queries.likeness import texts_after

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
    reading: Reading = field(default_factory=lambda: Reading("likes"))

    def read_on(self) -> None:
        """Take in every voice that came since."""
        rows = self.reading.rows_behind(self.load, self.empty)
        if len(self.seen) == 0 and len(rows) >= AT_ONCE:
            self.seen = Seen.of([text for _pk, text in rows], RECIPE)
            return
        for _pk, text in rows:
            self.seen.add(text)

    def empty(self) -> None:
        """Begin with nothing."""
        self.seen = Seen(RECIPE)

    def forget(self) -> None:
        """Throw everything away."""
        self.reading.forget()
        self.empty()

    def of(self, text: str, most: int = MOST) -> list[Like]:
        """The voices most like a text, the best first."""
        keys = self.reading.keys
        return [Like(keys[near.id], near.similarity) for near in self.seen.query(text, most)]

    def load(self) -> bool:
        """Read the file, if it is whole."""
        try:
            self.seen = Seen.load(self.reading.file)
        except (OSError, ValueError):
            return False
        return len(self.seen) == len(self.reading.keys)

    def rebuild(self) -> int:
        """Make it anew from the rows, and write it down; returns how many texts it holds."""
        self.forget()
        rows = list(texts_after(0))
        self.seen = Seen.of([text for _pk, text in rows], RECIPE)
        self.reading.take(rows)
        self.reading.file.parent.mkdir(parents=True, exist_ok=True)
        if rows:
            self.seen.save(self.reading.file)
            self.reading.tell()
        return len(rows)


LIKES = Likes()


def likes_of(texts: Sequence[tuple[int, str]], most: int = MOST) -> dict[int, list[Like]]:
    """For each voice (key, text) the earlier and later voices that say nearly the same, the best first."""
    with LIKES.reading.lock:
        LIKES.read_on()
        return {pk: [one for one in LIKES.of(text, most + 1) if one.voice != pk][:most] for pk, text in texts}


def alike(text: str, most: int = MOST) -> list[Like]:
    """The voices that say nearly the same as a text somebody is writing."""
    with LIKES.reading.lock:
        LIKES.read_on()
        return LIKES.of(text, most)


def copies(texts: Sequence[str]) -> Iterator[int]:
    """For each text the number of its group of near-duplicates, all looked at together."""
    return (int(label) for label in near_duplicates(texts, RECIPE).labels)


def rebuild() -> int:
    """Make the index anew from the rows, and write it down; returns how many texts it holds."""
    with LIKES.reading.lock:
        return LIKES.rebuild()
