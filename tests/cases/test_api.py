"""Programs read kinds, cases, their record, papers and powers: as much as their post sees, never a person."""

import io
import json
import zipfile
from datetime import date

import pytest
from django.core.cache import cache
from django.core.files.uploadedfile import SimpleUploadedFile

from minhu.cases.actions.rating import digest_of_token
from minhu.cases.models import Case, Kind, Paper, Rating
from minhu.cases.states import Doer
from minhu.packs.kinds import FieldSpec, FieldType, PaperSpec
from minhu.people.models import Organisation, Post
from minhu.people.rules import RIGHTS, may_somewhere
from minhu.people.states import Role
from minhu.rulebook.models import Calendar, Limit
from minhu.site.api import api
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from tests.factories.api import V1, Program
from tests.factories.cases import (
    NOW,
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
REPLY_NO = "答复〔{year}〕{n}号"
KEEP = "personal.keep_months"
PHONE, NAME = "13800001111", "王小明"
PAPERED = with_step(
    "answer",
    changed(
        field=(*REQUEST.field, FieldSpec("proof", "证明", FieldType.FILE)),
        paper=(PaperSpec("reply", "答复书", "reply", REPLY_NO, "", ("关于“{title}”，电话{phone}。",)),),
    ),
    asks=("result", "proof?"), paper="reply",
)  # fmt: skip


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_house()
    cache.clear()


def program(role: Role = Role.OFFICE, unit: str = "office", **more) -> Program:
    """A program of a post of one of the three departments."""
    return Program(role, Organisation.objects.get(code=unit), **more)


def at_work(title: str = "路灯不亮", **values: object) -> str:
    """A case of the office that lies on the desk of the host."""
    if not Kind.objects.exists():
        KindFactory()
    number = open_one(OFFICE, values={"title": title, **values}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    return number


# --- who may ask what --------------------------------------------------------------------------------------
OPERATIONS = [
    (operation.operation_id, method, route, operation.view_func.needs_right)
    for bound in api._get_bound_routers()
    for route, view in bound.path_operations.items()
    for operation in view.operations
    for method in operation.methods
    if operation.view_func.__module__.startswith("minhu.cases.api")
]
RIGHT_OF = {
    "list_kinds": "see_cases", "read_kind": "see_cases", "download_kind": "see_cases",
    "list_cases": "see_cases", "read_case": "see_cases", "list_events": "see_cases",
    "download_paper": "see_cases", "open_case": "open_case", "open_case_with_files": "open_case",
    "do_step": "act_in_case", "do_step_with_files": "act_in_case", "do_many_steps": "act_in_case",
    "assign_person": "act_in_case", "list_powers": "see_powers", "read_answering": "see_powers",
    "rate_case": "public",
}  # fmt: skip


def test_every_operation_has_its_right() -> None:
    assert {name: right for name, _method, _route, right in OPERATIONS} == RIGHT_OF


@pytest.mark.parametrize("role", list(Role))
def test_what_is_read_and_done_by_whom(role: Role) -> None:
    number = at_work()
    mine = program(role, "host")
    for name, method, route, right in OPERATIONS:
        address = route.replace("{number}", number).replace("{step}", "answer").replace("{place}", "work")
        address = address.replace("{code}", "request").replace("{pk}", "1")
        answer = mine.generic(method, V1 + address)
        gate = right in RIGHTS and not may_somewhere(mine.reader, right)
        assert answer.status_code < 500, (name, answer.content)
        assert (answer.status_code == 403) is gate, (name, answer.content)
        if gate:
            assert answer.json()["error"]["where"] == right
    assert RIGHTS["act_in_case"].roles == {Role.OFFICE, Role.LEADER, Role.SUPERVISOR}


def test_a_token_that_only_reads_does_nothing() -> None:
    from minhu.people.states import Scope

    number = at_work()
    mine = program(Role.LEAD, "host", scope=Scope.READ)
    assert mine.read(f"/cases/{number}")["number"] == number
    error = mine.refused(f"/cases/{number}/steps/answer", {"values": {"result": "好"}}, status=403)
    assert error["code"] == "read_only"
    assert Case.objects.get().rev == 2


# --- kinds -------------------------------------------------------------------------------------------------
def test_a_kind_says_all_that_its_cases_ask() -> None:
    KindFactory()
    open_one(OFFICE)
    mine = program()
    (row,) = mine.read("/kinds")["items"]
    assert (row["code"], row["may_open"], row["open_cases"], row["is_confidential"]) == (
        "request", True, 1, False,
    )  # fmt: skip
    kind = mine.read("/kinds/request")
    assert {name: kind[name] for name in row} == row
    assert kind["asks"] == ["title", "amount?", "level?", "phone?", "seen_on?", "urgent?"]
    phone = next(one for one in kind["fields"] if one["code"] == "phone")
    assert (phone["is_personal"], phone["purpose"], phone["type"]) == (True, "回访", "text")
    level = next(one for one in kind["fields"] if one["code"] == "level")
    assert [one["value"] for one in level["choices"]] == ["low", "high"]
    steps = {one["code"]: one for one in kind["steps"]}
    assert (steps["close"]["role"], steps["close"]["apart"]) == ("clerk", ["answer"])
    assert (steps["dispatch"]["takes"], steps["dispatch"]["puts"]) == (["triage"], ["work"])
    assert steps["dispatch"]["assigns"] == ["host"]
    assert (steps["arrive"]["by_itself"], steps["arrive"]["role"]) == (True, "")
    (clock,) = kind["clocks"]
    limit = Limit.objects.get(code="request.days")
    assert clock["limits"] == [
        {"choice": "", "value": "5", "unit": "working_day", "basis": limit.basis, "article": limit.article,
         "strength": limit.strength}
    ]  # fmt: skip
    assert (clock["starts"], clock["stops"], clock["pauses"]) == (["work"], ["check"], ["mending"])
    assert [one["code"] for one in kind["places"]] == [one.code for one in REQUEST.place]


def test_a_kind_comes_as_bpmn_and_in_its_older_versions() -> None:
    old = KindFactory(is_current=False)
    KindFactory(made=with_step("answer", asks=()))
    mine = program()
    assert mine.read("/kinds")["count"] == 1
    now, then = mine.read("/kinds/request"), mine.read("/kinds/request", version=old.version)
    asked = [next(s["asks"] for s in kind["steps"] if s["code"] == "answer") for kind in (now, then)]
    assert asked == [[], ["result"]]
    assert (now["may_open"], then["may_open"]) == (True, False)
    answer = mine.get(now["bpmn"])
    assert (answer.status_code, answer["Content-Type"]) == (200, "application/xml")
    assert b"http://www.omg.org/spec/BPMN" in answer.content
    assert mine.get(f"{V1}/kinds/request?version=00000000").status_code == 404
    assert mine.get(f"{V1}/kinds/reqest").status_code == 404


def test_a_limit_nobody_brought_is_null_in_a_kind() -> None:
    KindFactory()
    Limit.objects.filter(code="request.days").delete()
    assert program().read("/kinds/request")["clocks"][0]["limits"][0]["value"] is None


# --- cases -------------------------------------------------------------------------------------------------
def test_a_case_says_where_it_is_and_what_may_be_done_by_this_post() -> None:
    number = at_work(amount="12.50", level="high", phone=PHONE)
    case = program(Role.LEAD, "host").read(f"/cases/{number}")
    (place,) = case["places"]
    assert (place["place"], place["attempt"], place["organisation"], place["post"]) == (
        "work",
        1,
        "host",
        None,
    )
    assert (case["status"], case["rev"], case["opener"], case["end"]) == ("open", 2, "office", "")
    assert case["values"] == {"title": "路灯不亮", "amount": "12.5", "level": "high"}
    assert [(p["role"], p["organisations"]) for p in case["parties"]] == [
        ("opener", ["office"]), ("host", ["host"]),
    ]  # fmt: skip
    deeds = {one["step"]: one for one in case["deeds"]}
    assert {step for step, one in deeds.items() if one["may"]} == {"answer", "ask_more"}
    assert deeds["answer"]["asks"] == ["result"]
    other = program().read(f"/cases/{number}")
    assert {one["step"]: one["may"] for one in other["deeds"]} == {"answer": False, "ask_more": False}
    assert "for 承办单位" in other["deeds"][0]["why_not"]


def test_a_clock_is_told_with_its_basis_and_what_is_left() -> None:
    number = at_work()
    Limit.objects.filter(code="request.days").update(value=9)
    case = program(Role.LEAD, "host").read(f"/cases/{number}")
    (clock,) = case["clocks"]
    assert (clock["code"], clock["count"], clock["unit"], clock["state"]) == (
        "handling", 5, "working_day", "running",
    )  # fmt: skip
    assert clock["basis"] == Limit.objects.get(code="request.days").source
    # Opened in March: long over by any day on which this runs.
    assert (clock["started_on"], clock["left"] < 0, clock["due_on"]) == ("2026-03-31", True, case["due_on"])
    assert (case["light"]["tone"], clock["strength"], clock["is_provisional"]) == ("red", "local", False)


def test_without_a_calendar_clocks_are_told_as_counted_last() -> None:
    number = at_work()
    Calendar.objects.all().delete()
    (clock,) = program(Role.LEAD, "host").read(f"/cases/{number}")["clocks"]
    assert (clock["left"], clock["spent"], clock["due_on"]) == (None, None, str(Case.objects.get().due_on))


FILTERS = [
    ({"kind": "request"}, 2), ({"kind": "other"}, 0), ({"place": "triage"}, 1), ({"office": "host"}, 1),
    ({"office": "nobody"}, 0), ({"text": "水管"}, 1), ({"text": "路灯 水管"}, 0), ({"light": "red"}, 1),
    ({"light": "off"}, 1), ({"show": "desk"}, 1), ({"show": "ended"}, 0), ({"show": "waits"}, 1),
    ({"matter": "waste"}, 0), ({"show": "ended", "light": "red"}, 0), ({"sort": "opened"}, 2),
]  # fmt: skip


@pytest.mark.parametrize(("query", "count"), FILTERS)
def test_the_list_has_the_filters_of_the_queue(query: dict[str, str], count: int) -> None:
    at_work("路灯不亮")
    open_one(OFFICE, values={"title": "水管漏水"})
    page = program().read("/cases", **query)
    assert (page["count"], len(page["items"])) == (count, count)


def test_a_line_of_the_list_says_the_same_as_the_case() -> None:
    number = at_work()
    mine = program()
    (row,) = mine.read("/cases")["items"]
    case = mine.read(f"/cases/{number}")
    assert {name: row[name] for name in row if name != "places"} == {
        name: case[name] for name in row if name != "places"
    }
    assert [{**one} for one in row["places"]] == [
        {k: v for k, v in one.items() if k not in {"since", "post"}} for one in case["places"]
    ]


def test_a_list_costs_the_same_however_long(django_assert_max_num_queries) -> None:
    for n in range(6):
        at_work(f"第{n}件")
    mine = program()
    mine.read("/cases")
    with django_assert_max_num_queries(16):
        assert len(mine.read("/cases", size=3)["items"]) == 3
    with django_assert_max_num_queries(16):
        assert len(mine.read("/cases")["items"]) == 6


@pytest.mark.parametrize("address", [
    "/cases/request-2026-9999", "/cases/request-2026-9999/events", "/cases/request-2026-9999/papers/1/file",
    "/kinds/none", "/kinds/none/bpmn",
])  # fmt: skip
def test_what_is_not_there_is_not_found(address: str) -> None:
    answer = program().get(V1 + address)
    assert (answer.status_code, answer.json()["error"]["code"]) == (404, "not_found")


def test_a_case_of_others_is_not_there() -> None:
    number = at_work()
    outside = program(Role.LEAD, "other")
    assert outside.get(f"{V1}/cases/{number}").status_code == 404
    assert outside.get(f"{V1}/cases/{number}/events").status_code == 404
    assert outside.read("/cases")["count"] == 0
    assert outside.read("/kinds")["items"][0]["open_cases"] == 0
    said = {"values": {"result": "好"}}
    assert outside.refused(f"/cases/{number}/steps/answer", said, status=404)["where"] == "path.number"


# --- the record --------------------------------------------------------------------------------------------
def test_the_record_tells_every_deed_page_by_page() -> None:
    number = at_work(phone=PHONE)
    do(HOST, number, "ask_more", {"notice_no": "补正1号"})
    mine = program()
    first = mine.read(f"/cases/{number}/events", size=2)
    rest = mine.get(first["next"]).json()
    rows = [*first["items"], *rest["items"]]
    assert [(row["deed"], row["rev"], row["organisation"]) for row in rows] == [
        ("cases.open", 1, "office"), ("cases.act", 2, "office"), ("cases.act", 3, "host"),
    ]  # fmt: skip
    assert (first["count"], rest["next"]) == (3, None)
    assert (rows[0]["values"], rows[0]["personal"]) == ({"title": "路灯不亮"}, ["phone"])
    assert rows[1]["assigns"] == {"host": ["host"]}
    assert {"what": "entered", "code": "work", "attempt": 1} in rows[1]["events"]
    assert [(tick["clock"], tick["what"]) for row in rows for tick in row["clocks"]] == [
        ("handling", "started"), ("handling", "paused"),
    ]  # fmt: skip


def test_of_other_deeds_only_who_and_when_is_told() -> None:
    number = at_work(phone=PHONE)
    Rating.objects.create(case=Case.objects.get(), token_digest=digest_of_token("word"), asked_at=NOW)
    program().do("/ratings", {"token": "word", "level": 2, "words": f"{NAME}不满意"}, status=201)
    row = program().read(f"/cases/{number}/events")["items"][-1]
    assert (row["deed"], row["values"], row["post"], row["rev"]) == ("cases.rate", {}, "system", None)


# --- personal values ---------------------------------------------------------------------------------------
def test_no_personal_value_leaves_by_any_address() -> None:
    KindFactory(made=PAPERED)
    number = open_one(OFFICE, values={"title": "路灯不亮", "phone": PHONE}).number
    do(OFFICE, number, "dispatch", assigns={"host": ["host"]})
    do(HOST, number, "answer", {"result": "修好了"})
    Rating.objects.create(case=Case.objects.get(), token_digest="x", asked_at=NOW, rated_at=NOW, level=1,
                          words=f"{NAME} {PHONE}")  # fmt: skip
    paper = Paper.objects.get()
    salted = Case.objects.get().personal.get()
    for mine in (program(), program(Role.LEAD, "host"), program(Role.AUDITOR, "other")):
        case = mine.read(f"/cases/{number}")
        assert case["personal"] == [
            {"code": "phone", "title": "电话", "purpose": "回访", "keep_until": str(salted.keep_until),
             "is_erased": False}
        ]  # fmt: skip
        answers = [mine.get(V1 + path) for path in (
            f"/cases/{number}", f"/cases/{number}/events", "/cases", "/kinds/request",
            f"/cases/{number}/papers/{paper.pk}/file", f"/cases?text={PHONE}",
        )]  # fmt: skip
        assert {answer.status_code for answer in answers} == {200}
        document = zipfile.ZipFile(io.BytesIO(answers[4].content)).read("word/document.xml").decode()
        told = [answer.content.decode() for place, answer in enumerate(answers) if place != 4]
        assert "路灯不亮" in document
        for text in (*told[:4], document):
            assert [word for word in (PHONE, NAME, salted.salt) if word in text] == []
        assert json.loads(told[4])["count"] == 0


def test_a_field_that_became_personal_is_masked_in_what_was_told_before() -> None:
    number = at_work(amount="12")
    stricter = changed(field=tuple(
        FieldSpec("amount", "金额", FieldType.NUMBER, personal=True, purpose="核对", keep=KEEP)
        if one.code == "amount" else one for one in REQUEST.field
    ))  # fmt: skip
    Case.objects.update(kind=KindFactory(made=stricter, is_current=False))
    mine = program()
    assert "amount" not in mine.read(f"/cases/{number}")["values"]
    row = mine.read(f"/cases/{number}/events")["items"][0]
    assert ("amount" in row["values"], row["personal"]) == (False, ["amount"])


# --- papers ------------------------------------------------------------------------------------------------
def test_papers_come_as_files_those_of_another_case_do_not() -> None:
    KindFactory(made=PAPERED)
    number = at_work()
    mine = program(Role.LEAD, "host")
    form = {"values": json.dumps({"result": "好"}), "file_fields": "proof",
            "files": SimpleUploadedFile("证明.txt", "已办".encode())}  # fmt: skip
    address = f"{V1}/cases/{number}/steps/answer/files"
    answer = mine.post(address, form, headers={"idempotency-key": "key-of-a-step"})
    assert answer.status_code == 200, answer.content
    papers = {one["code"]: one for one in mine.read(f"/cases/{number}")["papers"]}
    assert (papers["proof"]["is_made"], papers["reply"]["is_made"]) == (False, True)
    assert papers["reply"]["number"] in answer.json()["papers"]
    given = mine.get(f"{V1}/cases/{number}/papers/{papers['proof']['id']}/file")
    assert (given.content, given["Content-Type"]) == ("已办".encode(), "text/plain; charset=utf-8")
    assert "%E8%AF%81%E6%98%8E.txt" in given["Content-Disposition"]
    made = mine.get(f"{V1}/cases/{number}/papers/{papers['reply']['id']}/file")
    assert zipfile.ZipFile(io.BytesIO(made.content)).testzip() is None
    elsewhere = at_work()
    lost = mine.get(f"{V1}/cases/{elsewhere}/papers/{papers['proof']['id']}/file")
    assert lost.status_code == 404


def test_a_file_handed_in_for_a_personal_field_is_not_given_out() -> None:
    field = FieldSpec("scan", "身份证", FieldType.FILE, personal=True, purpose="核对", keep=KEEP)
    KindFactory(made=changed(field=(*REQUEST.field, field)))
    number = at_work()
    row = Paper.objects.create(case=Case.objects.get(), code="scan", title="王小明.png", sha256="a" * 64,
                               media_type="image/png", rev=1, made_at=NOW)  # fmt: skip
    mine = program()
    assert mine.read(f"/cases/{number}")["papers"] == []
    assert mine.get(f"{V1}/cases/{number}/papers/{row.pk}/file").status_code == 404


# --- who works on it ---------------------------------------------------------------------------------------
def test_the_desk_names_one_of_its_posts_and_no_person_is_told() -> None:
    number = at_work()
    mine, address = program(Role.LEAD, "host"), f"/cases/{number}/places/work/person"
    post = mine.reader.post
    assert mine.do(address, {"post": post}) == {"number": number, "place": "work", "post": post}
    assert mine.read(f"/cases/{number}")["places"][0]["post"] == post
    event = mine.get(f"{V1}/cases/{number}/events")
    assert event.json()["items"][-1]["deed"] == "cases.assign_person"
    assert mine.reader.user.username not in event.content.decode()
    assert mine.do(address, {"post": None})["post"] is None
    assert mine.read(f"/cases/{number}")["places"][0]["post"] is None


@pytest.mark.parametrize(("unit", "place", "post", "status", "where"), [
    ("office", "work", "own", 403, ""), ("host", "check", "own", 409, ""),
    ("host", "work", "none", 422, "body.post"),
    ("host", "work", "foreign", 422, ""), ("other", "work", "own", 404, "path.number"),
])  # fmt: skip
def test_naming_is_refused(unit: str, place: str, post: str, status: int, where: str) -> None:
    number = at_work()
    mine = program(Role.LEAD if unit != "office" else Role.OFFICE, unit)
    foreign = program(Role.LEAD, "other").reader.post
    said = {"own": mine.reader.post, "none": "nothing", "foreign": foreign}[post]
    error = mine.refused(f"/cases/{number}/places/{place}/person", {"post": said}, status=status)
    assert error["where"] == where
    assert Entry.objects.filter(deed="cases.assign_person").count() == 0


# --- powers ------------------------------------------------------------------------------------------------
def test_who_answers_for_a_matter_at_a_place() -> None:
    power = PowerFactory(line__code="line", place__code="town")
    PowerFactory(line=power.line, place__code="street", ends_on=date(2025, 1, 1))
    Organisation.objects.filter(code="street").update(kind="street")
    mine = program(Role.AUDITOR, "other")
    (row,) = mine.read("/powers")["items"]
    assert (row["matter"], row["line"], row["place"], row["how"]) == ("waste", "line", "town", "given")
    assert mine.read("/powers", place="street")["count"] == 0
    assert mine.read("/powers", matter="waste", line="line")["count"] == 1
    given = mine.read("/powers/answering", matter="waste", place="town")
    assert (given["how"], given["organisations"], given["power"]) == ("given", ["town"], row)
    kept = mine.read("/powers/answering", matter="waste", place="street")
    assert (kept["how"], kept["organisations"], kept["power"]) == ("kept", ["line"], None)
    for query, where in (("matter=none&place=town", "query.matter"), ("matter=waste&place=x", "query.place")):
        answer = mine.get(f"{V1}/powers/answering?{query}")
        assert (answer.status_code, answer.json()["error"]["where"]) == (404, where)


# --- ratings -----------------------------------------------------------------------------------------------
def asked_to_rate(word: str = "word") -> Rating:
    """A case whose author was asked."""
    at_work()
    return Rating.objects.create(case=Case.objects.get(), token_digest=digest_of_token(word), asked_at=NOW)


def test_anybody_with_the_word_rates_once() -> None:
    rating = asked_to_rate()
    nobody = Program(None)
    said = nobody.do("/ratings", {"token": "word", "level": 1, "words": "来晚了"}, key=None, status=201)
    rating.refresh_from_db()
    assert (said["level"], rating.level, rating.words) == (1, 1, "来晚了")
    assert set(said) == {"level", "rated_at"}
    error = nobody.refused("/ratings", {"token": "word", "level": 5}, key=None, status=409)
    assert (error["code"], error["where"]) == ("ended", "body.token")
    rating.refresh_from_db()
    assert rating.level == 1


@pytest.mark.parametrize(("said", "status", "where"), [
    ({"token": "other", "level": 5}, 404, "body.token"), ({"token": "word", "level": 6}, 422, "body.level"),
    ({"token": "word", "level": True}, 422, "body.level"), ({"token": "", "level": 5}, 422, "body.token"),
    ({"token": "word", "level": 5, "words": "长" * 2001}, 422, "body.words"),
    ({"token": "word", "level": 5, "name": NAME}, 422, "body.name"),
])  # fmt: skip
def test_a_bad_rating_is_refused(said: dict[str, object], status: int, where: str) -> None:
    rating = asked_to_rate()
    assert Program(None).refused("/ratings", said, key=None, status=status)["where"] == where
    rating.refresh_from_db()
    assert rating.level is None


def test_an_address_that_guesses_words_is_slowed_down() -> None:
    asked_to_rate()
    Limit.objects.filter(code="api.requests_per_minute").update(value=3)
    answers = [
        Program(None).post(f"{V1}/ratings", json.dumps({"token": f"guess{n}", "level": 5}),
                           content_type="application/json")
        for n in range(8)
    ]  # fmt: skip
    # The minute may turn once on the way.
    assert answers[0].status_code == 404
    assert {answer.status_code for answer in answers} == {404, 429}
    late = next(answer for answer in answers if answer.status_code == 429)
    assert 1 <= int(late["Retry-After"]) <= 60
    other = Program(None).post(f"{V1}/ratings", json.dumps({"token": "word", "level": 5}),
                               content_type="application/json", REMOTE_ADDR="192.0.2.7")  # fmt: skip
    assert other.status_code == 201


def test_posts_and_organisations_of_a_case_are_codes() -> None:
    number = at_work()
    row = program().read(f"/cases/{number}/events")["items"][0]
    assert row["post"] == OFFICE.actor.post
    assert not Post.objects.filter(code=row["post"]).exists()
    assert Doer(Actor(7, "office.office", "office"), "office") == OFFICE
