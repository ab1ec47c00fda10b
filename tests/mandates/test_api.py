"""Programs read documents, wordings, clauses and duties, and load documents."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from minhu.mandates.models import Document
from minhu.people.models import ApiDeed
from minhu.people.states import Role
from minhu.rulebook.models import Limit
from minhu.trail.models import Entry
from tests.factories.api import V1, Program
from tests.factories.mandates import DutyFactory, VersionFactory, make_articles
from tests.factories.rulebook import lay_rulebook
from tests.methods.files.making import docx, p

pytestmark = pytest.mark.django_db
TEXT = "第一条 各区应当推进综合窗口改革。\n第二条 区发展改革局应当在2026年6月30日前建立服务经理人制度。"
ORDER = {"number": "市委〔2026〕8号", "title": "关于深化改革的意见", "issuer": "市委", "level": "city",
         "issued_on": "2026-03-02", "text": TEXT}  # fmt: skip


@pytest.fixture
def program() -> Program:
    """A program of the reform office."""
    lay_rulebook()
    return Program(Role.OFFICE)


def test_documents_with_filters(program) -> None:
    make_articles(["一件事", "又一件事"], number="A-1", title="上级意见", level="province")
    make_articles(["本地办法"], number="B-1", title="本地办法", kind="local", level="district")
    page = program.read("/documents")
    assert [(row["number"], row["units"]) for row in page["items"]] == [("A-1", 2), ("B-1", 1)]
    for query, found in (
        ({"kind": "local"}, ["B-1"]), ({"level": "province"}, ["A-1"]), ({"q": "办法"}, ["B-1"]),
        ({"number": "A-1"}, ["A-1"]), ({"kind": "local", "number": "A-1"}, []),
    ):  # fmt: skip
        assert [row["number"] for row in program.read("/documents", **query)["items"]] == found, query


def test_a_document_is_loaded_cut_and_recorded_as_a_deed_of_the_post(program) -> None:
    loaded = program.do("/documents", ORDER, status=201)
    document = Document.objects.get()
    assert loaded["document"] == program.read(f"/documents/{document.pk}")
    assert (loaded["document"]["units"], loaded["is_new"], loaded["version"]["label"]) == (2, True, "1")
    entry = Entry.objects.get(deed="mandates.load_document")
    assert (entry.actor_user, entry.actor_post) == (program.reader.user.pk, program.reader.post)
    assert entry.asked == 5


def test_another_text_is_a_new_wording_and_both_can_be_read(program) -> None:
    first = program.do("/documents", ORDER, status=201)
    again = program.do("/documents", ORDER | {"text": TEXT + "\n第三条 自印发之日起施行。"}, status=201)
    pk = first["document"]["id"]
    rows = program.read(f"/documents/{pk}/versions")["items"]
    assert [(row["label"], row["is_current"]) for row in rows] == [("2", True), ("1", False)]
    assert program.read(f"/versions/{first['version']['id']}")["text"] == TEXT
    of_old = program.read(f"/documents/{pk}/clauses", version=first["version"]["id"], is_unit="true")
    of_new = program.read(f"/documents/{pk}/clauses", is_unit="true")
    assert (of_old["count"], of_new["count"]) == (2, 3)
    assert {row["version_id"] for row in of_new["items"]} == {again["version"]["id"]}


def test_the_span_of_a_clause_is_its_text(program) -> None:
    loaded = program.do("/documents", ORDER, status=201)
    text = program.read(f"/versions/{loaded['version']['id']}")["text"]
    rows = program.read(f"/documents/{loaded['document']['id']}/clauses")["items"]
    assert [(row["label"], row["is_unit"]) for row in rows][:2] == [("第一条", True), ("第二条", True)]
    assert [text[row["start"] : row["end"]].strip() for row in rows] == [row["text"].strip() for row in rows]
    assert program.read(f"/clauses/{rows[1]['id']}") == rows[1]


def test_duties_say_who_what_by_when(program) -> None:
    clause = make_articles(["区发展改革局六月底前办好"])[0]
    DutyFactory(clause=clause, who="区发展改革局", what="办好", by_on="2026-06-30", by_words="六月底前")
    DutyFactory(clause=clause, who="各区", what="推进")
    address = f"/documents/{clause.version.document_id}/duties"
    assert program.read(address)["count"] == 2
    (row,) = program.read(address, is_dated="true")["items"]
    assert (row["who"], row["what"], row["by_on"]) == ("区发展改革局", "办好", "2026-06-30")
    assert [row["who"] for row in program.read(address, is_dated="false")["items"]] == ["各区"]


def test_a_file_is_loaded_once_whatever_the_border_of_its_form(program) -> None:
    head = {name: value for name, value in ORDER.items() if name != "text"}
    answers = [
        program.post(
            f"{V1}/documents/file", head | {"file": SimpleUploadedFile("意见.md", TEXT.encode())},
            headers={"idempotency-key": "key-of-a-file"},
        )
        for _ in range(2)
    ]  # fmt: skip
    assert [answer.status_code for answer in answers] == [201, 201]
    assert answers[0].json() == answers[1].json()
    assert answers[1]["Idempotency-Replayed"] == "true"
    assert ApiDeed.objects.count() == 1
    other = program.post(
        f"{V1}/documents/file", head | {"file": SimpleUploadedFile("意见.md", b"another text")},
        headers={"idempotency-key": "key-of-a-file"},
    )  # fmt: skip
    assert other.status_code == 409


def test_a_word_file_whose_words_are_not_all_sure_needs_a_person(program) -> None:
    word = docx(
        "<w:p><w:ins><w:r><w:t>第一条 区财政局应当保障资金。</w:t></w:r></w:ins></w:p>" + p("第二条 好。")
    )
    head = {name: value for name, value in ORDER.items() if name != "text"}

    def send(**more: str):
        form = head | more | {"file": SimpleUploadedFile("意见.docx", word)}
        return program.post(f"{V1}/documents/file", form, headers={"idempotency-key": "key-of-a-file"})

    first = send()
    assert (first.status_code, first.json()["error"]["where"]) == (422, "body.notes_seen")
    assert not Document.objects.exists()
    loaded = send(notes_seen="true")
    assert loaded.status_code == 201
    assert [note for note in loaded.json()["notes"] if "1" in note]
    assert loaded.json()["document"]["units"] == 2


@pytest.mark.parametrize(("name", "content"), [
    ("图.png", b"\x89PNG\r\n\x1a\n0000"), ("空.txt", b"  "), ("大.txt", b"x" * 2_000_000),
])  # fmt: skip
def test_a_file_without_words_is_refused_at_its_field(program, name: str, content: bytes) -> None:
    Limit.objects.filter(code="document.max_megabytes").update(value=1)
    head = {key: value for key, value in ORDER.items() if key != "text"}
    answer = program.post(
        f"{V1}/documents/file", head | {"file": SimpleUploadedFile(name, content)},
        headers={"idempotency-key": "key-of-a-file"},
    )  # fmt: skip
    assert (answer.status_code, answer.json()["error"]["where"]) == (422, "body.file")
    assert not Document.objects.exists()


@pytest.mark.parametrize(("change", "where"), [
    ({"title": "另一个标题"}, "body.number"),
    ({"kind": "local"}, "body.kind"),
    ({"received_on": "2026-03-01"}, "body.received_on"),
    ({"text": " \n "}, "body.text"),
])  # fmt: skip
def test_what_the_house_refuses_a_program_is_told(program, change: dict[str, str], where: str) -> None:
    program.do("/documents", ORDER, status=201)
    assert program.refused("/documents", ORDER | change, status=422)["where"] == where
    assert Document.objects.get().versions.count() == 1


def test_only_who_may_load_loads(program) -> None:
    for role in set(Role) - {Role.OFFICE}:
        assert Program(role).refused("/documents", ORDER, status=403)["where"] == "load_document"


@pytest.mark.parametrize("address", [
    "/documents/999", "/documents/999/versions", "/documents/999/clauses", "/documents/999/duties",
    "/clauses/999", "/versions/999",
])  # fmt: skip
def test_what_is_not_there_is_not_found(program, address: str) -> None:
    assert program.get(V1 + address).status_code == 404


def test_a_wording_of_another_document_is_not_found(program) -> None:
    clause, other = make_articles(["甲"])[0], VersionFactory()
    address = f"{V1}/documents/{clause.version.document_id}/clauses?version={other.pk}"
    assert program.get(address).status_code == 404


def test_a_list_costs_the_same_however_long(program, django_assert_max_num_queries) -> None:
    make_articles(["甲", "乙", "丙", "丁", "戊", "己"])
    with django_assert_max_num_queries(8):
        assert program.read("/documents")["count"] == 1
    pk = Document.objects.get().pk
    with django_assert_max_num_queries(8):
        assert program.read(f"/documents/{pk}/clauses")["count"] == 6
