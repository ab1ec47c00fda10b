"""Finding voices by words: an inverted index of character bigrams with BM25, kept by every process.

What was taken back or refused is never shown, whatever the index still holds: the rows decide.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

from minhu.methods.text.searching import Index
from minhu.voices.bridge.indexing import Reading
from minhu.voices.queries.likeness import texts_after
from minhu.voices.queries.searching import groups_of_voices, live_among, voice_of_number

MOST = 300
AT_ONCE = 200


@dataclass(slots=True)
class Words:
    """The index, and which voices it holds."""

    index: Index = field(default_factory=Index)
    reading: Reading = field(default_factory=lambda: Reading("words"))

    def read_on(self) -> None:
        """Take in every voice that came since."""
        rows = self.reading.rows_behind(self.load, self.empty)
        if len(self.index) == 0 and len(rows) >= AT_ONCE:
            self.index = Index.build([pk for pk, _text in rows], [text for _pk, text in rows])
            return
        for pk, text in rows:
            self.index.add(pk, text)

    def empty(self) -> None:
        """Begin with nothing."""
        self.index = Index()

    def forget(self) -> None:
        """Throw everything away."""
        self.reading.forget()
        self.empty()

    def load(self) -> bool:
        """Read the file, if it is whole."""
        try:
            self.index = Index.load(self.reading.file)
        except (OSError, ValueError):
            return False
        return len(self.index) == len(self.reading.keys)

    def rebuild(self) -> int:
        """Make it anew from the rows, and write it down; returns how many texts it holds."""
        self.forget()
        rows = list(texts_after(0))
        self.index = Index.build([pk for pk, _text in rows], [text for _pk, text in rows])
        self.reading.take(rows)
        self.reading.file.parent.mkdir(parents=True, exist_ok=True)
        if rows:
            self.index.save(self.reading.file)
            self.reading.tell()
        return len(rows)


WORDS = Words()


def voices_found(text: str, most: int = MOST) -> list[int]:
    """Keys of the live voices that fit some words best; a number finds its voice."""
    if named := voice_of_number(text):
        return [named]
    if not text.strip():
        return []
    with WORDS.reading.lock:
        WORDS.read_on()
        hits = WORDS.index.search(text, most)
    return live_among([hit.id for hit in hits])


def groups_found(text: str, most: int = MOST) -> Sequence[int]:
    """Keys of the groups whose voices fit some words, the best first."""
    return groups_of_voices(voices_found(text, most))


def rebuild() -> int:
    """Make the index anew from the rows, and write it down; returns how many texts it holds."""
    with WORDS.reading.lock:
        return WORDS.rebuild()
