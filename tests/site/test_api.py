"""The API as a whole: who is let in, how often, errors, lists, deeds done once, its description."""

import json
import re
from collections import defaultdict
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client
from django.utils import timezone
from ninja import Schema

from minhu.mandates.models import Document
from minhu.people.models import ApiDeed, Token
from minhu.people.rules import PUBLIC, RIGHTS, may_somewhere
from minhu.people.states import Role, Scope
from minhu.rulebook.models import Limit
from minhu.site.api import api, schema_in
from minhu.site.describing import chapters_of
from tests.factories.api import V1, Program
from tests.factories.people import UserFactory
from tests.factories.rulebook import NEEDED, lay_rulebook

pytestmark = pytest.mark.django_db
OPERATIONS = [
    (method, route, operation)
    for bound in api._get_bound_routers()
    for route, view in bound.path_operations.items()
    for operation in view.operations
    for method in operation.methods
]
PUBLIC_ONES = {
    operation.operation_id
    for _method, _route, operation in OPERATIONS
    if operation.view_func.needs_right == PUBLIC
}
NAMES = [f"{method} {route}" for method, route, _operation in OPERATIONS]


@pytest.fixture(autouse=True)
def _limits() -> None:
    lay_rulebook()


def error_of(answer: Any) -> dict[str, str]:
    """The error of an answer, which has exactly the one shape."""
    body = answer.json()
    assert set(body) == {"error"}
    assert set(body["error"]) == {"code", "message", "where", "hint"}
    assert body["error"]["code"]
    assert body["error"]["message"]
    error: dict[str, str] = body["error"]
    return error


def strings(node: Any, key: str) -> Iterator[str]:
    """Every text that stands under a key, however deep."""
    if isinstance(node, dict):
        for name, value in node.items():
            if name == key and isinstance(value, str):
                yield value
            yield from strings(value, key)
    if isinstance(node, list):
        for value in node:
            yield from strings(value, key)


# --- who is let in ---------------------------------------------------------------------------------------
@pytest.mark.parametrize(("method", "route", "operation"), OPERATIONS, ids=NAMES)
def test_every_operation_for_every_role(method: str, route: str, operation: Any) -> None:
    right = operation.view_func.needs_right
    address = V1 + re.sub(r"\{\w+\}", "1", route)
    outcome = {}
    for role in Role:
        program = Program(role)
        answer = program.generic(method, address)
        refused = answer.status_code == 403 and error_of(answer)["where"] == right
        outcome[role] = "refused" if refused else "let in"
        assert answer.status_code != 500
        wanted = "let in" if may_somewhere(program.reader, right) else "refused"
        assert outcome[role] == wanted, (role, answer.content.decode())
    nobody = Program(None).generic(method, address)
    if right == PUBLIC:
        assert nobody.status_code in {415, 422}
        return
    assert (nobody.status_code, error_of(nobody)["code"]) == (401, "not_signed_in")


def test_no_two_operations_have_one_name() -> None:
    names = [operation.operation_id for _method, _route, operation in OPERATIONS]
    assert len(names) == len(set(names))
    assert len(names) > 20


def test_no_two_shapes_have_one_name() -> None:
    """The description knows shapes by their bare names: of two of one name it would tell one alone."""
    rooms: dict[str, set[str]] = defaultdict(set)

    def look(shape: type[Schema]) -> None:
        for inner in shape.__subclasses__():
            if inner.__module__.startswith("minhu.") and "[" not in inner.__name__:
                rooms[inner.__name__].add(inner.__module__)
            look(inner)

    look(Schema)
    assert {name: where for name, where in rooms.items() if len(where) > 1} == {}
    assert len(rooms) > 40


def test_a_session_opens_nothing(client_as) -> None:
    client = client_as(Role.OFFICE)
    assert client.get("/mandates/").status_code == 200
    assert client.get(f"{V1}/documents").status_code == 401


@pytest.mark.parametrize("header", ["", "Bearer", "Bearer ", "Bearer minhu_wrong", "Basic YTpi", "minhu_x"])
def test_what_is_no_token_is_told_so(header: str) -> None:
    answer = Client(headers={"authorization": header}).get(f"{V1}/documents")
    assert answer.status_code == 401
    assert answer["WWW-Authenticate"] == 'Bearer realm="minhu"'
    assert error_of(answer)["where"] == "header.Authorization"


