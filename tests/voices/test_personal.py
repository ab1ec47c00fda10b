"""Own data: seen, corrected, deleted; looks recorded; what is gone leaves a chain that still verifies."""

import json
from datetime import timedelta

import pytest

from minhu.trail.bridge import verify
from minhu.trail.models import Entry
from minhu.trail.states import Actor
from minhu.voices.actions.erasing import erase_expired
from minhu.voices.actions.knocking import SAY, knock
from minhu.voices.actions.looking import look
from minhu.voices.actions.owning import (
    ask_about_data,
    change_consent,
    change_contact,
    decide_data_request,
)
from minhu.voices.models import DataRequest, Knock, Salt, Voice, VoicePersonal
from minhu.voices.states.hearing import Asked, VoiceRefused, Want
from tests.factories.voices import NOW, lay_district, said

pytestmark = pytest.mark.django_db
OFFICE = Actor(1, "gaige", "gaigeban")
PHONE = {"name": "某某", "phone": "13800000000"}
LATER = NOW + timedelta(days=800)


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def test_every_look_stands_in_the_record_without_what_was_seen():
    voice = said("请回电13800000000，路灯坏了", contact=PHONE).voice
    raw = look(by=OFFICE, number=voice.number, at=NOW)
    assert (raw.text, raw.contact) == (voice.text, {"怎么称呼您": "某某", "联系电话": "13800000000"})
    entry = Entry.objects.get(deed="voices.look")
    assert (entry.actor_post, entry.payload) == ("gaige", {"text": True, "personal": ["name", "phone"]})


def test_the_author_corrects_the_contact_and_takes_it_away():
    heard = said(contact=PHONE)
    change_contact(
        code=heard.follow_code, contact={"phone": "0574-00000000", "mail": "a@example.invalid"}, at=NOW
    )
    assert dict(heard.voice.personal.values_list("key", "value")) == {
        "phone": "0574-00000000", "mail": "a@example.invalid",
    }  # fmt: skip
    assert Entry.objects.get(deed="voices.change_contact").payload == {"changed": ["name", "phone", "mail"]}
    change_contact(code=heard.follow_code, contact={}, at=NOW)
    assert VoicePersonal.objects.count() == 0
    change_contact(code=heard.follow_code, contact={}, at=NOW)
    assert Entry.objects.filter(deed="voices.change_contact").count() == 2


def test_a_wrong_code_opens_nothing():
    said()
    for code in ("", "ABCD", "ABCD-EFGH-JKLM-NPQR", "' OR 1=1 --    "):
        with pytest.raises(VoiceRefused) as refused:
            change_consent(code=code, may_publish=True, at=NOW)
        assert refused.value.code == "unknown"


def test_a_correction_that_is_granted_stands_under_what_was_said():
    heard = said("一号桥路灯坏了，请修")
    row = ask_about_data(code=heard.follow_code, want=Want.CORRECT, words="是二号桥，电话13800000000", at=NOW)
    with pytest.raises(VoiceRefused):
        ask_about_data(code=heard.follow_code, want=Want.CORRECT, words="又来", at=NOW)
    decide_data_request(by=OFFICE, pk=row.pk, granted=True, reason="", at=NOW)
    voice = Voice.objects.get()
    assert voice.text == "一号桥路灯坏了，请修\n\n反映人更正：是二号桥，电话13800000000"
    assert "13800000000" not in voice.masked
    with pytest.raises(VoiceRefused):
        decide_data_request(by=OFFICE, pk=row.pk, granted=False, reason="x", at=NOW)


def test_everything_goes_when_its_author_wishes_and_the_chain_holds():
    heard = said("请回电13800000000，路灯坏了", contact=PHONE, may_publish=True, place_words="三号楼")
    row = ask_about_data(code=heard.follow_code, want=Want.DELETE_ALL, words="不想留了", at=NOW)
    decide_data_request(by=OFFICE, pk=row.pk, granted=True, reason="", at=NOW)
    voice = Voice.objects.get()
    assert (voice.text, voice.masked, voice.salt, voice.place_words, voice.person) == ("",) * 5
    assert (voice.title, voice.erased_at, voice.may_publish) == ("反映人已删除", NOW, False)
    assert list(voice.personal.values_list("value", "salt")) == [("", "")] * 2
    kept = (
        list(Voice.objects.values())
        + list(VoicePersonal.objects.values())
        + list(DataRequest.objects.values())
    )
    everything = json.dumps([*kept, *Entry.objects.values("payload")], ensure_ascii=False, default=str)
    assert [
        leak for leak in ("13800000000", "某某", "路灯", "三号楼", "不想留了") if leak in everything
    ] == []
    assert Voice.objects.live().count() == 0
    with pytest.raises(VoiceRefused) as refused:
        change_contact(code=heard.follow_code, contact=PHONE, at=NOW)
    assert refused.value.code == "gone"
    assert list(Entry.objects.filter(deed="voices.erase").values_list("payload__keys", flat=True)) == [
        ["name", "phone"], ["text", "masked"],
    ]  # fmt: skip
    assert verify().faults == ()


def test_a_refusal_of_a_wish_says_why_and_changes_nothing():
    heard = said(contact=PHONE)
    row = ask_about_data(code=heard.follow_code, want=Want.DELETE_ALL, words="", at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        decide_data_request(by=OFFICE, pk=row.pk, granted=False, reason="", at=NOW)
    assert refused.value.field == "reason"
    decide_data_request(by=OFFICE, pk=row.pk, granted=False, reason="信访件须保存到办结", at=NOW)
    row.refresh_from_db()
    assert (row.state, row.reason, Voice.objects.get().has_raw) == (Asked.REFUSED, "信访件须保存到办结", True)


@pytest.mark.parametrize(("want", "words"), [("see", ""), (Want.CORRECT, ""), (Want.DELETE_ALL, "长" * 501)])
def test_wishes_that_cannot_be_read_are_refused(want, words):
    with pytest.raises(VoiceRefused):
        ask_about_data(code=said().follow_code, want=want, words=words, at=NOW)
    assert DataRequest.objects.count() == 0


def test_what_may_no_longer_be_kept_goes_by_itself():
    voice = said("请回电13800000000，路灯坏了", contact=PHONE).voice
    knock(address="192.0.2.7", what=SAY, at=NOW)
    assert erase_expired(at=NOW + timedelta(days=700)) == 0
    assert erase_expired(at=LATER) == 2
    voice.refresh_from_db()
    assert (voice.text, voice.salt, voice.masked != "") == ("", "", True)
    assert set(voice.personal.values_list("value", flat=True)) == {""}
    assert (Salt.objects.count(), Knock.objects.count(), erase_expired(at=LATER)) == (0, 0, 0)
    assert verify().faults == ()
