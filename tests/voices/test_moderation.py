"""Moderation: a log, public reasons, copies decided at once; single voices published by two persons."""

import pytest
from django.db import IntegrityError, transaction

from minhu.trail.models import Entry
from minhu.trail.states import Actor
from minhu.voices.actions.moderating import hold_voice, is_asked, moderate, write_again
from minhu.voices.actions.owning import change_consent
from minhu.voices.actions.publishing import check_publication, propose_publication
from minhu.voices.models import Moderation, Publication, Voice
from minhu.voices.states.hearing import Asked, Held, State, Verdict, VoiceRefused
from tests.factories.voices import NOW, lay_district, said

pytestmark = pytest.mark.django_db
OFFICE = Actor(1, "gaige", "gaigeban")
SECOND = Actor(2, "gaige", "gaigeban")


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def held(count: int = 3) -> list[Voice]:
    """Copies of one text; from the third on they wait."""
    return [said(address="192.0.2.7").voice for _copy in range(count)]


def test_a_person_holds_a_voice_and_says_why():
    voice = said().voice
    line = hold_voice(by=OFFICE, number=voice.number, words="  像是广告  ", at=NOW)
    voice.refresh_from_db()
    assert (voice.state, line.reason, line.words, line.by_post.code) == (
        "held",
        Held.PERSON,
        "像是广告",
        "gaige",
    )
    with pytest.raises(VoiceRefused, match="还没有开始办理"):
        hold_voice(by=OFFICE, number=voice.number, words="再来", at=NOW)


def test_copies_are_released_in_one_deed_and_each_is_in_the_record():
    voices = held(5)
    assert moderate(by=OFFICE, number=voices[2].number, verdict=Verdict.RELEASED, words="", at=NOW) == 3
    assert set(Voice.objects.values_list("state", flat=True)) == {State.RECEIVED}
    deeds = Entry.objects.filter(deed="voices.moderate").values_list("book", "actor_post", "asked")
    assert list(deeds) == [(voice.book, "gaige", 1) for voice in voices[2:]]


def test_a_refusal_needs_a_public_reason():
    number = held()[2].number
    with pytest.raises(VoiceRefused) as refused:
        moderate(by=OFFICE, number=number, verdict=Verdict.REFUSED, words=" ", at=NOW)
    assert refused.value.field == "words"
    moderate(by=OFFICE, number=number, verdict=Verdict.REFUSED, words="重复提交，前两件已受理", at=NOW)
    assert Voice.objects.get(number=number).state == State.REFUSED
    with pytest.raises(IntegrityError), transaction.atomic():
        Moderation.objects.filter(verdict=Verdict.REFUSED).update(words="")


@pytest.mark.parametrize("verdict", ["held", "nonsense", ""])
def test_other_verdicts_are_none(verdict):
    with pytest.raises(VoiceRefused):
        moderate(by=OFFICE, number=held()[2].number, verdict=verdict, words="x", at=NOW)


