"""Asking every room's finder."""

from dataclasses import dataclass
from typing import Any

from minhu.ui import offers


@dataclass(frozen=True, slots=True)
class Kind:
    """What was found of one kind; `more` says that there is more than is shown."""

    title: offers.Words
    found: tuple[offers.Found, ...]
    more: bool


def search(text: str, reader: Any, *, most: int) -> list[Kind]:
    """The first `most` hits of each kind; kinds without a hit are left out."""
    if not text:
        return []
    hits = [(finder.title, tuple(finder.find(text, reader, most + 1))) for finder in offers.finders()]
    return [Kind(title, found[:most], len(found) > most) for title, found in hits if found]
