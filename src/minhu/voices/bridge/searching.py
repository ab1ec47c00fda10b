"""Finding voices by words: the best ones first, and the groups they belong to."""

from collections.abc import Sequence

from minhu.voices.queries.searching import groups_of_voices, voices_holding

MOST = 300


def voices_found(text: str, most: int = MOST) -> list[int]:
    """Keys of the voices that fit some words, the best first."""
    return voices_holding(text, most)


def groups_found(text: str, most: int = MOST) -> Sequence[int]:
    """Keys of the groups whose voices fit some words, the best first."""
    return groups_of_voices(voices_found(text, most))
