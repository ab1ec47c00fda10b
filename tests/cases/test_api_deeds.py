"""Programs act in cases: each deed once under its key, refusals with their status, a hundred at once."""

import json
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client

from minhu.cases.models import Case, Command, Datum, Paper, PersonalDatum
from minhu.packs.kinds import FieldSpec, FieldType, SpacingSpec
from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.rulebook.models import Limit
from minhu.trail.models import Entry
from tests.factories.api import V1, Program
from tests.factories.cases import (
    REQUEST,
    KindFactory,
    PowerFactory,
    changed,
    do,
    doer,
    lay_house,
    open_one,
    with_step,
)

pytestmark = pytest.mark.django_db
OFFICE, HOST = doer("office", "office"), doer("host")
OPENING = {"kind": "request", "values": {"title": "路灯不亮", "phone": "13800001111"}}
DISPATCH = {"assigns": {"host": ["host"]}}


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_house()
    KindFactory()


def program(role: Role = Role.OFFICE, unit: str = "office") -> Program:
    """A program of a post of one of the three departments."""
    return Program(role, Organisation.objects.get(code=unit))


def at_work() -> str:
    """A case of the office that lies on the desk of the host."""
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


# --- a whole case ------------------------------------------------------------------------------------------
def test_a_case_from_beginning_to_end_by_three_programs() -> None:
    office, host, other = program(), program(Role.LEAD, "host"), program(unit="other")
    opened = office.do("/cases", OPENING, status=201)
    number = opened["number"]
    assert opened == {"number": number, "rev": 1, "places": ["triage"], "end": "", "papers": []}
    assert office.do(f"/cases/{number}/steps/dispatch", DISPATCH)["places"] == ["work"]
    said = {"values": {"result": "修好了"}, "place": "work", "attempt": 1, "rev": 2}
    assert host.do(f"/cases/{number}/steps/answer", said)["places"] == ["check"]
    assert other.do(f"/cases/{number}/steps/close")["end"] == "done"
    case = office.read(f"/cases/{number}")
    assert (case["status"], case["end"], case["values"]["result"], case["deeds"]) == (
        "ended", "done", "修好了", [],
    )  # fmt: skip
    entries = Entry.objects.filter(book=f"case:{number}").order_by("seq")
    assert [(one.actor_post, one.actor_user, one.asked) for one in entries] == [
        (office.reader.post, office.reader.user.pk, 2), (office.reader.post, office.reader.user.pk, 1),
        (host.reader.post, host.reader.user.pk, 1), (other.reader.post, other.reader.user.pk, 0),
    ]  # fmt: skip
    assert PersonalDatum.objects.get().value == "13800001111"
    assert not Datum.objects.filter(key="phone").exists()


def test_a_case_serves_another_that_is_seen() -> None:
    office = program()
    first = office.do("/cases", OPENING, status=201)["number"]
    second = office.do("/cases", OPENING | {"parent": first}, status=201)["number"]
    assert [one["number"] for one in office.read(f"/cases/{first}")["children"]] == [second]
    assert office.read(f"/cases/{second}")["parent"]["number"] == first
    outside = program(Role.LEAD, "other")
    error = outside.refused("/cases", OPENING | {"parent": first}, status=422)
    assert error["where"] == "body.parent"


# --- once --------------------------------------------------------------------------------------------------
def test_the_same_key_gives_the_same_answer_and_opens_one_case() -> None:
    office = program()
    first = office.do("/cases", OPENING, key="key-number-1", status=201)
    again = office.post(f"{V1}/cases", json.dumps(OPENING), content_type="application/json",
                        headers={"idempotency-key": "key-number-1"})  # fmt: skip
    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (201, first, "true")
    assert (Case.objects.count(), Entry.objects.filter(deed="cases.open").count()) == (1, 1)
    office.do("/cases", OPENING, key="key-number-2", status=201)
    # Another token has keys of its own, the same post or not.
    program().do("/cases", OPENING, key="key-number-1", status=201)
    assert Case.objects.count() == 3
    assert Command.objects.get(key=f"api:{office.token.pk}:key-number-1").case.number == first["number"]


def test_a_step_is_done_once_and_answered_again_even_after_the_case_moved_on() -> None:
    number = at_work()
    host, address = program(Role.LEAD, "host"), f"/cases/{number}/steps/answer"
    said = {"values": {"result": "修好了"}}
    first = host.do(address, said, key="key-number-1")
    do(OFFICE, number, "redo")
    assert host.do(address, said, key="key-number-1") == first
    assert Case.objects.get().rev == 4


