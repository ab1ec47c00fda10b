"""Occasions: one record, many voices; nothing that counts or follows who came."""

from dataclasses import fields, replace
from datetime import date

import pytest

from minhu.trail.models import Entry
from minhu.trail.states import Actor
from minhu.voices.actions.occasions import MOST, OccasionDraft, add_said, record_occasion
from minhu.voices.models import Occasion, Voice
from minhu.voices.states.hearing import Draft, VoiceRefused
from tests.factories.voices import NOW, lay_district

pytestmark = pytest.mark.django_db
CLERK = Actor(7, "wenjiao-jingban", "wenjiao")
EVENING = OccasionDraft(
    "evening", "文教街道代表夜聊", date(2026, 3, 30), "wenjiao", "wenjiao", "一号桥居委会"
)
SAID = (Draft("楼道里的灯不亮，老人怕摔"), Draft("希望周末也能办老年卡", identity="resident", place="kongpu"))


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def test_an_evening_yields_several_voices():
    noted = record_occasion(by=CLERK, draft=EVENING, said=SAID, at=NOW)
    rows = Voice.objects.order_by("number").values_list(
        "channel", "said_on", "place__code", "place_words", "keeper__code"
    )
    assert list(rows) == [
        ("occasion", date(2026, 3, 30), "wenjiao", "一号桥居委会", "wenjiao"),
        ("occasion", date(2026, 3, 30), "kongpu", "一号桥居委会", "wenjiao"),
    ]
    assert {voice.occasion_id for voice in noted.voices} == {noted.occasion.pk}
    assert Entry.objects.get(deed="voices.record_occasion").payload == {
        "kind": "evening", "held_on": "2026-03-30", "office": "wenjiao",
    }  # fmt: skip


def test_nothing_counts_or_follows_who_came():
    held = {field.name for field in Occasion._meta.get_fields()}
    assert held == {
        "id", "voices", "kind", "title", "held_on", "place", "place_words", "office", "note", "key",
        "illustrative",
    }  # fmt: skip
    assert {field.name for field in fields(OccasionDraft)} <= held


def test_the_same_record_twice_is_one():
    first = record_occasion(by=CLERK, draft=replace(EVENING, key="k"), said=SAID, at=NOW)
    again = record_occasion(by=CLERK, draft=replace(EVENING, key="k"), said=SAID, at=NOW)
    assert (again.occasion, again.voices, Voice.objects.count()) == (first.occasion, first.voices, 2)


def test_names_in_the_note_are_masked_and_more_can_be_added():
    noted = record_occasion(by=CLERK, draft=replace(EVENING, note="电话13800000000"), said=SAID, at=NOW)
    assert "13800000000" not in noted.occasion.note
    (more,) = add_said(by=CLERK, occasion=noted.occasion, said=[Draft("夜里有人跳广场舞")], at=NOW)
    assert (more.occasion_id, more.said_on) == (noted.occasion.pk, date(2026, 3, 30))


@pytest.mark.parametrize(
    ("change", "said", "field"),
    [
        ({"kind": "party"}, SAID, "kind"),
        ({"title": " "}, SAID, "title"),
        ({"held_on": date(2026, 4, 1)}, SAID, "held_on"),
        ({"office": "nowhere"}, SAID, "office"),
        ({"place": "nowhere"}, SAID, "place"),
        ({}, (), "said"),
        ({}, (Draft("灯不亮了"),) * (MOST + 1), "said"),
        ({}, (Draft("😀"),), "text"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field_and_nothing_is_kept(change, said, field):
    with pytest.raises(VoiceRefused) as refused:
        record_occasion(by=CLERK, draft=replace(EVENING, **change), said=said, at=NOW)
    assert (refused.value.field, Occasion.objects.count(), Voice.objects.count()) == (field, 0, 0)
