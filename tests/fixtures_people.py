"""Fixtures every room's tests may use: readers and signed-in clients of a role."""

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

import pytest
from django.test import Client

if TYPE_CHECKING:
    from minhu.people.rules import Reader

# Models can be imported only once Django is set up, so these imports stand inside the fixtures.


@pytest.fixture
def reader(db: None) -> Callable[..., "Reader"]:
    """`reader(role, organisation=None)` makes account, post and holding, and returns the Reader."""
    from tests.factories.people import make_reader

    return make_reader


@pytest.fixture
def client_as(db: None) -> Callable[..., Client]:
    """`client_as(role, organisation=None)` is a signed-in client; `client_as(None)` an anonymous one.

    `client.user` is the account behind it, `client.post_held` its post.
    """
    from tests.factories.people import UserFactory

    def sign_in(role: Any = None, organisation: Any = None, **settings: Any) -> Client:
        client = Client(**settings)
        if role is not None:
            client.user = UserFactory(role=role, organisation=organisation)
            client.post_held = client.user.posts.get()
            client.force_login(client.user)
        return client

    return sign_in
