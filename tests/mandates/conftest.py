"""Fixtures of the room: the limits its pages ask for."""

import pytest

from tests.factories.rulebook import lay_rulebook


@pytest.fixture
def rulebook(db: None) -> None:
    """Every limit pages ask for."""
    lay_rulebook()
