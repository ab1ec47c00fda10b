"""What a written paper holds, read back by python-docx: measures to the twip, fonts, words, bytes."""

import io
import zipfile
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from docx.enum.text import WD_ALIGN_PARAGRAPH as ALIGN
from docx.enum.text import WD_LINE_SPACING
from docx.oxml.ns import qn
from docx.shared import Length, Pt, Twips
from hypothesis import given, settings

from minhu.methods.papers import Attachment, Fonts, Form, Imprint, Paper, Paragraph, plain, write
from tests.methods.papers.samples import PAPER, SIGNED, line, papers, read, simple


def font_of(document, style: str) -> str:
    return document.styles[style].element.rPr.rFonts.get(qn("w:eastAsia"))


def part(paper: Paper, name: str) -> str:
    with zipfile.ZipFile(io.BytesIO(write(paper))) as archive:
        return archive.read(name).decode()


def test_page_is_that_of_the_standard() -> None:
    section = read(PAPER).sections[0]
    width = section.page_width - section.left_margin - section.right_margin
    height = section.page_height - section.top_margin - section.bottom_margin
    assert (section.page_width, section.page_height) == (Twips(11906), Twips(16838))
    assert (section.top_margin, section.left_margin) == (Twips(2098), Twips(1587))
    assert (width, height) == (Twips(8844), Twips(12756))
    assert (round(Length(width).mm, 1), round(Length(height).mm, 1)) == (156.0, 225.0)


def test_lines_and_characters_fit_and_one_more_does_not() -> None:
    document = read(PAPER)
    normal = document.styles["Normal"]
    spacing = normal.paragraph_format
    pitch = spacing.line_spacing
    assert (spacing.line_spacing_rule, pitch) == (WD_LINE_SPACING.EXACTLY, Twips(579))
    assert 22 * pitch <= Twips(12756) < 23 * pitch
    character = normal.font.size + Twips(int(normal.element.rPr.find(qn("w:spacing")).get(qn("w:val"))))
    assert (normal.font.size, character) == (Pt(16), Twips(315))
    assert 28 * character <= Twips(8844) < 29 * character
    assert (spacing.space_before, spacing.space_after) == (0, 0)
    assert document.element.body.sectPr.find(qn("w:docGrid")) is None


@pytest.mark.parametrize(
    ("style", "font", "size"),
    [
        ("Normal", "仿宋_GB2312", 16),
        ("Title", "方正小标宋简体", 22),
        ("Heading 1", "黑体", None),
        ("Heading 2", "楷体_GB2312", None),
        ("Heading 3", "仿宋_GB2312", None),
        ("Heading 4", "仿宋_GB2312", None),
        ("footer", "宋体", 14),
    ],
)
def test_typefaces(style: str, font: str, size: int | None) -> None:
    document = read(PAPER)
    assert font_of(document, style) == font
    assert document.styles[style].font.size == (Pt(size) if size else None)


def test_other_typefaces_can_be_asked_for() -> None:
    written = write(PAPER, Fonts(fangsong="仿宋"))
    with zipfile.ZipFile(io.BytesIO(written)) as archive:
        sheet = archive.read("word/styles.xml").decode()
    assert ("仿宋_GB2312" in sheet, 'w:eastAsia="仿宋"' in sheet) == (False, True)


def test_words_stand_in_order_with_numbered_headings() -> None:
    document = read(PAPER)
    assert [paragraph.text for paragraph in document.paragraphs if paragraph.text] == [
        "000001", "机密★1年", "特急", "江北区政府办公室文件", "甬北政办发〔2026〕3号",
        "关于开展改革督查的通知", "各镇（街道），区级各部门：", "现将有关事项通知如下。", "一、范围",
        "（一）项目", "1.时间", "（1）自查", "（2）抽查",
        "二、方式", "（一）名单", "附件：1. 督查清单", "　　　2. 联络表",
        "江北区政府办公室", "2026年3月5日", "附件1", "督查清单", "清单内容。",
    ]  # fmt: skip
    table, imprint = document.tables
    assert [[cell.text for cell in row.cells] for row in table.rows] == [["序号", "单位"], ["1", "慈城镇"]]
    assert [column.width for column in table.columns] == [Twips(2211), Twips(6633)]
    assert [row.cells[0].text for row in imprint.rows] == [
        "抄送：区委各部门，区人大办。", "江北区政府办公室\t2026年3月5日印发",
    ]  # fmt: skip


