"""From bytes to words."""

import pytest

from minhu.mandates.actions import BadDocument, read_text, settle

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
    ("data", "kind"),
    [
        (b"%PDF-1.7\n...", "PDF"),
        (b"PK\x03\x04" + b"\0" * 20, "Word (.docx) / zip"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "Word (.doc, .wps)"),
        (b"\x89PNG\r\n", "PNG"),
        (b"<!DOCTYPE html><html>", "HTML / XML"),
    ],
)
def test_a_renamed_file_is_told_by_its_content(data: bytes, kind: str) -> None:
    with pytest.raises(BadDocument) as refused:
        read(data, name="通知.txt")
    assert "“通知.txt”" in str(refused.value)
    assert kind in str(refused.value)


def test_a_foreign_suffix_is_refused_even_with_text_inside() -> None:
    with pytest.raises(BadDocument) as refused:
        read(WORDS.encode(), name="通知.docx")
    assert ".docx" in str(refused.value)


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
