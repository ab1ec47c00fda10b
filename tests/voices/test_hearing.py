"""Hearing: numbers, masks, tokens, personal values apart, and a record without a word of it."""

import json
from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction

from minhu.trail.models import Entry
from minhu.trail.states import Actor
from minhu.voices.actions.hearing import hear, hear_many
from minhu.voices.actions.knocking import SAY, knock
from minhu.voices.bridge.tokens import bare_code, code_digest, new_code, salted
from minhu.voices.models import Knock, Moderation, Salt, Voice, VoicePersonal
from minhu.voices.states.hearing import LONGEST, Channel, Draft, Held, State, VoiceRefused
from tests.factories.voices import LAMP, NOW, lay_district, said

pytestmark = pytest.mark.django_db
CLERK = Actor(7, "wenjiao-jingban", "wenjiao")


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def test_a_voice_gets_number_title_and_desk():
    voice = said(place="wenjiao").voice
    assert (voice.number, voice.title) == (
        "v2026-000001",
        "文教街道一号桥下的路灯坏了半个月，晚上接孩子看不清台阶，请尽快修",
    )
    assert (voice.state, voice.channel, voice.said_on) == (State.RECEIVED, Channel.WEB, date(2026, 3, 31))
    assert (voice.keeper.code, voice.place.code, voice.text_until) == (
        "gaigeban",
        "wenjiao",
        date(2028, 3, 31),
    )
    assert said("另一件事：公园的厕所晚上不开门").voice.number == "v2026-000002"


def test_the_code_is_told_once_and_only_its_digest_kept():
    heard = said()
    assert len(bare_code(heard.follow_code)) == 16
    assert heard.voice.code_digest == code_digest(heard.follow_code.lower().replace("-", " "))
    assert bare_code("0000-1111-0000-1111") == ""
    assert new_code() != new_code()


def test_personal_values_stand_apart_with_purpose_and_last_day():
    voice = said(contact={"phone": " 0574-00000000 ", "mail": "", "name": "某某"}).voice
    rows = {row.key: row for row in voice.personal.all()}
    assert {key: row.value for key, row in rows.items()} == {"name": "某某", "phone": "0574-00000000"}
    assert {row.keep_until for row in rows.values()} == {date(2028, 3, 31)}
    assert all(row.purpose for row in rows.values())


def test_the_record_holds_digests_and_no_word_of_the_text():
    heard = said(
        "请给张某某回电 13800000000，楼道灯坏了", contact={"phone": "13800000000"}, address="192.0.2.7"
    )
    voice = heard.voice
    entry = Entry.objects.get(book=voice.book, deed="voices.hear")
    row = voice.personal.get()
    assert entry.deed == "voices.hear"
    assert entry.payload == {
        "channel": "web",
        "state": "received",
        "text": salted(voice.salt, voice.text),
        "personal": {"phone": salted(row.salt, "13800000000")},
    }
    everything = json.dumps(list(Entry.objects.values("payload", "thing", "book")), ensure_ascii=False)
    assert [
        leak for leak in ("13800000000", "楼道", "192.0.2.7", heard.follow_code) if leak in everything
    ] == []


def test_what_leaves_the_handler_is_masked():
    voice = said("请回电13800000000，楼道灯坏了", title="回电 13800000000", place_words="13800000000旁").voice
    assert "13800000000" in voice.text
    assert [value for value in (voice.masked, voice.title, voice.place_words) if "13800000000" in value] == []


def test_one_person_counts_once_in_a_window_and_nobody_after_it():
    phone = {"phone": "138 0000 0000"}
    first, same = said(contact=phone).voice, said("别的事情", contact={"phone": "13800000000"}).voice
    other = said("第三件事情", contact={"phone": "13900000000"}).voice
    later = said("第四件事情", contact=phone, at=NOW + timedelta(days=1)).voice  # April: another quarter
    assert first.person == same.person
    assert len({first.person, other.person, later.person}) == 3
    assert Salt.objects.filter(name="person").count() == 2
    assert said("第五件").voice.person != said("第六件").voice.person


def test_the_same_sending_twice_is_one_voice():
    first = said(submit_key="k1")
    again = said("改了几个字", submit_key="k1")
    assert (again.voice, again.again, again.follow_code) == (first.voice, True, "")
    assert Voice.objects.count() == 1


def test_a_number_from_elsewhere_is_heard_once():
    first = said(outside_number="G7", channel="letter").voice
    with pytest.raises(VoiceRefused) as refused:
        said("别的内容来了", outside_number="G7", channel="letter")
    assert (refused.value.field, first.number in refused.value.words) == ("outside_number", True)
    assert said("别的内容来了", outside_number="G7", channel="petition").voice.pk != first.pk


@pytest.mark.parametrize("text", ["", "   \n ", "😀", "\u200b\u200b", "。！？", "a"])
def test_what_says_nothing_is_refused_with_a_word_how_to_mend_it(text):
    with pytest.raises(VoiceRefused) as refused:
        said(text)
    assert (refused.value.field, refused.value.words) == (
        "text",
        "请用几句话说明：发生了什么、在哪里、您希望怎样。",
    )