def test_first_lines_are_two_characters_in() -> None:
    document = read(PAPER)
    for style in ("Body Text", "Heading 1", "Heading 4"):
        assert document.styles[style].paragraph_format.first_line_indent == Twips(630)
    assert line(document, "各镇（街道），区级各部门：").style.name == "Normal"


def test_date_stands_four_characters_in_and_the_signature_centred_over_it() -> None:
    document = read(PAPER)
    day = line(document, "2026年3月5日").paragraph_format
    name = line(document, "江北区政府办公室").paragraph_format
    assert (day.alignment, day.right_indent) == (ALIGN.RIGHT, Twips(4 * 315))
    # The day is six characters wide, the name eight: it begins one later and ends one later.
    assert (name.alignment, name.right_indent) == (ALIGN.RIGHT, Twips(3 * 315))
    assert name.keep_with_next is True


def test_a_long_signature_stays_in_the_type_area() -> None:
    paper = replace(PAPER, signature="很长" * 12)
    assert line(read(paper), "很长" * 12).paragraph_format.right_indent == 0


def test_red_head_and_red_rule() -> None:
    document = read(PAPER)
    head = line(document, "江北区政府办公室文件")
    assert str(document.styles["Red Head"].font.color.rgb) == "FF0000"
    # Three corner lines and this make 35 mm.
    assert head.paragraph_format.space_before == Twips(1984 - 3 * 579)
    rule = line(document, PAPER.number)._p.pPr.find(qn("w:pBdr")).find(qn("w:bottom"))
    assert (rule.get(qn("w:color")), rule.get(qn("w:space"))) == ("FF0000", "11")


def test_rules_of_the_imprint() -> None:
    edges = read(PAPER).tables[1]._tbl.tblPr.find(qn("w:tblBorders"))
    assert [(edge.tag.split("}")[1], edge.get(qn("w:sz"))) for edge in edges] == [
        ("top", "8"), ("bottom", "8"), ("insideH", "6"),
    ]  # fmt: skip


def test_page_numbers_odd_right_even_left_one_character_in() -> None:
    document = read(PAPER)
    section = document.sections[0]
    odd, even = section.footer.paragraphs[0], section.even_page_footer.paragraphs[0]
    assert document.settings.odd_and_even_pages_header_footer is True
    assert (odd.alignment, odd.paragraph_format.right_indent) == (ALIGN.RIGHT, Twips(315))
    assert (even.alignment, even.paragraph_format.left_indent) == (ALIGN.LEFT, Twips(315))
    assert [text.text for text in odd._p.iter(qn("w:t"))] == ["— ", "1", " —"]
    assert odd._p.find(qn("w:fldSimple")).get(qn("w:instr")) == "PAGE"
    # Seven millimetres under the type area: 1984 - 397 - 280.
    assert section.footer_distance == Twips(1307)


def test_letter_has_its_head_and_two_rules_on_the_first_page_only() -> None:
    paper = replace(PAPER, form=Form.LETTER, number="甬北函〔2026〕3号")
    section = read(paper).sections[0]
    head, upper = section.first_page_header.paragraphs
    assert (head.text, section.header_distance, section.footer_distance) == (
        "江北区政府办公室", Twips(1701), Twips(1134),
    )  # fmt: skip
    wide = Twips(8844) - upper.paragraph_format.left_indent - upper.paragraph_format.right_indent
    assert round(Length(wide).mm) == 170
    assert section.first_page_footer.paragraphs[0].text == ""
    assert section.header.paragraphs[0].text == ""


def test_letter_shows_its_number_right_and_no_printer() -> None:
    document = read(replace(PAPER, form=Form.LETTER))
    assert line(document, "000001\t甬北政办发〔2026〕3号").paragraph_format.tab_stops[0].position == Twips(
        8844
    )
    assert [row.cells[0].text for row in document.tables[1].rows] == ["抄送：区委各部门，区人大办。"]
    assert len(document.tables[1]._tbl.tblPr.find(qn("w:tblBorders"))) == 0


