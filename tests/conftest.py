"""Fixtures of the whole suite."""

import os
from pathlib import Path

import pytest
from django.utils import translation

pytest_plugins = ["tests.fixtures_people", "tests.triggers"]


@pytest.fixture
def shared() -> Path:
    """The folder of real inputs beside the checkout; where it is absent the test skips and says so."""
    folder = Path(os.environ.get("MINHU_SHARED") or Path(__file__).resolve().parents[2] / "shared")
    if not (folder / "data").is_dir():
        pytest.skip("no folder of real inputs beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def _first_language(settings):
    """A test speaks the first language of the site, whatever the one before it left behind."""
    with translation.override(settings.LANGUAGE_CODE):
        yield


@pytest.fixture(autouse=True)
def _quick_passwords(settings) -> None:
    """Real password hashing is slow on purpose; what it is called with is tested all the same."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
