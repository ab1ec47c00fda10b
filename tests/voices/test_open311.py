"""Open311 GeoReport v2: both formats, errors in its shape, keys, tokens; never a person."""

import json
from xml.etree.ElementTree import fromstring

import pytest
from django.test import Client

from minhu.people.models import Organisation
from minhu.people.states import Role, Scope
from minhu.voices.models import Voice
from minhu.voices.states.hearing import Sort
from tests.factories.api import Program
from tests.factories.voices import LAMP, lay_district, said

pytestmark = pytest.mark.django_db
V2 = "/voices/open311/v2/"
GOOD = {
    "service_code": "help",
    "description": LAMP.text,
    "address_string": "一号桥下",
    "phone": "13800000000",
}


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def sent(client: Client, form: str = "json", status: int = 201, **more: str):
    """The answer of a POST."""
    answer = client.post(f"{V2}requests.{form}", GOOD | more)
    assert answer.status_code == status, answer.content.decode()
    return answer


def published(**more) -> Voice:
    """A voice everybody may read."""
    voice = said(may_publish=True, sort="help", **more).voice
    Voice.objects.filter(pk=voice.pk).update(published_at=voice.received_at)
    return voice


def test_services_in_both_formats(client):
    rows = client.get(f"{V2}services.json").json()
    assert [row["service_code"] for row in rows] == list(Sort.values)
    assert set(rows[0]) == {
        "service_code", "service_name", "description", "metadata", "type", "keywords", "group",
    }  # fmt: skip
    answer = client.get(f"{V2}services.xml")
    root = fromstring(answer.content)
    assert (answer["Content-Type"], root.tag, root[0].tag) == (
        "text/xml; charset=utf-8",
        "services",
        "service",
    )
    assert root[0].findtext("metadata") == "true"


def test_a_definition_lists_its_attributes(client):
    found = client.get(f"{V2}services/help.json").json()
    street = found["attributes"][0]
    assert (found["service_code"], street["code"], street["required"]) == ("help", "street", False)
    assert {"key": "wenjiao", "name": "文教街道"} in street["values"]
    root = fromstring(client.get(f"{V2}services/help.xml").content)
    assert (root.tag, root.findtext("attributes/attribute/values/value/key")) == (
        "service_definition",
        "wenjiao",
    )


def test_discovery_names_the_endpoint(client):
    found = client.get("/voices/open311/discovery.json").json()
    assert found["endpoints"][0]["url"] == "http://testserver/voices/open311/v2/"


def test_anybody_sends_and_gets_a_token_once(client):
    (row,) = sent(client, **{"attribute[street]": "wenjiao", "attribute[may_publish]": "yes"}).json()
    voice = Voice.objects.select_related("place").get(number=row["service_request_id"])
    assert (voice.channel, voice.place.code, voice.place_words, voice.may_publish) == (
        "program",
        "wenjiao",
        "一号桥下",
        True,
    )
    assert voice.personal.get().value == "13800000000"
    assert row["token"] not in json.dumps(list(Voice.objects.values()), default=str)
    (found,) = client.get(f"{V2}tokens/{row['token']}.json").json()
    assert found["service_request_id"] == voice.number
    (whole,) = client.get(f"{V2}requests/{voice.number}.json", {"token": row["token"]}).json()
    assert (whole["status"], whole["address"], whole["lat"]) == ("open", "文教街道 一号桥下", None)


def test_xml_comes_back_as_xml(client):
    root = fromstring(sent(client, "xml").content)
    assert (root.tag, root[0].tag, bool(root[0].findtext("token"))) == ("service_requests", "request", True)


