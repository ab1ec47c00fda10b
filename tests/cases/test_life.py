"""A case from its opening to its end, and what the record keeps of it."""

import pytest
from django.db import connection

from minhu.cases.bridge.folding import verify_cases
from minhu.cases.models import Case, Clock, Datum, Part, PersonalDatum, Step
from minhu.cases.states import CaseRefused
from minhu.packs.kinds import StepSpec
from minhu.trail import bridge
from minhu.trail.queries import book_history
from tests.factories.cases import REQUEST, KindFactory, changed, do, doer, lay_house, open_one

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")
VALUES = {
    "title": "路灯不亮",
    "phone": "13800000000",
    "amount": "12.50",
    "urgent": True,
    "seen_on": "2026-03-30",
}


@pytest.fixture(autouse=True)
def house():
    lay_house()
    KindFactory()


def whole_life() -> str:
    number = open_one(OFFICE, values=VALUES).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "answer", {"result": "已修好"})
    do(OFFICE, number, "close")
    return number


def test_a_case_is_opened_with_a_number_a_title_and_its_values():
    opened = open_one(OFFICE, values=VALUES)
    assert (opened.number, opened.rev, opened.places) == ("request-2026-0001", 1, ("triage",))
    case = Case.objects.get()
    assert (case.title, case.opener.code, case.status, case.due_on) == ("路灯不亮", "office", "open", None)
    assert dict(Datum.objects.values_list("key", "value")) == {
        "title": "路灯不亮",
        "amount": "12.5",
        "urgent": True,
        "seen_on": "2026-03-30",
    }
    assert list(Part.objects.values_list("role", "organisation__code")) == [("opener", "office")]
    assert [(s.node, s.attempt, s.state) for s in Step.objects.order_by("pk")] == [
        ("start", 1, "left"),
        ("triage", 1, "open"),
    ]


def test_numbers_count_by_kind_and_year():
    assert [open_one(OFFICE).number for _ in range(2)] == ["request-2026-0001", "request-2026-0002"]


def test_a_case_is_dispatched_answered_and_closed():
    number = whole_life()
    case = Case.objects.get()
    assert (case.status, case.end, case.rev, case.due_on) == ("ended", "done", 4, None)
    clock = Clock.objects.get()
    assert [(tick["kind"], tick["on"]) for tick in clock.ticks] == [
        ("started", "2026-03-31"),
        ("stopped", "2026-03-31"),
    ]
    assert (clock.state, str(clock.due_on), clock.count) == ("stopped", "2026-04-07", 5)
    assert Step.objects.get(node="work").organisation.code == "host"
    assert list(verify_cases()) == []
    assert number == case.number


def test_every_deed_is_one_entry_and_says_nothing_personal():
    whole_life()
    case = Case.objects.get()
    entries = list(book_history(case.book).order_by("seq"))
    assert [entry.deed for entry in entries] == ["cases.open", "cases.act", "cases.act", "cases.act"]
    assert [entry.payload["rev"] for entry in entries] == [1, 2, 3, 4]
    assert [entry.asked for entry in entries] == [5, 1, 1, 0]
    assert entries[0].payload["values"] == {
        "title": "路灯不亮",
        "amount": "12.5",
        "urgent": True,
        "seen_on": "2026-03-30",
    }
    assert entries[0].payload["version"] == case.kind.digest
    assert entries[1].payload["assigns"] == {"host": ["host"]}
    assert entries[2].payload["events"][0] == ["changed", "result", 0]
    assert "13800000000" not in str([entry.payload for entry in entries])
    assert set(entries[0].payload["digests"]) == {"phone"}
    assert PersonalDatum.objects.get().value == "13800000000"
    assert {entry.thing for entry in entries} == {f"cases.case:{case.pk}"}
    assert bridge.verify().faults == ()


def test_a_case_sent_back_is_at_the_same_place_again_under_a_new_clock():
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "answer", {"result": "已修好"})
    done = do(OFFICE, number, "redo")
    assert done.places == ("work",)
    assert list(Step.objects.filter(node="work").values_list("attempt", "state")) == [
        (1, "left"),
        (2, "open"),
    ]
    assert list(Clock.objects.values_list("attempt", "state")) == [(1, "stopped"), (2, "running")]
    assert list(verify_cases()) == []


def test_a_role_of_one_organisation_goes_over_and_its_desk_with_it():
    step = StepSpec("hand_over", (), (), "转办", "clerk", reads=("work",), assigns=("host",))
    KindFactory(made=changed(code="handed", step=(*REQUEST.step, step)))
    number = open_one(OFFICE, "handed").number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(OFFICE, number, "hand_over", assigns={"host": ["other"]})
    assert Step.objects.get(node="work", state="open").organisation.code == "other"
    assert list(Part.objects.filter(role="host").values_list("organisation__code", flat=True)) == ["other"]
    with pytest.raises(CaseRefused, match="办结申请"):
        do(HOST, number, "answer", {"result": "已修好"})
    do(doer("other"), number, "answer", {"result": "已修好"})


def test_a_deed_takes_few_statements(django_assert_num_queries):
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    # On PostgreSQL the writes that answer nothing go out together.
    with django_assert_num_queries(6 if connection.vendor == "postgresql" else 13):
        do(HOST, number, "answer", {"result": "已修好"})
