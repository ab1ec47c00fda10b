"""The hot list: what is said more than usual, with reasons, days and streets; never who."""

from datetime import date, timedelta

import pytest
from django.core.management import CommandError, call_command
from hypothesis import given
from hypothesis import strategies as st

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.voices.actions.groups_placing import place_heard, regroup
from minhu.voices.actions.hot import make_hot_list
from minhu.voices.bridge.groups_pictures import cartogram, timeline
from minhu.voices.bridge.hot import Heard, at_least, hot_issues
from minhu.voices.models import Group, HotIssue, HotRun, Sorting
from minhu.voices.queries.hot import counts_by_street, list_of
from tests.factories.groups import NOW, a_group, a_voice, lay_voices
from tests.roles import check_roles

ON = date(2026, 3, 31)


def heard(topic: int, *days_ago: int, person: str = "", place: str = "") -> list[Heard]:
    """Voices on a topic, so many days ago, each of a person of its own unless one is named."""
    return [
        Heard(topic, ON - timedelta(days=ago), place, person or f"{topic}-{n}")
        for n, ago in enumerate(days_ago)
    ]


# -- the weighing -----------------------------------------------------------------------------------------
def test_a_burst_is_hot_and_what_is_usual_is_not() -> None:
    burst = heard(1, 0, 1, 1, 2, 3, 3, 4)
    usual = heard(2, *range(0, 28, 2))
    assert [issue.topic for issue in hot_issues([*burst, *usual], ON, 28)] == [1]


def test_one_person_alone_makes_nothing_hot() -> None:
    assert hot_issues(heard(1, 0, 0, 1, 1, 2, 2, person="same"), ON, 28) == []


def test_reasons_are_numbers_that_can_be_said() -> None:
    told = (
        heard(1, 0, 1, 1, 2, 3)
        + heard(1, 10, 12)
        + [Heard(1, ON, "cicheng", "x"), Heard(1, ON, "kongpu", "y")]
    )
    (issue,) = hot_issues(told, ON, 28)
    assert dict(issue.reasons) == {
        "burst": {"n": 7, "days": 7, "usual": 0.7}, "people": {"n": 7}, "places": {"n": 2},
    }  # fmt: skip
    assert sum(n for _day, n in issue.days) == 9


@given(st.integers(1, 40), st.floats(0.5, 20))
def test_more_than_so_many_is_never_more_likely(count: int, usual: float) -> None:
    assert 0 <= at_least(count + 1, usual) <= at_least(count, usual) <= 1


@given(st.permutations(heard(1, 0, 1, 2, 3) + heard(2, 0, 0, 1, 2, 3) + heard(3, 20, 21)))
def test_the_order_in_which_voices_came_changes_nothing(told: list[Heard]) -> None:
    assert [issue.topic for issue in hot_issues(told, ON, 28)] == [2, 1]


# -- the pictures -----------------------------------------------------------------------------------------
def test_a_timeline_holds_every_day_and_sums_weeks_when_it_is_long() -> None:
    short = timeline([(ON, 2), (ON - timedelta(days=3), 1)], ON)
    assert short is not None
    assert ([bar.count for bar in short.bars], short.is_weekly, short.total) == ([1, 0, 0, 2], False, 3)
    long = timeline([(ON, 2), (ON - timedelta(days=200), 1)], ON)
    assert long is not None
    assert (long.is_weekly, long.total, sum(bar.count for bar in long.bars)) == (True, 3, 3)
    assert timeline([], ON) is None


def test_a_cartogram_tints_by_count_and_says_what_has_no_street() -> None:
    units = [("a", "甲", 1, 1), ("b", "乙", 1, 2), ("c", "丙", 2, 1)]
    made = cartogram(units, {"a": (10, 8), "b": (1, 1)}, "/x?place=", 3)
    assert [(cell.code, cell.count, cell.tint) for cell in made.cells] == [
        ("a", 10, 5),
        ("b", 1, 1),
        ("c", 0, 0),
    ]
    assert (made.total, made.elsewhere, made.rows, made.columns) == (14, 3, 2, 2)