def test_a_position_is_kept_no_finer_than_a_hundred_metres(client):
    sent(client, address_string="", lat="29.912345", long="121.556789")
    assert Voice.objects.get().place_words == "29.912, 121.557"


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"service_code": "none"}, 404),
        ({"service_code": ""}, 404),
        ({"description": ""}, 400),
        ({"description": "😀"}, 400),
        ({"attribute[street]": "nowhere"}, 400),
        ({"address_string": "", "lat": "95", "long": "1"}, 400),
        ({"address_string": "", "lat": "x", "long": "1"}, 400),
        ({"api_key": "minhu_nonsense"}, 403),
    ],
)
def test_errors_have_the_shape_of_the_standard(client, change, status):
    (error,) = sent(client, status=status, **change).json()
    assert (set(error), error["code"], bool(error["description"])) == ({"code", "description"}, status, True)
    root = fromstring(sent(client, "xml", status=status, **change).content)
    assert (root.tag, root.findtext("error/code")) == ("errors", str(status))
    assert Voice.objects.count() == 0


def test_other_formats_and_unknown_things_are_not_there(client):
    assert client.get(f"{V2}services.csv").status_code == 404
    for path in ("services/none.json", "requests/v2026-000009.json", "tokens/ABCD.json"):
        assert client.get(V2 + path).json()[0]["code"] == 404


def test_the_public_may_send_so_often(client):
    for number in range(5):
        sent(client, description=f"第{number}件事情：路灯坏了")
    (error,) = sent(client, status=429).json()
    assert error["code"] == 429


def test_a_key_acts_for_its_post_without_that_limit(client):
    unit = Organisation.objects.get(code="wenjiao")
    secret = Program(Role.LEAD, unit).secret
    for number in range(6):
        sent(client, description=f"第{number}件事情：路灯坏了", api_key=secret)
    assert set(Voice.objects.values_list("keeper__code", flat=True)) == {"wenjiao"}
    sent(client, status=403, api_key=Program(Role.LEAD, unit, scope=Scope.READ).secret)
    sent(client, status=403, api_key=Program(Role.AUDITOR, unit).secret)


def test_everybody_reads_what_was_published_and_nothing_else(client):
    shown, hidden = published(), said("别的事情没有公开").voice
    rows = client.get(f"{V2}requests.json").json()
    assert [row["service_request_id"] for row in rows] == [shown.number]
    assert client.get(f"{V2}requests/{hidden.number}.json").status_code == 404
    assert client.get(f"{V2}requests/{shown.number}.json")["Access-Control-Allow-Origin"] == "*"


def test_a_key_reads_what_its_post_sees(client):
    own, other = said(place="wenjiao").voice, said("孔浦的事情", place="kongpu").voice
    key = Program(Role.LEAD, Organisation.objects.get(code="wenjiao")).secret
    rows = client.get(f"{V2}requests.json", {"api_key": key}).json()
    assert [row["service_request_id"] for row in rows] == [own.number]
    assert client.get(f"{V2}requests/{other.number}.json", {"api_key": key}).status_code == 404


def test_nothing_personal_leaves(client):
    said("请回电13800000000，路灯坏了", contact={"phone": "13800000000", "name": "某某"}, place="wenjiao")
    key = Program(Role.OFFICE).secret
    for form in ("json", "xml"):
        text = client.get(f"{V2}requests.{form}", {"api_key": key}).content.decode()
        assert ("路灯坏了" in text, "13800000000" in text, "某某" in text) == (True, False, False)


def test_filters_of_the_standard(client):
    first, second = published(), published(text="第二件事情：井盖松了", place="kongpu")
    Voice.objects.filter(pk=second.pk).update(state="answered")

    def found(**query: str) -> list[str]:
        return [row["service_request_id"] for row in client.get(f"{V2}requests.json", query).json()]

    assert found(status="closed") == [second.number]
    assert found(status="open") == [first.number]
    assert found(status="open,closed") == found() == [second.number, first.number]
    assert found(service_request_id=f"{first.number},x") == [first.number]
    assert found(service_code="complaint") == []
    assert found(start_date="2026-04-01T00:00:00+08:00") == []
    assert found(end_date="2026-04-01T00:00:00Z") == [second.number, first.number]
    for wrong in ({"status": "lost"}, {"start_date": "yesterday"}, {"end_date": "2026-13-01T00:00:00Z"}):
        assert client.get(f"{V2}requests.json", wrong).json()[0]["code"] == 400
