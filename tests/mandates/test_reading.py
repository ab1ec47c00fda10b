"""From bytes to words."""

import pytest
from django.utils import translation

from minhu.mandates.actions import BadDocument, read_file, read_text, settle
from minhu.mandates.bridge import FileLimits
from minhu.mandates.states import Source, SourceNote
from minhu.mandates.states.sources import NOTE_NAMES
from tests.methods.files.making import docx, level, listed, numbering, p, pdf

WORDS = "第一条 推进“一件事”改革。\n第二条 2026年6月底前完成。"


def read(data: bytes, name: str = "文件.md", limit: float = 1) -> str:
    """Read with a limit of one megabyte."""
    return read_text(data, name=name, max_megabytes=limit)


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030"])
def test_encodings_of_offices_are_read(encoding: str) -> None:
    assert read(WORDS.encode(encoding)) == WORDS


def test_line_ends_of_other_systems_make_the_same_text() -> None:
    assert (
        read(WORDS.replace("\n", "\r\n").encode()) == read(WORDS.encode()) == settle(f"\ufeff\n{WORDS}\n\n")
    )


@pytest.mark.parametrize("data", [b"", b" \r\n\t ", "\ufeff".encode(), "\ufeff\n".encode("utf-16-le")])
def test_an_empty_file_is_refused(data: bytes) -> None:
    with pytest.raises(BadDocument) as refused:
        read(data)
    assert refused.value.field == "file"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"%PDF-1.7\n...", "是 PDF 文件，但已损坏"),
        (docx(p("好。"))[:200], "zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "另存为 .docx"),
        (b"\xd0\xcf\x11\xe0" + "EncryptedPackage".encode("utf-16-le"), "取消密码"),
        (b"\xd0\xcf\x11\xe0" + "Workbook".encode("utf-16-le"), "xls"),
        (b"\x89PNG\r\n", "文字识别"),
        (b"Rar!\x1a", "先解压"),
        (b"{\\rtf1", "RTF"),
        (b"<!DOCTYPE html><html>", "HTML / XML"),
        (pdf([[], []]), "2 页都是图片"),
        (docx(p("0" * 30_000_000)), "解压后远大于"),
        (docx(p(" ")), "没有文字"),
    ],
)
def test_what_is_not_read_is_told_by_its_content_and_what_to_do(data: bytes, words: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read(data, name="通知.txt", limit=20)
    assert refused.value.field == "file"
    assert str(refused.value).startswith("“通知.txt”")
    assert words in str(refused.value)


def test_limits_are_named_with_what_was_found() -> None:
    data = pdf([[(90, 700, "第一条 公开账目并且按期答复全部来信。")]] * 3)
    with pytest.raises(BadDocument) as refused:
        read_file(data, name="长.pdf", max_megabytes=1, limits=FileLimits(pages=2))
    assert "有 3 页，上限是 2 页（document.max_pages）" in str(refused.value)


@pytest.mark.parametrize("name", ["通知.txt", "通知.doc", "通知"])
def test_a_renamed_file_is_read_as_what_it_is(name: str) -> None:
    body = listed("公开账目。") + listed("按期答复。")
    word = docx(body, lists=numbering(level(0, "chineseCounting", "第%1条")))
    assert read(word, name=name) == "第一条 公开账目。\n\n第二条 按期答复。"
    assert read(pdf([[(90, 700, "第一条 公开账目。按期答复。")]]), name=name) == "第一条 公开账目。按期答复。"
    assert read(WORDS.encode(), name=name) == WORDS


def test_notes_tell_what_was_decided() -> None:
    body = (
        "<w:p><w:ins><w:r><w:t>第一条 好。</w:t></w:r></w:ins></w:p><w:tbl><w:tr><w:tc>"
        + p("表")
        + "</w:tc></w:tr></w:tbl>"
    )
    source = read_file(docx(body), name="a.docx", max_megabytes=1).source
    assert [str(note) for note in source.notes] == ["修订痕迹：1 处插入按已接受读入", "1 张表格按行读入"]
    assert (source.name, source.has_warnings) == ("Word", True)
    assert Source.unpacked(source.packed()) == source


@pytest.mark.parametrize(
    "kept", ["", "[]", "{}", '{"kind": 1}', '{"kind": "docx", "notes": [{"name": "x"}], "digest": ""}']
)
def test_a_source_that_nobody_wrote_is_none(kept: str) -> None:
    assert Source.unpacked(kept).notes == ()


@pytest.mark.parametrize("name", sorted(NOTE_NAMES))
@pytest.mark.parametrize("count", [1, 3])
def test_every_note_has_words(name: str, count: int) -> None:
    with translation.override("en"):
        english = str(SourceNote(name, count, "7"))
    assert "%" not in english
    assert str(SourceNote(name, count, "7")) != english


def test_bytes_of_no_encoding_name_the_place() -> None:
    with pytest.raises(BadDocument) as refused:
        read("第一条".encode() + b"\xff\xff\xff")
    assert "9" in str(refused.value)


def test_a_file_over_the_limit_is_refused_with_both_sizes() -> None:
    with pytest.raises(BadDocument) as refused:
        read(b"x" * (1024 * 1024 + 1), limit=1)
    assert "1.0" in str(refused.value)
    assert read(b"x" * 1024 * 1024, limit=1) == "x" * 1024 * 1024


def test_signs_that_no_database_keeps_are_dropped() -> None:
    assert settle("第一条\x00 好\x07。") == "第一条 好。"