def test_a_token_dies_by_its_day_by_revoking_and_by_leaving() -> None:
    for death in ("day", "revoked", "left", "closed"):
        program = Program(Role.OFFICE)
        program.read("/documents")
        if death == "day":
            Token.objects.filter(pk=program.token.pk).update(
                expires_on=timezone.localdate() - timedelta(days=1)
            )
        if death == "revoked":
            Token.objects.filter(pk=program.token.pk).update(revoked_at=timezone.now())
        if death == "left":
            program.token.user.holdings.update(until=timezone.now())
        if death == "closed":
            type(program.token.user).objects.filter(pk=program.token.user_id).update(is_active=False)
        assert program.get(f"{V1}/documents").status_code == 401, death


def test_a_token_of_a_demonstration_is_dead_elsewhere(settings) -> None:
    program = Program(Role.OFFICE)
    type(program.token.user).objects.update(is_demonstration=True)
    settings.MINHU_DEMO = True
    program.read("/documents")
    settings.MINHU_DEMO = False
    assert program.get(f"{V1}/documents").status_code == 401


def test_a_token_acts_as_its_own_post_only() -> None:
    user = UserFactory(role=Role.AUDITOR)
    program = Program(Role.OFFICE)
    program.token.user.holdings.update(user=user)
    assert program.get(f"{V1}/documents").status_code == 401


def test_a_token_that_reads_does_not_act() -> None:
    program = Program(Role.OFFICE, scope=Scope.READ)
    program.read("/documents")
    assert program.refused("/documents", {}, status=403)["code"] == "read_only"


def test_the_right_to_use_programs_is_needed_too(monkeypatch) -> None:
    monkeypatch.setitem(RIGHTS, "use_api", RIGHTS["load_document"])
    assert error_of(Program(Role.AUDITOR).get(f"{V1}/documents"))["where"] == "use_api"
    Program(Role.OFFICE).read("/documents")


def test_an_operation_without_a_mark_is_refused_to_everybody(monkeypatch) -> None:
    from django.urls import resolve

    view = resolve(f"{V1}/documents").func
    monkeypatch.setattr(view, "needs_right", {"GET": None})
    answer = Program(Role.OFFICE).get(f"{V1}/documents")
    assert answer.status_code == 403
    assert "nobody has it" in error_of(answer)["message"]


# --- how often -------------------------------------------------------------------------------------------
def test_too_often_is_told_with_when_to_come_back() -> None:
    Limit.objects.filter(code="api.requests_per_minute").update(value=3)
    program, other = Program(Role.OFFICE), Program(Role.OFFICE)
    answers = [program.get(f"{V1}/documents") for _ in range(7)]
    # The minute may turn once on the way.
    assert answers[0].status_code == 200
    assert {answer.status_code for answer in answers} == {200, 429}
    late = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(late["Retry-After"]) <= 60
    assert error_of(late)["code"] == "too_many_requests"
    other.read("/documents")


def test_only_the_day_of_use_and_the_running_minute_are_kept() -> None:
    program = Program(Role.OFFICE)
    program.read("/documents")
    Token.objects.filter(pk=program.token.pk).update(minute=1, asked=99)
    program.read("/documents")
    program.token.refresh_from_db()
    assert (program.token.last_used_on, program.token.asked) == (timezone.localdate(), 1)


# --- errors ----------------------------------------------------------------------------------------------
def test_an_address_nobody_knows_answers_plainly() -> None:
    for client in (Program(Role.OFFICE), Program(None)):
        answer = client.get(f"{V1}/nothing/here")
        assert (answer.status_code, error_of(answer)["code"]) == (404, "not_found")
    assert "text/html" in Client().get("/nothing/here").headers["Content-Type"]


def test_another_method_is_told_which_there_are() -> None:
    answer = Program(Role.OFFICE).delete(f"{V1}/documents")
    assert (answer.status_code, answer["Allow"]) == (405, "GET, POST")
    error_of(answer)


@pytest.mark.parametrize(("body", "media", "status"), [
    ("{", "application/json", 400),
    (b"\xff\xfe", "application/json", 400),
    ("number=1", "application/x-www-form-urlencoded", 415),
    ("{}", "text/plain", 415),
    ("[]", "application/json", 422),
    ("null", "application/json", 422),
])  # fmt: skip
def test_a_body_of_another_kind(body: str | bytes, media: str, status: int) -> None:
    headers = {"idempotency-key": "a-key-of-mine"}
    answer = Program(Role.OFFICE).post(f"{V1}/documents", body, content_type=media, headers=headers)
    assert answer.status_code == status
    error_of(answer)


