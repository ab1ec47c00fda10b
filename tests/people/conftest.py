"""Fixtures of the room's own tests."""

from datetime import UTC, datetime

import pytest

from minhu.people.models import Organisation, Post, User
from minhu.people.states import Role
from minhu.trail.states import SYSTEM
from tests.factories.people import OrganisationFactory, PostFactory, UserFactory

AT = datetime(2026, 3, 31, 0, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick_passwords(settings) -> None:
    """Real passwords are slow on purpose; tests need not be."""
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture
def deed() -> dict[str, object]:
    """Who does it and when, for actions that need no person."""
    return {"by": SYSTEM, "at": AT}


@pytest.fixture
def unit(db: None) -> Organisation:
    """A department."""
    return OrganisationFactory(code="caizheng", name="财政局", short="财政局")


@pytest.fixture
def post(unit: Organisation) -> Post:
    """A lead-unit post in it."""
    return PostFactory(code="caizheng-jingban", title="经办岗", organisation=unit)


@pytest.fixture
def office(db: None) -> User:
    """An account that holds a post of the reform office."""
    return UserFactory(username="gaige", role=Role.OFFICE)