def test_a_paper_without_extras_has_none() -> None:
    document = read(simple("一段。"))
    assert [paragraph.text for paragraph in document.paragraphs] == [
        "说明",
        "一段。",
        "区委改革办",
        "2026年3月5日",
    ]
    assert (len(document.tables), document.sections[0].different_first_page_header_footer) == (0, False)


def test_line_breaks_divide_a_text_and_break_a_title() -> None:
    paper = replace(simple(" 一\r\n\r\n二\r三\n"), title="上\n下")
    assert [paragraph.text for paragraph in read(paper).paragraphs][:4] == ["上\n下", "一", "二", "三"]


def test_no_signature_stands_alone() -> None:
    document = read(replace(PAPER, attachments=()))
    rows = document.tables[0].rows
    assert [row.cells[0].paragraphs[0].paragraph_format.keep_with_next for row in rows] == [None, True]
    for text, held in (("完" * 224, True), ("完" * 225, None)):
        assert line(read(simple(text)), text).paragraph_format.keep_with_next is held


def test_properties_name_the_organisation_the_number_and_the_day() -> None:
    about = read(replace(PAPER, title="关于王某的答复")).core_properties
    assert (about.author, about.last_modified_by, about.title) == (PAPER.issuer, PAPER.issuer, PAPER.number)
    assert about.created == about.modified == datetime(2026, 3, 5, tzinfo=UTC)
    assert "王某" not in part(replace(PAPER, title="关于王某的答复"), "docProps/core.xml")


def test_draft_without_a_day_is_written() -> None:
    paper = replace(simple("一段。"), signed_on=None)
    assert [paragraph.text for paragraph in read(paper).paragraphs] == ["说明", "一段。", "区委改革办"]
    assert read(paper).core_properties.created == datetime(1980, 1, 1, tzinfo=UTC)


def test_one_attachment_is_not_counted() -> None:
    paper = replace(simple("一段。"), attachments=(Attachment("清单", (Paragraph("甲"),)),))
    texts = [paragraph.text for paragraph in read(paper).paragraphs]
    assert texts == ["说明", "一段。", "", "附件：清单", "区委改革办", "2026年3月5日", "附件", "清单", "甲"]


def test_zip_holds_no_hour_of_writing() -> None:
    with zipfile.ZipFile(io.BytesIO(write(PAPER))) as archive:
        assert {entry.date_time for entry in archive.infolist()} == {(1980, 1, 1, 0, 0, 0)}
        assert archive.namelist()[0] == "[Content_Types].xml"


@given(papers())
@settings(max_examples=60, deadline=None)
def test_any_text_survives_and_equal_papers_give_equal_bytes(paper: Paper) -> None:
    assert write(paper) == write(replace(paper))
    document = read(paper)
    everything = "".join(node.text or "" for node in document.element.iter(qn("w:t")))
    for block in paper.body:
        if isinstance(block, Paragraph):
            assert "".join(block.text.split("\t")).strip() in everything
        else:
            assert block.rows[0][0].strip() in everything


def test_plain_text_has_the_same_words() -> None:
    assert plain(PAPER) == (
        "000001\n机密★1年\n特急\n\n江北区政府办公室文件\n\n甬北政办发〔2026〕3号\n\n关于开展改革督查的通知\n\n"
        "各镇（街道），区级各部门：\n　　现将有关事项通知如下。\n　　一、范围\n　　（一）项目\n　　1.时间\n"
        "　　（1）自查\n　　（2）抽查\n　　二、方式\n　　（一）名单\n序号 | 单位\n1 | 慈城镇\n\n"
        "附件：1. 督查清单\n　　　2. 联络表\n\n江北区政府办公室\n2026年3月5日\n\n"
        "附件1\n督查清单\n　　清单内容。\n\n"
        "抄送：区委各部门，区人大办。\n江北区政府办公室 2026年3月5日印发\n"
    )


def test_plain_text_of_the_least_paper() -> None:
    paper = replace(simple("一段。"), signed_on=None, imprint=Imprint(), issuer="")
    assert plain(paper) == "说明\n\n　　一段。\n"


def test_pages_of_signing_differ_in_bytes() -> None:
    assert write(PAPER) != write(replace(PAPER, signed_on=SIGNED.replace(day=6)))