def test_a_broken_form_answers_plainly() -> None:
    answer = Program(Role.OFFICE).post(
        f"{V1}/documents/file", "--x\r\nnonsense", content_type="multipart/form-data",
        headers={"idempotency-key": "a-key-of-mine"},
    )  # fmt: skip
    assert answer.status_code == 400
    error_of(answer)


def test_too_large_answers_plainly(settings) -> None:
    settings.MINHU_MAX_REQUEST_MB = 0
    answer = Program(Role.OFFICE).post(f"{V1}/documents", "{}", content_type="application/json")
    assert (answer.status_code, error_of(answer)["code"]) == (413, "too_large")


def test_every_wrong_field_is_named_with_what_would_be_right() -> None:
    wrong = {
        "number": "",
        "title": "T",
        "level": "moon",
        "issued_on": "yesterday",
        "titel": "T",
        "text": "a\x00",
    }
    error = Program(Role.OFFICE).refused("/documents", wrong, status=422)
    assert error["where"].split(", ") == [
        "body.number",
        "body.level",
        "body.issued_on",
        "body.text",
        "body.titel",
    ]
    assert "body.level: must be one of 'central', 'province', 'city' or 'district'" in error["message"]
    assert "body.issued_on: must be a day as in 2026-03-31" in error["message"]
    assert "body.text: cannot hold the character U+0000" in error["message"]


def test_one_wrong_field_in_chinese() -> None:
    answer = Program(Role.OFFICE, language="zh-Hans").get(f"{V1}/documents?page=x")
    assert error_of(answer) == {
        "code": "invalid", "message": "应为整数", "where": "query.page", "hint": "请改正 where 所指的内容。",
    }  # fmt: skip


def test_a_slip_in_a_filter_is_no_empty_filter() -> None:
    error = error_of(Program(Role.OFFICE).get(f"{V1}/documents?kidn=upstream"))
    assert error["where"] == "query.kidn"
    assert "kind" in error["hint"]


def test_what_breaks_inside_is_written_down_and_told_without_a_trace(monkeypatch, caplog) -> None:
    def broken() -> None:
        raise RuntimeError("the cellar is under water")

    monkeypatch.setattr("minhu.mandates.queries.documents", broken)
    answer = Program(Role.OFFICE).get(f"{V1}/documents")
    assert (answer.status_code, error_of(answer)["code"]) == (500, "fault")
    assert "cellar" not in answer.content.decode()
    assert "cellar" in caplog.text


def test_a_limit_nobody_brought_is_named() -> None:
    Limit.objects.filter(code="api.requests_per_minute").delete()
    answer = Program(Role.OFFICE).get(f"{V1}/documents")
    assert answer.status_code == 500
    assert (error_of(answer)["code"], error_of(answer)["where"]) == (
        "limit_missing",
        "api.requests_per_minute",
    )


# --- lists, and nothing new ------------------------------------------------------------------------------
def test_pages_lead_to_the_last_one() -> None:
    program = Program(Role.OFFICE)
    address, seen = "/limits?size=4&strength=local", []
    while address:
        page = program.get(address if address.startswith("http") else V1 + address).json()
        seen += [row["code"] for row in page["items"]]
        assert page["count"] == len(NEEDED)
        address = page["next"]
    assert len(set(seen)) == len(NEEDED)
    assert program.read("/limits", page=99)["items"] == []


def test_what_is_known_already_is_not_sent_again() -> None:
    program = Program(Role.OFFICE)
    first = program.get(f"{V1}/limits")
    again = program.get(f"{V1}/limits", headers={"if-none-match": first["ETag"]})
    assert (again.status_code, again.content) == (304, b"")
    Limit.objects.filter(code="claim.days").update(value=9)
    assert program.get(f"{V1}/limits", headers={"if-none-match": first["ETag"]}).status_code == 200


# --- once ------------------------------------------------------------------------------------------------
ORDER = {
    "number": "测试〔2026〕1号",
    "title": "关于改革的意见",
    "level": "city",
    "text": "第一条 办好这件事。",
}


def test_the_same_key_gives_the_same_answer_and_does_nothing() -> None:
    program = Program(Role.OFFICE)
    first = program.do("/documents", ORDER, key="key-number-1", status=201)
    again = program.post(
        f"{V1}/documents", json.dumps(ORDER), content_type="application/json",
        headers={"idempotency-key": "key-number-1"},
    )  # fmt: skip
    assert (again.status_code, again.json(), again["Idempotency-Replayed"]) == (201, first, "true")
    assert (Document.objects.count(), ApiDeed.objects.count()) == (1, 1)
    assert first["is_new"] is True
    assert program.do("/documents", ORDER, key="key-number-2", status=201)["is_new"] is False


