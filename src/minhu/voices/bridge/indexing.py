"""Keeping an index of voices in every process: it reads on where it left off, and can be thrown away."""

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path

from django.conf import settings

from minhu.voices.queries.likeness import keys_after, last_voice, sameness_of_voice, texts_of

BACK = 2000
"""How far back it looks again, for rows that were written late under an earlier key."""
Rows = list[tuple[int, str]]


@dataclass(slots=True)
class Reading:
    """Which voices an index holds, in the order they were taken in. `name`: of the file with these notes."""

    name: str
    keys: list[int] = field(default_factory=list)
    known: set[int] = field(default_factory=set)
    lock: threading.RLock = field(default_factory=threading.RLock)

    def rows_behind(self, load: Callable[[], bool], forget: Callable[[], None]) -> Rows:
        """What came since; all anew where the rows are others than before."""
        if self.keys and last_voice() < max(self.keys[-BACK:]):
            self.forget()
            forget()
        if not self.keys and self.told() and not load():
            self.forget()
            forget()
        back = max(self.keys[-BACK:], default=BACK) - BACK
        rows = texts_of([pk for pk in keys_after(back) if pk not in self.known])
        self.take(rows)
        return rows

    def take(self, rows: Rows) -> None:
        """Note what is taken in."""
        self.keys += [pk for pk, _text in rows]
        self.known |= {pk for pk, _text in rows}

    def forget(self) -> None:
        """Note nothing."""
        self.keys, self.known = [], set()

    def told(self) -> bool:
        """Read the notes, if they are of these rows."""
        try:
            notes = json.loads(self.notes.read_text())
            if sameness_of_voice(notes["last"]) != notes["sameness"]:
                return False
            self.keys = [int(pk) for pk in notes["keys"]]
        except (OSError, ValueError, KeyError, TypeError):
            return False
        self.known = set(self.keys)
        return bool(self.keys)

    def tell(self) -> None:
        """Write the notes."""
        if self.keys:
            last = self.keys[-1]
            notes = {"keys": self.keys, "last": last, "sameness": sameness_of_voice(last)}
            self.notes.write_text(json.dumps(notes))

    @property
    def notes(self) -> Path:
        """The file of the notes."""
        return folder() / f"{self.name}.json"

    @property
    def file(self) -> Path:
        """The file of the index itself."""
        return folder() / f"{self.name}.npz"


def folder() -> Path:
    """Where indexes are kept."""
    return Path(settings.MEDIA_ROOT).parent / "voices"
