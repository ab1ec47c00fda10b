"""PDF files with text, and those without."""

from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pypdf import PdfReader, PdfWriter

from minhu.methods.files import Limits, Note, Refused, kind_of, read_pdf
from tests.methods.files.making import pdf

EM = 16
LEFT, TOP, STEP = 90.0, 720.0, 28.0


def page(*lines: tuple[float, str], number: int = 1, head: str = "改革办") -> list[tuple[float, float, str]]:
    """A page with a running head, lines (indent in ems, words) and its number."""
    placed = [(LEFT + indent * EM, TOP - i * STEP, words) for i, (indent, words) in enumerate(lines)]
    return [(250.0, 800.0, head), *placed, (290.0, 40.0, f"— {number} —")]


def refused(data: bytes, limits: Limits | None = None) -> Refused:
    """The refusal of a file."""
    with pytest.raises(Refused) as error:
        read_pdf(data, limits)
    return error.value


FULL = "区人民政府应当建立企业综合服务中心统一受理企业诉求并"  # as wide as the type area
LONG = [(2.0, FULL[:24]), (0.0, FULL), (0.0, "按期答复。")]


def test_lines_are_joined_into_paragraphs_across_pages() -> None:
    data = pdf([
        page(*LONG, (2.0, "第二条 公开账目。"), (2.0, FULL[:24]), number=1),
        page((0.0, "办结。"), (2.0, "第三条 施行。"), number=2),
        page((2.0, "附则。"), number=3),
    ])  # fmt: skip
    reading = read_pdf(data)
    assert kind_of(data) == "pdf"
    assert list(reading.paragraphs) == [
        FULL[:24] + FULL + "按期答复。", "第二条 公开账目。", FULL[:24] + "办结。", "第三条 施行。", "附则。",
    ]  # fmt: skip
    assert reading.notes == (Note("repeated", 6),)


def test_a_page_without_words_of_its_own_is_named() -> None:
    data = pdf([page(*LONG), page(number=2), page(*LONG, number=3)])
    assert read_pdf(data).notes == (Note("repeated", 6), Note("empty_pages", 1, "2"))


def test_a_head_on_one_page_only_is_text() -> None:
    data = pdf([page(*LONG, head="关于改革的意见"), page(*LONG, number=2, head="附件")])
    assert read_pdf(data).paragraphs[0] == "关于改革的意见"


def test_columns_of_a_table_stay_apart() -> None:
    rows = [(LEFT, TOP - i * STEP, f"任务{i}做好") for i in range(4)]
    rows += [(LEFT + 200, TOP - i * STEP, f"单位{i}") for i in range(4)]
    assert list(read_pdf(pdf([rows])).paragraphs) == [f"任务{i}做好 | 单位{i}" for i in range(4)]


def test_a_scan_is_refused_with_its_pages() -> None:
    error = refused(pdf([[], [], []]))
    assert (error.why, error.found) == ("scanned", "3")


def test_too_many_pages_are_refused_before_they_are_read() -> None:
    error = refused(pdf([page(*LONG)] * 12), Limits(pages=10))
    assert (error.why, error.found) == ("pages", "12")


def test_time_runs_out_between_pages() -> None:
    ticks = iter(range(100))
    with pytest.raises(Refused) as error:
        read_pdf(pdf([page(*LONG)] * 9), Limits(seconds=4), clock=lambda: next(ticks))
    assert (error.value.why, error.value.found) == ("slow", "4")


def locked(password: str) -> bytes:
    """A PDF behind a password of the reader, or ("") only of the owner."""
    writer = PdfWriter(clone_from=PdfReader(BytesIO(pdf([page(*LONG)]))))
    writer.encrypt(password, owner_password="owner", algorithm="AES-256")
    out = BytesIO()
    writer.write(out)
    return out.getvalue()


def test_a_password_for_reading_is_refused_one_for_printing_is_not() -> None:
    assert refused(locked("geheim")).why == "password"
    assert "按期答复。" in read_pdf(locked("")).text


def test_signs_outside_any_writing_are_refused() -> None:
    assert refused(pdf([page((0.0, "\ue001\ue002\ue003\ue004" * 6), (0.0, "好" * 10))])).why == "garbled"


@given(st.binary(max_size=300))
def test_bytes_after_the_mark_are_read_or_refused_and_nothing_else(data: bytes) -> None:
    with pytest.raises(Refused):
        read_pdf(b"%PDF-1.7\n" + data)
