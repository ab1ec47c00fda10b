"""What others said that is like a text, as far as everybody may read it."""

from datetime import date

from minhu.voices.bridge.cleaning import plain
from minhu.voices.bridge.likeness import alike
from minhu.voices.bridge.searching import voices_found
from minhu.voices.queries.similar import Like, public_rows

LEAST, LONGEST, NEAR = 6, 400, 60
"""Characters before it is worth looking, characters looked at, voices asked for before the public is told."""


def similar_in_public(text: str, *, most: int, on: date) -> list[Like]:
    """The nearest first; nothing for a few characters."""
    words = plain(text)[:LONGEST]
    if len(words) < LEAST:
        return []
    near = [one.voice for one in alike(words, NEAR)]
    return public_rows(list(dict.fromkeys([*near, *voices_found(words, NEAR)])), most, on)
