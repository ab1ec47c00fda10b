"""What everybody may see: groups of enough people, no unconsented sentence, and what became of them."""

import csv
from datetime import date, timedelta
from io import StringIO

import pytest
from django.urls import reverse
from django.utils import timezone

from minhu.trail.states import Actor
from minhu.voices.actions.answering_ratings import rate_reply
from minhu.voices.actions.groups import retitle_group
from minhu.voices.actions.groups_sorting import decide_sorting
from minhu.voices.actions.links import confirm_link
from minhu.voices.models import Group, Reply, Voice
from minhu.voices.offers.calls import front_panel
from minhu.voices.public.open_groups import sealed
from minhu.voices.queries import open_groups as reading
from minhu.voices.queries import outcomes as became
from minhu.voices.states.groups import Sorted, Standing
from tests.factories.groups import NOW, OFFICE, a_group, answered, assigned, closed, lay_voices
from tests.factories.reforms import MilestoneFactory, ReformFactory, RuleFactory

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)
SENTENCE = "文教路一号桥下的灯坏了半个月，住在旁边的人都看得见"


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()


def named(size: int = 3, title: str = "桥下路灯", **more) -> Group:
    """A group a person gave a title."""
    group = a_group(size, SENTENCE, **more)
    retitle_group(by=OFFICE, group=group, title=title, at=NOW)
    group.refresh_from_db()
    return group


def one(group: Group) -> reading.OpenGroup:
    """A group as everybody may see it."""
    return reading.shown(reading.open_groups(ON).filter(pk=group.pk))[0]


def at(name: str, *args: object) -> str:
    """An address of this room."""
    return reverse(f"voices:{name}", args=args)


# -- who is shown -----------------------------------------------------------------------------------------
def test_groups_of_too_few_people_are_not_shown(client) -> None:
    few, alone, many = named(2), named(4, person="the same"), named(3)
    assert list(reading.open_groups(ON)) == [many]
    for group in (few, alone):
        assert client.get(at("open_group", group.pk)).status_code == 404
    assert client.get(at("open_group", many.pk)).status_code == 200


def test_a_title_the_machine_took_from_one_voice_stays_inside(client) -> None:
    group = a_group(3, SENTENCE)
    decide_sorting(by=OFFICE, group=group, what="domain", label="照明", suggested=Sorted(), at=NOW)
    group.refresh_from_db()
    assert one(group).title == "照明"
    for page in (
        at("open_groups"),
        at("open_group", group.pk),
        at("open_csv"),
        at("open_json"),
        at("outcomes"),
    ):
        assert SENTENCE[:20] not in client.get(page).content.decode()
    other = a_group(3, "没有领域也没有街道的一句话")
    assert one(other).title == other.number


def test_a_published_voice_or_a_person_gives_the_title() -> None:
    group = a_group(3, SENTENCE)
    Voice.objects.filter(pk=group.centre_id).update(may_publish=True, published_at=NOW)
    assert one(group).title == group.centre.title
    retitle_group(by=OFFICE, group=group, title="一号桥下没有灯", at=NOW)
    assert one(Group.objects.get(pk=group.pk)).title == "一号桥下没有灯"


def test_a_page_shows_no_unconsented_word(client) -> None:
    group = named(3)
    Voice.objects.filter(pk=group.centre_id).update(
        masked="愿意公开的原话", may_publish=True, published_at=NOW
    )
    words = client.get(at("open_group", group.pk)).content.decode()
    assert ("愿意公开的原话" in words, SENTENCE in words) == (True, False)


# -- what became of them ----------------------------------------------------------------------------------
def test_a_group_goes_its_way_and_back() -> None:
    group = named(3)
    assert (one(group).standing, one(group).step) == (Standing.WAITING, 1)
    row = assigned(group)
    assert (one(group).step, one(group).case, one(group).is_back) == (2, row.case, False)
    answered(row)
    assert (one(group).step, one(group).is_asked, one(group).is_back) == (3, True, False)
    reply = Reply.objects.order_by("pk").first()
    rate_reply(reply=reply, level=1, is_fixed=False, words="", at=NOW)
    assert (one(group).step, one(group).is_asked, one(group).is_back) == (2, False, True)
    assert [it.group for it in became.not_settled(ON)] == [group]
    answered(row, "又修了一次。", NOW + timedelta(hours=1))
    assert (one(group).step, one(group).is_asked, one(group).is_back) == (3, True, False)
    assert became.not_settled(ON) == []


def test_a_matter_opened_again_in_a_new_case_is_told_as_back() -> None:
    group = named(3)
    row = assigned(group)
    answered(row)
    closed(row)
    rate_reply(reply=Reply.objects.first(), level=1, is_fixed=False, words="", at=NOW)
    group.refresh_from_db()
    assert group.case != row.case
    assert (one(group).is_back, one(group).step) == (True, 2)