# -- rows and pages ---------------------------------------------------------------------------------------
@pytest.fixture
def house(db) -> None:
    lay_voices()


@pytest.fixture
def burst(house) -> Group:
    """A group that is hot on the day."""
    place = Organisation.objects.get(code="jiaotong")
    Organisation.objects.filter(pk=place.pk).update(row=1, column=1)
    return a_group(6, "电动车楼道充电", place=place, said_on=date(2026, 3, 30))


def test_the_list_of_a_day_is_kept_and_replaced(burst) -> None:
    make_hot_list(at=NOW)
    run = make_hot_list(at=NOW)
    assert (HotRun.objects.count(), HotIssue.objects.count(), run.voices) == (1, 1, 6)
    (hot,) = list_of(run)
    assert (hot.issue.title, hot.groups, hot.places) == ("电动车楼道充电", (burst,), (("jiaotong", 6),))
    assert hot.reasons == ("7 天内 6 件，此前没有", "来自 6 个不同的人")


def test_a_list_tells_no_person(burst) -> None:
    make_hot_list(at=NOW)
    kept = str(HotIssue.objects.values("reasons", "days", "places", "title"))
    assert [
        token for token in burst.memberships.values_list("voice__person", flat=True) if token in kept
    ] == []


def test_hot_pages_are_for_every_role(client_as, burst) -> None:
    check_roles(client_as, "/voices/hot/", set(Role))
    make_hot_list(at=NOW)
    issue = HotIssue.objects.get()
    for url in (
        "/voices/hot/",
        "/voices/hot/?on=2026-03-31",
        "/voices/hot/?on=x",
        f"/voices/hot/{issue.pk}/",
    ):
        check_roles(client_as, url, set(Role))
    assert client_as(Role.OFFICE).get("/voices/hot/999/").status_code == 404


def test_the_map_counts_by_days_and_domain(client_as, burst) -> None:
    counts, rest = counts_by_street(date(2026, 3, 25), ON)
    assert (counts, rest) == ({"jiaotong": (6, 6)}, 0)
    a_group(1, "没有镇街", place=None)
    assert counts_by_street(date(2026, 3, 25), ON)[1] == 1
    assert counts_by_street(date(2026, 3, 31), ON) == ({}, 0)
    check_roles(client_as, "/voices/map/?days=365&domain=x", set(Role))


# -- commands ---------------------------------------------------------------------------------------------
def test_the_commands_make_the_list_and_join_copies(burst, capsys) -> None:
    call_command("voices", "hot")
    assert HotRun.objects.count() == 1
    call_command("voices", "regroup")
    assert capsys.readouterr().out.splitlines()[-1] == "6 voices in the index, 0 groups joined"


def test_without_its_limit_the_command_says_which(db) -> None:
    with pytest.raises(CommandError, match=r"voices\.hot_days"):
        call_command("voices", "hot")


TEXT = "慈城古镇周末停车难，游客把车停在居民楼下，早上出不了门，希望增加停车位并规范收费"


def test_what_is_heard_stands_with_its_likes(house) -> None:
    first, other = a_voice(TEXT + "。"), a_voice("社区卫生服务中心周末没有儿科门诊，孩子发烧要跑到市里")
    place_heard(voices=[first, other], at=NOW)
    later = a_voice("您好，" + TEXT + "，谢谢。")
    (group,) = place_heard(voices=[later], at=NOW)
    assert (group.size, group.centre, Group.objects.count()) == (2, first, 2)


def test_regrouping_joins_what_nobody_touched_and_leaves_the_rest(house) -> None:
    apart = [a_group(1, TEXT), a_group(1, "您好，" + TEXT), a_group(1, TEXT + "，谢谢")]
    firm = apart[2]
    Sorting.objects.create(group=firm, what="domain", decided="城建", decided_at=NOW)
    texts, joined = regroup(at=NOW)
    assert (texts, joined) == (3, 2)
    assert Group.objects.standing().get() == firm
    firm.refresh_from_db()
    assert firm.size == 3