def test_what_was_answered_is_answered_again_though_the_case_is_out_of_sight() -> None:
    number = at_work()
    host, address = program(Role.LEAD, "host"), f"/cases/{number}/steps/ask_more"
    said = {"values": {"notice_no": "补正1号"}}
    assert host.refused(address, {}, status=422)["code"] == "pause"
    first = host.do(address, said, key="key-number-1")
    case = Case.objects.get()
    case.parts.filter(organisation__code="host").delete()
    case.steps.filter(organisation__code="host").update(organisation=None)
    assert host.get(f"{V1}/cases/{number}").status_code == 404
    assert host.do(address, said, key="key-number-1") == first
    assert host.refused(address, said, status=404)["where"] == "path.number"


@pytest.mark.parametrize(("path", "body"), [
    ("/cases", OPENING | {"values": {"title": "别的事"}}),
    ("/cases/{number}/steps/dispatch", DISPATCH),
])  # fmt: skip
def test_a_key_used_for_something_else_is_refused(path: str, body: dict[str, Any]) -> None:
    office = program()
    number = office.do("/cases", OPENING, key="key-number-1", status=201)["number"]
    error = office.refused(path.format(number=number), body, key="key-number-1", status=409)
    assert (error["code"], error["where"]) == ("conflict", "header.Idempotency-Key")
    assert (Case.objects.count(), Case.objects.get().rev) == (1, 1)


def test_a_refused_deed_keeps_no_key() -> None:
    office = program()
    office.refused("/cases", OPENING | {"values": {}}, key="key-number-1", status=422)
    office.do("/cases", OPENING, key="key-number-1", status=201)


@pytest.mark.parametrize("key", [None, "short", "with a blank", "x" * 101])
@pytest.mark.parametrize("path", ["/cases", "/cases/request-2026-0001/steps/dispatch"])
def test_without_a_sound_key_nothing_is_done(path: str, key: str | None) -> None:
    error = program().refused(path, OPENING if path == "/cases" else DISPATCH, key=key, status=422)
    assert error["where"] == "header.Idempotency-Key"
    assert not Case.objects.exists()


# --- what is refused ---------------------------------------------------------------------------------------
def test_what_went_stale_is_told_with_what_it_was_and_is() -> None:
    number = open_one(OFFICE).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "ask_more", {"notice_no": "补正1号"})
    do(HOST, number, "mended")
    host = program(Role.LEAD, "host")
    said = {"values": {"result": "好"}, "place": "work", "attempt": 1, "rev": 2}
    answer = host.post(f"{V1}/cases/{number}/steps/answer", json.dumps(said), content_type="application/json",
                       headers={"idempotency-key": "key-number-1"})  # fmt: skip
    error = answer.json()["error"]
    assert (answer.status_code, error["code"], error["where"]) == (409, "stale", "path.step")
    assert error["changed"] == {"work": {"before": 1, "now": 2}}


GUARDED = with_step("answer", guard="amount < 100", asks=("result",))


@pytest.mark.parametrize("how", ["body", "header"])
def test_a_value_that_changed_since_is_a_conflict_an_old_revision_alone_is_none(how: str) -> None:
    KindFactory(made=with_step("ask_more", changed(GUARDED, code="guarded"), asks=("amount?", "notice_no")))
    number = open_one(OFFICE, "guarded", {"title": "灯", "amount": 5}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "ask_more", {"amount": 50, "notice_no": "补正1号"})
    do(HOST, number, "mended")
    host = program(Role.LEAD, "host")

    def send(rev: int) -> Any:
        headers = {"idempotency-key": f"key-number-{rev}"} | (
            {"if-match": f'"{rev}"'} if how == "header" else {}
        )
        said = {"values": {"result": "好"}} | ({"rev": rev} if how == "body" else {})
        return host.post(f"{V1}/cases/{number}/steps/answer", json.dumps(said),
                         content_type="application/json", headers=headers)  # fmt: skip

    late = send(2)
    assert (late.status_code, late.json()["error"]["changed"]) == (
        409, {"amount": {"before": "5", "now": "50"}},
    )  # fmt: skip
    assert send(3).status_code == 200


def test_two_revisions_that_differ_are_refused() -> None:
    number = open_one(OFFICE).number
    answer = program().post(
        f"{V1}/cases/{number}/steps/dispatch", json.dumps(DISPATCH | {"rev": 1}),
        content_type="application/json", headers={"idempotency-key": "key-number-1", "if-match": '"2"'},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]["where"]) == (422, "header.If-Match")


