"""What reforms offer to desk, cockpit, search and record."""

from datetime import date, timedelta

import pytest

from minhu.people.states import Role
from minhu.reforms import offers
from minhu.reforms.actions import add_milestone, submit_proof, write_rule
from minhu.reforms.models import Milestone
from minhu.reforms.offers.cockpit import late_figure, late_panel, ninety_days_panel, opening, rules_figure
from minhu.reforms.offers.duties import duties
from minhu.reforms.offers.names import carried_edges, fixed_edges, found_reforms, proved_edges
from minhu.reforms.queries.charts import ninety_days, reform_chart
from minhu.reforms.queries.reform_page import reform_page
from minhu.reforms.states.lights import Day
from minhu.trail.models import Edge
from minhu.ui.offers import deeds, thing_link
from tests.factories.people import OrganisationFactory, PostFactory
from tests.factories.reforms import (
    NOW,
    OFFICER,
    TODAY,
    MeasureFactory,
    MilestoneFactory,
    PostponementFactory,
    ProofFactory,
    ReformFactory,
    RuleFactory,
    a_milestone,
    a_proof,
)

pytestmark = pytest.mark.usefixtures("rulebook")


def due(days: int, **values) -> Milestone:
    """A milestone due so many days from the day."""
    return MilestoneFactory(due_on=TODAY + timedelta(days=days), **values)


def told(reader) -> list[tuple[str, bool]]:
    """Titles of what a reader owes or waits for."""
    return [(str(duty.title), duty.waits) for duty in duties(reader, TODAY)]


def test_a_lead_owes_what_is_late_slipped_returned_or_near(reader) -> None:
    unit = OrganisationFactory()
    reform = ReformFactory(lead=unit)
    due(-3, reform=reform, title="逾期的")
    due(4, reform=reform, title="临近的")
    due(40, reform=reform, title="延期的", planned_on=TODAY - timedelta(days=1))
    ProofFactory(milestone=due(60, reform=reform, title="退回的"), state="returned")
    due(60, reform=reform, title="还早的")
    due(-3, reform=reform, title="已验收的", accepted_on=TODAY)
    due(-3, title="别人的")
    due(-3, reform=ReformFactory(lead=unit, state="paused"), title="暂缓的")
    ProofFactory(
        milestone=due(-3, reform=reform, title="已交的"),
        submitted_by_organisation=unit.code,
        title="已交证据",
    )
    assert told(reader(Role.LEAD, unit)) == [
        ("提交证据：逾期的", False),
        ("提交证据：临近的", False),
        ("提交证据：延期的", False),
        ("提交证据：退回的", False),
        ("已交证据", True),
    ]


def test_a_duty_to_prove_carries_its_light_and_leads_to_the_form(reader) -> None:
    stone = due(-3)
    (duty,) = duties(reader(Role.LEAD, stone.reform.lead), TODAY)
    assert (duty.due_on, duty.light.tone, duty.why) == (stone.due_on, "red", stone.reform.name)
    assert duty.url == f"/reforms/milestones/{stone.pk}/prove/"


def test_an_acceptor_owes_a_decision_but_not_on_the_own_proof(reader) -> None:
    acceptor = OrganisationFactory()
    who = reader(Role.LEAD, acceptor)
    ProofFactory(milestone=due(60, acceptor=acceptor), title="别人交的")
    ProofFactory(milestone=due(60, acceptor=acceptor), title="自己交的", submitted_by_user=who.user.pk)
    ProofFactory(milestone=due(60, acceptor=acceptor), title="退回的", state="returned")
    ProofFactory(milestone=due(60), title="别人验收的")
    assert told(who) == [("验收或退回：别人交的", False)]


def test_postponements_are_owed_by_the_office_and_by_the_leader_of_the_reform(reader) -> None:
    leader = reader(Role.LEADER)
    mine = due(60, title="我管的", reform__leader_post_id=leader.post_id)
    PostponementFactory(milestone=mine)
    PostponementFactory(milestone=due(60, title="别人管的", reform__leader_post=PostFactory()))
    assert told(leader) == [("审批延期：我管的", False)]
    office = reader(Role.OFFICE)
    assert told(office) == [("审批延期：我管的", False), ("审批延期：别人管的", False)]
    PostponementFactory(milestone=due(60, title="自己提的"), asked_by_user=office.user.pk)
    assert len(told(office)) == 2


def test_who_asked_for_a_postponement_waits(reader) -> None:
    unit = OrganisationFactory()
    PostponementFactory(milestone=due(60, title="节点甲"), asked_by_organisation=unit.code)
    assert told(reader(Role.LEAD, unit)) == [("“节点甲”的延期申请", True)]


def test_an_auditor_owes_nothing(reader) -> None:
    stone = due(-3)
    ProofFactory(milestone__acceptor=stone.reform.lead)
    PostponementFactory()
    assert told(reader(Role.AUDITOR, stone.reform.lead)) == []


def test_the_tile_counts_milestones_by_tone(reader) -> None:
    due(-3)
    due(4)
    due(60, accepted_on=TODAY)
    view = late_figure(reader(Role.LEADER), TODAY)
    assert (view.value, view.tone, str(view.unit)) == (1, "red", "个节点逾期")
    assert {part.tone: part.value for part in view.segments} == {
        "done": 1,
        "off": 0,
        "blue": 1,
        "yellow": 0,
        "red": 1,
    }


