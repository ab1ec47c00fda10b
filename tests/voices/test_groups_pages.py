"""Pages of groups: the inbox, one group, what is done to it; each right and refused."""

import pytest
from django.test import Client

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.voices.actions.groups import merge_groups, place_voice
from minhu.voices.models import Group, Membership, Sorting, Voice
from tests.factories.groups import NOW, OFFICE, a_group, a_voice, answered, assigned, closed, lay_voices
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
EVERY = set(Role)


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()


@pytest.fixture
def centre(client_as) -> Client:
    """An officer of the unit that sorts what comes in."""
    return client_as(Role.LEAD, Organisation.objects.get(code="zhili"))


def titles(answer) -> list[str]:
    """The groups a page lists."""
    return [row.group.title for row in answer.context["rows"]]


# -- the inbox --------------------------------------------------------------------------------------------
def test_the_inbox_is_for_every_role(client_as) -> None:
    a_group(2)
    check_roles(client_as, "/voices/groups/", EVERY)


def test_tabs_count_and_lead_to_what_waits(centre) -> None:
    a_group(2, "路灯不亮")
    assigned(a_group(1, "井盖坏了"))
    done = a_group(1, "树枝挡路")
    answered(assigned(done))
    answer = centre.get("/voices/groups/")
    assert titles(answer) == ["路灯不亮"]
    assert {tab.title: tab.count for tab in answer.context["tabs"]} == {
        "待分派": 1, "待我单位答复": 0, "办理中": 2, "已答复": 0, "全部": 3,
    }  # fmt: skip
    assert titles(centre.get("/voices/groups/?show=in_hand")) == ["井盖坏了", "树枝挡路"]


def test_an_office_sees_first_what_it_owes(client_as) -> None:
    a_group(2, "路灯不亮")
    assigned(a_group(1, "井盖坏了"))
    client = client_as(Role.LEAD, Organisation.objects.get(code="chengguan"))
    assert titles(client.get("/voices/groups/")) == ["井盖坏了"]


def test_groups_are_filtered_and_ordered_by_the_address(centre) -> None:
    place = Organisation.objects.get(code="jiaotong")
    a_group(1, "路灯不亮", place=place)
    a_group(6, "井盖坏了")
    assert titles(centre.get("/voices/groups/?show=all")) == ["井盖坏了", "路灯不亮"]
    assert titles(centre.get("/voices/groups/?show=all&place=jiaotong")) == ["路灯不亮"]
    assert titles(centre.get("/voices/groups/?show=all&least=5")) == ["井盖坏了"]
    assert titles(centre.get("/voices/groups/?show=all&text=路灯")) == ["路灯不亮"]
    assert titles(centre.get("/voices/groups/?show=all&text=没有的事物")) == []
    assert titles(centre.get("/voices/groups/?show=nonsense&place=nowhere")) == ["井盖坏了", "路灯不亮"]


def test_the_inbox_asks_the_database_no_more_for_more_groups(centre, django_assert_max_num_queries) -> None:
    for n in range(12):
        a_group(1, f"第{n}件事")
    with django_assert_max_num_queries(24):
        assert len(titles(centre.get("/voices/groups/"))) == 12


def test_only_the_unit_that_sorts_is_offered_to_give_groups_out(client_as, centre) -> None:
    a_group()
    other = client_as(Role.LEAD, Organisation.objects.get(code="jiaotong"))
    offered = [client.get("/voices/groups/?show=all").context["may_assign"] for client in (centre, other)]
    assert offered == [True, False]


# -- one group --------------------------------------------------------------------------------------------
def test_the_page_of_a_group_is_for_every_role(client_as) -> None:
    group = a_group(2)
    answered(assigned(group))
    check_roles(client_as, f"/voices/groups/{group.pk}/", EVERY)
    assert client_as(Role.OFFICE).get("/voices/groups/999/").status_code == 404


def test_masked_words_are_shown_only_to_who_may_see_the_voices(client_as, centre) -> None:
    group = a_group(3, "路灯不亮已有三周")
    url = f"/voices/groups/{group.pk}/"
    stranger = client_as(Role.LEAD, Organisation.objects.get(code="jiaotong")).get(url)
    assert (len(stranger.context["members"]), stranger.context["hidden"]) == (0, 3)
    mine = centre.get(url)
    assert (len(mine.context["members"]), mine.context["hidden"]) == (3, 0)


def test_no_page_of_groups_tells_the_raw_text_or_who_spoke(client_as) -> None:
    group = a_group(2, text="路灯不亮，打＊＊＊", person="token-of-a-person")
    for member in Membership.objects.filter(group=group).select_related("voice"):
        member.voice.text = "路灯不亮，打13800001111"
        member.voice.save()
    client = client_as(Role.OFFICE)
    for url in ("/voices/groups/?show=all", f"/voices/groups/{group.pk}/", "/voices/map/", "/voices/hot/"):
        shown = client.get(url).content.decode()
        assert ("13800001111" in shown, "token-of-a-person" in shown) == (False, False), url