REFUSED: list[tuple[str, str, str, dict[str, Any], int, str, str]] = [
    ("other", "lead", "answer", {"values": {"result": "好"}}, 404, "not_found", "path.number"),
    ("host", "lead", "nonsense", {}, 404, "not_found", "path.step"),
    ("office", "office", "answer", {"values": {"result": "好"}}, 403, "refused", "path.step"),
    ("host", "lead", "mended", {}, 409, "not_here", "path.step"),
    ("host", "lead", "answer", {}, 422, "invalid", "body.values.result"),
    ("host", "lead", "answer", {"values": {"result": "好", "reslt": 1}}, 422, "invalid", "body.values.reslt"),
    ("host", "lead", "answer", {"values": {"result": True}}, 422, "invalid", "body.values.result"),
    ("host", "lead", "answer", {"values": {"result": ["好"]}}, 422, "invalid", "body.values"),
    ("host", "lead", "answer", {"values": {"result": "a\x00"}}, 422, "invalid", "body.values"),
    ("host", "lead", "answer", {"values": {"result": "\ud800"}}, 422, "invalid", "body.values"),
    ("host", "lead", "answer", {"values": {"re\x00": "a"}}, 422, "invalid", "body.values"),
    ("host", "lead", "answer", {"values": []}, 422, "invalid", "body.values"),
    ("host", "lead", "answer", {"assigns": {"host": "host"}}, 422, "invalid", "body.assigns"),
    ("host", "lead", "answer", {"assigns": {"host": ["\x00"]}}, 422, "invalid", "body.assigns"),
    ("host", "lead", "answer", {"value": {"result": "好"}}, 422, "invalid", "body.value"),
    ("host", "lead", "answer", {"values": {"result": "好"}, "assigns": {"host": ["other"]}}, 422, "invalid",
     "body.assigns.host"),
    ("host", "lead", "answer", {"values": {"result": "好"}, "rev": 0}, 422, "invalid", "body.rev"),
]  # fmt: skip


@pytest.mark.parametrize(("unit", "role", "step", "body", "status", "code", "where"), REFUSED)
def test_a_step_is_refused_by_its_status(
    unit: str, role: str, step: str, body: dict[str, Any], status: int, code: str, where: str
) -> None:
    number = at_work()
    error = program(Role(role), unit).refused(f"/cases/{number}/steps/{step}", body, status=status)
    assert (error["code"], error["where"]) == (code, where)
    assert "\x00" not in error["message"]
    assert (Case.objects.get().rev, "changed" in error) == (2, False)


@pytest.mark.parametrize(("change", "status", "where"), [
    ({"kind": "none"}, 404, "body.kind"), ({"kind": "a b"}, 422, "body.kind"),
    ({"values": {}}, 422, "body.values.title"), ({"parent": "request-2026-9999"}, 422, "body.parent"),
    ({"values": {"title": "灯", "amount": "many", "level": "x"}}, 422,
     "body.values.amount, body.values.level"),
    ({"values": {"title": "灯", "seen_on": "2026-02-30"}}, 422, "body.values.seen_on"),
    ({"assigns": {"host": ["host"]}}, 422, "body.assigns.host"), ({"titel": 1}, 422, "body.titel"),
])  # fmt: skip
def test_an_opening_is_refused_by_its_status(change: dict[str, Any], status: int, where: str) -> None:
    assert program().refused("/cases", OPENING | change, status=status)["where"] == where
    assert not Case.objects.exists()


def test_who_may_not_open_or_do_and_who_did_before() -> None:
    error = program(Role.LEADER).refused("/cases", OPENING, status=403)
    assert (error["code"], error["where"]) == ("refused", "body.kind")
    number = at_work()
    do(HOST, number, "answer", {"result": "好"})
    same = program(Role.OFFICE, "host").refused(f"/cases/{number}/steps/close", status=403)
    assert (same["code"], same["where"]) == ("apart", "path.step")
    program().do(f"/cases/{number}/steps/close")
    ended = program().refused(f"/cases/{number}/steps/redo", status=409)
    assert ended["code"] == "ended"


SPACED = with_step(
    "dispatch", changed(spacing=(SpacingSpec("once", "同一标题半年一次", ("title",), "request.window"),)),
    spaced=("once",),
)  # fmt: skip
MATTER = changed(
    matter="matter", field=(*REQUEST.field, FieldSpec("matter", "事权")), asks=(*REQUEST.asks, "matter?")
)


