"""The front page: doors that stand open to everybody, drawn from offers alone."""

from types import SimpleNamespace

import pytest
from django.test import Client

from minhu.ui import offers

pytestmark = pytest.mark.django_db


@pytest.fixture
def doors():
    """Only these two doors, one of them large, and one whose room is not built."""
    before = offers.clear()
    large = offers.PublicDoor("听", "Say something", "In your own words.", "site:home", 1)
    small = offers.PublicDoor("查", "Look around", "Small print.", "people:login", 50)
    missing = offers.PublicDoor("无", "Nowhere", "Nothing.", "nowhere:at_all", 2)
    offers.register(SimpleNamespace(__name__="doors", PUBLIC=[small, missing, large]))
    yield
    offers.restore(before)


def test_whoever_is_not_signed_in_sees_the_open_doors(client: Client, doors) -> None:
    page = client.get("/")
    assert next(template.name for template in page.templates) == "site/front.html"
    shown = page.context["shell"].public_doors
    assert [(door.title, door.url, door.large, door.current) for door in shown] == [
        ("Say something", "/", True, True),
        ("Look around", "/people/log-in/", False, False),
    ]
    html = page.content.decode()
    assert html.count("In your own words.") == 1
    assert "Small print." not in html


def test_an_offer_of_another_shape_is_no_door() -> None:
    with pytest.raises(TypeError, match="PUBLIC"):
        offers.register(SimpleNamespace(__name__="doors", PUBLIC=["a door"]))
