"""Illustrative voices of a pack: told once, day by day; what is wrong is refused at its line."""

from datetime import timedelta
from decimal import Decimal
from pathlib import Path

import pytest

from minhu.packs import PackError, open_pack
from minhu.trail.states import SYSTEM
from minhu.voices.models import Call, Comment, Group, HotRun, Membership, Occasion, Reply, Voice, VoiceCase
from minhu.voices.pack import load
from minhu.voices.queries.calls import rows_of
from minhu.voices.states.hearing import Channel
from tests.factories.groups import NOW, lay_voices
from tests.factories.people import UserFactory
from tests.factories.reforms import ReformFactory
from tests.factories.rulebook import LimitFactory

pytestmark = pytest.mark.django_db
FILES = {
    "pack.toml": '[pack]\ncode = "t"\nname = "镇"\nlanguage = "zh-hans"\nversion = "1"\n',
    "voices.csv": (
        "days_ago,channel,topic,domain,place,sort,may_publish,text\n"
        "9,web,lamp,照明,,help,yes,桥下的路灯坏了半个月看不清台阶\n"
        "8,hotline,lamp,照明,,help,,来电反映一号桥附近夜间无照明\n"
        "2,web,lamp,照明,,help,,晚上摸黑走路上班\n"
        "1,web,,,,consult,,图书馆几点关门\n"
    ),
    "topics.toml": """
[[topic]]
code = "lamp"
title = "一号桥没有灯"
domain = "照明"
on_days_ago = 8
do = [
  { do = "assign", on_days_ago = 7, handler = "chengguan" },
  { do = "answer", on_days_ago = 5, answer = "本周修好。" },
  { do = "rate", on_days_ago = 4, voice = 1, level = 1, fixed = false, words = "还黑着" },
  { do = "answer", on_days_ago = 3, answer = "已修好，换了新灯。" },
  { do = "satisfied", on_days_ago = 3 },
  { do = "link", on_days_ago = 2, reform = "GG-1" },
  { do = "again", on_days_ago = 1 },
  { do = "cut", on_days_ago = 1, title = "灯杆", problem = "说不清哪一盏", reform = "GG-1" },
]
""",
    "occasions.toml": """
[[occasion]]
code = "evening"
kind = "evening"
title = "夜聊"
days_ago = 6
office = "zhili"
said = [{ text = "桥洞也没有灯", topic = "lamp" }, { text = "桶满了" }]
""",
    "calls.toml": """
[[call]]
code = "lamps"
title = "灯杆怎么编号"
office = "chengguan"
matter = "请逐条说"
opens_days_ago = 40
closes_in_days = -10
draft = "draft.md"
outcome = "采纳。"
published_days_ago = 1
comments = [{ article = "第一条", on_days_ago = 30, text = "编号要大", may_publish = true }]
answers = [{ article = "第一条", voices = [1], on_days_ago = 5, adoption = "adopted", reason = "放大。" }]
""",
    "draft.md": "第一条　灯杆编号。\n\n第二条　扫码报修。\n",
}  # fmt: skip
LIMITS = {
    "decision.consult_days": 30,
    "suggestion.reply_days": 30,
    "voices.per_address_hour": 5,
    "voices.per_address_day": 9,
    "voices.copies_before_held": 9,
    "voices.own_copies_before_held": 9,
}


@pytest.fixture(autouse=True)
def _house() -> None:
    lay_voices()
    for code, value in LIMITS.items():
        LimitFactory(code=code, value=Decimal(value), unit="count")
    ReformFactory(code="GG-1", state="running")


def pack_of(folder: Path, **changed: str):
    """A pack with these files."""
    for name, text in (FILES | {key.replace("__", "."): text for key, text in changed.items()}).items():
        (folder / name).write_text(text, encoding="utf-8")
    return open_pack(folder)


def refused(folder: Path, **changed: str) -> list[str]:
    """What is wrong with a pack."""
    with pytest.raises(PackError) as error:
        load(pack_of(folder, **changed), by=SYSTEM, at=NOW)
    return [f"{one.position}: {one.message}" for one in error.value.problems]


