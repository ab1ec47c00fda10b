"""The addresses of exports: for everybody, in the language of the data, in the situation asked for."""

import json
import re
from collections.abc import Callable
from dataclasses import replace
from io import BytesIO

import docx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from rdflib import DCTERMS, RDF, Namespace
from rdflib import Graph as Triples

from minhu.people.states import Role
from minhu.services.actions.families import Naming, confirm_family
from minhu.services.actions.publishing import publish_thing, withdraw_thing
from tests.factories.exports import HOUSE, read_json_ld
from tests.factories.services import NOW, OFFICER, OPENING, load_all, published

pytestmark = pytest.mark.django_db
CPSV = Namespace("http://purl.org/vocab/cpsv#")
Parse = Callable[[bytes], Triples]
BOTH = [
    ("catalogue_json_ld", read_json_ld),
    ("catalogue_turtle", lambda text: Triples().parse(data=text, format="turtle")),
]


def test_linked_data_need_no_account_and_name_the_public_address(client: Client, settings) -> None:
    settings.MINHU_ADDRESS = HOUSE
    version = published()
    load_all(version.pack_version, replace(OPENING, code="second"))
    answer = client.get(reverse("services:guide_json_ld", args=["canteen"]))
    assert answer["Content-Type"] == "application/ld+json; charset=utf-8"
    assert answer["Access-Control-Allow-Origin"] == "*"
    ids = [node["@id"] for node in json.loads(answer.content)["@graph"]]
    assert f"{HOUSE}/services/guide/canteen/#service" in ids
    other = client.get(reverse("services:guide_turtle", args=["canteen"]))
    assert other["Content-Type"] == "text/turtle; charset=utf-8"
    assert set(read_json_ld(answer.content)) == set(Triples().parse(data=other.content, format="turtle"))
    assert client.get(reverse("services:guide_json_ld", args=["second"])).status_code == 404


@pytest.mark.parametrize(("name", "parse"), BOTH)
def test_the_catalogue_lists_what_is_published(
    client: Client, name: str, parse: Callable[[bytes], Triples]
) -> None:
    version = published()
    kiosk = replace(OPENING, code="kiosk", items=("shop",), question=())
    publish_thing(by=OFFICER, version=load_all(version.pack_version, kiosk), at=NOW)
    confirm_family(by=OFFICER, naming=Naming("小店类", "", ["canteen", "kiosk"]), at=NOW)

    def listed() -> set[str]:
        triples = parse(client.get(reverse(f"services:{name}")).content)
        services = triples.subjects(RDF.type, CPSV.PublicService)
        return {str(triples.value(one, DCTERMS.identifier)) for one in services}

    assert listed() == {"canteen", "kiosk"}
    assert "小店类" in client.get(reverse(f"services:{name}")).content.decode()
    withdraw_thing(by=OFFICER, version=version, reason="停办", at=NOW)
    assert listed() == {"kiosk"}


def test_the_language_of_the_data_does_not_follow_the_reader(client: Client) -> None:
    published()
    address = reverse("services:guide_turtle", args=["canteen"])
    first = client.get(address, headers={"Accept-Language": "zh-hans"}).content
    assert client.get(address, headers={"Accept-Language": "en"}).content == first


def test_the_flow_is_a_file_for_everybody_and_of_drafts_for_staff(client: Client, client_as) -> None:
    version = published()
    answer = client.get(reverse("services:guide_bpmn", args=["canteen"]), {"q.sign": "无"})
    assert answer["Content-Disposition"] == "attachment; filename*=UTF-8''canteen-v1.bpmn"
    assert "户外招牌设置" not in answer.content.decode()
    assert "户外招牌设置" in client.get(reverse("services:guide_bpmn", args=["canteen"])).content.decode()
    draft = load_all(version.pack_version, replace(OPENING, code="draft", name="草案"))
    address = reverse("services:thing_bpmn", args=[draft.thing.code])
    assert client.get(address).status_code == 302
    assert client.get(reverse("services:guide_bpmn", args=["draft"])).status_code == 404
    assert 'name="草案"' in client_as(Role.AUDITOR).get(address).content.decode()


def test_the_guide_is_a_document(client: Client) -> None:
    published()
    answer = client.get(reverse("services:guide_document", args=["canteen"]), {"q.sign": "无"})
    assert answer["Content-Disposition"].endswith(".docx")
    made = docx.Document(BytesIO(answer.content))
    words = [one.text for one in made.paragraphs]
    assert "“开办小餐饮”办事指南" in "".join(words)
    heads = [one.partition("、")[2] for one in words if re.match("[一二三四五六七八九十]+、", one)]
    assert heads == [
        "您的情形",
        "概况",
        "要交的材料",
        "不用您交的材料",
        "容缺和告知承诺范围",
        "办理流程",
        "需要到场的环节",
        "办理部门和依据",
        "版本与公布",
    ]
    cells = [[cell.text for cell in row.cells] for table in made.tables for row in table.rows]
    assert ["是否设置户外招牌？", "无"] in cells
    assert ["身份证件", "复印件或电子件", "食品经营许可、经营主体登记", ""] in cells
    assert ["经营主体登记·登记", "shichang局", "2–3"] in cells
    assert client.get(reverse("services:guide_document", args=["nothing"])).status_code == 404


@pytest.mark.parametrize("name", ["guide_json_ld", "guide_turtle", "guide_bpmn", "guide_document"])
def test_no_export_reads_anything_of_an_applicant(client: Client, name: str) -> None:
    published()
    with CaptureQueriesContext(connection) as queries:
        assert client.get(reverse(f"services:{name}", args=["canteen"])).status_code == 200
    read = [query["sql"] for query in queries.captured_queries]
    assert read
    assert not [sql for sql in read if re.search("services_(application|consent)|cases_case", sql)]