def test_who_comes_after_the_answer_is_told_of() -> None:
    group = named(3)
    row = assigned(group)
    answered(row)
    closed(row)
    assert (one(group).step, one(group).is_after) == (3, False)
    Voice.objects.filter(pk=group.centre_id).update(state="received")
    Group.objects.filter(pk=group.pk).update(unanswered=1)
    assert (one(group).step, one(group).is_after) == (3, True)


def test_a_reform_is_told_with_its_next_step_and_its_rules(client) -> None:
    group, reform = named(3), ReformFactory(state="running")
    MilestoneFactory(reform=reform, measure__reform=reform, title="办法施行")
    RuleFactory(reform=reform, title="路灯管养规则", state="in_force", deed="made")
    confirm_link(by=OFFICE, group=group, reform=reform, at=NOW)
    row = assigned(group)
    answered(row)
    closed(row)
    it = one(group)
    assert ([out.reform for out in it.reforms], [rule.title for rule in it.rules], it.step) == (
        [reform], ["路灯管养规则"], 4,
    )  # fmt: skip
    [grown] = became.grown(ON)
    assert (grown.voices, [each.group for each in grown.groups], grown.rules[0].title) == (
        3, [group], "路灯管养规则",
    )  # fmt: skip
    words = client.get(at("open_group", group.pk)).content.decode()
    assert ("办法施行" in words, "路灯管养规则" in words) == (True, True)


def test_a_suggestion_that_was_weighed_is_told_with_its_reason(client) -> None:
    group = named(3)
    row = assigned(group, sort="suggestion")
    answered(row, adoption="declined", public_reason="没有这笔钱。")
    closed(row)
    [taken] = became.weighed(ON)
    assert (taken.open.group, taken.adoption, taken.reason) == (group, "declined", "没有这笔钱。")
    assert became.figures(ON) == became.Figures(3, 3, 0, 0)
    assert "没有这笔钱。" in client.get(at("outcomes")).content.decode()


def test_the_words_of_an_answer_are_shown_once_they_were_checked() -> None:
    group = named(3)
    answered(assigned(group), text="灯已修好。")
    [told] = reading.answers_told(group)
    assert (told.text, told.sent, told.rated, told.back) == ("", 3, 0, 0)
    Voice.objects.filter(pk=group.centre_id).update(may_publish=True)
    reply = Reply.objects.get(voice=group.centre_id)
    Reply.objects.filter(pk=reply.pk).update(public_text="灯已修好。", checked_at=NOW, checked_by_user=99)
    assert reading.answers_told(group)[0].text == "灯已修好。"
    Voice.objects.filter(pk=group.centre_id).update(may_publish=False)
    assert reading.answers_told(group)[0].text == ""


# -- pages and data ---------------------------------------------------------------------------------------
def test_filters_narrow_and_unknown_ones_do_nothing(client) -> None:
    group = named(3)
    decide_sorting(by=OFFICE, group=group, what="domain", label="照明", suggested=Sorted(), at=NOW)
    named(4, "另一件")
    for asked, n in (
        ("domain=照明", 1), ("domain=没有", 2), ("stage=waiting", 2), ("stage=in_hand", 0),
        ("stage=reform", 0), ("place=x&sort=zz", 2), ("sort=size", 2), ("page=99", 2),
    ):  # fmt: skip
        assert client.get(f"{at('open_groups')}?{asked}").context["page"].paginator.count == n, asked


def test_pages_ask_a_fixed_number_of_queries(client, django_assert_max_num_queries) -> None:
    for number in range(6):
        named(3, f"第{number}件")
    for name in ("open_groups", "open_json", "open_csv", "open_data"):
        with django_assert_max_num_queries(30):
            assert client.get(at(name)).status_code == 200


def test_the_data_hold_groups_alone_under_a_licence(client) -> None:
    group = named(3, "=1+1 的路灯")
    told = client.get(at("open_json")).json()
    assert (told["licence"], [row["title"] for row in told["groups"]]) == (
        "https://creativecommons.org/licenses/by/4.0/", [group.title],
    )  # fmt: skip
    answer = client.get(at("open_csv"))
    rows = list(csv.DictReader(StringIO(answer.content.decode("utf-8-sig"))))
    assert (rows[0]["title"], rows[0]["voices"], rows[0]["stage"]) == ("'=1+1 的路灯", "3", "waiting")
    assert "license" in answer["Link"]
    assert SENTENCE not in answer.content.decode()
    assert [sealed(value) for value in ("@x", ["a", "b"], 3, "好")] == ["'@x", "a; b", 3, "好"]


def test_the_front_page_tells_facts_or_nothing(client) -> None:
    assert front_panel(None, None) is None
    Voice.objects.all().update(said_on=timezone.localdate())
    named(3, said_on=timezone.localdate())
    view = front_panel(None, None)
    assert (view.context["open"], view.context["said"], view.context["taken"]) == ("桥下路灯", 3, 0)
    assert "桥下路灯" in client.get("/").content.decode()


def test_an_actor_without_a_title_changes_nothing() -> None:
    group = a_group(3, SENTENCE)
    retitle_group(by=Actor(1, "p", "u"), group=group, title=group.title, at=NOW)
    assert reading.titles_given([group]) == {}