def test_voices_are_split_off_by_the_unit_that_sorts_alone(client_as, centre) -> None:
    group = a_group(3)
    one = Membership.objects.filter(group=group).first().voice_id
    url, said = f"/voices/groups/{group.pk}/split/", {"voices": [one], "title": "另一件事"}
    answer = centre.post(url, said)
    made = Group.objects.latest("pk")
    assert (answer.status_code, answer["Location"]) == (302, made.get_absolute_url())
    assert (made.title, made.size) == ("另一件事", 1)
    stranger = client_as(Role.LEAD, Organisation.objects.get(code="jiaotong"))
    assert stranger.post(url, said).status_code == 403
    check_roles(client_as, url, {Role.OFFICE}, method="post", data=said)


def test_what_cannot_be_split_is_said_on_the_page(centre) -> None:
    group = a_group(2)
    answer = centre.post(f"/voices/groups/{group.pk}/split/", {"voices": ["x"]}, follow=True)
    assert [str(one) for one in answer.context["messages"]] == ["请勾选说的是另一件事的诉求。"]


def test_groups_are_merged_and_parted(client_as, centre) -> None:
    one, other = a_group(2), a_group(1)
    url = f"/voices/groups/{one.pk}/merge/"
    check_roles(client_as, url, {Role.OFFICE}, method="post", data={"groups": []})
    centre.post(url, {"groups": [other.pk]})
    other.refresh_from_db()
    assert other.merged_into == one
    part = f"/voices/groups/{other.pk}/part/"
    assert client_as(Role.LEADER).post(part).status_code == 403
    centre.post(part)
    other.refresh_from_db()
    assert other.is_standing
    assert centre.get(other.get_absolute_url()).status_code == 200


def test_the_page_of_a_merged_group_leads_on(centre) -> None:
    one, other = a_group(1, "路灯"), a_group(1, "路灯坏")
    merge_groups(by=OFFICE, into=one, others=[other], at=NOW)
    answer = centre.get(other.get_absolute_url())
    assert (answer.context["may_part"], answer.context["may_group"]) == (True, False)
    assert one.get_absolute_url() in answer.content.decode()


def test_a_group_is_renamed(client_as, centre) -> None:
    group = a_group()
    url = f"/voices/groups/{group.pk}/retitle/"
    check_roles(client_as, url, {Role.OFFICE}, method="post", data={"title": "路灯"})
    centre.post(url, {"title": "路灯照明"})
    group.refresh_from_db()
    assert group.title == "路灯照明"


def test_a_person_decides_what_a_group_is_about_and_whose_it_is(client_as, centre) -> None:
    group = a_group(2, domain="市政")
    url = f"/voices/groups/{group.pk}/sort/"
    check_roles(client_as, f"{url}domain/", {Role.OFFICE}, method="post", data={"domain-label": "市政"})
    centre.post(f"{url}office/", {"office-label": "chengguan"})
    group.refresh_from_db()
    assert (group.domain, group.office.code) == ("市政", "chengguan")
    rows = Sorting.objects.filter(group=group, what="office")
    assert [(row.decided, row.suggested, row.top) for row in rows] == [("chengguan", "", [])]
    assert centre.post(f"{url}office/", {"office-label": "nobody"}, follow=True).status_code == 200
    group.refresh_from_db()
    assert group.office.code == "chengguan"
    assert centre.post(f"{url}weather/", {}).status_code == 404


def test_groups_that_say_the_like_are_offered(centre) -> None:
    one = a_group(2, "慈城古镇周末停车难，居民楼下停满外来车辆")
    a_group(1, "慈城古镇周末停车位太少，外来车辆停到居民楼下")
    a_group(1, "社区卫生服务中心没有儿科")
    near = centre.get(one.get_absolute_url()).context["near"]
    assert [row.title for row in near] == ["慈城古镇周末停车位太少，外来车辆停到居民"]


def test_who_came_after_a_closed_case_is_shown_to_wait(centre) -> None:
    group = a_group(1, "路灯不亮")
    row = assigned(group)
    answered(row)
    closed(row)
    place_voice(voice=a_voice("路灯又不亮"), into=group, alike=1.0, at=NOW)
    (shown,) = centre.get("/voices/groups/").context["rows"]
    assert (shown.light.word, shown.light.reason) == ("待分派", "答复之后又来 1 件")


def test_groups_are_found_while_somebody_types(client_as, centre) -> None:
    group = a_group(2, "慈城古镇周末停车难")
    gone = a_group(1, "慈城古镇周末停车真难")
    merge_groups(by=OFFICE, into=group, others=[gone], at=NOW)
    a_group(1, "社区医院没有儿科")
    url = "/voices/groups/find/"
    check_roles(client_as, f"{url}?text=停车", EVERY)
    assert centre.get(url, {"text": "古镇停车"}).context["groups"] == [group]
    assert centre.get(url, {"text": "停"}).context["groups"] == []
    assert centre.get(url, {"text": "x" * 5000}).context["groups"] == []


def test_what_was_refused_is_not_found_though_the_index_holds_it(centre) -> None:
    group = a_group(1, "慈城古镇周末停车难")
    assert centre.get("/voices/groups/find/", {"text": "古镇停车"}).context["groups"] == [group]
    Voice.objects.update(state="refused")
    assert centre.get("/voices/groups/find/", {"text": "古镇停车"}).context["groups"] == []
