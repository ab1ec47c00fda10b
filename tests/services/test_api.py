"""One-things and items for programs: what they read, and that nobody reads without a token."""

import pytest
from django.core.cache import cache

from minhu.people.states import Role
from tests.factories.api import V1, Program
from tests.factories.services import published

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _quiet() -> None:
    cache.clear()


def test_a_program_reads_a_version_whole() -> None:
    version = published()
    program = Program(Role.AUDITOR)
    thing = program.get(f"{V1}/things/canteen").json()
    assert (thing["lead"], thing["tier"], thing["versions"][0]["state"]) == (
        "shichang",
        "annual",
        "published",
    )
    whole = program.get(f"{V1}/things/canteen/versions/1").json()
    assert whole["digest"] == version.digest
    assert [(one["kind"], one["promised_days"], len(one["situations"])) for one in whole["courses"]] == [
        ("thing-canteen-1", 14, 2),
        ("thing-canteen-2", 14, 2),
    ]
    assert whole["definition"]["thing"]["code"] == "canteen"


def test_lists_are_narrowed() -> None:
    published()
    program = Program(Role.LEAD)
    assert program.get(f"{V1}/things?tier=annual&audience=enterprise&q=餐饮").json()["count"] == 1
    assert program.get(f"{V1}/things?tier=special").json()["count"] == 0
    assert [one["code"] for one in program.get(f"{V1}/items?q=招牌").json()["items"]] == ["sign"]
    guide = program.get(f"{V1}/items/food/guides/1").json()
    assert guide["data"]["department"] == "weijian"


@pytest.mark.parametrize(
    "way", ["things/nothing", "things/canteen/versions/9", "items/nothing/guides/1", "items/food/guides/7"]
)
def test_what_is_not_there_is_not_there(way: str) -> None:
    published()
    assert Program(Role.OFFICE).get(f"{V1}/{way}").status_code == 404


@pytest.mark.parametrize("way", ["things", "things/canteen", "items", "items/food/guides/1"])
def test_nobody_reads_without_a_token(way: str) -> None:
    published()
    assert Program(None).get(f"{V1}/{way}").status_code == 401