def test_too_close_no_power_and_a_condition_that_is_not_met() -> None:
    KindFactory(made=changed(SPACED, code="spaced"))
    first, second = open_one(OFFICE, "spaced").number, open_one(OFFICE, "spaced").number
    close = program().refused(f"/cases/{second}/steps/dispatch", DISPATCH, status=422)
    assert (close["code"], close["where"]) == ("spacing", "path.step")
    assert first in close["message"]
    KindFactory(made=changed(MATTER, code="matter"))
    PowerFactory(place__code="town", line__code="line")
    number = open_one(OFFICE, "matter", {"title": "灯", "matter": "light"}).number
    said = {"assigns": {"host": ["town"]}}
    power = program().refused(f"/cases/{number}/steps/dispatch", said, status=422)
    assert (power["code"], power["where"]) == ("power", "body.assigns.host")
    KindFactory(made=changed(GUARDED, code="guarded"))
    number = open_one(OFFICE, "guarded", {"title": "灯", "amount": 500}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    said = {"values": {"result": "好"}}
    guard = program(Role.LEAD, "host").refused(f"/cases/{number}/steps/answer", said, status=422)
    assert (guard["code"], guard["where"]) == ("guard", "path.step")


def test_what_the_rulebook_lacks_is_no_missing_case() -> None:
    number = open_one(OFFICE).number
    Limit.objects.filter(code="request.days").delete()
    error = program().refused(f"/cases/{number}/steps/dispatch", DISPATCH, status=500)
    assert error["code"] == "limit_missing"
    assert "request.days" in error["message"]
    assert Case.objects.get().rev == 1


# --- files -------------------------------------------------------------------------------------------------
FILED = changed(
    field=(*REQUEST.field, FieldSpec("photo", "照片", FieldType.FILE)), asks=(*REQUEST.asks, "photo?")
)


def with_file(number: str = "", content: bytes = b"notes", key: str = "key-number-1", **more: Any) -> Any:
    """A case opened with a file."""
    form = {"kind": "filed", "values": json.dumps({"title": "路灯不亮"}), "file_fields": "photo",
            "files": SimpleUploadedFile("说明.txt", content)} | more  # fmt: skip
    return program.office.post(f"{V1}/cases/files", form, headers={"idempotency-key": key})  # type: ignore[attr-defined]


@pytest.fixture
def _filed() -> None:
    KindFactory(made=changed(FILED, code="filed"))
    program.office = program()  # type: ignore[attr-defined]


@pytest.mark.usefixtures("_filed")
def test_a_file_is_handed_in_once_whatever_the_border_of_its_form() -> None:
    first, again, other = with_file(), with_file(), with_file(content=b"others")
    assert (first.status_code, again.status_code, other.status_code) == (201, 201, 409)
    assert (first.json(), again["Idempotency-Replayed"]) == (again.json(), "true")
    row = Paper.objects.get()
    assert (row.title, row.code, row.size) == ("说明.txt", "photo", 5)
    assert Case.objects.get().data.get(key="photo").value == row.sha256


@pytest.mark.usefixtures("_filed")
@pytest.mark.parametrize(("more", "status", "where"), [
    ({"file_fields": "phto"}, 422, "body.values.phto"),
    ({"file_fields": ["photo", "title"]}, 422, "body.file_fields"),
    ({"values": "{"}, 422, "body.values"), ({"values": "[1]"}, 422, "body.values"),
    ({"values": "[" * 5000}, 422, "body.values"), ({"assigns": '{"host": "x"}'}, 422, "body.assigns"),
    ({"values": '{"photo": "abc", "title": "灯"}', "file_fields": []}, 422, "body.file_fields"),
    ({"content": b""}, 422, "body.values.photo"), ({"kind": "none"}, 404, "body.kind"),
])  # fmt: skip
def test_a_form_with_files_is_refused_by_its_field(more: dict[str, Any], status: int, where: str) -> None:
    answer = with_file(**more)
    assert (answer.status_code, answer.json()["error"]["where"]) == (status, where)
    assert not Case.objects.exists()


@pytest.mark.usefixtures("_filed")
def test_a_digest_in_place_of_a_file_is_no_file() -> None:
    said = {"kind": "filed", "values": {"title": "灯", "photo": "a" * 64}}
    assert program().refused("/cases", said, status=422)["where"] == "body.values.photo"


# --- many at once ------------------------------------------------------------------------------------------
def asks_for(numbers: list[str], step: str = "dispatch", **more: Any) -> dict[str, Any]:
    """A request for the same step of many cases."""
    asks = [{"number": n, "step": step, "key": f"key-{n}", **DISPATCH, **more} for n in numbers]
    return {"kind": "request", "asks": asks}


def test_a_hundred_at_once_are_done_once() -> None:
    numbers = [open_one(OFFICE, values={"title": f"第{n}件"}).number for n in range(100)]
    office = program()
    items = office.do("/cases/many", asks_for(numbers), key=None)["items"]
    assert [(one["number"], one["status"], one["done"]["places"], one["error"]) for one in items] == [
        (number, 200, ["work"], None) for number in numbers
    ]
    again = office.do("/cases/many", asks_for(numbers), key=None)["items"]
    assert [one["done"] for one in again] == [one["done"] for one in items]
    assert ({one["is_repeated"] for one in items}, {one["is_repeated"] for one in again}) == ({False}, {True})
    assert set(Case.objects.values_list("rev", flat=True)) == {2}
    assert (
        office.refused("/cases/many", asks_for([*numbers, "request-2026-0001"]), status=422)["where"]
        == "body.asks"
    )


def test_each_of_many_is_answered_by_itself() -> None:
    KindFactory(made=changed(code="lamp"))
    fine, done = open_one(OFFICE).number, at_work()
    lamp = open_one(OFFICE, "lamp").number
    body = asks_for([fine, done, lamp, "request-2026-9999"])
    body["asks"].append({"number": fine, "step": "nonsense", "key": "key-number-5"})
    body["asks"].append(
        {"number": fine, "step": "dispatch", "key": "key-number-6", "assigns": {"host": ["x"]}}
    )
    items = program().do("/cases/many", body, key=None)["items"]
    assert [(one["status"], one["error"] and one["error"]["where"]) for one in items] == [
        (200, None), (409, "body.asks.1.step"), (422, "body.asks.2.number"), (404, "body.asks.3.number"),
        (404, "body.asks.4.step"), (409, "body.asks.5.step"),
    ]  # fmt: skip
    assert [one["done"] is None for one in items] == [False, True, True, True, True, True]


def test_a_field_of_one_of_many_is_named_with_its_place() -> None:
    number = open_one(OFFICE).number
    body = asks_for([number], assigns={"host": ["nobody"]})
    (item,) = program().do("/cases/many", body, key=None)["items"]
    assert (item["status"], item["error"]["where"]) == (422, "body.asks.0.assigns.host")


@pytest.mark.parametrize("change", [{"asks": []}, {"kind": ""}, {"asks": [{"number": "x"}]}, {"more": 1}])
def test_a_bad_request_for_many_does_nothing(change: dict[str, Any]) -> None:
    number = open_one(OFFICE).number
    program().refused("/cases/many", asks_for([number]) | change, status=422)
    assert Case.objects.get().rev == 1


def test_many_of_others_are_not_there() -> None:
    number = at_work()
    body = {"kind": "request", "asks": [{"number": number, "step": "answer", "key": "key-number-1"}]}
    (item,) = program(Role.LEAD, "other").do("/cases/many", body, key=None)["items"]
    assert (item["status"], item["error"]["code"]) == (404, "not_found")


# --- at the same moment ------------------------------------------------------------------------------------
@pytest.mark.django_db(transaction=True)
def test_five_at_once_with_one_key_open_one_case() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the SQLite of the tests lives in one connection")
    secret, start = program().secret, Barrier(5)

    def ask(_number: int) -> tuple[int, str]:
        start.wait()
        try:
            answer = Client().post(
                f"{V1}/cases", json.dumps(OPENING), content_type="application/json",
                headers={"authorization": f"Bearer {secret}", "idempotency-key": "one-key-for-all"},
            )  # fmt: skip
            return answer.status_code, answer.content.decode()
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        answers = set(pool.map(ask, range(5)))
    assert len(answers) == 1, answers
    assert next(iter(answers))[0] == 201
    assert (Case.objects.count(), Entry.objects.filter(deed="cases.open").count()) == (1, 1)


@pytest.mark.django_db(transaction=True)
def test_five_at_once_with_five_keys_do_one_step() -> None:
    if connection.vendor != "postgresql":
        pytest.skip("the SQLite of the tests lives in one connection")
    number, office, start = open_one(OFFICE).number, program(), Barrier(5)

    def ask(n: int) -> int:
        start.wait()
        try:
            return Client().post(
                f"{V1}/cases/{number}/steps/dispatch", json.dumps(DISPATCH), content_type="application/json",
                headers={"authorization": f"Bearer {office.secret}", "idempotency-key": f"key-number-{n}"},
            ).status_code  # fmt: skip
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        answers = sorted(pool.map(ask, range(5)))
    assert answers == [200, 409, 409, 409, 409]
    assert Case.objects.get().rev == 2
