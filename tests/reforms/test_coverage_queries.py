"""Coverage of documents, from rows."""

from datetime import date

import pytest
from django.utils import translation

from minhu.mandates.models import Clause, Version
from minhu.reforms.models import Reform
from minhu.reforms.queries import coverage_lists as lists
from minhu.reforms.queries.coverage import Row, coverage_of, coverage_of_all
from minhu.reforms.queries.coverage_charts import chart_of, parts_of
from minhu.reforms.queries.coverage_limits import Thresholds
from minhu.reforms.queries.coverage_review import Passage, organisations_of_clause, passages_of, review_of
from minhu.reforms.states import AnswerState, Origin, State
from tests.factories.mandates import make_articles
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import (
    NOW,
    AnswerFactory,
    InapplicableFactory,
    MilestoneFactory,
    ReformFactory,
)
from tests.factories.rulebook import lay_rulebook

pytestmark = pytest.mark.django_db
POSSIBLE = 0.25
LIMITS = Thresholds(POSSIBLE, 0.55, 5)


def whole_reform(**values: object) -> Reform:
    """A reform with everything an answer must show."""
    reform = ReformFactory(**values)
    MilestoneFactory(reform=reform)
    return reform


def rows_of(version: Version) -> dict[str, Row]:
    """Rows by label."""
    return {row.clause.label: row for row in coverage_of(version, possible=POSSIBLE).rows}


@pytest.fixture
def clauses() -> list[Clause]:
    """A document of ten articles."""
    return make_articles([f"办好第{n}件事。" for n in range(10)])


@pytest.fixture
def version(clauses: list[Clause]) -> Version:
    """Its wording."""
    return clauses[0].version


@pytest.fixture
def mixed(clauses: list[Clause]) -> list[Clause]:
    """Nine clauses in nine situations; the tenth has nothing at all."""
    idea = {"state": State.IDEA, "starts_on": None, "ends_on": None}
    local = make_articles(["本区办好这件事。"], kind="local")[0]
    AnswerFactory(clause=clauses[0], reform=whole_reform())
    AnswerFactory(clause=clauses[1], reform=None, local_clause=local)
    AnswerFactory(clause=clauses[2], reform=ReformFactory())
    AnswerFactory(clause=clauses[3], reform=whole_reform(**idea, lead=None))
    AnswerFactory(clause=clauses[4], reform=whole_reform(**idea))
    InapplicableFactory(clause=clauses[5], granted=True, decided_at=NOW, decided_by_user=9)
    InapplicableFactory(clause=clauses[6])
    AnswerFactory(clause=clauses[7], state=AnswerState.SUGGESTED, score=0.4)
    AnswerFactory(clause=clauses[8], state=AnswerState.SUGGESTED, score=0.1)
    AnswerFactory(clause=clauses[8], state=AnswerState.REFUSED, score=0.9)
    return clauses


def test_every_situation_has_its_state(mixed: list[Clause], version: Version) -> None:
    states = [row.state.value for row in coverage_of(version, possible=POSSIBLE).rows]
    assert states == [
        "taken",
        "taken",
        "idle",
        "unowned",
        "undated",
        "inapplicable",
        "gap",
        "gap",
        "gap",
        "gap",
    ]


def test_gaps_that_wait_for_somebody_are_no_blind_spots(mixed: list[Clause], version: Version) -> None:
    rows = list(rows_of(version).values())
    assert [row.is_pending for row in rows[6:]] == [True, True, False, False]
    assert [row.is_blind for row in rows[6:]] == [False, False, True, True]
    assert [row.tone for row in rows] == [
        "done", "done", "yellow", "yellow", "yellow", "off", "blue", "blue", "red", "red",
    ]  # fmt: skip


def test_the_rate_counts_taken_and_inapplicable(mixed: list[Clause], version: Version) -> None:
    whole = coverage_of(version, possible=POSSIBLE)
    assert (whole.units, whole.settled, whole.rate, whole.percent) == (10, 3, 0.3, "30.0")
    assert (whole.pending, whole.blind, whole.unfinished) == (2, 2, 3)
    assert sum(part.value for part in parts_of(whole, version.pk)) == 10


def test_a_rate_just_below_all_is_not_rounded_up() -> None:
    articles = make_articles(["一"] * 3)
    for article in articles[:2]:
        AnswerFactory(clause=article, reform=whole_reform())
    assert coverage_of(articles[0].version, possible=POSSIBLE).percent == "66.6"


def test_a_document_without_clauses_has_no_rate() -> None:
    whole = coverage_of_all(possible=POSSIBLE)
    assert (whole.rate, whole.percent, whole.units) == (None, "–", 0)