def test_a_flood_is_refused_and_says_by_how_much():
    with pytest.raises(VoiceRefused) as refused:
        said("灯坏了" * (LONGEST // 3) + "灯坏了")
    assert refused.value.words == f"最多{LONGEST}个字，请删去{2}个字。"
    assert Voice.objects.count() == 0


def test_nothing_hides_in_a_text():
    hidden = "\U000e0049\U000e0067"  # tag characters, in which prompts are smuggled
    voice = said(f"路灯\u202e坏了{hidden}\x00\x07\r\n\r\n\r\n\r\n请\u200b修<script>alert(1)</script>").voice
    assert voice.text == "路灯坏了\n\n请修<script>alert(1)</script>"


def test_mixed_scripts_are_kept():
    text = "The lift 电梯 лифт エレベーター مصعد is broken ①②"
    assert said(text).voice.text == text


def test_copies_wait_together_for_a_person():
    voices = [said(address="192.0.2.7").voice for _copy in range(4)]
    assert [voice.state for voice in voices] == ["received", "received", "held", "held"]
    assert {voice.sameness for voice in voices} == {voices[0].sameness}
    spelled = said(
        "文教街道一号桥下的路灯坏了半个月!晚上接孩子看不清台阶.请尽快修", address="192.0.2.7"
    ).voice
    assert (spelled.state, spelled.sameness) == ("held", voices[0].sameness)
    assert set(Moderation.objects.values_list("reason", flat=True)) == {Held.COPIES}


def test_copies_of_many_people_wait_after_more_of_them():
    states = [said(address=f"192.0.2.{number}").voice.state for number in range(6)]
    assert states == ["received"] * 4 + ["held"] * 2


def test_what_officers_write_down_never_waits():
    voices = hear_many(by=CLERK, drafts=[replace(LAMP, channel=Channel.HOTLINE)] * 6, at=NOW)
    assert {voice.state for voice in voices} == {State.RECEIVED}
    assert Entry.objects.filter(deed="voices.hear", actor_post="wenjiao-jingban", asked=1).count() == 6


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("快来 https://a.example/1 https://b.example/2 www.c.example 领奖", Held.LINKS),
        ("啊" * 200, Held.GARBLED),
        ("!!@@##$$%%^^&&**(())灯坏", Held.GARBLED),
    ],
)
def test_what_looks_odd_waits_for_a_person_with_a_reason(text, reason):
    voice = said(text).voice
    assert (voice.state, voice.moderations.get().reason) == (State.HELD, reason)


def test_unknown_units_and_days_to_come_are_refused_by_name():
    with pytest.raises(VoiceRefused, match="nowhere") as refused:
        said(place="nowhere")
    assert refused.value.field == "place"
    with pytest.raises(VoiceRefused) as refused:
        said(said_on=date(2026, 4, 1))
    assert refused.value.field == "said_on"
    with pytest.raises(VoiceRefused) as refused:
        said(contact={"name": "长" * 201})
    assert refused.value.field == "name"
    assert Voice.objects.count() == 0


def test_many_are_heard_wholly_or_not_at_all():
    drafts = [replace(LAMP, outside_number="a"), replace(LAMP, outside_number="a")]
    with pytest.raises(IntegrityError), transaction.atomic():
        hear_many(by=CLERK, drafts=drafts, at=NOW)
    assert (Voice.objects.count(), Entry.objects.filter(deed="voices.hear").count()) == (0, 0)
    assert said().voice.number == "v2026-000001"


def test_an_address_may_speak_so_often_and_is_never_kept():
    for _time in range(5):
        knock(address="192.0.2.7", what=SAY, at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        knock(address="192.0.2.7", what=SAY, at=NOW)
    assert (refused.value.code, "11:00" in refused.value.words) == ("often", True)
    knock(address="192.0.2.8", what=SAY, at=NOW)
    knock(address="192.0.2.7", what=SAY, at=NOW + timedelta(hours=1))
    assert [row.digest for row in Knock.objects.all() if "192" in row.digest] == []


def test_an_address_may_speak_so_often_a_day():
    for hour in range(2):
        for _time in range(4):
            knock(address="192.0.2.7", what=SAY, at=NOW + timedelta(hours=hour))
    with pytest.raises(VoiceRefused):
        knock(address="192.0.2.7", what=SAY, at=NOW + timedelta(hours=2))


def test_constraints_hold_below_the_actions():
    voice = hear(by=None, draft=Draft("路灯坏了请修", contact={"phone": "1"}), at=NOW).voice
    for change in ({"published_at": NOW}, {"erased_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Voice.objects.filter(pk=voice.pk).update(**change)
    for change in ({"value": ""}, {"erased_at": NOW}):
        with pytest.raises(IntegrityError), transaction.atomic():
            VoicePersonal.objects.filter(voice=voice).update(**change)
