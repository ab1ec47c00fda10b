"""Measures, milestones and postponements."""

from dataclasses import replace
from datetime import date

import pytest

from minhu.reforms import actions
from minhu.reforms.actions import Refusal, Stale, Verdict, Wish
from minhu.reforms.models import Measure, Milestone, Postponement
from minhu.trail.models import Edge, Entry
from tests.factories.reforms import (
    CHECKER,
    LATER,
    NOW,
    OFFICER,
    MeasureFactory,
    MilestoneFactory,
    PostponementFactory,
    ProofFactory,
    ReformFactory,
    a_milestone,
)
from tests.reforms.test_reforms import last_entry, refused

pytestmark = pytest.mark.django_db


def test_measures_are_added_in_order_reworded_and_removed() -> None:
    reform = ReformFactory()
    first = actions.add_measure(by=OFFICER, reform=reform, title=" 立规则 ", at=NOW, asked=1)
    second = actions.add_measure(by=OFFICER, reform=reform, title="搭平台", at=NOW)
    assert [(one.title, one.order) for one in reform.measures.all()] == [("立规则", 1), ("搭平台", 2)]
    actions.revise_measure(by=OFFICER, measure=first, title="立制度", at=NOW)
    assert last_entry().payload == {"before": {"title": "立规则"}, "after": {"title": "立制度"}}
    actions.remove_measure(by=OFFICER, measure=second, at=NOW)
    assert [entry.deed for entry in Entry.objects.order_by("id")] == [
        "reforms.add_measure", "reforms.add_measure", "reforms.revise_measure", "reforms.remove_measure",
    ]  # fmt: skip


def test_measures_refused() -> None:
    measure = MilestoneFactory().measure
    other = MeasureFactory(reform=measure.reform)
    assert refused(actions.add_measure, by=OFFICER, reform=measure.reform, title=" ", at=NOW) == "title"
    assert (
        refused(actions.add_measure, by=OFFICER, reform=measure.reform, title=other.title, at=NOW) == "title"
    )
    assert refused(actions.revise_measure, by=OFFICER, measure=measure, title=other.title, at=NOW) == "title"
    assert refused(actions.revise_measure, by=OFFICER, measure=measure, title="", at=NOW) == "title"
    assert refused(actions.remove_measure, by=OFFICER, measure=measure, at=NOW) == ""
    assert Measure.objects.count() == 2


def test_a_new_milestone_is_planned_for_its_due_date_and_linked() -> None:
    measure = MeasureFactory()
    draft = a_milestone(starts_on=date(2026, 4, 1))
    row = actions.add_milestone(by=OFFICER, measure=measure, draft=draft, at=NOW, asked=5)
    assert (row.planned_on, row.due_on, row.reform, row.order) == (
        draft.due_on,
        draft.due_on,
        measure.reform,
        1,
    )
    edge = Edge.objects.get()
    assert (edge.src, edge.dst, edge.kind, edge.since) == (
        f"reforms.reform:{row.reform_id}", f"reforms.milestone:{row.pk}", "carried_by", NOW,
    )  # fmt: skip
    assert (last_entry().deed, last_entry().payload["acceptor"]) == (
        "reforms.add_milestone",
        draft.acceptor.code,
    )


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"title": " "}, "title"),
        ({"deliverable": ""}, "deliverable"),
        ({"weight": 0}, "weight"),
        ({"due_on": date(2025, 12, 31)}, "due_on"),
        ({"starts_on": date(2026, 7, 1)}, "starts_on"),
        ({"starts_on": date(2025, 12, 31)}, "starts_on"),
    ],
)
def test_milestones_refused(changes: dict, field: str) -> None:
    measure = MeasureFactory()
    assert (
        refused(actions.add_milestone, by=OFFICER, measure=measure, draft=a_milestone(**changes), at=NOW)
        == field
    )
    assert Milestone.objects.count() == 0


def test_a_title_stands_once_in_a_measure() -> None:
    measure = MeasureFactory()
    actions.add_milestone(by=OFFICER, measure=measure, draft=a_milestone(), at=NOW)
    assert refused(actions.add_milestone, by=OFFICER, measure=measure, draft=a_milestone(), at=NOW) == "title"


def draft_like(row: Milestone, **changes) -> actions.MilestoneDraft:
    """The draft of a row with changes."""
    fields = actions.MilestoneDraft.__dataclass_fields__
    return actions.MilestoneDraft(**({name: getattr(row, name) for name in fields} | changes))


def test_before_approval_the_plan_moves_with_the_date() -> None:
    row = MilestoneFactory(reform__state="argued")
    draft = draft_like(row, due_on=date(2026, 8, 1), weight=30)
    row = actions.revise_milestone(by=OFFICER, milestone=row, draft=draft, rev=1, at=NOW)
    assert (row.planned_on, row.due_on, row.weight, row.rev) == (date(2026, 8, 1), date(2026, 8, 1), 30, 2)


