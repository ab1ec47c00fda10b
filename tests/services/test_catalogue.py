"""What everybody sees: the catalogue by life event or stage of an enterprise, and the guide of each."""

from dataclasses import replace
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from minhu.cases.actions import open_case
from minhu.cases.models import Case, Rating
from minhu.cases.states import MACHINE, Opening
from minhu.packs.guides import Stage
from minhu.people.models import Organisation, Post
from minhu.people.queries import reader_of
from minhu.people.states import Role
from minhu.services import offers
from minhu.services.actions.asking import Asked, ask_department
from minhu.services.actions.publishing import publish_thing, withdraw_thing
from minhu.services.queries.things import figures_of, thing_rows
from minhu.trail.models import Edge
from tests.factories.people import UserFactory
from tests.factories.services import NOW, OFFICER, OPENING, SHOP, load_all, published

pytestmark = pytest.mark.django_db
CATALOGUE = reverse("services:catalogue")
TODAY = date(2026, 3, 31)


def shelved(browser: Client, **said: str) -> list[tuple[str, str, str]]:
    """Audience, stage and code of everything in the catalogue."""
    shelves = browser.get(CATALOGUE, said).context["shelves"]
    return [
        (audience.code, stage.code, thing.code)
        for audience in shelves
        for stage in audience.rows
        for thing, _days in stage.rows
    ]


def test_the_catalogue_needs_no_account(client: Client) -> None:
    version = published()
    assert shelved(client) == [("enterprise", "start", "canteen")]
    withdraw_thing(by=OFFICER, version=version, reason="停办", at=NOW)
    assert shelved(client) == []


def test_drafts_and_rebuilt_things_are_not_offered(client: Client) -> None:
    version = published()
    rebuilt = replace(OPENING, code="rebuilt", reconstructed=True)
    load_all(version.pack_version, rebuilt)
    assert [code for *_rest, code in shelved(client)] == ["canteen"]


def test_lists_audiences_and_words_narrow_it(client: Client) -> None:
    version = published()
    lone = replace(
        OPENING, code="lone", name="个人事项", tier="special", audience="person", stage=Stage.HOME,
        items=("shop",), question=(),
    )  # fmt: skip
    publish_thing(by=OFFICER, version=load_all(version.pack_version, lone), at=NOW)
    assert shelved(client) == [("person", "home", "lone"), ("enterprise", "start", "canteen")]
    assert shelved(client, tier="special") == [("person", "home", "lone")]
    assert shelved(client, audience="enterprise") == [("enterprise", "start", "canteen")]
    assert shelved(client, q="餐饮") == [("enterprise", "start", "canteen")]
    assert shelved(client, q="没有这件事") == []


def test_the_guide_follows_the_situation(client: Client) -> None:
    published()
    url = reverse("services:guide", args=["canteen"])
    full = client.get(url, {"q.sign": "有"}).context["guide"]
    less = client.get(url, {"q.sign": "无"}).context["guide"]
    assert [name for name, *_rest in full.items] == ["经营主体登记", "食品经营许可", "户外招牌设置"]
    assert [name for name, *_rest in less.items] == ["经营主体登记", "食品经营许可"]
    assert {one.name for one in full.papers} == {"身份证件", "平面图"}
    assert [(one.name, one.is_commitment, one.until) for one in full.lenient] == [
        ("布局图", False, "决定"),
        ("健康证明", True, ""),
    ]
    assert (full.days, full.visits) == (14, 1)


def test_an_answer_nobody_offers_is_the_first(client: Client) -> None:
    published()
    page = client.get(reverse("services:guide", args=["canteen"]), {"q.sign": "随便"})
    assert page.context["answers"] == {"sign": "有", "seat": "有"}


def test_a_guide_prints_without_scripts_or_styles_of_its_own(client: Client) -> None:
    published()
    text = client.get(reverse("services:guide", args=["canteen"])).content.decode()
    assert " style=" not in text
    assert "<script>" not in text


def test_cases_and_ratings_come_back_to_the_designer() -> None:
    version = published()
    course = version.courses.first()
    for number in range(3):
        values = {"title": f"第{number}件", "application": f"S{number}"}
        open_case(by=MACHINE, opening=Opening(course.kind.code, values), key=f"k{number}", at=NOW)
    late, *_rest = Case.objects.all()
    Case.objects.filter(pk=late.pk).update(due_on=date(2026, 3, 30))
    for number, (case, level) in enumerate(zip(Case.objects.all(), (5, 1, None), strict=True)):
        when = NOW if level else None
        Rating.objects.create(
            case=case, token_digest=f"{number:064}", asked_at=NOW, level=level, rated_at=when
        )
    found = figures_of([version.thing.pk], TODAY)[version.thing.pk]
    assert (found.open, found.late, found.asked, found.rated, found.bad, found.good) == (3, 1, 3, 2, 1, 1)
    assert thing_rows(TODAY)[0].figures == found
    assert thing_rows(TODAY)[0].days_words == "14"


def test_lists_ask_a_fixed_number_of_queries(django_assert_num_queries) -> None:
    version = published()
    for number in range(4):
        load_all(version.pack_version, replace(OPENING, code=f"more-{number}"))
    with django_assert_num_queries(7):
        assert len(thing_rows(TODAY)) == 5


def test_one_things_are_found_and_named() -> None:
    version = published()
    reader = reader_of(UserFactory(role=Role.AUDITOR))
    assert [one.title for one in offers.found_things("餐饮", reader, 5)] == ["开办小餐饮"]
    assert [one.title for one in offers.found_things("招牌", reader, 5)] == ["开办小餐饮", "户外招牌设置"]
    assert list(offers.found_things("餐饮", reader_of(UserFactory()), 5)) == []
    named = offers.version_links([str(version.pk)])
    assert named[str(version.pk)][0] == "开办小餐饮 v1"
    assert offers.thing_links([str(version.thing.pk)])[str(version.thing.pk)][0] == "开办小餐饮"
    assert set(offers.item_links([str(version.items.first().item_id)]))


def test_edges_are_rebuilt_as_they_were_written() -> None:
    published()
    written = Edge.objects.filter(kind="uses_item", until=None).values_list("src", "dst")
    assert sorted(written) == sorted((src, dst) for src, dst, _since in offers.used_edges())


def test_the_staff_list_narrows(client: Client) -> None:
    published()
    client.force_login(UserFactory(role=Role.LEADER))
    url = reverse("services:things")
    assert client.get(url).context["total"] == 1
    assert client.get(url, {"tier": "special"}).context["total"] == 0
    assert client.get(url, {"q": "餐饮", "audience": "enterprise"}).context["total"] == 1


def test_a_question_is_a_duty_of_its_department() -> None:
    version = published()
    unit = Organisation.objects.get(code="weijian")
    ask_department(by=OFFICER, thing=version.thing, asked=Asked(unit, "依据？"), at=NOW)
    mine = reader_of(UserFactory(post=Post.objects.get(code="weijian-post")))
    other = reader_of(UserFactory(post=Post.objects.get(code="zhifa-post")))
    assert [one.title for one in offers.asked_of(mine, TODAY)] == ["依据？"]
    assert list(offers.asked_of(other, TODAY)) == []
    assert SHOP.department == "shichang"