@pytest.mark.parametrize(("state", "expected"), [(State.PAUSED, "taken"), (State.STOPPED, "gap")])
def test_a_stopped_reform_answers_nothing(
    version: Version, clauses: list[Clause], state: str, expected: str
) -> None:
    AnswerFactory(clause=clauses[0], reform=whole_reform(state=state))
    assert rows_of(version)["第一条"].state == expected


def test_a_merged_reform_is_carried_by_its_target(version: Version, clauses: list[Clause]) -> None:
    target = whole_reform()
    AnswerFactory(clause=clauses[0], reform=ReformFactory(state=State.MERGED, merged_into=target))
    row = rows_of(version)["第一条"]
    assert (row.state, row.leads) == ("taken", [target.lead.code])
    target.state = State.STOPPED
    target.save()
    assert rows_of(version)["第一条"].state == "gap"


def test_an_earlier_local_wording_answers_nothing(version: Version, clauses: list[Clause]) -> None:
    local = make_articles(["本区办好这件事。"], kind="local")[0]
    AnswerFactory(clause=clauses[0], reform=None, local_clause=local)
    Version.objects.filter(pk=local.version_id).update(is_current=False)
    assert rows_of(version)["第一条"].state == "gap"


def test_queries_do_not_grow_with_clauses_and_answers(django_assert_num_queries) -> None:
    for size in (1, 8):
        clauses = make_articles([f"{size}之{n}" for n in range(size)])
        for clause in clauses:
            AnswerFactory(clause=clause, reform=whole_reform())
            AnswerFactory(clause=clause, reform=None, local_clause=make_articles(["答。"], kind="local")[0])
        with django_assert_num_queries(4):
            whole = coverage_of(clauses[0].version, possible=POSSIBLE)
            assert [row.word for row in whole.rows] == [str(whole.rows[0].word)] * size
            assert all(row.leads for row in whole.rows)
        with django_assert_num_queries(2):
            grid = lists.grid_of(whole, by="lead")
        assert len(grid.columns) == size + 1


def test_review_asks_the_same_number_of_queries_for_one_and_five_answers(
    django_assert_max_num_queries,
) -> None:
    clauses = make_articles(["甲事。", "乙事。"])
    AnswerFactory(clause=clauses[0], reform=whole_reform(), state=AnswerState.SUGGESTED, score=0.5)
    for _ in range(5):
        AnswerFactory(clause=clauses[1], reform=whole_reform(), state=AnswerState.SUGGESTED, score=0.5)
    for clause in clauses:
        with django_assert_max_num_queries(14):
            seen = review_of(clause.version, at=clause.pk, show="all", limits=LIMITS)
            assert seen.row.clause == clause


def test_review_begins_where_somebody_is_waited_for(mixed: list[Clause], version: Version) -> None:
    seen = review_of(version, at=None, show="all", limits=LIMITS)
    assert (seen.row.clause, seen.number, seen.total) == (mixed[6], 7, 10)
    assert (seen.before.clause, seen.after.clause, seen.next_open.clause) == (mixed[5], mixed[7], mixed[7])


@pytest.mark.parametrize(
    ("show", "labels"),
    [
        ("pending", ["第七条", "第八条"]),
        ("blind", ["第九条", "第十条"]),
        ("settled", ["第一条", "第二条", "第六条"]),
    ],
)
def test_review_shows_what_the_address_asks_for(
    mixed: list[Clause], version: Version, show: str, labels: list[str]
) -> None:
    seen = review_of(version, at=None, show=show, limits=LIMITS)
    assert [row.clause.label for row in seen.window] == labels
    counts = {key: count for key, _name, count in seen.shows}
    assert counts[show] == len(labels)


def test_passages_keep_evidence_exact() -> None:
    text = "\n".join(["无关的一行" * 80, "建好企业综合服务中心", "另一行"])
    start = text.index("企业综合")
    passage = passages_of(text, [(start, start + 8)])[0]
    (span,) = passage.spans
    assert passage.text[span[0] : span[1]] == "企业综合服务中心"
    assert passages_of(text, []) == (Passage("无关的一行" * 80, ()),)
    assert passages_of("短的\n两行", [(3, 5)]) == (Passage("短的\n两行", ((3, 5),)),)
    assert passages_of("短的\n两行", [(3, 5)], whole=False) == (Passage("两行", ((0, 2),)),)


def test_blind_spots_stand_before_pending_ones_with_the_nearest_text(
    mixed: list[Clause], version: Version
) -> None:
    spots = lists.blind_spots(coverage_of(version, possible=POSSIBLE))
    assert [(s.row.clause.label, s.nearest.score if s.nearest else None) for s in spots] == [
        ("第十条", None), ("第九条", 0.1), ("第七条", None), ("第八条", 0.4),
    ]  # fmt: skip