def test_it_is_told_day_by_day_and_once(tmp_path) -> None:
    pack = pack_of(tmp_path)
    assert load(pack, by=SYSTEM, at=NOW).created == 4 + 3 + 2
    group = Group.objects.get(title="一号桥没有灯")
    assert (group.size, group.domain, group.unanswered) == (4, "照明", 0)
    assert (Voice.objects.count(), Voice.objects.filter(illustrative=False).count()) == (7, 0)
    first = Voice.objects.order_by("pk").first()
    assert (NOW.date() - first.said_on, NOW.date() - first.received_at.date()) == (timedelta(9), timedelta(9))
    assert [row.text for row in Reply.objects.filter(voice=first).order_by("pk")] == [
        "本周修好。", "已修好，换了新灯。",
    ]  # fmt: skip
    assert (VoiceCase.objects.count(), group.reform_links.get().state) == (1, "confirmed")
    assert (group.candidates.get().state, Occasion.objects.get().voices.count()) == ("linked", 2)
    assert HotRun.objects.count() == 1
    again = load(pack, by=SYSTEM, at=NOW + timedelta(days=1))
    assert (again.created, again.changed, again.unchanged) == (0, 0, 6)
    assert (Voice.objects.count(), Call.objects.count()) == (7, 1)


def test_a_call_is_told_with_its_answers_and_its_outcome(tmp_path) -> None:
    load(pack_of(tmp_path), by=SYSTEM, at=NOW)
    call = Call.objects.get()
    assert (call.state, call.days, call.least_days) == ("published", 31, 30)
    assert [(row.total, row.counts) for row in rows_of(call)] == [(0, {}), (1, {"adopted": 1}), (0, {})]
    comment = Comment.objects.get()
    assert comment.voice.channel == Channel.CALL
    assert not Membership.objects.filter(voice=comment.voice).exists()
    assert comment.voice.published_at is None


def test_two_log_ins_open_what_its_authors_agreed_to(tmp_path) -> None:
    for _each in range(2):
        UserFactory(role="lead")
    load(pack_of(tmp_path), by=SYSTEM, at=NOW)
    opened = set(Voice.objects.published().values_list("masked", flat=True))
    assert opened == {"编号要大", "桥下的路灯坏了半个月看不清台阶"}
    assert Reply.objects.get(public_text__gt="").public_text == "已修好，换了新灯。"


@pytest.mark.parametrize(
    ("name", "before", "after", "told"),
    [
        ("voices__csv", "2,web,lamp", "2,web,lump", "voices.csv:4:3: there is no topic “lump”"),
        ("voices__csv", "1,web", "1,pigeon", "voices.csv:5:1: channel: there is no “pigeon”, only web"),
        ("occasions__toml", '"zhili"', '"nobody"', "occasions.toml:7:10: there is no organisation “nobody”"),
        ("occasions__toml", '"lamp"', '"lump"', "occasions.toml:8:36: there is no topic “lump”"),
        ("topics__toml", 'ago = 2, reform = "GG-1"', 'ago = 2, reform = "GG-2"', "no reform “GG-2”"),
        ("calls__toml", "closes_in_days = -10", "closes_in_days = -30", "calls.toml:3:8: “灯杆怎么编号”"),
        ("calls__toml", '[{ article = "第一条", on', '[{ article = "第九条", on', "there is no article"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_refused_at_its_line(tmp_path, name, before, after, told) -> None:
    text = FILES[name.replace("__", ".")]
    assert before in text
    problems = refused(tmp_path, **{name: text.replace(before, after)})
    assert (len(problems), told in problems[0]) == (1, True), problems


def test_a_pack_without_voices_brings_none(tmp_path) -> None:
    (tmp_path / "pack.toml").write_text(FILES["pack.toml"], encoding="utf-8")
    assert load(open_pack(tmp_path), by=SYSTEM, at=NOW).created == 0
