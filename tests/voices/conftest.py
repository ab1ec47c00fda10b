"""What every test of this room begins with."""

import pytest

from minhu.voices.bridge.likeness import LIKES


@pytest.fixture(autouse=True)
def _no_voices_remembered() -> None:
    """The index of a process outlives the rows of a test."""
    LIKES.forget()
