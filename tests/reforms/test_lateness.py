"""What is late, what is near, where the boundary lies, and what the rulebook has to do with it."""

from datetime import date, timedelta

import pytest

from minhu.reforms.models import Milestone
from minhu.reforms.queries.lateness import late_milestones, near_milestones, owed_by
from minhu.reforms.queries.lights import day_of
from minhu.reforms.states.lights import Day
from minhu.rulebook.models import Limit
from tests.factories.reforms import TODAY, MilestoneFactory, ProofFactory, ReformFactory, make_rulebook

pytestmark = pytest.mark.django_db


def due(days: int, **values) -> Milestone:
    """A milestone due so many days from the day."""
    return MilestoneFactory(due_on=TODAY + timedelta(days=days), **values)


def keys(rows: list[Milestone]) -> list[int]:
    """The keys of some rows in their order."""
    return [row.pk for row in rows]


def test_late_begins_on_the_day_after(day: Day) -> None:
    yesterday, _today, long_ago = due(-1), due(0), due(-90)
    assert keys(late_milestones(day)) == [long_ago.pk, yesterday.pk]
    assert keys(late_milestones(day, most=1)) == [long_ago.pk]


def test_near_runs_from_today_to_the_last_near_day(day: Day) -> None:
    _late, today, last, _after = due(-1), due(0), due(7), due(8)
    assert keys(near_milestones(day)) == [today.pk, last.pk]


@pytest.mark.parametrize(
    "values", [{"accepted_on": TODAY}, {"reform__state": "paused"}, {"reform__state": "closed"}]
)
def test_what_is_done_or_carries_no_light_is_neither(day: Day, values: dict) -> None:
    due(-5, **values)
    due(2, **values)
    assert (late_milestones(day), near_milestones(day)) == ([], [])


def test_each_row_says_why(day: Day) -> None:
    stone = due(-5, reform__lead__short="审批办", acceptor__short="司法局")
    assert late_milestones(day)[0].light.reason == "等审批办提交证据"
    ProofFactory(milestone=stone)
    assert late_milestones(day)[0].light.reason == "证据已交，等司法局验收"
    ProofFactory(milestone=stone, state="returned")
    assert late_milestones(day)[0].light.reason == "司法局退回证据，等审批办补交"


def test_late_and_near_cost_one_query_each(day: Day, django_assert_num_queries) -> None:
    for days in (-9, -3, 2, 4):
        ProofFactory(milestone=due(days))
    with django_assert_num_queries(2):
        reasons = [row.light.reason for row in late_milestones(day) + near_milestones(day)]
    assert len(reasons) == 4


def test_owed_is_what_the_lead_can_do_something_about(day: Day) -> None:
    reform = ReformFactory()
    late = due(-3, reform=reform)
    handed_in = due(-3, reform=reform)
    ProofFactory(milestone=handed_in)
    returned = due(200, reform=reform)
    ProofFactory(milestone=returned, state="returned")
    assert keys(owed_by(reform.lead_id, day)) == [late.pk, returned.pk]
    assert owed_by(late.acceptor_id, day) == []


def test_near_is_counted_in_working_days_of_the_rulebook() -> None:
    make_rulebook(near_days=5)
    assert day_of(date(2026, 3, 31)) == Day(date(2026, 3, 31), date(2026, 4, 7))
    assert day_of(date(2026, 4, 3)) == Day(date(2026, 4, 3), date(2026, 4, 10))


def test_another_limit_moves_the_boundary() -> None:
    make_rulebook(near_days=1)
    assert day_of(date(2026, 4, 3)).near_until == date(2026, 4, 6)


def test_without_a_limit_nothing_is_near_and_the_rest_still_holds() -> None:
    make_rulebook()
    Limit.objects.all().delete()
    day = day_of(TODAY)
    due(0)
    late = due(-1)
    assert (near_milestones(day), keys(late_milestones(day))) == ([], [late.pk])
