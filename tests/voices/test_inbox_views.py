"""Pages of staff, each once right and once refused per role; what they may not show."""

import io
from datetime import date

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from minhu.people.models import Organisation
from minhu.people.states import Role
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from minhu.voices.actions.occasions import OccasionDraft, record_occasion
from minhu.voices.actions.owning import ask_about_data
from minhu.voices.actions.publishing import propose_publication
from minhu.voices.models import DataRequest, Incoming, Occasion, Publication, Voice
from minhu.voices.states.hearing import Draft, Want
from tests.factories.voices import NOW, lay_district, said
from tests.roles import check_roles

pytestmark = pytest.mark.django_db
OFFICE, LEAD, LEADER, SUPERVISOR, AUDITOR = Role
SECRET = "13800000000"
WRITERS = (OFFICE, LEAD)
CSV = "编号,内容,镇街\nG1,一号桥的路灯坏了,文教街道\nG2,菜场门口污水横流,\n"


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def unit(code: str) -> Organisation:
    """A unit by code."""
    return Organisation.objects.get(code=code)


def at(name: str, *args: object) -> str:
    """An address of this room."""
    return reverse(f"voices:{name}", args=args)


def kept(**more) -> Voice:
    """A voice that the street took in, with a personal value."""
    return said(f"请回电{SECRET}，路灯坏了", keeper="wenjiao", contact={"phone": SECRET}, **more).voice


def noted() -> Occasion:
    """An evening of the street."""
    draft = OccasionDraft("evening", "夜聊", date(2026, 3, 30), "wenjiao", "wenjiao")
    return record_occasion(
        by=Actor(1, "p", "wenjiao"), draft=draft, said=[Draft("灯不亮了")], at=NOW
    ).occasion


@pytest.mark.parametrize("name", ["inbox", "occasions"])
def test_lists_are_for_every_role(client_as, name):
    kept()
    noted()
    check_roles(client_as, at(name), tuple(Role), organisation=unit("wenjiao"))


@pytest.mark.parametrize(
    "name", ["hear", "occasion_new", "bring", "empty", "moderation", "checks", "requests"]
)
def test_doors_to_deeds_are_for_those_who_may(client_as, name):
    check_roles(client_as, at(name), WRITERS, organisation=unit("wenjiao"))


def test_a_page_is_for_those_who_see_the_voice(client_as):
    check_roles(client_as, at("voice", kept().number), tuple(Role), organisation=unit("wenjiao"))
    check_roles(client_as, at("occasion", noted().pk), tuple(Role), organisation=unit("wenjiao"))
    client = client_as(LEAD, unit("kongpu"))
    assert client.get(at("voice", Voice.objects.last().number)).status_code == 404
    assert client.get(at("occasion", Occasion.objects.get().pk)).status_code == 404
    assert client.get(at("voice", "v2026-999999")).status_code == 404


def test_lists_and_pages_never_show_the_raw_text(client_as):
    voice = kept(place_words=SECRET, title=SECRET)
    client = client_as(LEAD, unit("wenjiao"))
    pages = [client.get(url).content.decode() for url in (at("inbox"), at("voice", voice.number))]
    assert ["路灯坏了" in page for page in pages] == [False, True]
    assert [page for page in pages if SECRET in page] == []


def test_the_raw_text_is_for_the_handling_unit_and_each_look_is_recorded(client_as):
    url = at("raw", kept().number)
    client = client_as(LEAD, unit("wenjiao"))
    answer = client.post(url)
    assert (SECRET in answer.content.decode(), answer["Cache-Control"]) == (True, "no-store")
    assert Entry.objects.get(deed="voices.look").actor_post == client.post_held.code
    assert client.get(url).status_code == 405
    assert client_as(OFFICE, unit("gaigeban")).post(url).status_code == 403
    assert client_as(LEAD, unit("kongpu")).post(url).status_code == 404
    assert client_as(SUPERVISOR, unit("wenjiao")).post(url).status_code == 403
    assert Entry.objects.filter(deed="voices.look").count() == 1


