"""Sharing for real: a department's server over HTTP, a folder it lays tables into; and the worker's tries."""

import base64
import time
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from django.utils import timezone

from minhu.services import tasks
from minhu.services.connectors import (
    Asked,
    BadConnectors,
    Misconfigured,
    NotFound,
    Unreachable,
    connector_named,
    connectors,
)
from minhu.services.connectors.folder import FolderDrop
from minhu.services.connectors.http import HttpSharing
from minhu.services.models import ApplicationPaper
from minhu.services.states import PaperState, PaperWay
from minhu.trail.models import Entry
from tests.factories.applying import PDF, Applicant, file, lay
from tests.services.daemons import Department

AT = datetime.fromisoformat("2026-03-31T02:00:00+00:00")
ASKED = Asked("title_deed", "S2026-000001", {"address": "慈城一号"}, AT)
FOUND = {
    "found": True,
    "data": {"owner": "经营者一"},
    "file": {"name": "deed.pdf", "content": base64.b64encode(PDF).decode()},
}
SENDS = {"place.address": "address"}


def line(url: str, **more) -> HttpSharing:
    """A connector to a server."""
    return HttpSharing("registry", "不动产登记中心", url, SENDS, seconds=2, **more)


# -- HTTP -------------------------------------------------------------------------------------------------
def test_an_answer_brings_data_and_a_file_and_only_the_values_named_leave() -> None:
    with Department(lambda _body: (200, FOUND), secret="s3") as department:
        fetched = line(department.url, secret="s3", token="t0").fetch(ASKED)
    assert (fetched.origin, fetched.data, fetched.file, fetched.name) == (
        "不动产登记中心", {"owner": "经营者一"}, PDF, "deed.pdf"
    )  # fmt: skip
    assert department.asked == [
        {"material": "title_deed", "application": "S2026-000001", "values": {"address": "慈城一号"}}
    ]
    assert department.headers[0]["authorization"] == "Bearer t0"


def test_a_wrong_secret_is_refused_by_the_other_side() -> None:
    with Department(lambda _body: (200, FOUND), secret="s3") as department, pytest.raises(Misconfigured):
        line(department.url, secret="other").fetch(ASKED)
    assert department.asked == []


@pytest.mark.parametrize(
    ("status", "answer", "failure"),
    [
        (404, {}, NotFound),
        (200, {"found": False}, NotFound),
        (503, {}, Unreachable),
        (429, {}, Unreachable),
        (403, {}, Misconfigured),
        (302, {}, Misconfigured),
        (200, b"<html>", Misconfigured),
        (200, [1], Misconfigured),
        (200, {"found": True}, Misconfigured),
        (200, {"found": True, "file": {"name": "a.pdf", "content": "%%%"}}, Misconfigured),
    ],
)
def test_every_other_answer_has_its_meaning(status, answer, failure) -> None:
    with Department(lambda _body: (status, answer)) as department, pytest.raises(failure):
        line(department.url).fetch(ASKED)
    assert len(department.asked) == 1


def test_nobody_there_and_nobody_who_answers_are_told_in_time() -> None:
    with pytest.raises(Unreachable):
        line("http://127.0.0.1:1/").fetch(ASKED)

    def slow(_body: object) -> tuple[int, object]:
        time.sleep(0.6)
        return 200, FOUND

    with Department(slow) as department, pytest.raises(Unreachable):
        replace(line(department.url), seconds=0.2).fetch(ASKED)


def test_an_answer_must_be_signed_where_that_is_asked_for() -> None:
    with Department(lambda _body: (200, FOUND), secret="s3", signs="s3") as department:
        assert line(department.url, secret="s3", signed_answers=True).fetch(ASKED).file == PDF
    with Department(lambda _body: (200, FOUND), signs="forged") as department, pytest.raises(Misconfigured):
        line(department.url, secret="s3", signed_answers=True).fetch(ASKED)


# -- folders ----------------------------------------------------------------------------------------------
def drop(folder: Path, name: str, text: str, encoding: str = "utf-8") -> FolderDrop:
    """A folder with a table in it."""
    (folder / name).write_bytes(text.encode(encoding))
    return FolderDrop("registry", "不动产登记中心", folder, SENDS)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
