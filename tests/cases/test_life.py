"""A case from its opening to its end."""

import pytest

from minhu.cases.models import Case, Clock, Datum, PersonalDatum, Step
from minhu.trail import bridge
from minhu.trail.queries import book_history
from tests.factories.cases import KindFactory, do, doer, open_one
from tests.factories.people import OrganisationFactory
from tests.factories.rulebook import LimitFactory, lay_rulebook

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")


@pytest.fixture(autouse=True)
def house():
    lay_rulebook()
    LimitFactory(code="request.days", value=5)
    LimitFactory(code="personal.keep_months", value=12, unit="month")
    for code in ("office", "host", "other"):
        OrganisationFactory(code=code)
    KindFactory()


def test_a_case_is_opened_dispatched_answered_and_closed():
    opened = open_one(OFFICE, values={"title": "路灯不亮", "phone": "13800000000", "amount": "12.50"})
    assert (opened.number, opened.rev, opened.places) == ("request-2026-0001", 1, ("triage",))
    do(OFFICE, opened.number, "dispatch", assigns={"host": ["host"]})
    case = Case.objects.get()
    assert (case.title, str(case.due_on), case.rev) == ("路灯不亮", "2026-04-07", 2)
    do(HOST, opened.number, "answer", {"result": "已修好"})
    done = do(OFFICE, opened.number, "close")
    assert (done.places, done.end) == (("done",), "done")
    case.refresh_from_db()
    assert (case.status, case.end, case.due_on) == ("ended", "done", None)
    assert dict(Datum.objects.values_list("key", "value")) == {
        "title": "路灯不亮",
        "amount": "12.5",
        "result": "已修好",
    }
    assert PersonalDatum.objects.get().value == "13800000000"
    assert Clock.objects.get().state == "stopped"
    assert [s.state for s in Step.objects.filter(node="work")] == ["left"]
    entries = list(book_history(case.book).order_by("seq"))
    assert [entry.deed for entry in entries] == ["cases.open", "cases.act", "cases.act", "cases.act"]
    assert "13800000000" not in str([entry.payload for entry in entries])
    assert bridge.verify().faults == ()