def test_filters_stand_in_the_address(client_as):
    lamp, drain = kept(place="wenjiao"), said("菜场门口污水横流", place="kongpu", sort="complaint").voice
    Voice.objects.filter(pk=drain.pk).update(domain="环境")
    client = client_as(OFFICE, unit("gaigeban"))

    def found(query: str) -> list[str]:
        return [row.number for row in client.get(f"{at('inbox')}?{query}").context["page"].object_list]

    assert found("") == [drain.number, lamp.number]
    assert found("street=kongpu") == found("text=污水") == found("domain=环境") == [drain.number]
    assert found("sort=complaint") == found(f"text={drain.number}") == [drain.number]
    assert found("channel=hotline") == found("state=held") == found("days=1") == []
    assert found("channel=nonsense&days=x") == [drain.number, lamp.number]


def test_an_officer_writes_a_letter_down_and_hands_the_code_on(client_as):
    client = client_as(LEAD, unit("wenjiao"))
    form = {
        "channel": "letter",
        "text": "来信说楼道堆物",
        "said_on": "2026-03-30",
        "key": "k1",
        "phone": SECRET,
    }
    first = client.post(at("hear"), form).content.decode()
    voice = Voice.objects.select_related("keeper").get()
    assert ("big-code" in first, voice.channel, voice.keeper.code) == (True, "letter", "wenjiao")
    assert Entry.objects.get(deed="voices.hear").asked == 4
    assert "big-code" not in client.post(at("hear"), form).content.decode()
    wrong = client.post(at("hear"), form | {"text": "😀", "key": "k2"})
    assert (wrong.status_code, "😀" in wrong.content.decode(), Voice.objects.count()) == (422, True, 1)
    assert client_as(AUDITOR, unit("wenjiao")).post(at("hear"), form | {"key": "k3"}).status_code == 403


def test_an_evening_is_written_down_as_voices(client_as):
    client = client_as(LEAD, unit("wenjiao"))
    form = {"kind": "evening", "title": "夜聊", "held_on": "2026-03-30", "office": "wenjiao", "key": "k",
            "said": "灯不亮了\r\n\r\n \r\n\r\n老年卡周末办不了"}  # fmt: skip
    answer = client.post(at("occasion_new"), form)
    one = Occasion.objects.get()
    assert (answer["Location"], one.voices.count()) == (one.get_absolute_url(), 2)
    assert client.post(one.get_absolute_url(), {"said": "垃圾桶太远"})["Location"] == one.get_absolute_url()
    wrong = client.post(one.get_absolute_url(), {"said": "😀"})
    assert (wrong.status_code, one.voices.count()) == (422, 3)
    other = client.post(at("occasion_new"), form | {"office": "kongpu", "key": "z"})
    assert (other.status_code, Occasion.objects.count()) == (422, 1)
    assert (
        client_as(SUPERVISOR, unit("wenjiao")).post(one.get_absolute_url(), {"said": "再来一条"}).status_code
        == 403
    )


def test_a_held_voice_is_decided_with_its_copies(client_as):
    voices = [said(address="192.0.2.7", keeper="wenjiao").voice for _copy in range(4)]
    client = client_as(LEAD, unit("wenjiao"))
    rows = client.get(at("moderation")).context["rows"]
    assert [(voice.number, count) for voice, count, _last in rows] == [(voices[2].number, 2)]
    url = at("decide", voices[2].number)
    assert client.post(url, {"verdict": "refused", "words": ""}).status_code == 422
    assert client.post(url, {"verdict": "released", "words": ""})["Location"] == at("moderation")
    assert client.post(url, {"verdict": "released", "words": ""}).status_code == 422
    assert Voice.objects.held().count() == 0
    check_roles(client_as, at("decide", voices[0].number), WRITERS, organisation=unit("wenjiao"))


def test_a_voice_is_held_with_a_reason(client_as):
    voice = kept()
    client = client_as(LEAD, unit("wenjiao"))
    assert client.post(at("hold", voice.number), {"words": " "}).status_code == 422
    assert client.post(at("hold", voice.number), {"words": "像广告"})["Location"] == voice.get_absolute_url()
    assert client.post(at("hold", voice.number), {"words": "像广告"}).status_code == 422
    placed = said("孔浦有人看到的事情", keeper="zhujian", place="wenjiao").voice
    assert client.post(at("hold", placed.number), {"words": "像广告"}).status_code == 403


