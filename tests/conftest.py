"""Fixtures of the whole suite."""

import os
from pathlib import Path

import pytest

pytest_plugins = ["tests.fixtures_people", "tests.triggers"]


@pytest.fixture
def shared() -> Path:
    """The folder of real inputs beside the checkout; where it is absent the test skips and says so."""
    folder = Path(os.environ.get("MINHU_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("no folder of real inputs beside this checkout")
    return folder