def test_who_comes_second_is_told():
    number = held()[2].number
    moderate(by=OFFICE, number=number, verdict=Verdict.RELEASED, words="", at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        moderate(by=SECOND, number=number, verdict=Verdict.REFUSED, words="x", at=NOW)
    assert refused.value.code == "state"
    with pytest.raises(VoiceRefused) as refused:
        moderate(by=OFFICE, number="v2026-999999", verdict=Verdict.RELEASED, words="", at=NOW)
    assert refused.value.code == "unknown"


def test_the_author_asked_again_writes_again_and_the_moderators_look_again():
    heard = said("啊" * 200)
    other = said("啊" * 200, address="192.0.2.9").voice
    assert not is_asked(heard.voice)
    with pytest.raises(VoiceRefused):
        write_again(code=heard.follow_code, text="路灯坏了", at=NOW)
    moderate(by=OFFICE, number=heard.voice.number, verdict=Verdict.ASKED, words="请写清地点", at=NOW)
    other.refresh_from_db()
    assert (other.state, other.moderations.count()) == (State.HELD, 1)
    voice = write_again(code=heard.follow_code, text="一号桥路灯坏了，请联系13800000000", at=NOW)
    assert (voice.state, is_asked(voice), "138" in voice.masked) == (State.HELD, False, False)
    assert list(voice.moderations.values_list("verdict", "reason")) == [
        ("held", Held.GARBLED), ("asked", ""), ("held", Held.REWRITTEN),
    ]  # fmt: skip
    assert Entry.objects.get(deed="voices.write_again").payload.keys() == {"text"}


def test_a_voice_is_published_by_two_persons_with_consent():
    voice = said("请回电13800000000，一号桥路灯坏了", may_publish=True).voice
    row = propose_publication(by=OFFICE, number=voice.number, text="一号桥路灯坏了", at=NOW)
    assert Voice.objects.published().count() == 0
    with pytest.raises(VoiceRefused) as refused:
        check_publication(by=OFFICE, pk=row.pk, granted=True, reason="", at=NOW)
    assert refused.value.code == "apart"
    check_publication(by=SECOND, pk=row.pk, granted=True, reason="", at=NOW)
    voice.refresh_from_db()
    assert (list(Voice.objects.published()), voice.masked) == ([voice], "一号桥路灯坏了")
    with pytest.raises(VoiceRefused):
        check_publication(by=SECOND, pk=row.pk, granted=True, reason="", at=NOW)
    with pytest.raises(VoiceRefused):
        propose_publication(by=OFFICE, number=voice.number, text="一号桥路灯坏了", at=NOW)


def test_what_the_second_person_finds_wanting_stays_unpublished():
    voice = said(may_publish=True).voice
    row = propose_publication(by=OFFICE, number=voice.number, text=voice.masked, at=NOW)
    with pytest.raises(VoiceRefused) as refused:
        check_publication(by=SECOND, pk=row.pk, granted=False, reason="", at=NOW)
    assert refused.value.field == "reason"
    check_publication(by=SECOND, pk=row.pk, granted=False, reason="楼栋号认得出人", at=NOW)
    row.refresh_from_db()
    assert (row.state, row.reason, Voice.objects.published().count()) == (Asked.REFUSED, "楼栋号认得出人", 0)
    with pytest.raises(IntegrityError), transaction.atomic():
        Publication.objects.filter(pk=row.pk).update(decided_user=row.asked_user)


def test_without_consent_or_while_held_nothing_is_proposed():
    with pytest.raises(VoiceRefused) as refused:
        propose_publication(by=OFFICE, number=said().voice.number, text="路灯坏了", at=NOW)
    assert refused.value.code == "consent"
    waiting = said("啊" * 200, may_publish=True).voice
    with pytest.raises(VoiceRefused) as refused:
        propose_publication(by=OFFICE, number=waiting.number, text="路灯坏了", at=NOW)
    assert refused.value.code == "state"


def test_consent_withdrawn_takes_it_back_and_closes_the_proposal():
    heard = said(may_publish=True)
    row = propose_publication(by=OFFICE, number=heard.voice.number, text="路灯坏了请修", at=NOW)
    change_consent(code=heard.follow_code, may_publish=False, at=NOW)
    with pytest.raises(VoiceRefused):
        check_publication(by=SECOND, pk=row.pk, granted=True, reason="", at=NOW)
    change_consent(code=heard.follow_code, may_publish=True, at=NOW)
    again = propose_publication(by=OFFICE, number=heard.voice.number, text="路灯坏了请修", at=NOW)
    check_publication(by=SECOND, pk=again.pk, granted=True, reason="", at=NOW)
    assert Voice.objects.published().count() == 1
    voice = change_consent(code=heard.follow_code, may_publish=False, at=NOW)
    assert (voice.published_at, Voice.objects.published().count()) == (None, 0)
    assert set(Publication.objects.values_list("state", flat=True)) == {Asked.WITHDRAWN}