def test_gaps_are_overdue_after_the_working_days_of_the_rulebook(
    mixed: list[Clause], version: Version
) -> None:
    lay_rulebook()
    whole = coverage_of(version, possible=POSSIBLE)
    # Received on Monday 2026-03-09: five working days end on Monday 2026-03-16.
    assert lists.overdue_since(whole, claim_days=5, on=date(2026, 3, 16)) == {}
    overdue = lists.overdue_since(whole, claim_days=5, on=date(2026, 3, 17))
    assert overdue == {clause.pk: date(2026, 3, 16) for clause in mixed[6:]}


def test_the_matrix_marks_leads_and_supports_and_puts_gaps_first(
    mixed: list[Clause], version: Version
) -> None:
    helper = OrganisationFactory(short="财政")
    lead = OrganisationFactory(short="审批办")
    reform = whole_reform(lead=lead, name="改革甲")
    reform.supports.add(helper)
    AnswerFactory(clause=mixed[9], reform=reform)
    with translation.override("en"):
        grid = lists.grid_of(coverage_of(version, possible=POSSIBLE), by="lead")
        chart = chart_of(grid, "lead")
    assert chart.rows[0].blind
    assert [row.blind for row in chart.rows].count(True) == 1
    places = {str(name): i for i, name in enumerate(chart.columns)}
    marks = next(row for row in chart.rows if row.label.startswith("第十条")).marks
    assert (marks[places["审批办"]].shape, marks[places["财政"]].shape) == ("full", "ring")
    assert marks[places["Local documents"]] is None


def test_the_matrix_by_domain_has_only_domains_in_use(mixed: list[Clause], version: Version) -> None:
    grid = lists.grid_of(coverage_of(version, possible=POSSIBLE), by="domain")
    assert [key for key, _name in grid.columns] == ["economy", "local"]


def test_over_claims_are_answers_that_share_no_words(version: Version, clauses: list[Clause]) -> None:
    empty = AnswerFactory(clause=clauses[0], score=0.01)
    AnswerFactory(clause=clauses[1], score=0.1, spans=[[0, 4, 0, 4]])
    AnswerFactory(clause=clauses[2], score=None)
    AnswerFactory(clause=clauses[3], score=0.01, state=AnswerState.REFUSED)
    AnswerFactory(clause=clauses[4], score=None, reform=ReformFactory(state=State.STOPPED))
    assert lists.over_claims(version) == [empty]
    assert lists.uncompared(version) == 1


def test_a_reform_from_a_clause_that_answers_none_is_told() -> None:
    alone = ReformFactory(origin=Origin.CLAUSE)
    ReformFactory(origin=Origin.VOICES)
    ReformFactory(origin=Origin.CLAUSE, state=State.STOPPED)
    AnswerFactory(reform=ReformFactory(origin=Origin.CLAUSE))
    assert lists.claims_without_clause() == [alone]


def test_a_local_clause_that_names_the_document_and_meets_nothing_is_told(
    version: Version, clauses: list[Clause]
) -> None:
    title = version.document.title
    local = make_articles(
        [f"为了落实《{title}》，制定本办法。", f"按照《{title}》办好。", "别的。"], kind="local"
    )
    AnswerFactory(clause=clauses[0], reform=None, local_clause=local[1], score=0.5)
    assert lists.claims_unmet(version, possible=POSSIBLE) == [local[0]]


def test_only_sure_suggestions_of_open_clauses_are_confirmed_in_bulk(
    version: Version, clauses: list[Clause]
) -> None:
    best = AnswerFactory(clause=clauses[0], state=AnswerState.SUGGESTED, score=0.9)
    AnswerFactory(clause=clauses[0], state=AnswerState.SUGGESTED, score=0.8)
    AnswerFactory(clause=clauses[1], state=AnswerState.SUGGESTED, score=0.5)
    AnswerFactory(clause=clauses[2], state=AnswerState.SUGGESTED, score=0.9)
    AnswerFactory(clause=clauses[2], state=AnswerState.CONFIRMED, score=0.6)
    assert lists.sure_answers(version, confident=0.55) == [best]


def test_organisations_of_a_clause_are_those_of_its_answers(clauses: list[Clause]) -> None:
    helper = OrganisationFactory()
    reform = ReformFactory()
    reform.supports.add(helper)
    AnswerFactory(clause=clauses[0], reform=reform, state=AnswerState.SUGGESTED, score=0.3)
    assert organisations_of_clause(clauses[0]) == {helper.code, reform.lead.code}
    assert organisations_of_clause(clauses[1]) == set()
