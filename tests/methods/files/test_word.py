"""Word files as an office reads them."""

from contextlib import suppress
from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from minhu.methods.files import Limits, Note, Refused, kind_of, read_word
from minhu.methods.files.labels import numbered
from tests.methods.files.making import STRICT, W, docx, level, listed, numbering, p


def told(data: bytes) -> list[str]:
    """The paragraphs of a file."""
    return list(read_word(data).paragraphs)


def refused(data: bytes, limits: Limits | None = None) -> str:
    """Why a file is not read."""
    with pytest.raises(Refused) as error:
        read_word(data, limits)
    return error.value.why


@pytest.mark.parametrize("names", [W, STRICT])
def test_paragraphs_come_in_order_in_both_dialects(names: str) -> None:
    data = docx(p("关于改革的意见") + p("") + p("一、总体要求"), names=names)
    assert (kind_of(data), told(data)) == ("docx", ["关于改革的意见", "一、总体要求"])
    assert read_word(data).text == "关于改革的意见\n\n一、总体要求"


@pytest.mark.parametrize(
    ("number", "form", "words"),
    [
        (12, "decimal", "12"), (3, "chineseCounting", "三"), (10, "chineseCountingThousand", "十"),
        (20, "japaneseCounting", "二十"), (105, "chineseCounting", "一百零五"),
        (7, "decimalEnclosedCircle", "⑦"),
        (2, "chineseLegalSimplified", "贰"), (11, "chineseLegalSimplified", "壹拾壹"),
        (14, "upperRoman", "XIV"),
        (4, "lowerRoman", "iv"), (28, "lowerLetter", "bb"), (2, "ideographTraditional", "乙"),
        (5, "bullet", ""),
        (5, "decimalZero", "05"), (12, "decimalFullWidth", "１２"), (3, "never heard of", "3"),
    ],
)  # fmt: skip
def test_numbers_in_the_writings_of_word(number: int, form: str, words: str) -> None:
    assert numbered(number, form) == words


def test_automatic_numbers_are_drawn_level_by_level() -> None:
    lists = numbering(
        level(0, "chineseCounting", "%1、"), level(1, "chineseCounting", "（%2）"), level(2, "decimal", "%3.")
    )
    body = "".join(
        [listed("总则"), listed("目标", level=1), listed("指标", level=2), listed("指标二", level=2),
         listed("任务", level=1), listed("先改", level=2), listed("保障"), listed("组织", level=1)]
    )  # fmt: skip
    assert told(docx(body, lists=lists)) == [
        "一、总则", "（一）目标", "1. 指标", "2. 指标二", "（二）任务", "1. 先改", "二、保障", "（一）组织",
    ]  # fmt: skip


def test_articles_count_on_across_chapters_where_the_list_says_so() -> None:
    lists = numbering(
        level(0, "chineseCounting", "第%1章"),
        level(1, "chineseCountingThousand", "第%2条", '<w:lvlRestart w:val="0"/>'),
    )
    body = listed("总则") + listed("甲。", level=1) + listed("附则") + listed("乙。", level=1)
    assert told(docx(body, lists=lists)) == ["第一章 总则", "第一条 甲。", "第二章 附则", "第二条 乙。"]


def test_a_second_list_of_a_shape_counts_on_or_begins_where_it_says() -> None:
    nums = (
        '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="2"><w:abstractNumId w:val="0"/></w:num>'
        '<w:num w:numId="3"><w:abstractNumId w:val="0"/>'
        '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride></w:num>'
    )
    lists = numbering(level(0, "decimal", "%1."), nums=nums)
    body = listed("甲", 1) + listed("乙", 2) + listed("丙", 3) + listed("丁", 3)
    assert told(docx(body, lists=lists)) == ["1. 甲", "2. 乙", "5. 丙", "6. 丁"]


def test_numbers_of_a_style_and_none_where_a_paragraph_takes_it_off() -> None:
    styles = (
        f'<w:styles {W}><w:style w:type="paragraph" w:styleId="A"><w:name w:val="条"/>'
        '<w:pPr><w:numPr><w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="B"><w:basedOn w:val="A"/></w:style></w:styles>'
    )
    lists = numbering(level(0, "chineseCounting", "第%1条"))
    style = '<w:pStyle w:val="{}"/>'
    off = style.format("A") + '<w:numPr><w:numId w:val="0"/></w:numPr>'
    body = (
        p("甲。", properties=style.format("A"))
        + p("款。", properties=off)
        + p("乙。", properties=style.format("B"))
    )
    assert told(docx(body, lists=lists, styles=styles)) == ["第一条 甲。", "款。", "第二条 乙。"]


def test_tables_come_row_by_row_and_are_counted() -> None:
    def row(*cells: str) -> str:
        return "<w:tr>" + "".join(f"<w:tc>{p(cell)}</w:tc>" for cell in cells) + "</w:tr>"

    whole = f"<w:tc>{p('一、任务')}{p('做好。')}</w:tc>"
    body = p("附表") + f"<w:tbl>{row('任务', '单位')}{row('办好实事', '')}<w:tr>{whole}</w:tr></w:tbl>"
    reading = read_word(docx(body))
    assert list(reading.paragraphs) == ["附表", "任务 | 单位", "办好实事", "一、任务", "做好。"]
    assert reading.notes == (Note("tables", 1),)


