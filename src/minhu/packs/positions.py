"""Where something stands in a pack, what is wrong there, and how to mend it."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from difflib import get_close_matches

Path = tuple[str | int, ...]
"""The way to a value inside a file: ("limit", 0, "code")."""


@dataclass(frozen=True, slots=True, order=True)
class Position:
    """A place in a file: line and column from 1; in a CSV file the column is the number of the cell."""

    file: str
    line: int = 1
    column: int = 1

    def __str__(self) -> str:
        return f"{self.file}:{self.line}:{self.column}"


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing that is wrong."""

    position: Position
    message: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.position}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class PackError(Exception):
    """A pack that cannot be used, with everything that is wrong in it."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems: Sequence[Problem] = tuple(dict.fromkeys(problems))
        super().__init__("\n".join(map(str, self.problems)))


def did_you_mean(word: str, known: Iterable[str], others: Iterable[str] = ()) -> str:
    """A hint: the nearest known word, else the nearest of the others, else all known if they are few."""
    names = sorted(known)
    near = _nearest(word, names) or _nearest(word, sorted(others))
    if near:
        return f"did you mean “{near}”?"
    return f"known: {', '.join(names)}" if 0 < len(names) <= 24 else ""


def _nearest(word: str, names: Sequence[str]) -> str:
    """The name most like a word, whatever the case of its letters."""
    near = get_close_matches(word.strip().lower(), [name.lower() for name in names], 1, 0.6)
    return next(name for name in names if name.lower() == near[0]) if near else ""
