"""A paper laid out by LibreOffice: 22 lines of 28 characters, and everything in its place on the page."""

import os
import re
import shutil
import subprocess
from dataclasses import dataclass, replace
from itertools import pairwise
from pathlib import Path

import pytest

from minhu.methods.papers import Form, Paper, fonts_for, installed_fonts, write
from tests.methods.papers.samples import PAPER, simple

PROGRAMS = ("soffice", "pdftotext")
ABSENT = [program for program in PROGRAMS if not shutil.which(program)]
NO_CHINESE = not any("CJK" in name or name in ("仿宋", "宋体", "SimSun") for name in installed_fonts())
DEMANDED = bool(os.environ.get("MINHU_DEMAND_LEGS"))
pytestmark = [
    pytest.mark.skipif(
        bool(ABSENT) and not DEMANDED,
        reason=f"needs {', '.join(ABSENT)} (libreoffice-writer-nogui, poppler-utils)",
    ),
    pytest.mark.skipif(NO_CHINESE and not DEMANDED, reason="needs a Chinese font such as fonts-noto-cjk"),
]
MM = 72 / 25.4
WORD = re.compile(r'<word xMin="(.+?)" yMin="(.+?)" xMax="(.+?)" yMax="(.+?)">(.*?)</word>')


@dataclass(frozen=True)
class Word:
    """A word on a page, in millimetres from the upper left corner."""

    left: float
    top: float
    right: float
    bottom: float
    text: str


def portable(paper: Paper, folder: Path) -> Path:
    """The paper as a PDF, written for the fonts of this machine."""
    (folder / "paper.docx").write_bytes(write(paper, fonts_for(installed_fonts())))
    command = [
        "soffice",
        f"-env:UserInstallation=file://{folder}/profile",
        "--headless",
        "--convert-to",
        "pdf",
    ]
    subprocess.run(
        [*command, "--outdir", str(folder), str(folder / "paper.docx")],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return folder / "paper.pdf"


def pages(pdf: Path) -> list[list[str]]:
    """The lines of each page, blank ones left out."""
    text = subprocess.run(
        ["pdftotext", "-layout", pdf, "-"], check=True, capture_output=True, text=True
    ).stdout
    return [[line.strip() for line in page.splitlines() if line.strip()] for page in text.split("\f")[:-1]]


def words(pdf: Path) -> list[list[Word]]:
    """The words of each page with their places."""
    text = subprocess.run(["pdftotext", "-bbox", pdf, "-"], check=True, capture_output=True, text=True).stdout
    return [
        [Word(*(float(edge) / MM for edge in found[:4]), found[4]) for found in WORD.findall(page)]
        for page in text.split("<page ")[1:]
    ]


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Sixty-two full lines of one paragraph."""
    return portable(simple("国" * (28 * 62 - 2)), tmp_path_factory.mktemp("filled"))


def test_a_full_page_has_22_lines_of_28_characters(filled: Path) -> None:
    first, second, third, *_ = pages(filled)
    # The title and a blank line stand for two lines; the first body line is two characters in.
    assert [len(line) for line in first] == [2, 26] + [28] * 19 + [3]
    assert [len(line) for line in second] == [28] * 22 + [3]
    assert [len(line) for line in third][:20] == [28] * 20
    assert (first[-1], second[-1]) == ("—1—", "—2—")


def test_lines_fill_the_type_area_at_one_pitch(filled: Path) -> None:
    lines = [word for word in words(filled)[1] if word.text.startswith("国")]
    tops = [line.top for line in lines]
    pitches = [round(after - before, 2) for before, after in pairwise(tops)]
    assert pitches == pytest.approx([225 / 22] * 21, abs=0.03)
    assert [line.left for line in lines] == pytest.approx([28.0] * 22, abs=0.1)
    # Rounding leaves 24 twips (0.4 mm) that the viewer may or may not spread over the line.
    assert [line.right for line in lines] == pytest.approx([183.8] * 22, abs=0.3)


def test_page_numbers_stand_outside_seven_millimetres_below(filled: Path) -> None:
    first, second, *_ = words(filled)
    character = 315 / 20 / MM
    odd, even = [word for word in first if word.top > 262], [word for word in second if word.top > 262]
    assert max(word.right for word in odd) == pytest.approx(184 - character, abs=0.3)
    assert min(word.left for word in even) == pytest.approx(28 + character, abs=0.3)
    assert (odd[0].top + odd[0].bottom) / 2 == pytest.approx(262 + 7 + 14 / MM / 2, abs=1.5)


def test_prose_with_marks_keeps_22_lines(tmp_path: Path) -> None:
    prose = (
        "为落实“小切口、大变革”要求（含A类项目12项），依据《办法》第3条，现通知如下：一要对账；二要销号！"
        * 40
    )
    middle = pages(portable(simple(prose), tmp_path))[1]
    assert len(middle) == 22 + 1


def test_document_head_and_imprint_stand_in_their_places(tmp_path: Path) -> None:
    laid = words(portable(replace(PAPER, attachments=()), tmp_path))
    first, last = laid[0], laid[-1]
    (head,) = [word for word in first if word.text.endswith("文件")]
    # The box of the letters reaches a little over their strokes.
    assert head.top == pytest.approx(37 + 35, abs=5)
    assert (head.left + head.right) / 2 == pytest.approx(28 + 78, abs=1)
    (copies,) = [word for word in last if word.text.startswith("抄送")]
    printed = [word for word in last if word.text.endswith("印发")]
    assert copies.left == pytest.approx(28 + 14 / MM, abs=0.5)
    assert printed[0].right == pytest.approx(184 - 14 / MM, abs=0.5)
    assert printed[0].bottom == pytest.approx(262, abs=3)


def test_letter_has_no_number_on_its_first_page(tmp_path: Path) -> None:
    paper = replace(simple("答复内容。" * 120, Form.LETTER), number="甬北函〔2026〕3号", addressee="王同志")
    first, second, *_ = pages(portable(paper, tmp_path))
    assert (first[0], first[1].replace(" ", ""), second[-1]) == ("区委改革办", "甬北函〔2026〕3号", "—2—")
    assert [line for line in first if "—" in line] == []