def test_tracked_changes_are_read_as_accepted_and_counted() -> None:
    body = (
        "<w:p><w:r><w:t>应当在</w:t></w:r><w:del><w:r><w:delText>十</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t>五</w:t></w:r></w:ins><w:r><w:t>日内办结。</w:t></w:r></w:p>"
        "<w:p><w:pPr><w:rPr><w:del/></w:rPr></w:pPr><w:r><w:t>前半，</w:t></w:r></w:p>" + p("后半。")
        + "<w:tbl><w:tr><w:trPr><w:del/></w:trPr><w:tc>" + p("去掉") + "</w:tc></w:tr></w:tbl>"
        "<w:moveFrom><w:p><w:r><w:t>旧处</w:t></w:r></w:p></w:moveFrom>"
    )  # fmt: skip
    reading = read_word(docx(body))
    assert list(reading.paragraphs) == ["应当在五日内办结。", "前半，后半。"]
    assert reading.notes == (Note("insertions", 1), Note("deletions", 4), Note("tables", 1))


def test_what_is_hidden_drawn_twice_or_elsewhere_is_said() -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="m"><mc:Choice><w:txbxContent>{0}</w:txbxContent></mc:Choice>'
        "<mc:Fallback><w:txbxContent>{0}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    ).format(p("框里"))
    body = (
        f"<w:p>{box}<w:r><w:t>正文</w:t></w:r><w:r><w:footnoteReference w:id='1'/></w:r>"
        "<w:r><w:rPr><w:vanish/></w:rPr><w:t>看不见</w:t></w:r><w:r><w:instrText>PAGE</w:instrText></w:r></w:p>"
        "<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val='Table of Contents'/></w:docPartObj></w:sdtPr>"
        f"<w:sdtContent>{p('第一章 3')}</w:sdtContent></w:sdt>"
    )
    reading = read_word(docx(body))
    assert list(reading.paragraphs) == ["正文", "框里"]
    assert [(note.name, note.count) for note in reading.notes] == [
        ("contents", 1), ("boxes", 1), ("footnotes", 1), ("hidden", 1),
    ]  # fmt: skip


def test_bombs_are_refused_before_they_unfold() -> None:
    assert refused(docx(p("0" * 40_000_000))) == "bomb"
    assert refused(docx(p("".join(map(str, range(400_000))))), Limits(unpacked_megabytes=1)) == "bomb"
    out = BytesIO()
    with ZipFile(out, "w") as package:
        for n in range(10_001):
            package.writestr(f"word/{n}", "")
    assert refused(out.getvalue()) == "bomb"


def test_entities_are_refused() -> None:
    laughs = '<!DOCTYPE x [<!ENTITY a "哈哈"><!ENTITY b "&a;&a;&a;">]>'
    out = BytesIO()
    with ZipFile(out, "w", ZIP_DEFLATED) as package:
        package.writestr(
            "word/document.xml", f"{laughs}<w:document {W}><w:body>{p('&b;')}</w:body></w:document>"
        )
    assert refused(out.getvalue()) == "bomb"


@given(st.data())
def test_a_damaged_file_is_read_or_refused_and_nothing_else(data: st.DataObject) -> None:
    lists = numbering(level(0, "decimal", "%1."))
    whole = bytearray(docx(listed("第一条 好。") + p("完。"), lists=lists))
    for _ in range(data.draw(st.integers(1, 5))):
        whole[data.draw(st.integers(0, len(whole) - 1))] = data.draw(st.integers(0, 255))
    with suppress(Refused):
        assert read_word(bytes(whole)).paragraphs


def test_damaged_and_empty_files_are_refused() -> None:
    whole = docx(p("第一条 好。"))
    assert refused(whole[: len(whole) // 2]) == "broken"
    assert refused(docx("<w:p>")) == "broken"
    assert refused(docx("<w:sdt>" * 2000 + p("好。") + "</w:sdt>" * 2000)) == "broken"
    lists = numbering(level(0, "decimal", "%1."))
    assert refused(docx(listed("好。", level="x"), lists=lists)) == "broken"  # type: ignore[arg-type]
    assert refused(docx(p(" "))) == "empty"
    assert refused(docx("<w:p><w:r><w:drawing><a:blip xmlns:a='a'/></w:drawing></w:r></w:p>")) == "scanned"


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        ("第一条".encode(), "text"), (b"BM is a text", "text"), (b"%PDF-1.7", "pdf"),
        (b"\xd0\xcf\x11\xe0" + b"\0" * 9 + "WordDocument".encode("utf-16-le"), "doc"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "locked"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "xls"),
        (b"\x89PNG\r\n", "PNG"), (b"RIFF\0\0\0\0WEBP", "WEBP"), (b"{\\rtf1", "RTF"), (b"PK\x03\x04\0", "zip"),
        (b"<!DOCTYPE html>", "HTML / XML"),
    ],
)  # fmt: skip
def test_a_file_is_what_lies_in_it(data: bytes, kind: str) -> None:
    assert kind_of(data) == kind
