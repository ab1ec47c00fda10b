"""Tables of voices: encodings, wrong cells, the same table twice, all or nothing; occasions beside them."""

import io
from datetime import date

import pytest
from openpyxl import Workbook, load_workbook

from minhu.trail.models import Entry
from minhu.trail.states import Actor
from minhu.voices.actions.importing import drop_table, import_voices, keep_table, prepare
from minhu.voices.bridge.tables import Table, read_table, shape_for, template
from minhu.voices.models import Incoming, Voice
from minhu.voices.states.hearing import VoiceRefused
from tests.factories.voices import NOW, lay_district

pytestmark = pytest.mark.django_db
CLERK = Actor(7, "wenjiao-jingban", "wenjiao")
ON = date(2026, 3, 31)
STREETS = {"wenjiao": "文教街道", "kongpu": "孔浦街道"}
LINES = [
    ["工单编号", "来电时间", "诉求内容", "工单类型", "所属镇街", "来电号码", "没用的列"],
    ["G001", "2026-03-30", "一号桥的路灯坏了半个月", "求助", "文教街道", "13800000000", "x"],
    ["G002", "2026/3/29", "菜场门口的污水横流", "投诉举报", "孔浦街道", "", ""],
    ["G003", "", "公交站牌倒了", "", "", "", ""],
]


@pytest.fixture(autouse=True)
def _district() -> None:
    lay_district()


def table(lines: list[list[str]] = LINES, encoding: str = "utf-8") -> Table:
    """The lines as CSV, read."""
    return read_table("\n".join(",".join(line) for line in lines).encode(encoding), shape_for(STREETS, ON))


def brought(lines: list[list[str]] = LINES) -> list[Voice]:
    """The lines brought in."""
    return import_voices(
        by=CLERK, ready=prepare(table=table(lines), channel="hotline", keeper="wenjiao"), at=NOW
    )


def test_a_table_of_a_hotline_becomes_voices():
    voices = brought()
    first = Voice.objects.select_related("place", "keeper").get(outside_number="G001")
    assert len(voices) == 3
    assert (first.channel, first.sort, first.place.code, first.keeper.code) == (
        "hotline",
        "help",
        "wenjiao",
        "wenjiao",
    )
    assert (first.said_on, first.code_digest, first.state) == (date(2026, 3, 30), None, "received")
    assert first.personal.get().value == "13800000000"
    assert Voice.objects.get(outside_number="G003").said_on == ON
    entry = Entry.objects.get(deed="voices.import_voices")
    assert (entry.payload, Entry.objects.filter(deed="voices.hear", asked=0).count()) == (
        {"channel": "hotline", "new": 3, "known": 0}, 3,
    )  # fmt: skip


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030", "utf-16"])
def test_every_usual_encoding_is_read(encoding):
    assert [draft.text for draft in table(encoding=encoding).drafts] == [line[2] for line in LINES[1:]]


def test_bytes_of_no_encoding_are_refused_with_a_way_out():
    with pytest.raises(VoiceRefused) as refused:
        read_table(b"\x00\xff\xfe\x81" * 50, shape_for(STREETS, ON))
    assert refused.value.field == "file"


def test_the_same_table_twice_changes_nothing():
    brought()
    ready = prepare(
        table=table([*LINES, ["G004", "", "新来的一件事情", "", "", "", ""]]),
        channel="hotline",
        keeper="wenjiao",
    )
    assert (len(ready.drafts), ready.known, ready.rows) == (1, 3, 4)
    assert len(import_voices(by=CLERK, ready=ready, at=NOW)) == 1
    assert import_voices(by=CLERK, ready=ready, at=NOW) == []
    assert Voice.objects.count() == 4
    other = prepare(table=table(), channel="petition", keeper="wenjiao")
    assert len(other.drafts) == 3


def test_wrong_cells_are_named_and_nothing_comes_in():
    lines = [
        *LINES,
        ["G003", "2027-01-01", "😀", "胡说", "火星街道", "", ""],
        ["", "", "", "求助", "", "", ""],
    ]
    found = table(lines)
    assert sorted({one.cell for one in found.wrong}) == ["A4", "A5", "A6", "B5", "C5", "C6", "D5", "E5"]
    with pytest.raises(VoiceRefused) as refused:
        prepare(table=found, channel="hotline", keeper="wenjiao")
    assert (refused.value.field, Voice.objects.count()) == ("file", 0)
    page = load_workbook(io.BytesIO(found.marked())).worksheets[0]
    assert page["A5"].comment is not None


def test_a_text_without_words_is_a_wrong_cell():
    found = table([LINES[0], ["G009", "", "😀😀", "", "", "", ""]])
    assert [(one.cell, bool(one.hint)) for one in found.wrong] == [("C2", True)]


def test_a_workbook_is_read_and_the_empty_one_can_be_filled_in():
    book = load_workbook(io.BytesIO(template(shape_for(STREETS, ON))))
    page = book.worksheets[0]
    head = next(row for row in page.iter_rows() if row[0].value == "编号")
    below = head[0].row + 1
    for cell, value in zip(page[below], ["L1", None, None, "来信说楼道堆物"], strict=False):
        cell.value = value
    out = io.BytesIO()
    book.save(out)
    assert [draft.outside_number for draft in read_table(out.getvalue(), shape_for(STREETS, ON)).drafts] == [
        "L1"
    ]


def test_other_files_are_refused_in_words():
    book = Workbook()
    book.active.append(["甲", "乙"])
    book.active.append(["1", "2"])
    out = io.BytesIO()
    book.save(out)
    for content in (out.getvalue(), b"", b"%PDF-1.4", b"PK\x03\x04nonsense"):
        with pytest.raises(VoiceRefused) as refused:
            read_table(content, shape_for(STREETS, ON))
        assert refused.value.field == "file"


def test_tables_come_only_by_channels_that_have_them():
    with pytest.raises(VoiceRefused):
        prepare(table=table(), channel="occasion", keeper="wenjiao")


def test_a_table_that_waits_goes_when_it_is_brought_in_or_left():
    first = keep_table(by=CLERK, channel="hotline", name="a.csv", content=b"x", at=NOW)
    other = keep_table(by=CLERK, channel="hotline", name="b.csv", content=b"y", at=NOW)
    ready = prepare(table=table(), channel="hotline", keeper="wenjiao")
    import_voices(by=CLERK, ready=ready, at=NOW, incoming=first.pk)
    assert list(Incoming.objects.all()) == [other]
    drop_table(incoming=other)
    assert Incoming.objects.count() == 0
