"""Each finding of the linter once found, and not found where it is mended."""

from dataclasses import replace
from datetime import date

import pytest

from minhu.methods.coupling import Duty, Load, Plan, Push, Task, lint

GOALS = frozenset({"goal"})
SPRING, SUMMER = date(2026, 3, 1), date(2026, 8, 31)


def task(key: str, **given) -> Task:
    """A task without fault."""
    plain = {"body": "office", "start": SPRING, "end": SUMMER, "goals": GOALS}
    return Task(key, **(plain | given))


def found(plan: Plan) -> list[tuple[str, tuple[str, ...]]]:
    """Codes and keys."""
    return [(one.code, one.keys) for one in lint(plan)]


def test_a_plan_without_fault_is_left_alone() -> None:
    assert lint(Plan(GOALS, (task("a"), task("b", needs=frozenset("a"))))) == ()


def test_goals_and_tasks_must_meet() -> None:
    plan = Plan(frozenset({"goal", "other"}), (task("a"), task("b", goals=frozenset({"unknown"}))))
    assert found(plan) == [("goal_without_task", ("other",)), ("task_without_goal", ("b",))]


def test_a_circle_is_told_by_its_smallest() -> None:
    tasks = (
        task("a", needs=frozenset("c")),
        task("b", needs=frozenset("a")),
        task("c", needs=frozenset("b") | frozenset("a")),
    )
    (one,) = lint(Plan(GOALS, tasks))
    assert (one.code, one.keys, one.facts) == ("circle", ("a", "c"), {"in_all": 3})


def test_opposite_pushes_are_named_with_their_indicator_and_equal_ones_are_not() -> None:
    up, down = Push("cost", 1), Push("cost", -1)
    tasks = (task("a", pushes=(up,)), task("b", pushes=(down,)), task("c", pushes=(up,)))
    assert [(one.code, one.keys, one.facts) for one in lint(Plan(GOALS, tasks))] == [
        ("opposite_pushes", ("a", "b"), {"indicator": "cost"}),
        ("opposite_pushes", ("b", "c"), {"indicator": "cost"}),
    ]


@pytest.mark.parametrize(
    ("body", "start", "expected"),
    [
        ("finance", date(2026, 8, 31), [("same_object", ("a", "b"))]),
        ("finance", date(2026, 9, 1), []),
        ("office", date(2026, 4, 1), []),
    ],
)
def test_one_object_two_bodies_overlapping_months(body: str, start: date, expected: list) -> None:
    street = frozenset({"street"})
    other = task("b", body=body, start=start, end=date(2026, 12, 1), objects=street)
    assert found(Plan(GOALS, (task("a", objects=street), other))) == expected


def test_more_than_can_be_carried() -> None:
    loads = (Load("office", "2026Q3", 3.5, 3.0), Load("office", "2026Q4", 3.0, 3.0))
    assert found(Plan(loads=loads)) == [("overload", ("office", "2026Q3"))]


OLD = Duty("old", "licence", date(2020, 1, 1), date(2026, 6, 30), "new", 30)
NEW = Duty("new", "licence", date(2026, 6, 1))


def test_establish_before_break_holds_when_the_old_rule_lasts_through_the_transition() -> None:
    assert found(Plan(duties=(replace(OLD, ends=date(2026, 7, 1)), NEW))) == []


def test_an_old_rule_that_ends_a_day_too_early_is_told_with_the_day_it_must_last_to() -> None:
    (one,) = lint(Plan(duties=(OLD, NEW)))
    assert (one.code, one.keys) == ("early_end", ("old", "new"))
    assert one.facts == {"ends": "2026-06-30", "least": "2026-07-01", "days": 1}


def test_days_without_any_rule_are_counted() -> None:
    late = replace(NEW, in_force=date(2026, 7, 11))
    gap, early = sorted(lint(Plan(duties=(late, OLD))), key=lambda one: one.code, reverse=True)
    assert (gap.code, gap.keys) == ("gap", ("licence",))
    assert gap.facts == {"after": "2026-06-30", "before": "2026-07-11", "days": 10}
    assert early.facts["days"] == 41


def test_a_rule_without_end_covers_whatever_comes() -> None:
    duties = (
        Duty("a", "licence", date(2020, 1, 1)),
        Duty("b", "licence", date(2026, 1, 1), date(2026, 2, 1)),
    )
    assert found(Plan(duties=duties)) == []


def test_a_pilot_that_nothing_follows_is_an_orphan() -> None:
    lonely = task("a", is_pilot=True, followed_by=frozenset({"nowhere"}))
    assert found(Plan(GOALS, (lonely,))) == [("orphaned_pilot", ("a",))]
    followed = replace(lonely, followed_by=frozenset("b"))
    assert found(Plan(GOALS, (followed, task("b")))) == []
