"""What SQL says of lights, progress and next due equals the pure rules, row by row."""

import itertools
from datetime import date, timedelta

import pytest
from django.utils import translation

from minhu.reforms.models import Milestone, Reform
from minhu.reforms.queries.ledger import Filters, counts_by_tone, matching, narrowed, page_of, rows_of
from minhu.reforms.queries.lights import facts_of_milestone, lit, milestones_to_light
from minhu.reforms.queries.shares import milestones_by_tone
from minhu.reforms.states import LIVE, ProofState, State
from minhu.reforms.states.lights import RANK, WORST_FIRST, Day, tone_of
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import TODAY, MeasureFactory, MilestoneFactory, ProofFactory, ReformFactory

DUES = (-40, -1, 0, 7, 8, 60)
BACKS = (0, 70)
PROOFS = (
    (),
    ("waiting",),
    ("returned",),
    ("returned", "waiting"),
    ("waiting", "returned"),
    ("accepted", "returned"),
)


def make_stone(reform: Reform, due: int, back: int, proofs: tuple[str, ...], accepted: bool) -> None:
    """A milestone with its proofs in that order."""
    due_on = TODAY + timedelta(days=due)
    stone = MilestoneFactory(
        reform=reform,
        measure=reform.measures.get(),
        due_on=due_on,
        planned_on=due_on - timedelta(days=back),
        acceptor=reform.lead,
        accepted_on=TODAY if accepted else None,
        weight=1 + due % 7,
    )
    for state in proofs:
        ProofFactory(milestone=stone, state=state)


@pytest.fixture
def mixed(db) -> None:
    """Reforms of every stage, with one and with two milestones of every kind."""
    unit = OrganisationFactory()
    kinds = list(itertools.product(DUES, BACKS, PROOFS, (False, True)))
    states = itertools.cycle([*LIVE, *LIVE, State.RUNNING, State.PAUSED, State.CLOSED, State.IDEA])
    for number, (kind, state) in enumerate(zip(kinds, states, strict=False)):
        reform = ReformFactory(lead=unit, state=state)
        MeasureFactory(reform=reform)
        make_stone(reform, *kind)
        if number % 3 == 0:
            make_stone(reform, *kinds[(number * 31 + 7) % len(kinds)])
    ReformFactory(lead=unit)


def test_tones_of_milestones_equal_the_rule(mixed, day: Day) -> None:
    rows = list(Milestone.objects.with_tone(day).with_last_proof().select_related("acceptor", "reform__lead"))
    told = {row.pk: row.tone for row in rows}
    assert told == {row.pk: tone_of(facts_of_milestone(row, row.reform), day) for row in rows}
    assert {tone: list(told.values()).count(tone) > 0 for tone in WORST_FIRST} == dict.fromkeys(
        WORST_FIRST, True
    )


def test_ranks_of_reforms_equal_the_rule(mixed, day: Day) -> None:
    rows = list(Reform.objects.with_rank(day).select_related("lead"))
    lines = {row.reform.pk: row for row in rows_of([row.pk for row in rows], day)}
    assert {row.pk: row.rank for row in rows} == {pk: RANK[line.light.tone] for pk, line in lines.items()}
    assert {row.rank for row in rows} == set(RANK.values())


def test_progress_and_next_due_equal_the_rule(mixed, day: Day) -> None:
    rows = list(Reform.objects.with_progress().with_next_due().select_related("lead"))
    lines = {row.reform.pk: row for row in rows_of([row.pk for row in rows], day)}
    told = {row.pk: (row.accepted_weight, row.weight, row.share, row.next_due) for row in rows}
    expected = {
        pk: (
            line.progress.accepted_weight,
            line.progress.weight,
            line.progress.percent,
            line.next_due,
        )
        for pk, line in lines.items()
    }
    assert told == expected


def test_last_proof_is_the_latest_handed_in(db) -> None:
    stone = MilestoneFactory()
    ProofFactory(milestone=stone, state=ProofState.RETURNED)
    assert Milestone.objects.with_last_proof().get().last_proof == "returned"
    last = ProofFactory(milestone=stone)
    row = Milestone.objects.with_last_proof().get()
    assert (row.last_proof, row.last_proof_at) == ("waiting", last.submitted_at)
    assert Milestone.objects.returned().count() == 0


def test_counts_by_tone_equal_counting_rows(mixed, day: Day) -> None:
    tones = [row.light.tone for row in rows_of(Reform.objects.values_list("pk", flat=True), day)]
    assert counts_by_tone(Reform.objects.all(), day) == {tone: tones.count(tone) for tone in WORST_FIRST}


