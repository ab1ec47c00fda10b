"""Programs read coverage, decide what answers a clause, and propose and decide “not applicable”."""

import pytest

from minhu.people.states import Role
from minhu.reforms.models import Answer, Inapplicable
from minhu.rulebook.models import Limit
from minhu.trail.models import Entry
from tests.factories.api import V1, Program
from tests.factories.mandates import make_articles
from tests.factories.people import OrganisationFactory
from tests.factories.reforms import AnswerFactory, InapplicableFactory, MilestoneFactory, ReformFactory
from tests.factories.rulebook import lay_rulebook

pytestmark = pytest.mark.django_db


@pytest.fixture
def program() -> Program:
    """A program of the reform office."""
    lay_rulebook()
    return Program(Role.OFFICE)


@pytest.fixture
def clauses():
    """An upstream document of four articles."""
    return make_articles(["推进综合窗口", "建立服务经理人制度", "完善评价", "港口改革"])


@pytest.fixture
def covered(clauses):
    """The first is taken over, the second may be, the third has nothing, the last does not apply."""
    reform = ReformFactory(code="GG-2026-1")
    MilestoneFactory(reform=reform)
    AnswerFactory(clause=clauses[0], reform=reform, score=0.0, spans=[])
    AnswerFactory(clause=clauses[1], reform=reform, state="suggested", score=0.7, spans=[[0, 3, 0, 3]])
    InapplicableFactory(clause=clauses[3], granted=True, decided_at="2026-04-01T00:00Z", decided_by_user=7)
    return clauses


def test_coverage_in_counts(program, covered) -> None:
    found = program.read(f"/documents/{covered[0].version.document_id}/coverage")
    counts = {"gap": 2, "idle": 0, "unowned": 0, "undated": 0, "inapplicable": 1, "taken": 1}
    told = {
        "units": 4,
        "settled": 2,
        "rate": 0.5,
        "pending": 1,
        "blind": 1,
        "unfinished": 0,
        "over_claims": 1,
    }
    assert {name: found[name] for name in told} == told
    assert found["counts"] == counts


def test_the_state_of_every_clause_and_its_filters(program, covered) -> None:
    address = f"/documents/{covered[0].version.document_id}/coverage/clauses"
    rows = program.read(address)["items"]
    assert [(row["label"], row["state"]) for row in rows] == [
        ("第一条", "taken"), ("第二条", "gap"), ("第三条", "gap"), ("第四条", "inapplicable"),
    ]  # fmt: skip
    assert rows[0]["answers"] == [Answer.objects.get(state="confirmed").pk]
    assert rows[1]["best"] == 0.7
    assert [row["label"] for row in program.read(address, state="gap", is_pending="false")["items"]] == [
        "第三条"
    ]


def test_blind_spots_come_with_the_nearest_text(program, covered) -> None:
    rows = program.read(f"/documents/{covered[0].version.document_id}/coverage/blind-spots")["items"]
    assert [(row["clause"]["label"], row["nearest"] and row["nearest"]["reform"]) for row in rows] == [
        ("第三条", None), ("第二条", "GG-2026-1"),
    ]  # fmt: skip
    assert {row["overdue_since"] for row in rows} == {"2026-03-16"}


def test_over_claims_share_no_words(program, covered) -> None:
    rows = program.read(f"/documents/{covered[0].version.document_id}/coverage/over-claims")["items"]
    assert [row["clause_id"] for row in rows] == [covered[0].pk]


def test_answers_with_filters(program, covered) -> None:
    local = make_articles(["综合窗口办法"], kind="local", title="本地办法")[0]
    AnswerFactory(clause=covered[0], reform=None, local_clause=local, state="refused")
    assert program.read("/answers")["count"] == 3
    assert [row["title"] for row in program.read("/answers", state="refused")["items"]] == ["本地办法 第一条"]
    assert program.read("/answers", reform="GG-2026-1")["count"] == 2
    assert program.read("/answers", clause=covered[0].pk)["count"] == 2
    assert program.read("/answers", document=covered[0].version.document_id)["count"] == 3
    assert program.read("/answers", document=local.version.document_id)["count"] == 0
    one = Answer.objects.get(state="suggested")
    found = program.read(f"/answers/{one.pk}")
    assert (found["state"], found["score"], found["spans"]) == ("suggested", 0.7, [[0, 3, 0, 3]])


def test_a_suggestion_is_confirmed_refused_and_taken_back(program, covered) -> None:
    one = Answer.objects.get(state="suggested")
    found = program.do(f"/answers/{one.pk}/confirm", {"seen": "suggested"})
    assert (found["state"], found["decided_by_post"]) == ("confirmed", program.reader.post)
    assert program.do(f"/answers/{one.pk}/refuse", {"seen": "confirmed"})["state"] == "refused"
    assert program.do(f"/answers/{one.pk}/undo", {"seen": "refused"})["state"] == "suggested"
    deeds = list(
        Entry.objects.filter(actor_post=program.reader.post).order_by("pk").values_list("deed", flat=True)
    )
    assert deeds[-3:] == ["reforms.confirm_answer", "reforms.refuse_answer", "reforms.undo_answer"]


def test_said_twice_it_changes_nothing(program, covered) -> None:
    one = Answer.objects.get(state="suggested")
    for _ in range(2):
        assert program.do(f"/answers/{one.pk}/confirm", {"seen": "suggested"})["state"] == "confirmed"
    assert Entry.objects.filter(deed="reforms.confirm_answer").count() == 1


