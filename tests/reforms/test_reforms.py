"""Starting, revising and moving reforms; a stale save; what the record says."""

from dataclasses import replace
from datetime import date

import pytest

from minhu.reforms.actions import Move, Refusal, Stale, draft_of, move_reform, revise_reform, start_reform
from minhu.reforms.models import Reform
from minhu.reforms.queries.life import steps_from
from minhu.reforms.states import State
from minhu.trail.models import Entry
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import (
    CHECKER,
    NOW,
    OFFICER,
    MilestoneFactory,
    ReformFactory,
    RuleFactory,
    a_draft,
)

pytestmark = pytest.mark.django_db


def refused(deed, *args, **kwargs) -> str:
    """The field at which a deed is refused."""
    with pytest.raises(Refusal) as caught:
        deed(*args, **kwargs)
    return caught.value.field


def last_entry() -> Entry:
    """The newest entry of the record."""
    return Entry.objects.order_by("-id")[0]


def test_start_writes_the_row_and_the_record() -> None:
    lead, helper, post = OrganisationFactory(code="shenpi"), OrganisationFactory(code="shuju"), PostFactory()
    draft = a_draft(lead=lead, supports=(helper,), leader_post=post, fund_yuan=120000)
    reform = start_reform(by=OFFICER, draft=draft, at=NOW, asked=9)
    assert draft_of(Reform.objects.get()) == draft
    assert (reform.state, reform.rev, reform.added_at) == (State.IDEA, 1, NOW)
    entry = last_entry()
    assert (entry.deed, entry.thing, entry.book, entry.asked) == (
        "reforms.start_reform",
        f"reforms.reform:{reform.pk}",
        "reform:GG-2026-900",
        9,
    )
    assert (entry.payload["lead"], entry.payload["supports"]) == ("shenpi", ["shuju"])
    assert entry.payload["leader_post"] == post.code


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": "  "}, "name"),
        ({"code": "new"}, "code"),
        ({"code": "a/b"}, "code"),
        ({"ends_on": date(2025, 1, 1)}, "ends_on"),
    ],
)
def test_start_refuses_what_cannot_stand(changes: dict, field: str) -> None:
    assert refused(start_reform, by=OFFICER, draft=a_draft(**changes), at=NOW) == field
    assert Reform.objects.count() == Entry.objects.count() == 0


def test_a_code_is_used_once_and_a_lead_does_not_support_itself() -> None:
    unit = OrganisationFactory()
    start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    assert refused(start_reform, by=OFFICER, draft=a_draft(), at=NOW) == "code"
    doubled = a_draft(code="B", lead=unit, supports=(unit,))
    assert refused(start_reform, by=OFFICER, draft=doubled, at=NOW) == "supports"


def test_revise_keeps_both_values_in_the_record() -> None:
    reform = start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    draft = replace(draft_of(reform), goal="两个工作日办成", supports=(OrganisationFactory(code="shuju"),))
    row = revise_reform(by=OFFICER, reform=reform, draft=draft, rev=1, at=NOW, asked=2)
    assert (row.goal, row.rev, list(row.supports.values_list("code", flat=True))) == (
        "两个工作日办成",
        2,
        ["shuju"],
    )
    assert last_entry().payload == {
        "before": {"goal": "一次办成", "supports": []},
        "after": {"goal": "两个工作日办成", "supports": ["shuju"]},
    }


def test_revising_nothing_records_nothing() -> None:
    reform = start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    row = revise_reform(by=OFFICER, reform=reform, draft=draft_of(reform), rev=1, at=NOW)
    assert (row.rev, Entry.objects.count()) == (1, 1)


def test_a_stale_save_shows_what_differs_and_changes_nothing() -> None:
    reform = start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    opened = draft_of(reform)
    revise_reform(by=OFFICER, reform=reform, draft=replace(opened, goal="甲"), rev=1, at=NOW)
    with pytest.raises(Stale) as caught:
        revise_reform(by=CHECKER, reform=reform, draft=replace(opened, goal="乙", risk="丙"), rev=1, at=NOW)
    stale = caught.value
    assert [(one.field, one.now, one.typed) for one in stale.differences] == [
        ("goal", "甲", "乙"),
        ("risk", "", "丙"),
    ]
    assert (stale.rev, Reform.objects.get().goal) == (2, "甲")
    knowing = revise_reform(
        by=CHECKER, reform=reform, draft=replace(opened, goal="乙"), rev=stale.rev, at=NOW
    )
    assert (knowing.goal, knowing.rev) == ("乙", 3)