def test_a_row_of_a_table_is_found_by_the_values(tmp_path, encoding) -> None:
    text = "address,owner,file\n别处,经营者二,\n慈城一号,经营者一,deed.pdf\n"
    (tmp_path / "deed.pdf").write_bytes(PDF)
    fetched = drop(tmp_path, "title_deed.csv", text, encoding).fetch(ASKED)
    assert (fetched.data, fetched.file, fetched.name) == ({"owner": "经营者一"}, PDF, "deed.pdf")


def test_a_json_table_does_as_well(tmp_path) -> None:
    fetched = drop(tmp_path, "title_deed.json", '[{"address": "慈城一号", "area": 80}]').fetch(ASKED)
    assert fetched.data == {"area": "80"}


@pytest.mark.parametrize(
    ("name", "text", "failure"),
    [
        ("other.csv", "address\n慈城一号\n", Unreachable),
        ("title_deed.csv", "", Unreachable),
        ("title_deed.json", '{"address": 1}', Unreachable),
        ("title_deed.json", "[", Unreachable),
        ("title_deed.csv", "address,owner\n别处,经营者二\n", NotFound),
        ("title_deed.csv", "address,file\n慈城一号,../secret\n", Misconfigured),
        ("title_deed.csv", "address,file\n慈城一号,late.pdf\n", Unreachable),
    ],
)
def test_every_other_folder_has_its_meaning(tmp_path, name, text, failure) -> None:
    with pytest.raises(failure):
        drop(tmp_path, name, text).fetch(ASKED)


def test_nothing_is_looked_up_by_nothing(tmp_path) -> None:
    with pytest.raises(NotFound):
        drop(tmp_path, "title_deed.csv", "address\n\n").fetch(replace(ASKED, values={}))


# -- set up -----------------------------------------------------------------------------------------------
GOOD = """
[[connector]]
name = "registry"
kind = "http"
title = "不动产登记中心"
url = "https://registry.example/share"
secret_file = "secret"
sends = { "place.address" = "address" }
"""


def test_connectors_are_read_from_the_file_and_read_again_when_it_changes(tmp_path, settings) -> None:
    path = tmp_path / "connectors.toml"
    (tmp_path / "secret").write_text("s3\n")
    path.write_text(GOOD)
    settings.MINHU_CONNECTORS = str(path)
    assert connector_named("registry").secret == "s3"
    path.write_text('[[connector]]\nname="b"\nkind="folder"\ntitle="B"\nfolder="drop"\nsends={ "a.b"="b" }\n')
    assert list(connectors()) == ["b"]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("[[connector]", "connectors.toml"),
        (GOOD.replace('"http"', '"ftp"'), "ftp"),
        (GOOD.replace("title", "titel"), "titel"),
        (GOOD.replace('url = "https://registry.example/share"\n', ""), "url"),
        (GOOD.replace("https://registry.example/share", "registry"), "registry"),
        (GOOD + GOOD, "twice"),
        (GOOD.replace('"secret"', '"nowhere"'), "nowhere"),
        (GOOD.replace('secret_file = "secret"', "signed_answers = true"), "secret_file"),
    ],
)
def test_a_wrong_file_says_where_and_how_and_sharing_is_off(tmp_path, settings, text, said) -> None:
    path = tmp_path / "connectors.toml"
    (tmp_path / "secret").write_text("s3")
    path.write_text(text)
    settings.MINHU_CONNECTORS = str(path)
    with pytest.raises(BadConnectors) as wrong:
        connectors()
    assert said in str(wrong.value)
    assert connector_named("registry") is None


def test_without_a_file_nothing_is_shared(settings) -> None:
    settings.MINHU_CONNECTORS = ""
    assert connector_named("registry") is None


# -- in an application ------------------------------------------------------------------------------------
@pytest.fixture
def connect(settings, tmp_path):
    """Set sharing up to a server."""
    settings.MEDIA_ROOT = tmp_path / "files"

    def set_up(url: str, tries: int = 2) -> None:
        path = tmp_path / "connectors.toml"
        text = GOOD.replace("https://registry.example/share", url).replace('secret_file = "secret"\n', "")
        path.write_text(text + f"tries = {tries}\nseconds = 1\n")
        settings.MINHU_CONNECTORS = str(path)

    return set_up