@pytest.mark.parametrize("deed", ["confirm", "undo"])
def test_what_somebody_decided_meanwhile_is_not_turned_round_unseen(program, covered, deed: str) -> None:
    one = Answer.objects.get(state="suggested")
    program.do(f"/answers/{one.pk}/refuse", {"seen": "suggested"})
    seen = "suggested" if deed == "confirm" else "confirmed"
    error = Program(Role.OFFICE).refused(f"/answers/{one.pk}/{deed}", {"seen": seen}, status=409)
    assert (error["code"], error["where"]) == ("conflict", "body.seen")
    one.refresh_from_db()
    assert one.state == "refused"


def test_an_answer_is_named_by_hand_and_taken_away_again(program, clauses) -> None:
    ReformFactory(code="GG-2026-9")
    body = {"reform": "GG-2026-9"}
    made = program.do(f"/clauses/{clauses[0].pk}/answers", body, key="my-answer-1", status=201)
    assert program.do(f"/clauses/{clauses[0].pk}/answers", body, key="my-answer-1", status=201) == made
    assert (made["state"], made["reform"], Answer.objects.count()) == ("confirmed", "GG-2026-9", 1)
    assert program.do(f"/answers/{made['id']}/undo", {"seen": "confirmed"}) is None
    assert not Answer.objects.exists()


def test_a_local_clause_answers(program, clauses) -> None:
    local = make_articles(["综合窗口办法"], kind="local", title="本地办法")[0]
    made = program.do(f"/clauses/{clauses[0].pk}/answers", {"local_clause": local.pk}, status=201)
    assert (made["local_clause_id"], made["reform"]) == (local.pk, None)


@pytest.mark.parametrize(("body", "where"), [
    ({"reform": "nobody"}, "body.reform"), ({"local_clause": 999_999}, "body.local_clause"), ({}, ""),
    ({"local_clause": "1"}, "body.local_clause"),
])  # fmt: skip
def test_what_answers_must_be_there(program, clauses, body: dict[str, object], where: str) -> None:
    assert program.refused(f"/clauses/{clauses[0].pk}/answers", body, status=422)["where"] == where


def test_only_the_office_decides_on_answers(program, covered) -> None:
    one = Answer.objects.get(state="suggested")
    for role in set(Role) - {Role.OFFICE}:
        error = Program(role).refused(f"/answers/{one.pk}/confirm", {"seen": "suggested"}, status=403)
        assert error["where"] == "match_clause"


# --- not applicable --------------------------------------------------------------------------------------
def test_one_proposes_and_another_decides(program, clauses) -> None:
    address = f"/clauses/{clauses[3].pk}/inapplicable"
    made = program.do(address, {"reason": "本区没有港口"}, status=201)
    assert (made["granted"], made["asked_by_post"]) == (None, program.reader.post)
    assert program.read("/inapplicable", is_open="true")["count"] == 1
    own = program.refused(f"/inapplicable/{made['id']}/decide", {"granted": True}, status=422)
    assert "somebody else" in own["message"]
    leader = Program(Role.LEADER)
    assert leader.do(f"/inapplicable/{made['id']}/decide", {"granted": True})["granted"] is True
    late = leader.refused(
        f"/inapplicable/{made['id']}/decide", {"granted": False, "reason": "有"}, status=409
    )
    assert late["code"] == "conflict"
    assert program.read("/inapplicable", document=clauses[0].version.document_id)["count"] == 1


def test_who_says_no_says_why_and_who_proposes_too(program, clauses) -> None:
    row = InapplicableFactory(clause=clauses[3])
    error = Program(Role.LEADER).refused(f"/inapplicable/{row.pk}/decide", {"granted": False}, status=422)
    assert error["where"] == "body.reason"
    empty = program.refused(f"/clauses/{clauses[0].pk}/inapplicable", {"reason": " "}, status=422)
    assert empty["where"] == "body.reason"
    twice = program.refused(f"/clauses/{clauses[3].pk}/inapplicable", {"reason": "没有"}, status=422)
    assert "already" in twice["message"]


def test_a_lead_officer_proposes_for_the_own_unit_only(program, clauses) -> None:
    unit = OrganisationFactory(code="own-unit")
    AnswerFactory(clause=clauses[0], reform=ReformFactory(lead=unit), state="suggested", score=0.5)
    lead = Program(Role.LEAD, organisation=unit)
    lead.do(f"/clauses/{clauses[0].pk}/inapplicable", {"reason": "没有"}, status=201)
    error = lead.refused(f"/clauses/{clauses[1].pk}/inapplicable", {"reason": "没有"}, status=403)
    assert error["where"] == "propose_inapplicable"
    assert Inapplicable.objects.count() == 1


def test_a_threshold_nobody_brought_is_named(program, clauses) -> None:
    Limit.objects.filter(code="match.possible").delete()
    answer = program.get(f"{V1}/documents/{clauses[0].version.document_id}/coverage")
    assert (answer.status_code, answer.json()["error"]["code"]) == (500, "limit_missing")


def test_coverage_costs_the_same_however_long(program, covered, django_assert_max_num_queries) -> None:
    address = f"/documents/{covered[0].version.document_id}/coverage/clauses"
    with django_assert_max_num_queries(12):
        program.read(address)
    with django_assert_max_num_queries(8):
        program.read("/answers")