def test_an_old_page_that_says_the_same_is_no_quarrel() -> None:
    reform = start_reform(by=OFFICER, draft=a_draft(), at=NOW)
    wanted = replace(draft_of(reform), goal="甲")
    revise_reform(by=OFFICER, reform=reform, draft=wanted, rev=1, at=NOW)
    assert revise_reform(by=CHECKER, reform=reform, draft=wanted, rev=1, at=NOW).rev == 2


def test_a_live_reform_keeps_lead_and_dates_and_every_reform_its_code() -> None:
    reform = ReformFactory()
    draft = draft_of(reform)
    for name in ("lead", "starts_on", "ends_on"):
        assert (
            refused(
                revise_reform, by=OFFICER, reform=reform, draft=replace(draft, **{name: None}), rev=1, at=NOW
            )
            == name
        )
    other = replace(draft, code="B-1")
    assert refused(revise_reform, by=OFFICER, reform=reform, draft=other, rev=1, at=NOW) == "code"


def test_a_start_does_not_slide_past_a_milestone() -> None:
    reform = MilestoneFactory(due_on=date(2026, 3, 1)).reform
    later = replace(draft_of(reform), starts_on=date(2026, 4, 1))
    assert refused(revise_reform, by=OFFICER, reform=reform, draft=later, rev=1, at=NOW) == "starts_on"


def test_a_step_is_recorded_with_its_reason() -> None:
    reform = MilestoneFactory().reform
    row = move_reform(by=OFFICER, reform=reform, move=Move("paused", "等上级文件"), at=NOW, asked=2)
    assert (row.state, last_entry().deed, last_entry().asked) == ("paused", "reforms.move_reform", 2)
    assert last_entry().payload == {"from": "running", "to": "paused", "reason": "等上级文件"}


@pytest.mark.parametrize(
    ("state", "move", "field"),
    [
        ("running", Move("closed"), "to"),
        ("running", Move("idea", "退回"), "to"),
        ("running", Move("paused", "  "), "reason"),
        ("checked", Move("closed"), "to"),
        ("closed", Move("spread"), "to"),
        ("running", Move("merged", "并项"), "into"),
    ],
)
def test_steps_that_are_not_allowed_or_lack_something(state: str, move: Move, field: str) -> None:
    reform = MilestoneFactory(reform__state=state).reform
    assert refused(move_reform, by=OFFICER, reform=reform, move=move, at=NOW) == field
    assert (Reform.objects.get().state, Entry.objects.count()) == (state, 0)


def test_a_refused_step_names_everything_it_lacks() -> None:
    reform = ReformFactory(state="argued", lead=None, starts_on=None, ends_on=None)
    with pytest.raises(Refusal) as caught:
        move_reform(by=OFFICER, reform=reform, move=Move("approved"), at=NOW)
    assert str(caught.value) == "转到“立项”还缺：牵头单位、起止日期、至少一个节点。"


def test_closing_and_spreading() -> None:
    stone = MilestoneFactory(reform__state="checked", accepted_on=date(2026, 3, 1))
    row = move_reform(by=OFFICER, reform=stone.reform, move=Move("closed"), at=NOW)
    RuleFactory(reform=row)
    assert move_reform(by=OFFICER, reform=row, move=Move("spread"), at=NOW).state == "spread"


def test_merging_names_another_standing_reform() -> None:
    reform, target = ReformFactory(), ReformFactory()
    row = move_reform(by=OFFICER, reform=reform, move=Move("merged", "同一件事", target), at=NOW)
    assert (row.state, row.merged_into, last_entry().payload["into"]) == ("merged", target, target.code)
    assert (
        refused(move_reform, by=OFFICER, reform=target, move=Move("merged", "绕回去", row), at=NOW) == "into"
    )
    assert (
        refused(move_reform, by=OFFICER, reform=target, move=Move("merged", "自己", target), at=NOW) == "into"
    )


def test_the_next_steps_say_what_they_lack() -> None:
    reform = ReformFactory(state="argued", lead=None)
    steps = {step.state: step for step in steps_from(reform)}
    assert [str(words) for words in steps["approved"].lacks] == ["牵头单位", "至少一个节点"]
    assert (steps["idea"].lacks, steps["idea"].needs_reason) == ((), True)