def test_after_approval_only_a_postponement_moves_the_date() -> None:
    row = MilestoneFactory()
    moved = draft_like(row, due_on=date(2026, 8, 1))
    assert (
        refused(actions.revise_milestone, by=OFFICER, milestone=row, draft=moved, rev=1, at=NOW) == "due_on"
    )
    kept = actions.revise_milestone(by=OFFICER, milestone=row, draft=draft_like(row, weight=3), rev=1, at=NOW)
    assert (kept.weight, kept.planned_on, last_entry().payload) == (
        3, row.planned_on, {"before": {"weight": 10}, "after": {"weight": 3}},
    )  # fmt: skip


def test_a_stale_milestone_shows_what_differs() -> None:
    row = MilestoneFactory()
    actions.revise_milestone(by=OFFICER, milestone=row, draft=draft_like(row, weight=3), rev=1, at=NOW)
    with pytest.raises(Stale) as caught:
        actions.revise_milestone(by=CHECKER, milestone=row, draft=draft_like(row, weight=7), rev=1, at=NOW)
    assert [(one.field, one.now, one.typed) for one in caught.value.differences] == [("weight", 3, 7)]


def test_an_accepted_milestone_no_longer_changes() -> None:
    row = MilestoneFactory(accepted_on=date(2026, 3, 1))
    for deed in (
        lambda: actions.revise_milestone(
            by=OFFICER, milestone=row, draft=draft_like(row, weight=3), rev=1, at=NOW
        ),
        lambda: actions.ask_postponement(
            by=OFFICER, milestone=row, wish=Wish(date(2026, 9, 1), "等"), at=NOW
        ),
    ):
        with pytest.raises(Refusal):
            deed()


def test_only_an_untouched_milestone_is_removed() -> None:
    row = MilestoneFactory()
    MilestoneFactory(reform=row.reform)
    actions.remove_milestone(by=OFFICER, milestone=row, at=NOW)
    assert (Milestone.objects.count(), last_entry().deed) == (1, "reforms.remove_milestone")
    (last,) = Milestone.objects.all()
    assert refused(actions.remove_milestone, by=OFFICER, milestone=last, at=NOW) == ""
    proved = ProofFactory(milestone__reform__state="argued").milestone
    assert refused(actions.remove_milestone, by=OFFICER, milestone=proved, at=NOW) == ""


def test_removing_closes_the_edge() -> None:
    measure = MeasureFactory(reform__state="argued")
    row = actions.add_milestone(by=OFFICER, measure=measure, draft=a_milestone(), at=NOW)
    actions.remove_milestone(by=OFFICER, milestone=row, at=LATER)
    assert Edge.objects.get().until == LATER


def test_a_granted_postponement_moves_the_date_and_keeps_the_plan() -> None:
    row = MilestoneFactory()
    wish = Wish(date(2026, 8, 1), " 等上级平台 ")
    asked = actions.ask_postponement(by=OFFICER, milestone=row, wish=wish, at=NOW, asked=2)
    assert Milestone.objects.get().due_on == row.due_on
    actions.decide_postponement(by=CHECKER, postponement=asked, verdict=Verdict(True), at=LATER)
    after = Milestone.objects.get()
    assert (after.due_on, after.planned_on, after.days_postponed) == (date(2026, 8, 1), row.planned_on, 32)
    assert [entry.deed for entry in Entry.objects.order_by("id")] == [
        "reforms.ask_postponement", "reforms.grant_postponement",
    ]  # fmt: skip
    held = Postponement.objects.get()
    assert (held.granted, held.reason, held.decided_by_user, held.decided_at) == (
        True,
        "等上级平台",
        202,
        LATER,
    )


def test_a_refused_postponement_says_why_and_leaves_the_date() -> None:
    asked = PostponementFactory()
    assert refused(
        actions.decide_postponement, by=CHECKER, postponement=asked, verdict=Verdict(False, " "), at=LATER
    ) == "reason"  # fmt: skip
    actions.decide_postponement(by=CHECKER, postponement=asked, verdict=Verdict(False, "可以按期"), at=LATER)
    assert (Milestone.objects.get().due_on, Postponement.objects.get().granted) == (asked.from_on, False)
    assert last_entry().deed == "reforms.refuse_postponement"


def test_postponements_refused() -> None:
    row = MilestoneFactory()
    ask, decide = actions.ask_postponement, actions.decide_postponement
    assert refused(ask, by=OFFICER, milestone=row, wish=Wish(row.due_on, "等"), at=NOW) == "to_on"
    assert refused(ask, by=OFFICER, milestone=row, wish=Wish(date(2026, 8, 1), " "), at=NOW) == "reason"
    asked = ask(by=OFFICER, milestone=row, wish=Wish(date(2026, 8, 1), "等"), at=NOW)
    assert refused(ask, by=CHECKER, milestone=row, wish=Wish(date(2026, 9, 1), "等"), at=NOW) == ""
    assert (
        refused(
            decide,
            by=replace(CHECKER, user_id=OFFICER.user_id),
            postponement=asked,
            verdict=Verdict(True),
            at=NOW,
        )
        == ""
    )
    decide(by=CHECKER, postponement=asked, verdict=Verdict(True), at=NOW)
    assert refused(decide, by=CHECKER, postponement=asked, verdict=Verdict(True), at=NOW) == ""