def test_a_key_used_for_another_request_is_refused() -> None:
    program = Program(Role.OFFICE)
    program.do("/documents", ORDER, key="key-number-1", status=201)
    error = program.refused("/documents", ORDER | {"issuer": "市里"}, key="key-number-1", status=409)
    assert (error["code"], error["where"]) == ("conflict", "header.Idempotency-Key")
    # Another program has keys of its own.
    Program(Role.OFFICE).do("/documents", ORDER | {"issuer": "市里"}, key="key-number-1", status=201)


def test_a_refused_deed_keeps_no_key() -> None:
    program = Program(Role.OFFICE)
    blank = ORDER | {"title": " "}
    assert program.refused("/documents", blank, key="key-number-1", status=422)["where"] == "body.title"
    program.do("/documents", ORDER, key="key-number-1", status=201)


@pytest.mark.parametrize("key", [None, "short", "with a blank", "x" * 101, "键键键键键键键键"])
def test_without_a_sound_key_nothing_is_done(key: str | None) -> None:
    error = Program(Role.OFFICE).refused("/documents", ORDER, key=key, status=422)
    assert error["where"] == "header.Idempotency-Key"
    assert not Document.objects.exists()


def test_of_two_at_once_one_is_done(monkeypatch) -> None:
    from minhu.people.actions import tokens

    program = Program(Role.OFFICE)
    first = program.do("/documents", ORDER, key="key-number-1", status=201)
    looked, known = [], tokens.done_before
    # The second one looks before the first is done: it finds no key, and then cannot write its own.
    monkeypatch.setattr(tokens, "done_before", lambda *a: known(*a) if looked else looked.append(1))
    assert program.do("/documents", ORDER, key="key-number-1", status=201) == first
    assert ApiDeed.objects.count() == 1


def test_old_keys_are_let_go() -> None:
    program = Program(Role.OFFICE)
    program.do("/documents", ORDER, key="key-number-1", status=201)
    ApiDeed.objects.update(at=timezone.now() - timedelta(days=8))
    program.do("/documents", ORDER, key="key-number-2", status=201)
    assert list(ApiDeed.objects.values_list("key", flat=True)) == ["key-number-2"]


# --- the description -------------------------------------------------------------------------------------
def test_the_description_declares_every_error_of_every_operation() -> None:
    errors = {400, 401, 403, 404, 405, 409, 413, 415, 422, 429, 500}
    for path, operations in schema_in("en")["paths"].items():
        for operation in operations.values():
            assert errors - set(operation["responses"]) == set(), path
            is_public = operation["operationId"] in PUBLIC_ONES
            assert operation.get("security") == (None if is_public else [{"BearerToken": []}]), path
            assert operation["responses"][429]["headers"]["Retry-After"], path


def test_the_description_speaks_both_languages() -> None:
    described = [*strings(schema_in("zh-hans"), "description"), *strings(schema_in("zh-hans"), "summary")]
    assert [words for words in described if not re.search(r"[\u4e00-\u9fff]", words)] == []
    english = [*strings(schema_in("en"), "description"), *strings(schema_in("en"), "summary")]
    assert [words for words in english if re.search(r"[\u4e00-\u9fff]", words.replace("文号", ""))] == []


@pytest.mark.parametrize(("language", "title"), [("en", "API for programs"), ("zh-hans", "程序接口")])
def test_the_page_shows_every_operation_without_a_script(language: str, title: str) -> None:
    answer = Client(headers={"accept-language": language}).get(f"{V1}/")
    page = answer.content.decode()
    assert answer.status_code == 200
    assert f"<h1>{title}</h1>" in page
    shown = [one.key for chapter in chapters_of(schema_in(language)).values() for one in chapter]
    assert len(shown) == len(OPERATIONS)
    assert [key for key in shown if f'id="{key}"' not in page] == []
    assert re.findall(r"<script(?![^>]*\ssrc=)|\son\w+=|https?://(?!testserver)", page) == []


def test_the_description_is_open_and_in_the_language_asked_for() -> None:
    for language, word in (("en", "List documents"), ("zh-hans", "列出文件")):
        said = Client(headers={"accept-language": language}).get(f"{V1}/openapi.json").json()
        assert said["paths"][f"{V1}/documents"]["get"]["summary"] == word