def test_milestones_by_tone_equal_counting_rows(mixed, day: Day) -> None:
    live = lit(milestones_to_light().filter(reform__state__in=LIVE), day)
    tones = [row.light.tone for row in live if row.accepted_on is None]
    counted = milestones_by_tone(day)
    assert {tone: counted[tone] for tone in WORST_FIRST if tone != "done"} == {
        tone: tones.count(tone) for tone in WORST_FIRST if tone != "done"
    }


def test_what_presses_is_red_yellow_or_blue(mixed, day: Day) -> None:
    ranked = Reform.objects.with_rank(day).values_list("pk", "rank")
    assert set(Reform.objects.pressing(day).values_list("pk", flat=True)) == {
        pk for pk, rank in ranked if rank < RANK["off"]
    }


def test_the_first_pages_are_the_same_whether_narrowed_or_not(mixed, day: Day) -> None:
    filters, everything = Filters(), matching(Filters())
    tones = counts_by_tone(everything, day)
    pressing = tones["red"] + tones["yellow"] + tones["blue"]
    for end in (5, pressing, pressing + 1):
        rows = narrowed(everything, filters, tones, day, end)
        assert list(page_of(rows, filters, day)[:end]) == list(page_of(everything, filters, day)[:end])
        assert (rows is everything) == (end > pressing)
    for other in (Filters(sort="code"), Filters(sort="-light"), Filters(light="off")):
        assert narrowed(everything, other, tones, day, 5) is everything


@pytest.mark.parametrize("tone", WORST_FIRST)
def test_the_filter_by_light_finds_exactly_those(mixed, day: Day, tone: str) -> None:
    filters = Filters(light=tone)
    found = set(page_of(matching(filters), filters, day))
    lines = rows_of(Reform.objects.values_list("pk", flat=True), day)
    assert found == {line.reform.pk for line in lines if line.light.tone == tone}


@pytest.mark.parametrize(
    "sort", ["light", "-light", "code", "-code", "name", "lead", "progress", "-progress", "due"]
)
def test_every_sort_shows_every_reform_once(mixed, day: Day, sort: str) -> None:
    filters = Filters(sort=sort)
    shown = list(page_of(matching(filters), filters, day))
    assert sorted(shown) == sorted(Reform.objects.values_list("pk", flat=True))


def test_sorted_by_light_the_worst_and_longest_late_come_first(mixed, day: Day) -> None:
    filters = Filters()
    lines = rows_of(page_of(matching(filters), filters, day), day)
    ranks = [RANK[line.light.tone] for line in lines]
    assert ranks == sorted(ranks)
    reds = [line.next_due for line in lines if line.light.tone == "red"]
    assert reds == sorted(reds)
    assert reds[0] == TODAY - timedelta(days=40)


def test_sorted_by_due_date_nothing_open_comes_last(db, day: Day) -> None:
    nothing, later = ReformFactory(), MilestoneFactory(due_on=date(2026, 9, 1)).reform
    sooner = MilestoneFactory(due_on=date(2026, 5, 1)).reform
    for sort, expected in (("due", [sooner, later, nothing]), ("-due", [nothing, later, sooner])):
        filters = Filters(sort=sort)
        assert list(page_of(matching(filters), filters, day)) == [reform.pk for reform in expected]


def test_filters_narrow_by_each_field(db, day: Day) -> None:
    unit = OrganisationFactory(code="shenpi")
    wanted = ReformFactory(
        name="企业综合服务中心", code="QF-1", domain="green", lead=unit, state="approved", category="micro"
    )
    ReformFactory()
    for one in (
        {"domain": "green"},
        {"lead": "shenpi"},
        {"state": "approved"},
        {"category": "micro"},
        {"text": "综合 QF"},
    ):
        assert list(matching(Filters(**one))) == [wanted]
    assert list(matching(Filters(text="综合 没有"))) == []


def test_filters_from_a_form_leave_out_what_is_empty() -> None:
    assert Filters.of({"domain": "green", "lead": None, "text": ""}) == Filters(domain="green")


def test_reading_a_page_asks_three_times(mixed, day: Day, django_assert_num_queries) -> None:
    filters = Filters()
    with django_assert_num_queries(3), translation.override("en"):
        assert len(rows_of(page_of(matching(filters), filters, day)[:50], day)) == 50
