"""The plan of cases that may not crowd, and the figures of a kind."""

from datetime import date, timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from minhu.cases.bridge.pages.planning import plan_of
from minhu.cases.models import Case, Clock, Kind, Part
from minhu.cases.queries.naming import namings
from minhu.cases.queries.statistics import roles_of, statistics_of
from minhu.cases.states import OPENER
from minhu.packs.kinds import SpacingSpec
from minhu.people.states import Role
from tests.factories.cases import NOW, KindFactory, changed, do, doer, open_one, with_step
from tests.factories.people import OrganisationFactory, make_reader
from tests.factories.rulebook import LimitFactory, lay_rulebook
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
ON = date(2026, 3, 31)
CLERK, HOST = doer("office", "office"), doer("host")
SPACED = with_step(
    "close",
    changed(
        code="visit",
        title="检查",
        assigns=("host",),
        spacing=(
            SpacingSpec("near", "间隔", ("host",), window="visit.months"),
            SpacingSpec("often", "频次", ("host", "level"), most="visit.most"),
        ),
    ),
    spaced=("near", "often"),
)


@pytest.fixture(autouse=True)
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    LimitFactory(code="visit.months", value=3, unit="month")
    LimitFactory(code="visit.most", value=1, unit="count")
    for code in ("office", "host", "other"):
        OrganisationFactory(code=code, short=code)
    KindFactory(made=SPACED)


def visit(title: str, days: int, to: str = "host") -> str:
    """A case opened so many days ago."""
    values, at = {"title": title, "level": "low"}, NOW - timedelta(days=days)
    return open_one(CLERK, "visit", values, {"host": [to]}, at=at).number


def test_what_is_too_close_or_too_often_is_told_before_it_is_approved():
    visit("一月", 70)
    visit("三月", 10)
    visit("别家", 10, "other")
    plan = plan_of(Kind.objects.get(), 2026, ON, make_reader(Role.LEADER))
    assert [(clash.one.case.title, clash.rule) for clash in plan.clashes] == [
        ("三月", "间隔"),
        ("三月", "频次"),
    ]
    assert "visit-2026-0001" in plan.clashes[0].reason
    assert [row.label for row in plan.chart.rows] == ["host", "other"]
    assert [bar.kind for bar in plan.chart.rows[0].bars] == ["work", "slip"]
    assert [rule.title for rule in plan.rules] == ["间隔", "频次"]


def test_a_closed_case_stands_in_the_way_only_within_the_window():
    number = visit("去年", 120)
    Case.objects.filter(number=number).update(status="ended", end="done", ended_at=NOW - timedelta(days=100))
    visit("三月", 10)
    plan = plan_of(Kind.objects.get(), 2026, ON, make_reader(Role.LEADER))
    assert plan.clashes == ()
    assert [one.case.title for one in plan.shown] == ["三月"]


def test_what_the_reader_may_not_see_is_not_on_the_plan():
    visit("一月", 70)
    plan = plan_of(Kind.objects.get(), 2026, ON, make_reader(Role.LEAD))
    assert (plan.shown, plan.chart) == ((), None)


def test_the_page_is_for_every_role_and_only_for_kinds_with_rules(client_as):
    check_roles(client_as, "/cases/plan/visit/", tuple(Role))
    KindFactory()
    assert client_as(Role.LEADER).get("/cases/plan/request/").status_code == 404
    assert client_as(Role.LEADER).get("/cases/plan/visit/?year=99999").context["year"] != 99999


def figures(role: str = "host", reader: Role = Role.LEADER):
    """The figures of the kind in 2026."""
    return statistics_of(list(namings().values()), role, 2026, ON, make_reader(reader))


def finished(title: str, days: int, took: int) -> str:
    """A case answered so many days after it was dispatched."""
    number, at = visit(title, days), NOW - timedelta(days=days)
    do(CLERK, number, "dispatch", assigns={"host": ["host"]}, at=at)
    do(HOST, number, "answer", {"result": "好了"}, at=at + timedelta(days=took))
    return number


def test_in_time_is_told_with_its_denominator_and_what_is_left_out():
    finished("按时", 60, 1)
    finished("超时", 60, 20)
    Clock.objects.filter(case__number=finished("暂定", 30, 1)).update(is_provisional=True)
    visit("在办", 5, "other")
    total = figures().total
    assert (total.opened, total.closed, total.in_time, total.timed, total.left_out) == (4, 0, 1, 2, 1)
    assert total.share == "50.0 %"
    assert [line.title for line in figures().offices] == ["host", "other"]
    assert [line.title for line in figures().months] == ["2026-01", "2026-03"]


def test_overdue_and_came_back_are_counted():
    number = finished("退回", 60, 1)
    do(CLERK, number, "redo", at=NOW - timedelta(days=40))
    total = figures().total
    assert (total.overdue, total.again, total.again_share) == (1, 1, "100.0 %")


def test_numbers_are_added_and_answers_counted():
    for amount in ("12.5", "7.5"):
        open_one(
            CLERK,
            "visit",
            {"title": "x", "amount": amount, "level": "low", "urgent": True},
            {"host": ["host"]},
        )
    sums = {(row.measure.field, row.measure.title): row.cells for row in figures().sums}
    assert sums == {
        ("金额", "合计"): ("20", "20"), ("等级", "一般"): ("2", "2"), ("是否紧急", "是"): ("2", "2"),
    }  # fmt: skip


def test_what_steps_wrote_is_counted_and_what_openings_named_compared():
    finished("一件", 60, 1)
    told = {row.measure.field: (row.measure.title, row.cells[-1]) for row in figures().sums}
    assert told == {"等级": ("一般", "1"), "办理结果": ("已填", "1")}
    assert figures().total.closed_share == "0.0 %"


def test_figures_can_be_sorted_by_the_roles_of_the_kind(client_as):
    naming = next(iter(namings().values()))
    assert [code for code, _title in roles_of(naming)] == ["host", OPENER]
    visit("一件", 5)
    assert [line.title for line in figures(OPENER).offices] == ["office"]
    page = client_as(Role.LEADER).get("/cases/statistics/visit/?year=2026&role=none")
    assert page.context["role"] == "host"
    assert client_as(Role.LEADER).get("/cases/statistics/none/").status_code == 404


def test_the_figures_cost_the_same_however_many_cases(django_assert_num_queries):
    visit("一件", 5)
    with CaptureQueriesContext(connection) as one:
        figures()
    for n in range(5):
        finished(f"又{n}", 30, n)
    with django_assert_num_queries(len(one)):
        assert figures().total.opened == 6


def test_of_several_first_clocks_the_last_counts_and_offices_stand_under_each():
    number = finished("一件", 60, 20)
    case = Case.objects.get(number=number)
    late = Clock.objects.get(case=case)
    late.pk, late.attempt, late.stopped_on = None, 2, late.due_on
    late.save(force_insert=True)
    Part.objects.create(case=case, role="host", organisation=OrganisationFactory(short="协办"))
    found = figures()
    assert [(line.title, line.opened, line.in_time, line.timed) for line in found.offices] == [
        ("host", 1, 1, 1), ("协办", 1, 1, 1),
    ]  # fmt: skip
    assert (found.total.opened, found.total.in_time, found.total.timed) == (1, 1, 1)