def test_without_milestones_there_is_no_tile_and_no_sentence(reader) -> None:
    who = reader(Role.LEADER)
    assert (late_figure(who, TODAY), rules_figure(who, TODAY), tuple(opening(who, TODAY))) == (None, None, ())
    assert ninety_days_panel(TODAY, who) is None


def test_the_opening_names_the_longest_late(reader) -> None:
    stone = due(-12, reform__lead__short="审批办")
    due(-3)
    due(60)
    parts = opening(reader(Role.LEADER), TODAY)
    assert (
        "".join(part.text for part in parts)
        == "在办的 3 个节点中，2 个逾期，最久的 12 天：等审批办提交证据。"
    )
    assert [part.url for part in parts if part.url] == [
        "/reforms/",
        "/reforms/late/",
        stone.get_absolute_url(),
    ]


def test_the_opening_says_when_nothing_is_late(reader) -> None:
    due(60)
    assert "".join(part.text for part in opening(reader(Role.LEADER), TODAY)) == "在办的 1 个节点没有逾期。"


def test_the_rules_tile(reader) -> None:
    RuleFactory(reform__state="closed")
    ReformFactory(state="spread")
    view = rules_figure(reader(Role.LEADER), TODAY)
    assert (view.value, str(view.unit)) == (1, "项固化为制度（已完成2项）")


def test_the_panels_show_the_longest_late_and_ninety_days(reader) -> None:
    who = reader(Role.LEADER)
    stones = [due(-days) for days in (2, 30, 9)] + [due(3)]
    rows = late_panel(TODAY, who).context["rows"]
    assert [row.pk for row in rows] == [stones[1].pk, stones[2].pk, stones[0].pk, stones[3].pk]
    chart = ninety_days_panel(TODAY, who).context["chart"]
    assert (chart.start, chart.end, chart.today) == (
        TODAY - timedelta(days=7),
        TODAY + timedelta(days=90),
        TODAY,
    )
    assert [row.label for row in chart.rows] == [stones[0].reform.name, stones[3].reform.name]


def test_ninety_days_show_at_most_so_many_reforms(db, day: Day) -> None:
    for number in range(5):
        due(number)
    due(91)
    assert [len(ninety_days(day, most=most).rows) for most in (3, 12)] == [3, 5]


def test_the_chart_of_a_reform_shows_bars_slips_and_diamonds(db, day: Day) -> None:
    start = TODAY - timedelta(days=30)
    stone = due(20, planned_on=TODAY - timedelta(days=5), starts_on=start)
    due(-40, reform=stone.reform, measure=stone.measure, accepted_on=TODAY)
    chart = reform_page(stone.reform.code, day).chart
    (row,) = chart.rows
    kinds = [(bar.kind, bar.start, bar.end) for bar in row.bars]
    assert kinds == [
        ("plain", TODAY - timedelta(days=40), TODAY - timedelta(days=40)),
        ("work", start, TODAY - timedelta(days=5)),
        ("slip", TODAY - timedelta(days=4), TODAY + timedelta(days=20)),
    ]
    assert [(one.on, one.tone) for one in row.diamonds] == [
        (TODAY - timedelta(days=40), "done"),
        (TODAY + timedelta(days=20), "open"),
    ]
    assert (chart.start, chart.end, chart.today) == (date(2026, 1, 1), date(2026, 12, 31), TODAY)
    assert reform_chart(stone.reform, [], day) is None


def test_search_finds_reforms_then_milestones(reader) -> None:
    stone = MilestoneFactory(title="综合服务上线")
    reform = ReformFactory(name="企业综合服务中心")
    found = found_reforms("综合服务", reader(Role.LEAD), 5)
    assert [one.url for one in found] == [reform.get_absolute_url(), stone.get_absolute_url()]
    assert len(found_reforms("综合服务", reader(Role.LEAD), 1)) == 1
    assert found_reforms("100%", reader(Role.LEAD), 5) == []


def test_edges_rebuilt_are_the_edges_written(media) -> None:
    stone = add_milestone(by=OFFICER, measure=MeasureFactory(), draft=a_milestone(), at=NOW)
    submit_proof(by=OFFICER, milestone=stone, draft=a_proof(), at=NOW)
    write_rule(by=OFFICER, reform=stone.reform, draft=draft_of_rule(), at=NOW)
    rebuilt = {
        (src, dst, kind, since)
        for kind, build in (
            ("carried_by", carried_edges),
            ("proved_by", proved_edges),
            ("fixed_in", fixed_edges),
        )
        for src, dst, since in build()
    }
    assert rebuilt == set(Edge.objects.values_list("src", "dst", "kind", "since"))
    assert len(rebuilt) == 3


def draft_of_rule():
    """A draft of a rule."""
    from minhu.reforms.actions import RuleDraft

    return RuleDraft("管理办法")


def test_every_deed_has_words_and_every_thing_a_name(db) -> None:
    proof, rule = ProofFactory(), RuleFactory()
    stone = proof.milestone
    for thing, title in (
        (f"reforms.reform:{stone.reform_id}", stone.reform.name),
        (f"reforms.measure:{stone.measure_id}", stone.measure.title),
        (f"reforms.milestone:{stone.pk}", stone.title),
        (f"reforms.proof:{proof.pk}", proof.title),
        (f"reforms.rule:{rule.pk}", rule.title),
    ):
        assert thing_link(thing)[0] == title
    assert {offer.deed for offer in offers.DEEDS} <= set(deeds())
