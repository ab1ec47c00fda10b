"""What every test of this room begins with."""

import pytest

from minhu.voices.bridge.likeness import LIKES
from minhu.voices.bridge.searching import WORDS


@pytest.fixture(autouse=True)
def _no_voices_remembered() -> None:
    """The indexes of a process outlive the rows of a test."""
    LIKES.forget()
    WORDS.forget()