@pytest.mark.django_db
def test_a_shared_paper_is_fetched_and_the_case_goes_on_without_waiting_for_it(connect) -> None:
    lay()
    with Department(lambda _body: (200, FOUND)) as department:
        connect(department.url)
        somebody = Applicant({"place.address": "慈城一号"}).begin().fill("shared")
        page = somebody.client.get("/services/apply/canteen/shared/")
        assert [words for words in page.context["sent"] if "地址" in words] == page.context["sent"]
        somebody.fill()
    paper = ApplicationPaper.objects.get(material="title_deed")
    assert (paper.way, paper.state, paper.data) == (PaperWay.SHARE, PaperState.GIVEN, {"owner": "经营者一"})
    assert department.asked[0]["values"] == {"address": "慈城一号"}
    somebody.send()
    open_ = set(somebody.row.case.steps.filter(state="open").values_list("node", flat=True))
    assert not [node for node in open_ if node.startswith("share_")]
    assert not [one for one in Entry.objects.all() if "经营者一" in str(one.payload)]


@pytest.mark.django_db
def test_a_department_that_does_not_answer_is_asked_again_by_the_worker(connect) -> None:
    lay()
    connect("http://127.0.0.1:1/", tries=5)
    somebody = Applicant().begin().fill()
    assert ApplicationPaper.objects.get(material="title_deed").state == PaperState.WAITING
    somebody.send()
    case = somebody.row.case
    assert case.steps.filter(state="open", node__startswith="share_").count() == 2
    with Department(lambda _body: (200, FOUND)) as department:
        connect(department.url, tries=5)
        assert tasks.one_round(at=timezone.now(), goes_on=lambda: True)["papers_fetched"] == 0
        later = timezone.now() + timedelta(minutes=6)
        assert tasks.one_round(at=later, goes_on=lambda: True)["papers_fetched"] == 1
    assert case.steps.filter(state="open", node__startswith="share_").count() == 0


@pytest.mark.django_db
def test_after_so_many_tries_the_applicant_is_asked_and_brings_it(connect) -> None:
    lay()
    connect("http://127.0.0.1:1/", tries=2)
    somebody = Applicant().begin().fill()
    somebody.send()
    tasks.one_round(at=timezone.now() + timedelta(hours=1), goes_on=lambda: True)
    assert ApplicationPaper.objects.get(material="title_deed").state == PaperState.MISSING
    page = somebody.client.get(f"/services/follow/{somebody.pk}/")
    asked = {want.material: want for want, _paper in page.context["asked"]}
    assert set(asked) == {"title_deed", "layout"}
    url = f"/services/apply/canteen/papers/{asked['title_deed'].code}/"
    assert somebody.client.post(url, {"do": "upload", "file": file()}).status_code == 302
    case = somebody.row.case
    assert case.steps.filter(state="open", node__startswith="share_").count() == 0
    left = somebody.client.get(f"/services/follow/{somebody.pk}/").context["asked"]
    assert [want.material for want, _paper in left] == ["layout"]


@pytest.mark.django_db
def test_a_paper_that_is_not_found_is_asked_for_at_once(connect) -> None:
    lay()
    with Department(lambda _body: (404, {})) as department:
        connect(department.url)
        somebody = Applicant().begin().fill("shared")
        somebody.step()
        assert "title_deed" in [want.material for want in somebody.walk.brought]
        somebody.fill().send()
    assert ApplicationPaper.objects.get(material="title_deed").way == PaperWay.UPLOAD


@pytest.mark.django_db
def test_a_shared_file_is_looked_into_like_any_other(connect) -> None:
    lay()
    renamed = {"found": True, "file": {"name": "deed.pdf", "content": base64.b64encode(b"MZ\x90\0").decode()}}
    with Department(lambda _body: (200, renamed)) as department:
        connect(department.url)
        Applicant().begin().fill("shared").step()
    assert ApplicationPaper.objects.get(material="title_deed").state == PaperState.MISSING