def test_a_second_person_checks_what_is_published(client_as):
    voice = kept(may_publish=True)
    first, second = client_as(LEAD, unit("wenjiao")), client_as(LEAD, unit("wenjiao"))
    assert (
        first.post(at("propose", voice.number), {"text": "路灯坏了请修"})["Location"]
        == voice.get_absolute_url()
    )
    assert first.post(at("propose", voice.number), {"text": "路灯坏了请修"}).status_code == 422
    url = at("check", Publication.objects.get().pk)
    assert first.post(url, {"granted": "yes", "reason": ""}).status_code == 422
    assert "由您提出" in first.get(at("checks")).content.decode()
    assert client_as(LEAD, unit("kongpu")).get(url).status_code == 404
    assert second.post(url, {"granted": "yes", "reason": ""})["Location"] == at("checks")
    voice.refresh_from_db()
    assert (voice.published_at is not None, voice.masked) == (True, "路灯坏了请修")


def test_a_request_about_data_is_decided_by_the_unit_that_keeps_it(client_as):
    heard = said(keeper="wenjiao")
    ask_about_data(code=heard.follow_code, want=Want.DELETE_ALL, words="", at=NOW)
    url = at("answer", DataRequest.objects.get().pk)
    client = client_as(LEAD, unit("wenjiao"))
    assert client_as(LEAD, unit("kongpu")).get(url).status_code == 404
    assert client.post(url, {"granted": "no", "reason": ""}).status_code == 422
    assert client.post(url, {"granted": "yes", "reason": ""})["Location"] == at("requests")
    assert client.get(url).status_code == 404
    assert "已于" in client.get(at("voice", heard.voice.number)).content.decode()
    assert list(client.get(at("inbox")).context["page"].object_list) == []


def sent(client: Client, content: bytes, name: str = "热线.csv"):
    """A table sent to be looked at."""
    file = io.BytesIO(content)
    file.name = name
    return client.post(at("bring"), {"channel": "hotline", "file": file})


def test_a_table_is_looked_at_then_brought_in(client_as):
    client = client_as(LEAD, unit("wenjiao"))
    url = sent(client, CSV.encode("gb18030"))["Location"]
    page = client.get(url)
    assert (len(page.context["ready"].drafts), Voice.objects.count()) == (2, 0)
    assert client_as(LEAD, unit("wenjiao")).get(url).status_code == 404
    assert client.post(url)["Location"] == at("inbox")
    assert (Voice.objects.count(), Incoming.objects.count(), client.get(url).status_code) == (2, 0, 404)


def test_a_wrong_table_stays_out_and_comes_back_marked(client_as):
    client = client_as(LEAD, unit("wenjiao"))
    url = sent(client, (CSV + "G1,😀,火星\n").encode())["Location"]
    page = client.get(url)
    assert (page.status_code, {one.cell for one in page.context["wrong"]}) == (422, {"A2", "A4", "B4", "C4"})
    assert (client.post(url).status_code, Voice.objects.count()) == (422, 0)
    book = load_workbook(io.BytesIO(client.get(f"{url}marked.xlsx").content))
    assert book.worksheets[0]["C4"].comment is not None
    assert client.post(url, {"drop": "1"})["Location"] == at("bring")
    assert Incoming.objects.count() == 0


def test_what_is_no_table_is_refused_on_the_form(client_as):
    answer = sent(client_as(LEAD, unit("wenjiao")), b"%PDF-1.4 no table")
    assert (answer.status_code, Incoming.objects.count()) == (422, 0)


def test_no_page_counts_visits(client_as):
    noted()
    text = client_as(OFFICE, unit("gaigeban")).get(at("occasions")).content.decode()
    assert "paginator" not in text
    assert "共" not in text.split("<main")[1].split("</main>")[0]


def test_the_proposal_needs_consent(client_as):
    voice = kept()
    assert (
        client_as(LEAD, unit("wenjiao")).post(at("propose", voice.number), {"text": "路灯坏了"}).status_code
        == 422
    )
    with pytest.raises(Exception, match="没有同意"):
        propose_publication(
            by=Actor(1, "wenjiao-jingban", "wenjiao"), number=voice.number, text="路灯坏了", at=NOW
        )
