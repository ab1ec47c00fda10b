"""Fixtures of the room: a rulebook, a folder for files, a day to judge by."""

from datetime import date
from pathlib import Path

import pytest

from minhu.reforms.states.lights import Day
from tests.factories.reforms import TODAY, make_rulebook


@pytest.fixture
def rulebook(db: None) -> None:
    """The limits this room asks for: near is five working days, a proof has at most one megabyte."""
    make_rulebook()


@pytest.fixture
def media(settings, tmp_path: Path) -> Path:
    """An empty folder for files."""
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


@pytest.fixture
def day() -> Day:
    """2026-03-31, with everything up to 2026-04-07 near."""
    return Day(TODAY, date(2026, 4, 7))
